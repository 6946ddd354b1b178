"""El actor de una cuenta, para actuar en su nombre desde la línea de comandos."""

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.usuarios import RolUsuario, Usuario
from db.rules.permisos import Actor, Asignacion
from db.rules.problema import Problema


def actor_de_cuenta(session: Session, cuenta: str) -> Actor:
    """La cuenta activa con sus roles. Problema si no existe o está desactivada."""
    u, r = tabla(Usuario).c, tabla(RolUsuario).c
    persona = session.execute(select(u.id, u.cuenta, u.nombre).where(u.cuenta == cuenta, u.activa)).first()
    if persona is None:
        raise Problema(f"No hay una cuenta activa «{cuenta}».", "Véalas con: siem usuarios listar")
    roles = session.execute(
        select(r.rol, r.ente_id, r.dependencia_id).where(r.usuario_id == persona.id).order_by(r.id)
    )
    return Actor(
        usuario_id=persona.id,
        cuenta=persona.cuenta,
        nombre=persona.nombre,
        asignaciones=tuple(Asignacion(*fila) for fila in roles),
    )
