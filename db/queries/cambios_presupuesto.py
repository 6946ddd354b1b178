"""Qué cambió entre dos cortes guardados, clave por clave y por páginas, sin traer las versiones enteras."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, or_, select
from sqlmodel import Session

from db.base import tabla
from db.models.presupuesto import ClavePresupuestaria, MovimientoPresupuesto
from db.queries.presupuesto import MOMENTOS, Version, cortes

Fila = dict[str, Any]

NUEVA, DESAPARECE, CAMBIA = "nueva", "desaparece", "cambia"
POR_PAGINA = 100
TODAS = 100_000
"""Las que caben en una descarga."""


def versiones(session: Session, *, anio: int, ente_id: int) -> list[Fila]:
    """Los cortes de un ente, del más nuevo al más viejo, para elegir dos."""
    campos = ("id", "numero", "mes", "archivo", "autor", "cargado_en", "vigente")
    return [{c: getattr(v, c) for c in campos} for v in cortes(session, anio, ente_id)]


def cambios(
    session: Session,
    *,
    anio: int,
    ente_id: int,
    antes: int,
    despues: int,
    pagina: int = 0,
    por_pagina: int = POR_PAGINA,
) -> Fila | None:
    """Lo que cambia del corte `antes` al `despues`: cuántas claves de cada tipo, totales y una página.

    Primero las de mayor cambio en el modificado y luego en el devengado. None si alguno no es de ese ente.
    """
    propias = {v.id: v for v in cortes(session, anio, ente_id)}
    if antes not in propias or despues not in propias:
        return None
    distintas = _distintas(antes, despues).subquery()
    cuantas = session.execute(select(distintas.c.tipo, func.count()).group_by(distintas.c.tipo))
    return {
        "tipos": {fila[0]: int(fila[1]) for fila in cuantas},
        "totales": {
            m: propias[despues].totales.get(m, 0) - propias[antes].totales.get(m, 0) for m in MOMENTOS
        },
        "renglones": _pagina(session, distintas, pagina, por_pagina),
        "antes": _nombre(propias[antes]),
        "despues": _nombre(propias[despues]),
    }


def _nombre(v: Version) -> Fila:
    return {"id": v.id, "numero": v.numero, "mes": v.mes, "archivo": v.archivo}


def _distintas(antes: int, despues: int) -> Select[Any]:
    """Una fila por clave que cambia: los dos cortes se recorren una vez y se restan."""
    m = tabla(MovimientoPresupuesto).c
    en = {cual: func.sum(case((m.corte_id == cual, 1), else_=0)) for cual in (antes, despues)}

    def suma(momento: str, cual: int) -> ColumnElement[Any]:
        return func.sum(case((m.corte_id == cual, m[momento]), else_=0))

    def resta(momento: str) -> ColumnElement[Any]:
        return suma(momento, despues) - suma(momento, antes)

    tipo = case((en[antes] == 0, NUEVA), (en[despues] == 0, DESAPARECE), else_=CAMBIA)
    lados = [
        suma(momento, cual).label(f"{momento}_{lado}")
        for lado, cual in (("antes", antes), ("despues", despues))
        for momento in MOMENTOS
    ]
    return (
        select(m.clave_id, tipo.label("tipo"), *lados)
        .where(m.corte_id.in_((antes, despues)))
        .group_by(m.clave_id)
        .having(or_(en[antes] == 0, en[despues] == 0, *(resta(momento) != 0 for momento in MOMENTOS)))
    )


def _pagina(session: Session, distintas: Subquery, pagina: int, por_pagina: int) -> list[Fila]:
    d, k = distintas.c, tabla(ClavePresupuestaria)

    def modificado(lado: str) -> ColumnElement[Any]:
        return d[f"aprobado_{lado}"] + d[f"ampliaciones_{lado}"] - d[f"reducciones_{lado}"]

    cambio = func.abs(modificado("despues") - modificado("antes"))
    gasto = func.abs(d.devengado_despues - d.devengado_antes)
    consulta = (
        select(*d, k.c.clave, modificado("antes").label("m_antes"), modificado("despues").label("m_despues"))
        .join(k, k.c.id == d.clave_id)
        .order_by(cambio.desc(), gasto.desc(), k.c.clave)
        .limit(por_pagina)
        .offset(pagina * por_pagina)
    )
    return [
        {
            "clave": f["clave"],
            "tipo": f["tipo"],
            "modificado": (int(f["m_antes"]), int(f["m_despues"])),
            **{m: (int(f[f"{m}_antes"]), int(f[f"{m}_despues"])) for m in MOMENTOS},
        }
        for f in session.execute(consulta).mappings()
    ]
