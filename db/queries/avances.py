"""A qué meta o variable se refiere un avance, de quién es, y qué hay ya capturado."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import AvanceMeta, MetaActividad
from db.models.captura import EstadoPeriodo, Periodo
from db.models.estructura import Dependencia
from db.models.indicadores import AvanceVariable, Indicador, VariableIndicador
from db.models.programas import Proyecto
from db.rules.permisos import Objeto
from db.rules.texto import llave

Clave = tuple[str, str, str, Any]
"""General, auxiliar, proyecto y número de la meta o nombre del indicador."""


@dataclass(frozen=True, slots=True)
class Destino:
    """Una meta, o un indicador con sus variables por letra y por nombre."""

    id: int
    ente_id: int
    area: str
    dependencias: frozenset[int]
    letras: dict[str, int] = field(default_factory=dict)
    nombres: dict[str, int] = field(default_factory=dict)

    @property
    def objeto(self) -> Objeto:
        """Para preguntar por el permiso."""
        return Objeto(self.ente_id, self.dependencias)


def _ubicados(modelo: type[MetaActividad] | type[Indicador], anio: int, *columnas: Any) -> Select[Any]:
    m, p, d = tabla(modelo), tabla(Proyecto), tabla(Dependencia)
    madre = d.alias("madre")
    return (
        select(
            m.c.id,
            m.c.ente_id,
            m.c.area,
            m.c.dependencia_id,
            d.c.padre_id,
            madre.c.clave.label("general"),
            d.c.clave.label("auxiliar"),
            p.c.clave.label("proyecto"),
            *columnas,
        )
        .join(p, p.c.id == m.c.proyecto_id)
        .join(d, d.c.id == m.c.dependencia_id)
        .join(madre, madre.c.id == d.c.padre_id)
        .where(m.c.anio == anio)
    )


def _destino(fila: Any) -> Destino:
    return Destino(fila.id, fila.ente_id, llave(fila.area), frozenset({fila.dependencia_id, fila.padre_id}))


def nombre_comparable(nombre: str) -> str:
    """El nombre de un indicador o variable sin acentos, mayúsculas ni punto final."""
    return llave(nombre).rstrip(" .")


def metas(session: Session, anio: int) -> dict[Clave, list[Destino]]:
    """Las metas del ejercicio por dependencias, proyecto y número; varias si son de entes distintos."""
    hallados: dict[Clave, list[Destino]] = {}
    for fila in session.execute(_ubicados(MetaActividad, anio, tabla(MetaActividad).c.numero)):
        clave = (fila.general, fila.auxiliar, fila.proyecto, fila.numero)
        hallados.setdefault(clave, []).append(_destino(fila))
    return hallados


def indicadores(session: Session, anio: int) -> dict[Clave, list[Destino]]:
    """Los indicadores del ejercicio por dependencias, proyecto y nombre, con sus variables."""
    v, i = tabla(VariableIndicador), tabla(Indicador)
    hallados: dict[Clave, list[Destino]] = {}
    por_id: dict[int, Destino] = {}
    for fila in session.execute(_ubicados(Indicador, anio, i.c.nombre)):
        clave = (fila.general, fila.auxiliar, fila.proyecto, nombre_comparable(fila.nombre))
        por_id[fila.id] = _destino(fila)
        hallados.setdefault(clave, []).append(por_id[fila.id])
    variables = session.execute(
        select(v.c.id, v.c.indicador_id, v.c.letra, v.c.nombre)
        .join(i, i.c.id == v.c.indicador_id)
        .where(i.c.anio == anio)
    )
    for variable in variables:
        destino = por_id[variable.indicador_id]
        destino.letras[variable.letra.upper()] = variable.id
        destino.nombres[nombre_comparable(variable.nombre)] = variable.id
    return hallados


def avances_metas(session: Session, anio: int) -> dict[tuple[int, int], dict[str, Any]]:
    """Los avances del ejercicio por (meta, mes), con todas sus columnas."""
    a, m = tabla(AvanceMeta), tabla(MetaActividad)
    filas = session.execute(select(a).join(m, m.c.id == a.c.meta_id).where(m.c.anio == anio))
    return {(fila.meta_id, fila.mes): fila._asdict() for fila in filas}


def avances_variables(session: Session, anio: int) -> dict[tuple[int, int], dict[str, Any]]:
    """Los avances del ejercicio por (variable, trimestre), con todas sus columnas."""
    a, v, i = tabla(AvanceVariable), tabla(VariableIndicador), tabla(Indicador)
    filas = session.execute(
        select(a)
        .join(v, v.c.id == a.c.variable_id)
        .join(i, i.c.id == v.c.indicador_id)
        .where(i.c.anio == anio)
    )
    return {(fila.variable_id, fila.trimestre): fila._asdict() for fila in filas}


def meses_cerrados(session: Session, anio: int) -> set[int]:
    """Último mes de cada periodo cerrado del ejercicio."""
    p = tabla(Periodo).c
    consulta = select(p.mes).where(p.anio == anio, p.estado == EstadoPeriodo.CERRADO)
    return set(session.execute(consulta).scalars())
