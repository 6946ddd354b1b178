"""Qué cambió entre dos versiones del presupuesto, y si los resúmenes dicen lo mismo que el detalle."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlmodel import Session

from db.base import tabla
from db.models.presupuesto import (
    ClavePresupuestaria,
    CortePresupuesto,
    Dimension,
    MovimientoPresupuesto,
    RenglonEaepe,
    ResumenPresupuesto,
    TipoCorte,
)
from db.queries.presupuesto import MOMENTOS
from db.rules.formato import moneda

Importes = tuple[int, ...]
"""Centavos por momento, en el orden de `MOMENTOS`, sumados en el año."""


@dataclass(frozen=True, slots=True)
class Diferencias:
    """Lo que cambia de una versión a otra, por clave."""

    nuevas: list[str]
    desaparecen: list[str]
    cambian: list[tuple[str, Importes, Importes]]
    """(clave, antes, después)."""
    iguales: int
    totales: dict[str, int]
    """Después menos antes, por momento, en centavos."""


def por_clave(session: Session, corte_id: int) -> dict[str, Importes]:
    """Clave → importes del año de un corte."""
    k, m = tabla(ClavePresupuestaria), tabla(MovimientoPresupuesto)
    consulta = (
        select(k.c.clave, *(func.sum(m.c[momento]) for momento in MOMENTOS))
        .select_from(m.join(k, k.c.id == m.c.clave_id))
        .where(m.c.corte_id == corte_id)
        .group_by(k.c.clave)
    )
    return {fila[0]: tuple(map(int, fila[1:])) for fila in session.execute(consulta)}


def comparar(antes: Mapping[str, Importes], despues: Mapping[str, Importes]) -> Diferencias:
    """Compara dos versiones clave por clave; las listas van en orden de clave."""
    comunes = sorted(antes.keys() & despues.keys())
    cambian = [(clave, antes[clave], despues[clave]) for clave in comunes if antes[clave] != despues[clave]]
    suma_antes = [sum(columna) for columna in zip(*antes.values(), strict=True)] or [0] * len(MOMENTOS)
    suma_despues = [sum(columna) for columna in zip(*despues.values(), strict=True)] or [0] * len(MOMENTOS)
    restas = (b - a for a, b in zip(suma_antes, suma_despues, strict=True))
    return Diferencias(
        nuevas=sorted(despues.keys() - antes.keys()),
        desaparecen=sorted(antes.keys() - despues.keys()),
        cambian=cambian,
        iguales=len(comunes) - len(cambian),
        totales=dict(zip(MOMENTOS, restas, strict=True)),
    )


def diferencias(session: Session, corte_a: int, corte_b: int) -> Diferencias:
    """Lo que cambió del corte `a` al corte `b`."""
    return comparar(por_clave(session, corte_a), por_clave(session, corte_b))


def verificar_resumenes(session: Session) -> str | None:
    """Vuelve a sumar el detalle de cada corte y lo compara con lo guardado.

    Devuelve la primera falta en palabras, o None si los resúmenes, los totales de control y la vigencia
    coinciden.
    """
    c = tabla(CortePresupuesto).c
    vigentes: dict[tuple[Any, ...], int] = {}
    for corte in session.execute(select(tabla(CortePresupuesto)).order_by(c.id)).all():
        nombre = f"la versión {corte.numero} del presupuesto {corte.anio} («{corte.archivo}»)"
        serie = (corte.ente_id, corte.anio, corte.tipo, corte.clasificacion)
        vigentes[serie] = vigentes.get(serie, 0) + bool(corte.vigente)
        revisar = _falta_del_eaepe if corte.tipo == TipoCorte.EAEPE else _falta_del_corte
        if falta := revisar(session, corte):
            return f"en {nombre}, {falta}"
    for (_, anio, _, _), cuantas in vigentes.items():
        if cuantas != 1:
            return f"el presupuesto {anio} tiene {cuantas} versiones vigentes y debe tener una"
    return None


def _falta_del_corte(session: Session, corte: Any) -> str | None:
    for dimension in Dimension:
        detalle = _del_detalle(session, corte.id, dimension)
        resumen = _del_resumen(session, corte.id, dimension)
        for casilla in sorted(detalle.keys() | resumen.keys()):
            if detalle.get(casilla) != resumen.get(casilla):
                codigo, mes = casilla
                return f"el resumen por {dimension} «{codigo}» del mes {mes} no es la suma de su detalle"
        if dimension == Dimension.TOTAL:
            sumas = [sum(valores[i + 1] for valores in detalle.values()) for i in range(len(MOMENTOS))]
            for momento, suma in zip(MOMENTOS, sumas, strict=True):
                if corte.totales.get(momento) != suma:
                    return f"el total de control de {momento} no es la suma de su detalle ({moneda(suma)})"
    return None


def _falta_del_eaepe(session: Session, corte: Any) -> str | None:
    r = tabla(RenglonEaepe).c
    for importe, total in corte.totales.items():
        consulta = select(func.coalesce(func.sum(r[importe]), 0)).where(r.corte_id == corte.id, r.nivel == 1)
        if int(session.execute(consulta).scalar_one()) != total:
            return f"el total de {importe} del EAEPE no es la suma de sus renglones"
    return None


def _codigo(dimension: Dimension) -> ColumnElement[Any]:
    """El código de una clave en la dimensión, dicho en SQL."""
    k = tabla(ClavePresupuestaria).c
    if dimension == Dimension.TOTAL:
        return literal("")
    if dimension == Dimension.CAPITULO:
        return case((k.partida != "", func.substr(k.partida, 1, 1) + "000"), else_="")
    if dimension == Dimension.DEPENDENCIA_AUXILIAR:
        auxiliar = k.dependencia_auxiliar
        return case((auxiliar != "", k.dependencia_general + "-" + auxiliar), else_="")
    if dimension == Dimension.PROGRAMA_CAPITULO:
        return _codigo(Dimension.PROGRAMA) + "|" + _codigo(Dimension.CAPITULO)
    return k[dimension.value]


def _casillas(filas: Any) -> dict[tuple[str, int], Importes]:
    return {(fila[0], fila[1]): tuple(map(int, fila[2:])) for fila in filas}


def _del_detalle(session: Session, corte_id: int, dimension: Dimension) -> dict[tuple[str, int], Importes]:
    k, m = tabla(ClavePresupuestaria), tabla(MovimientoPresupuesto)
    interna = (
        select(_codigo(dimension).label("codigo"), m.c.mes, *(m.c[momento] for momento in MOMENTOS))
        .select_from(m.join(k, k.c.id == m.c.clave_id))
        .where(m.c.corte_id == corte_id)
        .subquery()
    )
    s = interna.c
    sumas = (func.sum(s[momento]) for momento in MOMENTOS)
    return _casillas(session.execute(select(s.codigo, s.mes, func.count(), *sumas).group_by(s.codigo, s.mes)))


def _del_resumen(session: Session, corte_id: int, dimension: Dimension) -> dict[tuple[str, int], Importes]:
    r = tabla(ResumenPresupuesto).c
    columnas = (r.codigo, r.mes, r.claves, *(r[momento] for momento in MOMENTOS))
    return _casillas(
        session.execute(select(*columnas).where(r.corte_id == corte_id, r.dimension == dimension))
    )
