"""De qué listas se elige en un registro: dependencias, personas, trámites, grupos de trabajo."""

from collections.abc import Callable

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.comites import ClaseComite, Comite
from db.models.encargos import Encargo
from db.models.estructura import Dependencia
from db.models.mejoras import Tramite
from db.models.personas import Persona
from db.models.puestos import Puesto

Opciones = dict[int, str]


def _dependencias(session: Session) -> Opciones:
    d = tabla(Dependencia).c
    filas = session.execute(select(d.id, d.clave, d.nombre).where(d.activa).order_by(d.clave, d.id))
    return {f.id: f"{f.clave} {f.nombre}" for f in filas}


def _personas(session: Session) -> Opciones:
    p = tabla(Persona).c
    filas = session.execute(select(p.id, p.nombre, p.cargo).where(p.activa).order_by(p.nombre, p.id))
    return {f.id: f"{f.nombre}, {f.cargo}" if f.cargo else f.nombre for f in filas}


def _tramites(session: Session) -> Opciones:
    t = tabla(Tramite).c
    filas = session.execute(select(t.id, t.clave, t.nombre).where(t.activo).order_by(t.clave))
    return {f.id: f"{f.clave} {f.nombre}" for f in filas}


def _grupos(session: Session) -> Opciones:
    c = tabla(Comite).c
    filas = session.execute(
        select(c.id, c.nombre).where(c.activo, c.clase == ClaseComite.GRUPO_TRABAJO).order_by(c.nombre)
    )
    return {f.id: f.nombre for f in filas}


def _cursos(session: Session) -> Opciones:
    e = tabla(Encargo).c
    filas = session.execute(
        select(e.id, e.folio, e.titulo).where(e.registro == "curso").order_by(e.folio.desc())
    )
    return {f.id: f"{f.folio} {f.titulo}" for f in filas}


def _generales(session: Session) -> Opciones:
    d = tabla(Dependencia).c
    filas = session.execute(
        select(d.id, d.clave, d.nombre).where(d.activa, d.padre_id.is_(None)).order_by(d.ente_id, d.clave)
    )
    return {f.id: f"{f.clave} {f.nombre}" for f in filas}


def _puestos(session: Session) -> Opciones:
    u, d = tabla(Puesto).c, tabla(Dependencia).c
    filas = session.execute(
        select(u.id, u.nombre, d.clave)
        .join(tabla(Dependencia), d.id == u.dependencia_id)
        .where(u.activo)
        .order_by(d.clave, u.nivel, u.nombre)
    )
    return {f.id: f"{f.clave} {f.nombre}" for f in filas}


FUENTES: dict[str, Callable[[Session], Opciones]] = {
    "dependencias": _dependencias,
    "personas": _personas,
    "tramites": _tramites,
    "grupos": _grupos,
    "cursos": _cursos,
    "generales": _generales,
    "puestos": _puestos,
}


def opciones(session: Session, *, fuente: str) -> Opciones:
    """Id → rótulo de lo que se puede elegir hoy."""
    return FUENTES[fuente](session)


def nombre_de(session: Session, fuente: str, cual: int) -> str:
    """El rótulo de uno; vacío si ya no se ofrece."""
    return FUENTES[fuente](session).get(cual, "")
