"""Buscar en todo el sistema con una sola caja: sólo lo que la persona puede ver, lo más parecido primero."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlmodel import Session

from db.base import tabla
from db.models.busqueda import TextoBusqueda
from db.models.estructura import Dependencia
from db.rules.busqueda import ASUNTOS, MAXIMO, palabras
from db.rules.permisos import MATRIZ, Actor, Alcance

Fila = dict[str, Any]


def alcances(actor: Actor) -> tuple[list[str], list[str], list[int]]:
    """(asuntos que ve enteros, asuntos de los que sólo ve lo suyo, sus dependencias)."""
    enteros, propios = [], []
    for clave, asunto in ASUNTOS.items():
        matriz = MATRIZ.get(asunto.permiso, {})
        suyos = {matriz[rol] for rol in actor.roles if rol in matriz}
        if actor.interno or Alcance.TODO in suyos:
            enteros.append(clave)
        elif suyos:
            propios.append(clave)
    areas = [a.dependencia_id for a in actor.asignaciones if a.dependencia_id is not None]
    return enteros, propios, areas


def buscar(
    session: Session, *, texto: str, enteros: list[str], propios: list[str], areas: list[int]
) -> list[Fila]:
    """Lo que trae todas las palabras en alguno de sus textos: asunto, referencia, título y año.

    `enteros`, `propios` y `areas` son los de `alcances`. A lo más `MAXIMO`; primero lo que las trae en el
    título, y de lo repetido cada año, lo último.
    """
    pedidas = palabras(texto)
    if not pedidas:
        return []
    t = tabla(TextoBusqueda).c
    orden = {clave: n for n, clave in enumerate(ASUNTOS)}
    visto = or_(
        t.asunto.in_(enteros), and_(t.asunto.in_(propios), t.dependencia_id.in_(_con_hijas(session, areas)))
    )
    halladas = session.execute(
        select(
            t.asunto,
            t.referencia,
            func.max(t.anio).label("anio"),
            func.max(case((t.principal, 1), else_=0)).label("en_titulo"),
        )
        .where(visto, *(_contiene(t.texto, p) for p in pedidas))
        .group_by(t.asunto, t.referencia)
        .order_by(func.max(case((t.principal, 1), else_=0)).desc(), func.max(t.anio).desc())
        .limit(MAXIMO * 4)
    ).all()
    titulos = _titulos(session, [(f.asunto, f.referencia) for f in halladas])
    filas = [f._asdict() | {"titulo": titulos.get((f.asunto, f.referencia), "")} for f in halladas]
    unicas: dict[tuple[str, str], Fila] = {}
    for f in sorted(filas, key=lambda f: (-f["en_titulo"], orden[f["asunto"]], -(f["anio"] or 0))):
        unicas.setdefault((f["asunto"], f["titulo"]), f)
    return list(unicas.values())[:MAXIMO]


def _contiene(columna: ColumnElement[str], palabra: str) -> ColumnElement[bool]:
    return columna.contains(palabra, autoescape=True)


def _con_hijas(session: Session, areas: Collection[int]) -> list[int]:
    d = tabla(Dependencia).c
    return list(session.execute(select(d.id).where(d.id.in_(areas) | d.padre_id.in_(areas))).scalars())


def _titulos(session: Session, cuales: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """El título de cada cosa, aunque se haya hallado por un comentario suyo."""
    t = tabla(TextoBusqueda).c
    referencias = {referencia for _, referencia in cuales}
    filas = session.execute(
        select(t.asunto, t.referencia, t.titulo)
        .where(t.principal, t.referencia.in_(referencias))
        .order_by(t.id)
    )
    return {(f.asunto, f.referencia): f.titulo for f in filas}
