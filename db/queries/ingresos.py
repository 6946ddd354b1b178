"""Los ingresos de las versiones vigentes: por rubro, por concepto, por fuente y por mes."""

from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlmodel import Session

from db.base import tabla
from db.models.ingresos import CorteIngreso, RenglonIngreso
from db.queries import presupuesto
from db.queries.municipio import corte as corte_de
from db.rules.ingreso import Ingreso

MOMENTOS = ("estimado", "ampliaciones", "reducciones", "devengado", "recaudado")


def versiones(session: Session, anio: int, ente_id: int | None = None) -> list[dict[str, Any]]:
    """Las cargas de ingresos de un ejercicio, de la más nueva a la más vieja."""
    c = tabla(CorteIngreso)
    consulta = select(c).where(c.c.anio == anio).order_by(c.c.id.desc())
    if ente_id is not None:
        consulta = consulta.where(c.c.ente_id == ente_id)
    return [dict(fila) for fila in session.execute(consulta).mappings()]


def _hasta(mes: int) -> list[ColumnElement[Any]]:
    """Lo estimado del año y lo demás de enero al mes; al final, lo previsto al corte."""
    r = tabla(RenglonIngreso).c

    def suma(columna: Any) -> ColumnElement[Any]:
        return func.sum(case((r.mes <= mes, columna), else_=0))

    previsto = suma(r.estimado + r.ampliaciones - r.reducciones)
    return [func.sum(r.estimado), *(suma(r[momento]) for momento in MOMENTOS[1:]), previsto]


def ingresos(session: Session, *, anio: int, mes: int | None, ente_id: int | None) -> dict[str, Any] | None:
    """Lo que las pantallas dicen de los ingresos a un corte, en centavos; None si no se han cargado.

    `renglones`: (rubro, concepto, fuente, importes en orden de `MOMENTOS`, previsto); `meses`: mes →
    (previsto, recaudado) de ese mes; `egresos`: mes → devengado; `hasta`: último mes con
    movimiento en los archivos.
    """
    corte, _ = corte_de(session, anio, mes)
    c, r = tabla(CorteIngreso), tabla(RenglonIngreso)
    vigente = [c.c.anio == anio, c.c.vigente]
    entes = None if ente_id is None else (ente_id,)
    if entes is not None:
        vigente.append(c.c.ente_id.in_(entes))
    hasta = session.execute(select(func.max(c.c.mes)).where(*vigente)).scalar()
    if hasta is None:
        return None
    de = r.join(c, c.c.id == r.c.corte_id)
    por = (r.c.rubro, r.c.concepto, r.c.fuente)
    filas = session.execute(
        select(*por, *_hasta(corte.mes)).select_from(de).where(*vigente).group_by(*por).order_by(*por)
    )
    previsto = func.sum(r.c.estimado + r.c.ampliaciones - r.c.reducciones)
    meses = session.execute(
        select(r.c.mes, previsto, func.sum(r.c.recaudado))
        .select_from(de)
        .where(*vigente)
        .group_by(r.c.mes)
        .order_by(r.c.mes)
    )
    gasto = presupuesto.por_mes(session, anio, entes)
    return {
        "anio": anio,
        "corte": corte.en_palabras,
        "mes": corte.mes,
        "hasta": hasta,
        "renglones": [(f[0], f[1], f[2], tuple(map(int, f[3:8])), int(f[8])) for f in filas],
        "meses": {f[0]: (int(f[1]), int(f[2])) for f in meses},
        "egresos": {m: monto["devengado"] for m, monto in gasto.items()},
    }


def sumar(renglones: list[Any]) -> Ingreso:
    """La suma de unos renglones de `ingresos`."""
    return sum((Ingreso(*importes) for *_, importes, _previsto in renglones), Ingreso())
