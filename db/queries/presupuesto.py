"""El presupuesto que se lee: cifras al corte desde los resúmenes, detalle por clave y versiones.

Las cifras de pantalla salen de `ResumenPresupuesto`: su costo no crece con los renglones del detalle.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, case, func, or_, select
from sqlmodel import Session

from db.base import tabla
from db.models.municipio import Ente, PartidaTransferencia, TipoEnte
from db.models.presupuesto import (
    ClasificacionEaepe,
    ClavePresupuestaria,
    CortePresupuesto,
    Dimension,
    MovimientoPresupuesto,
    RenglonEaepe,
    ResumenPresupuesto,
    TipoCorte,
)
from db.rules.presupuesto import Momentos

MOMENTOS = tuple(campo.name for campo in fields(Momentos))
"""Columnas de dinero de movimientos y resúmenes, en su orden."""

GASTO = MOMENTOS[3:]
"""Momentos que dicen que hubo gasto: de comprometido a pagado."""

SEGMENTOS = (
    "dependencia_general",
    "dependencia_auxiliar",
    "programa",
    "proyecto",
    "fuente",
    "partida",
    "tipo_gasto",
)
"""Segmentos de la clave que tienen columna propia."""

SIN_ELIMINAR = "suma sin eliminar transferencias internas"


Monto = dict[str, int]
"""Dinero al corte, en centavos: `aprobado` de todo el año, los demás momentos de enero al mes del corte,
`aprobado_calendario` (lo aprobado de enero al corte), `modificado` y `subejercicio`."""


@dataclass(frozen=True, slots=True)
class Version:
    """Un corte guardado, vigente o no."""

    id: int
    ente_id: int
    anio: int
    tipo: TipoCorte
    clasificacion: ClasificacionEaepe | None
    numero: int
    mes: int
    vigente: bool
    carga_id: int
    cargado_en: datetime
    autor: str
    archivo: str
    sha256: str
    totales: dict[str, int]


@dataclass(frozen=True, slots=True)
class Detalle:
    """Una página de claves de un corte: cada fila es (clave, segmentos, dinero)."""

    filas: list[tuple[str, dict[str, str], Monto]]
    total: int
    """Cuántas claves hay en todas las páginas."""


@dataclass(frozen=True, slots=True)
class Consolidado:
    """Los entes sumados y lo que se resta por transferirse entre ellos."""

    entes: dict[int, Monto]
    suma: Monto
    transferencias: Monto | None
    """Nulo si no se eliminan: falta la lista de partidas o sólo un ente tiene presupuesto."""
    etiqueta: str

    @property
    def total(self) -> Monto:
        if self.transferencias is None:
            return self.suma
        return sumar([self.suma, sumar([self.transferencias], -1)])


def cortes(
    session: Session, anio: int, ente_id: int | None = None, tipo: TipoCorte = TipoCorte.CLAVE
) -> list[Version]:
    """Las versiones guardadas de un año, de la más nueva a la más vieja; las viejas se siguen leyendo."""
    c = tabla(CortePresupuesto).c
    consulta = select(*(c[campo.name] for campo in fields(Version))).where(c.anio == anio, c.tipo == tipo)
    if ente_id is not None:
        consulta = consulta.where(c.ente_id == ente_id)
    return [Version(*fila) for fila in session.execute(consulta.order_by(c.id.desc()))]


def corte_vigente(session: Session, anio: int, ente_id: int) -> Version | None:
    """La versión vigente del presupuesto por clave de un ente; None si no se ha cargado."""
    return next((version for version in cortes(session, anio, ente_id) if version.vigente), None)


def al_corte(columnas: Any, mes: int) -> list[ColumnElement[Any]]:
    """Las sumas que forman un `Monto`: el aprobado entero y lo demás hasta el mes."""
    return list(_sumas(columnas.aprobado.table, mes))


@lru_cache(maxsize=64)
def _sumas(origen: FromClause, mes: int) -> tuple[ColumnElement[Any], ...]:
    """Escribir estas expresiones cuesta más que correrlas: las de cada tabla y mes se guardan."""
    c = origen.c

    def hasta(momento: str) -> ColumnElement[Any]:
        return func.sum(case((c.mes <= mes, c[momento]), else_=0))

    return (func.sum(c.aprobado), *(hasta(momento) for momento in MOMENTOS[1:]), hasta("aprobado"))


def monto(valores: Sequence[Any]) -> Monto:
    """El dinero de una fila de `al_corte`, con lo que de ella se deriva."""
    dinero = dict(
        zip((*MOMENTOS, "aprobado_calendario"), (int(valor or 0) for valor in valores), strict=True)
    )
    dinero["modificado"] = dinero["aprobado"] + dinero["ampliaciones"] - dinero["reducciones"]
    dinero["subejercicio"] = dinero["modificado"] - dinero["devengado"]
    return dinero


def sumar(montos: Iterable[Monto], signo: int = 1) -> Monto:
    """La suma de varios montos, cada cifra por su lado; con signo −1, su negativo. Sin montos, todo es 0."""
    total = monto([0] * (len(MOMENTOS) + 1))
    for dinero in montos:
        for nombre in total:
            total[nombre] += signo * dinero[nombre]
    return total


def vigentes(
    columnas: Sequence[ColumnElement[Any]], anio: int, ente_ids: tuple[int, ...] | None, dimension: Dimension
) -> Select[Any]:
    c, r = tabla(CortePresupuesto), tabla(ResumenPresupuesto)
    consulta = (
        select(*columnas)
        .select_from(c.join(r, r.c.corte_id == c.c.id))
        .where(c.c.anio == anio, c.c.vigente, c.c.tipo == TipoCorte.CLAVE, r.c.dimension == dimension)
    )
    return consulta if ente_ids is None else consulta.where(c.c.ente_id.in_(ente_ids))


def acumulado(
    session: Session,
    anio: int,
    mes: int,
    ente_ids: tuple[int, ...] | None = None,
    dimension: Dimension = Dimension.TOTAL,
) -> dict[str, Monto]:
    """Código → dinero al corte, de las versiones vigentes; `ente_ids` nulo son todos los entes.

    En `Dimension.TOTAL` el único código es "". Sin presupuesto cargado, el diccionario va vacío: no es 0.
    """
    r = tabla(ResumenPresupuesto).c
    consulta = vigentes([r.codigo, *al_corte(r, mes)], anio, ente_ids, dimension).group_by(r.codigo)
    return {fila[0]: monto(fila[1:]) for fila in session.execute(consulta.order_by(r.codigo))}


def dinero_por_proyecto(
    session: Session, anio: int, mes: int, ente_ids: tuple[int, ...] | None = None
) -> dict[tuple[int, str], Monto]:
    """(ente, clave de proyecto) → dinero al corte; la clave vacía junta lo que no trae proyecto."""
    r, ente_id = tabla(ResumenPresupuesto).c, tabla(CortePresupuesto).c.ente_id
    columnas = [ente_id, r.codigo, *al_corte(r, mes)]
    consulta = vigentes(columnas, anio, ente_ids, Dimension.PROYECTO).group_by(ente_id, r.codigo)
    return {(fila[0], fila[1]): monto(fila[2:]) for fila in session.execute(consulta)}


def por_mes(
    session: Session,
    anio: int,
    ente_ids: tuple[int, ...] | None = None,
    dimension: Dimension = Dimension.TOTAL,
    codigo: str = "",
) -> dict[int, Monto]:
    """Mes → dinero de ese mes solo, sin acumular, de un código; faltan los meses sin movimientos."""
    r = tabla(ResumenPresupuesto).c
    sumas = [func.sum(r[momento]) for momento in MOMENTOS]
    consulta = vigentes([r.mes, *sumas, func.sum(r.aprobado)], anio, ente_ids, dimension)
    consulta = consulta.where(r.codigo == codigo).group_by(r.mes).order_by(r.mes)
    return {fila[0]: monto(fila[1:]) for fila in session.execute(consulta)}


def consolidado(session: Session, anio: int, mes: int) -> Consolidado:
    """Los entes sumados menos lo que el ayuntamiento les transfiere (partidas de Configuración).

    Una partida de la lista alcanza a las que empiezan igual: «4151» elimina también «41511».
    """
    ente_id = tabla(CortePresupuesto).c.ente_id
    r = tabla(ResumenPresupuesto).c
    consulta = vigentes([ente_id, *al_corte(r, mes)], anio, None, Dimension.TOTAL).group_by(ente_id)
    entes = {fila[0]: monto(fila[1:]) for fila in session.execute(consulta.order_by(ente_id))}
    suma = sumar(entes.values())
    if len(entes) < 2:
        return Consolidado(entes, suma, None, "")
    partidas = tuple(session.execute(select(tabla(PartidaTransferencia).c.partida)).scalars())
    if not partidas:
        return Consolidado(entes, suma, None, SIN_ELIMINAR)
    e = tabla(Ente).c
    ayuntamientos = tuple(session.execute(select(e.id).where(e.tipo == TipoEnte.AYUNTAMIENTO)).scalars())
    de_la_lista = or_(*(r.codigo.startswith(partida, autoescape=True) for partida in partidas))
    internas = vigentes(al_corte(r, mes), anio, ayuntamientos, Dimension.PARTIDA).where(de_la_lista)
    return Consolidado(entes, suma, monto(session.execute(internas).one()), "")


def detalle(
    session: Session,
    corte_id: int,
    *,
    mes: int = 12,
    pagina: int = 0,
    por_pagina: int = 200,
    **segmentos: str,
) -> Detalle:
    """Claves de un corte con su dinero al mes, en orden de clave y por páginas.

    `segmentos` filtra por los de `SEGMENTOS` (`proyecto="010502050101"`); KeyError si no es uno de ellos.
    """
    c, k, m = tabla(CortePresupuesto).c, tabla(ClavePresupuestaria).c, tabla(MovimientoPresupuesto).c
    corte = session.execute(select(c.ente_id, c.anio).where(c.id == corte_id)).one()
    en_corte = select(m.clave_id).where(m.corte_id == corte_id, m.clave_id == k.id).exists()
    filtros = [k.ente_id == corte.ente_id, k.anio == corte.anio, en_corte]
    filtros += [k[segmento] == valor for segmento, valor in segmentos.items()]
    total = session.execute(select(func.count()).select_from(tabla(ClavePresupuestaria)).where(*filtros))
    columnas = select(k.id, k.clave, *(k[segmento] for segmento in SEGMENTOS)).where(*filtros)
    claves = session.execute(columnas.order_by(k.clave).limit(por_pagina).offset(pagina * por_pagina)).all()
    sumas = (
        select(m.clave_id, *al_corte(m, mes))
        .where(m.corte_id == corte_id, m.clave_id.in_([clave.id for clave in claves]))
        .group_by(m.clave_id)
    )
    dinero = {fila[0]: monto(fila[1:]) for fila in session.execute(sumas)}
    filas = [
        (clave.clave, dict(zip(SEGMENTOS, clave[2:], strict=True)), dinero[clave.id]) for clave in claves
    ]
    return Detalle(filas, total.scalar_one())


def eaepe(
    session: Session, anio: int, ente_id: int, clasificacion: ClasificacionEaepe
) -> tuple[Version, list[dict[str, Any]]] | None:
    """La versión vigente de un EAEPE y sus renglones en el orden del documento; None si no se ha cargado."""
    for version in cortes(session, anio, ente_id, TipoCorte.EAEPE):
        if version.vigente and version.clasificacion == clasificacion:
            r = tabla(RenglonEaepe)
            consulta = select(r).where(r.c.corte_id == version.id).order_by(r.c.orden)
            return version, [dict(fila) for fila in session.execute(consulta).mappings()]
    return None
