"""El dinero frente al plan: lo que cuelga de él, lo propuesto, lo suelto y las líneas a las que no llega."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import MetaActividad
from db.models.municipio import Ente
from db.models.plan import NodoPlan
from db.models.programas import EstadoVinculo, Proyecto, VinculoPlan
from db.queries.municipio import corte as corte_de
from db.queries.plan import leer_arbol
from db.queries.presupuesto import dinero_por_proyecto

PARTES = {EstadoVinculo.ACEPTADO: "con_plan", EstadoVinculo.PROPUESTO: "propuesto"}


def dinero_y_plan(
    session: Session, *, anio: int, mes: int | None = None, ente_id: int | None = None
) -> dict[str, Any]:
    """Conciliación al corte, en centavos del modificado: con plan + propuesto + sin plan = total.

    `proyectos` trae cada proyecto con dinero o con vínculos, sus participaciones y su estado; `lineas` las
    del último nivel que ningún proyecto con dinero atiende; `sin_dinero` los proyectos con metas y sin
    presupuesto.
    """
    corte, _ = corte_de(session, anio, mes)
    entes = None if ente_id is None else (ente_id,)
    dinero = dinero_por_proyecto(session, anio, corte.mes, entes)
    vinculos = _vinculos(session, anio, ente_id)
    nombres = _proyectos(session, anio)
    siglas = {fila.id: fila.nombre for fila in session.execute(select(tabla(Ente)))}
    proyectos = []
    for ente, clave in sorted(dinero.keys() | vinculos.keys()):
        partes = vinculos.get((ente, clave), [])
        monto = dinero.get((ente, clave))
        estado = partes[0]["estado"] if partes else None
        proyectos.append(
            {
                "ente_id": ente,
                "ente": siglas.get(ente, ""),
                "clave": clave,
                "proyecto_id": nombres.get(clave, (None, ""))[0],
                "nombre": nombres.get(clave, (None, "fuera del catálogo del ejercicio"))[1],
                "modificado": monto["modificado"] if monto else None,
                "devengado": monto["devengado"] if monto else None,
                "parte": PARTES[estado] if estado else "sin_plan",
                "partes": partes,
            }
        )
    return {
        "proyectos": proyectos,
        "total": sum(m["modificado"] for m in dinero.values()),
        **{
            nombre: sum(p["modificado"] or 0 for p in proyectos if p["parte"] == nombre)
            for nombre in ("con_plan", "propuesto", "sin_plan")
        },
        "lineas": _lineas_sin_dinero(session, corte, vinculos, dinero),
        "sin_dinero": _proyectos_sin_dinero(session, anio, ente_id, dinero, siglas),
    }


def firma_de_vinculos(partes: Iterable[tuple[int, int, int, Decimal, EstadoVinculo]]) -> str:
    """De (ente, proyecto, nodo, parte, estado): cambia si alguien mueve una participación."""
    renglones = sorted(f"{e}.{p}.{n}={parte.normalize():f}{estado}" for e, p, n, parte, estado in partes)
    return hashlib.sha256("|".join(renglones).encode()).hexdigest()


def _vinculos(
    session: Session, anio: int, ente_id: int | None
) -> dict[tuple[int, str], list[dict[str, Any]]]:
    v, p, n = tabla(VinculoPlan), tabla(Proyecto), tabla(NodoPlan)
    consulta = (
        select(
            v.c.ente_id,
            p.c.clave,
            v.c.nodo_id,
            n.c.clave.label("nodo"),
            n.c.nombre,
            v.c.participacion,
            v.c.estado,
        )
        .join(p, p.c.id == v.c.proyecto_id)
        .join(n, n.c.id == v.c.nodo_id)
        .where(p.c.anio == anio)
        .order_by(v.c.estado, n.c.orden)
    )
    if ente_id is not None:
        consulta = consulta.where(v.c.ente_id == ente_id)
    juntos: dict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for f in session.execute(consulta):
        parte = {"nodo_id": f.nodo_id, "clave": f.nodo, "nombre": f.nombre, "participacion": f.participacion}
        juntos[f.ente_id, f.clave].append({**parte, "estado": f.estado})
    return dict(juntos)


def _proyectos(session: Session, anio: int) -> dict[str, tuple[int, str]]:
    p = tabla(Proyecto).c
    consulta = select(p.id, p.clave, p.nombre).where(p.anio == anio)
    return {fila.clave: (fila.id, fila.nombre) for fila in session.execute(consulta)}


def _lineas_sin_dinero(session: Session, corte: Any, vinculos: Any, dinero: Any) -> list[dict[str, Any]]:
    arbol = leer_arbol(session, corte)
    if arbol is None or not dinero:
        return []
    atendidos = {
        parte["nodo_id"]
        for llave, partes in vinculos.items()
        for parte in partes
        if parte["estado"] is EstadoVinculo.ACEPTADO and llave in dinero
    }
    # Un vínculo con un objetivo o estrategia atiende también a las líneas que cuelgan de él.
    cubiertos: set[int] = set()
    for atendido in atendidos & arbol.por_id.keys():
        cubiertos |= arbol.descendencia(atendido)
    return [
        {"id": nodo.id, "clave": nodo.clave, "nombre": nodo.nombre}
        for nodo in arbol.nodos
        if not arbol.hijos.get(nodo.id) and nodo.id not in cubiertos
    ]


def _proyectos_sin_dinero(
    session: Session, anio: int, ente_id: int | None, dinero: Any, siglas: dict[int, str]
) -> list[dict[str, Any]]:
    m, p = tabla(MetaActividad), tabla(Proyecto)
    consulta = (
        select(m.c.ente_id, p.c.clave, p.c.nombre).join(p, p.c.id == m.c.proyecto_id).where(m.c.anio == anio)
    )
    if ente_id is not None:
        consulta = consulta.where(m.c.ente_id == ente_id)
    return [
        {"ente": siglas.get(f.ente_id, ""), "clave": f.clave, "nombre": f.nombre}
        for f in session.execute(consulta.distinct().order_by(p.c.clave))
        if dinero and (f.ente_id, f.clave) not in dinero
    ]
