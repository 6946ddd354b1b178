"""Quién se ha capacitado en un año, por dependencia, y lo que hace falta enseñar."""

from collections import defaultdict
from typing import Any

from sqlalchemy import extract, select
from sqlmodel import Session

from db.base import tabla
from db.models.capacitacion import Curso, InscripcionCurso, NecesidadCapacitacion
from db.models.encargos import Encargo
from db.models.estructura import Dependencia
from db.models.personas import Persona
from db.rules.capacitacion import capacitados

Fila = dict[str, Any]


def cobertura(session: Session, *, anio: int) -> dict[str, Any]:
    """Del personal del directorio, quién concluyó con constancia algún curso del año.

    `total` y `por_dependencia`: personas, capacitadas, horas, porcentaje y palabra (Guía 1.4.3); `costo` en
    centavos de los cursos del año.
    """
    p, i, c, e, d = (
        tabla(Persona).c, tabla(InscripcionCurso).c, tabla(Curso).c, tabla(Encargo).c, tabla(Dependencia).c
    )  # fmt: skip
    personas = {
        f.id: f.dependencia_id
        for f in session.execute(
            select(p.id, p.dependencia_id).where(p.activa, p.dependencia_id.is_not(None))
        )
    }
    con = defaultdict(list)
    consulta = (
        select(i.persona_id, c.horas)
        .join(tabla(Curso), c.encargo_id == i.encargo_id)
        .where(i.constancia.is_not(None), extract("year", i.emitida_en) == anio)
    )
    for f in session.execute(consulta):
        con[f.persona_id].append(f.horas or 0)
    nombres = {f.id: f.nombre for f in session.execute(select(d.id, d.nombre))}
    por: dict[int, list[int]] = defaultdict(list)
    for cual, area in personas.items():
        por[area].append(cual)
    filas = [{"dependencia": nombres[area], **_cuenta(suyas, con)} for area, suyas in por.items()]
    gasto = select(c.costo).join(tabla(Encargo), e.id == c.encargo_id).where(e.anio == anio)
    return {
        "total": _cuenta(list(personas), con),
        "por_dependencia": sorted(filas, key=lambda f: (f["porcentaje"] or 0, f["dependencia"])),
        "costo": sum(session.execute(gasto).scalars()),
    }


def _cuenta(personas: list[int], con: dict[int, list[Any]]) -> Fila:
    capacitadas = [x for x in personas if x in con]
    porcentaje, palabra = capacitados(len(capacitadas), len(personas))
    return {
        "personas": len(personas),
        "capacitadas": len(capacitadas),
        "horas": sum(sum(con[x]) for x in capacitadas),
        "porcentaje": porcentaje,
        "palabra": palabra,
    }


def necesidades(session: Session, *, anio: int) -> list[Fila]:
    """Lo que hace falta aprender ese año, lo de prioridad alta primero, con el curso que lo atiende."""
    n, d, e = tabla(NecesidadCapacitacion), tabla(Dependencia).c, tabla(Encargo).c
    consulta = (
        select(n, d.nombre.label("dependencia"), d.ente_id, d.padre_id.label("general_id"), e.folio, e.titulo)
        .join(tabla(Dependencia), d.id == n.c.dependencia_id)
        .outerjoin(tabla(Encargo), e.id == n.c.encargo_id)
        .where(n.c.anio == anio)
    )
    orden = {"alta": 0, "media": 1, "baja": 2}
    filas = [f._asdict() | {"prioridad": f.prioridad.value} for f in session.execute(consulta)]
    return sorted(filas, key=lambda f: (orden[f["prioridad"]], f["dependencia"], f["tema"]))


def constancia(session: Session, *, folio: str) -> Fila | None:
    """De quién es una constancia, de qué curso y cuándo se dio; None si ese folio no existe."""
    i, p, e, c = tabla(InscripcionCurso).c, tabla(Persona).c, tabla(Encargo).c, tabla(Curso).c
    consulta = (
        select(i.constancia, i.emitida_en, p.nombre, e.titulo, e.folio, c.horas, c.instructor, i.id)
        .join(tabla(Persona), p.id == i.persona_id)
        .join(tabla(Encargo), e.id == i.encargo_id)
        .join(tabla(Curso), c.encargo_id == i.encargo_id)
        .where(i.constancia == folio.strip().upper())
    )
    f = session.execute(consulta).first()
    return None if f is None else f._asdict()


def constancias(session: Session) -> dict[str, str]:
    """Folio → «persona, curso» de las constancias dadas, la última primero."""
    i, p, e = tabla(InscripcionCurso).c, tabla(Persona).c, tabla(Encargo).c
    consulta = (
        select(i.constancia, p.nombre, e.titulo)
        .join(tabla(Persona), p.id == i.persona_id)
        .join(tabla(Encargo), e.id == i.encargo_id)
        .where(i.constancia.is_not(None))
        .order_by(i.id.desc())
    )
    return {f.constancia: f"{f.nombre}, {f.titulo}" for f in session.execute(consulta)}
