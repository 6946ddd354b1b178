"""Guardar fichas de indicadores (PbRM-01d) con sus variables y su calendario por trimestre."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, select
from sqlmodel import Session

from db.actions.cargas import Cuenta
from db.actions.estructura import asegurar_dependencias
from db.actions.programas import asegurar_proyectos
from db.actions.reverso import en_bloques
from db.actions.sincronizar import Fila, borrar, sincronizar
from db.base import Base, tabla
from db.models.actividad import OperacionMeta
from db.models.bitacora import Carga
from db.models.indicadores import AvanceVariable, Indicador, ProgramacionVariable, VariableIndicador
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.problema import Problema
from db.rules.texto import llave


@dataclass(frozen=True, slots=True)
class FilaVariable:
    """Una variable y sus trimestres no vacíos."""

    letra: str
    nombre: str
    unidad: str
    operacion: OperacionMeta
    trimestres: tuple[tuple[int, Decimal], ...]


@dataclass(frozen=True, slots=True)
class FilaIndicador:
    """Una ficha; `datos` son las columnas de `Indicador` que el archivo trae, y lo que no trae no se toca."""

    ente_id: int | None
    general: str
    auxiliar: str
    proyecto: str
    area: str
    nombre: str
    variables: tuple[FilaVariable, ...]
    datos: dict[str, Any] = field(default_factory=dict)


def guardar_indicadores(
    session: Session, actor: Actor, carga: Carga, filas: Sequence[FilaIndicador]
) -> Cuenta:
    """Agrega o corrige fichas con sus variables; las que no vienen se quedan.

    SinPermiso; Problema si el archivo quita una variable que ya tiene avances.
    """
    assert carga.anio is not None
    proyectos = asegurar_proyectos(session, carga.anio, {fila.proyecto for fila in filas})
    total = Cuenta(0, 0, 0)
    for ente_id in sorted({fila.ente_id or carga.ente_id or 0 for fila in filas}):
        exigir(actor, Accion.CARGAR_INDICADORES, Objeto(ente_id))
        propias = [fila for fila in filas if (fila.ente_id or carga.ente_id) == ente_id]
        total += _de_un_ente(session, carga.anio, ente_id, propias, proyectos)
    return total


def _de_un_ente(
    session: Session, anio: int, ente_id: int, filas: Sequence[FilaIndicador], proyectos: dict[str, int]
) -> Cuenta:
    _, conjunto = asegurar_dependencias(
        session, ente_id, {f.general: "" for f in filas}, {(f.general, f.auxiliar): f.area for f in filas}
    )
    i = tabla(Indicador)
    existentes = [
        f._asdict() for f in session.execute(select(i).where(i.c.anio == anio, i.c.ente_id == ente_id))
    ]
    datos: list[Fila] = [
        {
            "anio": anio,
            "ente_id": ente_id,
            "proyecto_id": proyectos[fila.proyecto],
            "dependencia_id": conjunto.auxiliares[fila.general, fila.auxiliar],
            "area": fila.area,
            "nombre": fila.nombre,
            "busqueda": llave(f"{fila.proyecto} {fila.nombre}"),
            **fila.datos,
        }
        for fila in filas
    ]
    campos = ("dependencia_id", "proyecto_id", "area", "nombre")
    fichas = sincronizar(session, Indicador, campos, datos, existentes)
    ids = [fichas.ids[tuple(d[campo] for campo in campos)] for d in datos]
    tocados = {fichas.ids[k] for k in fichas.nuevas | fichas.cambiadas}
    tocados |= _variables(session, ids, filas)
    nuevas = len(fichas.nuevas)
    return Cuenta(len(filas), len(tocados), len(filas) - len(tocados), nuevas, len(tocados) - nuevas)


def _variables(session: Session, ids: Sequence[int], filas: Sequence[FilaIndicador]) -> set[int]:
    """Deja variables y calendario como dice el archivo; devuelve los indicadores que cambiaron."""
    v = tabla(VariableIndicador)
    existentes = list(_hijos(session, VariableIndicador, v.c.indicador_id, ids))
    datos: list[Fila] = [
        {
            "indicador_id": indicador_id,
            "letra": variable.letra,
            "nombre": variable.nombre,
            "unidad": variable.unidad,
            "operacion": variable.operacion,
        }
        for indicador_id, fila in zip(ids, filas, strict=True)
        for variable in fila.variables
    ]
    hecho = sincronizar(session, VariableIndicador, ("indicador_id", "letra"), datos, existentes)
    tocados = {indicador_id for indicador_id, _ in hecho.tocadas}
    sobran = [f for f in existentes if (f["indicador_id"], f["letra"]) not in hecho.ids]
    trimestres: list[Fila] = [
        {
            "variable_id": hecho.ids[indicador_id, variable.letra],
            "trimestre": trimestre,
            "cantidad": cantidad,
        }
        for indicador_id, fila in zip(ids, filas, strict=True)
        for variable in fila.variables
        for trimestre, cantidad in variable.trimestres
    ]
    de_indicador = {identidad: clave[0] for clave, identidad in hecho.ids.items()}
    de_indicador |= {f["id"]: f["indicador_id"] for f in sobran}
    p = tabla(ProgramacionVariable)
    previos = [
        f
        for f in _hijos(session, ProgramacionVariable, p.c.variable_id, list(de_indicador))
        if f["reconduccion_id"] is None
    ]
    calendario = sincronizar(
        session, ProgramacionVariable, ("variable_id", "trimestre"), trimestres, previos, quitar=True
    )
    _quitar_variables(session, sobran)
    tocados |= {de_indicador[variable_id] for variable_id, _ in calendario.tocadas}
    return tocados | {f["indicador_id"] for f in sobran}


def _quitar_variables(session: Session, sobran: Sequence[Fila]) -> None:
    a = tabla(AvanceVariable)
    ids = [fila["id"] for fila in sobran]
    con_avances = next(_hijos(session, AvanceVariable, a.c.variable_id, ids), None)
    if con_avances is not None:
        fila = next(f for f in sobran if f["id"] == con_avances["variable_id"])
        raise Problema(
            f"La variable {fila['letra']} «{fila['nombre']}» ya tiene avances y el archivo no la trae.",
            "Agréguela al archivo, con el mismo nombre.",
        )
    borrar(session, VariableIndicador, sobran)


def _hijos(
    session: Session, modelo: type[Base], columna: "Column[Any]", ids: Sequence[int]
) -> Iterator[Fila]:
    """Los renglones cuya `columna` está entre las identidades dadas."""
    for bloque in en_bloques(ids):
        for fila in session.execute(select(tabla(modelo)).where(columna.in_(bloque))):
            yield fila._asdict()
