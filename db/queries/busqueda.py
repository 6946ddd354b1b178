"""Buscar en todo el sistema con una sola caja: sólo lo que la persona puede ver, lo más parecido primero."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, case, func, or_, select, true
from sqlmodel import Session

from db.base import tabla
from db.models.busqueda import TextoBusqueda
from db.models.estructura import Dependencia
from db.rules.busqueda import ASUNTOS, DE_CADA_UNO, MAXIMO, palabras
from db.rules.permisos import MATRIZ, Actor, Alcance

Fila = dict[str, Any]

DE_UN_ANIO = ("meta", "indicador")
"""Asuntos que cada ejercicio repite con otro id."""


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
    session: Session,
    *,
    texto: str,
    enteros: list[str],
    propios: list[str],
    areas: list[int],
    anio: int | None = None,
    clase: str = "",
) -> dict[str, Any]:
    """Lo que trae todas las palabras, por clase de cosa: `cuentas` (asunto → cuántas) y `halladas`.

    `enteros`, `propios` y `areas` son los de `alcances`. Cada hallada lleva asunto, referencia, título y año
    (el pedido si lo hay, o el último); primero las que las traen en el título. Metas e indicadores, sólo los
    del año pedido: cada ejercicio repite los suyos. Con `clase`, sólo ésa.
    """
    pedidas = palabras(texto)
    if not pedidas:
        return {"cuentas": {}, "halladas": []}
    t = tabla(TextoBusqueda).c
    suyas = and_(t.asunto.in_(propios), t.dependencia_id.in_(_con_hijas(session, areas)))
    del_anio = or_(t.asunto.not_in(DE_UN_ANIO), t.anio == anio) if anio else true()
    juntas = (
        select(
            t.asunto,
            t.referencia,
            func.max(t.titulo).label("titulo"),
            func.coalesce(func.max(case((t.anio == anio, t.anio))), func.max(t.anio)).label("anio"),
            func.max(case((t.principal, 1), else_=0)).label("en_titulo"),
        )
        .where(or_(t.asunto.in_(enteros), suyas), del_anio, *(t.texto.contains(f" {p}") for p in pedidas))
        .group_by(t.asunto, t.referencia)
        .subquery()
    )
    orden = (juntas.c.en_titulo.desc(), juntas.c.anio.desc(), juntas.c.titulo, juntas.c.referencia)
    contadas = select(
        juntas,
        func.count().over(partition_by=juntas.c.asunto).label("cuantas"),
        func.row_number().over(partition_by=juntas.c.asunto, order_by=orden).label("lugar"),
    ).subquery()
    tope = MAXIMO if clase else DE_CADA_UNO
    filas = [f._asdict() for f in session.execute(select(contadas).where(contadas.c.lugar <= tope))]
    titulos = _titulos(session, [(f["asunto"], f["referencia"]) for f in filas if not f["titulo"]])
    por_clase = {f["asunto"]: f["cuantas"] for f in filas}
    lugar = {asunto: n for n, asunto in enumerate(ASUNTOS)}
    halladas = sorted(
        (f for f in filas if clase in ("", f["asunto"])), key=lambda f: (lugar[f["asunto"]], f["lugar"])
    )
    return {
        "cuentas": {asunto: por_clase[asunto] for asunto in ASUNTOS if asunto in por_clase},
        "halladas": [
            f | {"titulo": f["titulo"] or titulos.get((f["asunto"], f["referencia"]), "")} for f in halladas
        ],
    }


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
