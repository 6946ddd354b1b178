"""Programas y proyectos de un ejercicio por su clave, y qué ente ejecuta cada proyecto."""

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.estructura import Dependencia
from db.models.programas import Programa, Proyecto, ProyectoEjecutado


def proyectos(session: Session, anio: int) -> dict[str, int]:
    """Identidad de cada proyecto del ejercicio por su clave de 12 dígitos."""
    p = tabla(Proyecto).c
    return {fila.clave: fila.id for fila in session.execute(select(p.clave, p.id).where(p.anio == anio))}


def programas(session: Session, anio: int) -> dict[str, int]:
    """Identidad de cada programa del ejercicio por su clave de 8 dígitos."""
    p = tabla(Programa).c
    return {fila.clave: fila.id for fila in session.execute(select(p.clave, p.id).where(p.anio == anio))}


def ejecutores(session: Session, anio: int) -> dict[tuple[str, str, str], set[int]]:
    """Entes que ejecutan cada (general, auxiliar, proyecto) según los «proyectos ejecutados»."""
    x, p, d = tabla(ProyectoEjecutado), tabla(Proyecto), tabla(Dependencia)
    madre = d.alias("madre")
    filas = session.execute(
        select(madre.c.clave, d.c.clave, p.c.clave, x.c.ente_id)
        .join(p, p.c.id == x.c.proyecto_id)
        .join(d, d.c.id == x.c.dependencia_id)
        .join(madre, madre.c.id == d.c.padre_id)
        .where(p.c.anio == anio)
    )
    hallados: dict[tuple[str, str, str], set[int]] = {}
    for general, auxiliar, proyecto, ente_id in filas:
        hallados.setdefault((general, auxiliar, proyecto), set()).add(ente_id)
    return hallados
