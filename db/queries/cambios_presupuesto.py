"""Qué cambió entre dos cortes guardados, clave por clave y por páginas, sin traer las versiones enteras."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, literal, or_, select, union_all
from sqlmodel import Session

from db.base import tabla
from db.models.presupuesto import ClavePresupuestaria, MovimientoPresupuesto
from db.queries.presupuesto import MOMENTOS, Version, cortes

Fila = dict[str, Any]

NUEVA, DESAPARECE, CAMBIA = TIPOS = "nueva", "desaparece", "cambia"
LADOS = ("antes", "despues")
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
    renglones, tipos = _pagina(session, _distintas(antes, despues).subquery(), pagina, por_pagina)
    return {
        "tipos": tipos,
        "totales": {
            m: propias[despues].totales.get(m, 0) - propias[antes].totales.get(m, 0) for m in MOMENTOS
        },
        "renglones": renglones,
        "antes": _nombre(propias[antes]),
        "despues": _nombre(propias[despues]),
    }


def _nombre(v: Version) -> Fila:
    return {"id": v.id, "numero": v.numero, "mes": v.mes, "archivo": v.archivo}


def _distintas(antes: int, despues: int) -> Select[Any]:
    """Una fila por clave que cambia. Cada corte se suma antes, por su llave: ya viene en orden de clave."""
    lados = union_all(_de(antes, "antes"), _de(despues, "despues")).subquery().c
    en = {lado: func.sum(lados[f"en_{lado}"]) for lado in LADOS}
    sumas = {f"{m}_{lado}": func.sum(lados[f"{m}_{lado}"]) for lado in LADOS for m in MOMENTOS}
    tipo = case((en["antes"] == 0, NUEVA), (en["despues"] == 0, DESAPARECE), else_=CAMBIA)
    mueve = (sumas[f"{m}_antes"] != sumas[f"{m}_despues"] for m in MOMENTOS)
    return (
        select(lados.clave_id, tipo.label("tipo"), *(s.label(nombre) for nombre, s in sumas.items()))
        .group_by(lados.clave_id)
        .having(or_(en["antes"] == 0, en["despues"] == 0, *mueve))
    )


def _de(corte_id: int, lado: str) -> Select[Any]:
    """Lo de un corte por clave, en las columnas de su lado y ceros en las del otro."""
    m = tabla(MovimientoPresupuesto).c
    columnas: list[ColumnElement[Any]] = [m.clave_id]
    for cual in LADOS:
        columnas.append(literal(int(cual == lado)).label(f"en_{cual}"))
        for momento in MOMENTOS:
            valor = func.sum(m[momento]) if cual == lado else literal(0)
            columnas.append(valor.label(f"{momento}_{cual}"))
    return select(*columnas).where(m.corte_id == corte_id).group_by(m.clave_id)


def _pagina(
    session: Session, distintas: Subquery, pagina: int, por_pagina: int
) -> tuple[list[Fila], dict[str, int]]:
    """Una página de claves, y cuántas hay de cada tipo en todas: todo en una pasada."""
    d, k = distintas.c, tabla(ClavePresupuestaria)

    def modificado(lado: str) -> ColumnElement[Any]:
        return d[f"aprobado_{lado}"] + d[f"ampliaciones_{lado}"] - d[f"reducciones_{lado}"]

    cuantas = [func.sum(case((d.tipo == tipo, 1), else_=0)).over().label(f"son_{tipo}") for tipo in TIPOS]
    cambio = func.abs(modificado("despues") - modificado("antes"))
    gasto = func.abs(d.devengado_despues - d.devengado_antes)
    consulta = (
        select(*d, *(modificado(lado).label(f"modificado_{lado}") for lado in LADOS), *cuantas, k.c.clave)
        .join(k, k.c.id == d.clave_id)
        .order_by(cambio.desc(), gasto.desc(), k.c.clave)
        .limit(por_pagina)
        .offset(pagina * por_pagina)
    )
    filas = session.execute(consulta).mappings().all()
    renglones = [
        {
            "clave": f["clave"],
            "tipo": f["tipo"],
            **{m: (int(f[f"{m}_antes"]), int(f[f"{m}_despues"])) for m in (*MOMENTOS, "modificado")},
        }
        for f in filas
    ]
    tipos = {tipo: int(filas[0][f"son_{tipo}"]) for tipo in TIPOS} if filas else {}
    return renglones, {tipo: cuantos for tipo, cuantos in tipos.items() if cuantos}
