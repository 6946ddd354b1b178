"""Preguntas sobre cuentas, sesiones y roles."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlmodel import Session

from db.base import ahora, tabla
from db.models.estructura import Dependencia
from db.models.municipio import Ente
from db.models.usuarios import RolUsuario, Sesion, Usuario
from db.rules.permisos import Actor, Asignacion
from db.rules.usuarios import inactividad


@dataclass(frozen=True, slots=True)
class SesionAbierta:
    """Una sesión vigente y la persona que la abrió, con sus roles de este instante."""

    id: int
    sid: str
    actor: Actor
    usada_en: datetime


def en_utc(momento: datetime) -> datetime:
    """SQLite devuelve los instantes sin zona; todos se guardan en UTC."""
    return momento if momento.tzinfo else momento.replace(tzinfo=UTC)


def por_sid(session: Session, sid: str) -> SesionAbierta | None:
    """La sesión de ese identificador, o None si terminó, venció o su cuenta está desactivada."""
    return _abierta(session, "sid", sid)


def por_testigo(session: Session, testigo_hash: str) -> SesionAbierta | None:
    """Como `por_sid`, por la huella del testigo de la galleta."""
    return _abierta(session, "testigo_hash", testigo_hash)


@lru_cache
def _consulta(columna: str) -> Select[Any]:
    # Se arma una vez: corre antes de cada pantalla y armarla cuesta más que responderla.
    s, u, r = tabla(Sesion), tabla(Usuario), tabla(RolUsuario)
    return (
        select(
            s.c.id, s.c.sid, s.c.usada_en, s.c.vence_en, s.c.ip,
            u.c.id.label("usuario_id"), u.c.cuenta, u.c.nombre,
            r.c.rol, r.c.ente_id, r.c.dependencia_id,
        )
        .join(u, u.c.id == s.c.usuario_id)
        .outerjoin(r, r.c.usuario_id == u.c.id)
        .where(s.c[columna] == bindparam("valor"), s.c.cerrada_en.is_(None), u.c.activa)
    )  # fmt: skip


def _abierta(session: Session, columna: str, valor: str) -> SesionAbierta | None:
    filas = session.execute(_consulta(columna), {"valor": valor}).all()
    if not filas:
        return None
    primera, momento = filas[0], ahora()
    asignaciones = tuple(Asignacion(f.rol, f.ente_id, f.dependencia_id) for f in filas if f.rol)
    usada_en = en_utc(primera.usada_en)
    limite = inactividad(asignacion.rol for asignacion in asignaciones)
    if momento >= en_utc(primera.vence_en) or momento >= usada_en + limite:
        return None
    actor = Actor(primera.usuario_id, primera.cuenta, primera.nombre, asignaciones, primera.ip)
    return SesionAbierta(primera.id, primera.sid, actor, usada_en)


def hay_usuarios(session: Session) -> bool:
    """¿Existe ya alguna cuenta?"""
    return session.execute(select(tabla(Usuario).c.id).limit(1)).first() is not None


def lista(session: Session) -> list[dict[str, Any]]:
    """Todas las cuentas con sus roles, cuántas sesiones tienen abiertas y si falta estrenar su código."""
    u, s, r = tabla(Usuario).c, tabla(Sesion).c, tabla(RolUsuario).c
    sesiones = dict(
        session.execute(
            select(s.usuario_id, func.count(s.id))
            .where(s.cerrada_en.is_(None), s.vence_en > ahora())
            .group_by(s.usuario_id)
        )
        .tuples()
        .all()
    )
    ultimas = dict(
        session.execute(select(s.usuario_id, func.max(s.creada_en)).group_by(s.usuario_id)).tuples().all()
    )
    roles: dict[int, list[dict[str, Any]]] = {}
    e, d = tabla(Ente), tabla(Dependencia)
    consulta = (
        select(tabla(RolUsuario), e.c.nombre.label("ente"), d.c.nombre.label("dependencia"))
        .outerjoin(e, e.c.id == r.ente_id)
        .outerjoin(d, d.c.id == r.dependencia_id)
        .order_by(r.id)
    )
    for fila in session.execute(consulta).mappings():
        roles.setdefault(fila["usuario_id"], []).append(
            {
                "rol": fila["rol"].value,
                "ente_id": fila["ente_id"],
                "dependencia_id": fila["dependencia_id"],
                "ente": fila["ente"],
                "dependencia": fila["dependencia"],
            }
        )
    return [
        {
            "id": fila.id,
            "cuenta": fila.cuenta,
            "nombre": fila.nombre,
            "activa": fila.activa,
            "version": fila.version,
            "con_clave": fila.clave_hash is not None,
            "codigo_vence": fila.codigo_vence,
            "sesiones": sesiones.get(fila.id, 0),
            "ultima_entrada": ultimas.get(fila.id),
            "roles": roles.get(fila.id, []),
        }
        for fila in session.execute(select(tabla(Usuario)).order_by(u.cuenta))
    ]


def dependencias_activas(session: Session) -> list[dict[str, Any]]:
    """Dependencias que pueden ser el alcance de un enlace."""
    d = tabla(Dependencia).c
    filas = session.execute(select(d.id, d.ente_id, d.clave, d.nombre).order_by(d.clave))
    return [dict(fila) for fila in filas.mappings()]
