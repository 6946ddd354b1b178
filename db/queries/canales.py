"""A quién va un tema, quién lo leyó, y lo que una cuenta tiene sin leer."""

from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.models.canales import Tema
from db.models.encargos import Encargo, LecturaEncargo, MovimientoEncargo, ParticipanteEncargo
from db.models.usuarios import Usuario
from db.queries.avisos import destinatarios
from db.queries.encargos import lecturas
from db.rules.canales import REGISTRO, acuses
from db.rules.permisos import Rol


def esperados(session: Session, encargo_id: int) -> dict[int, str]:
    """Las cuentas a las que va: los enlaces de quien responde y de quien participa, o de todas."""
    encargo, tema = session.get_one(Encargo, encargo_id), session.get_one(Tema, encargo_id)
    p, u = tabla(ParticipanteEncargo).c, tabla(Usuario).c
    if tema.para_todas:
        ids = set(destinatarios(session, None, Rol.ENLACE))
    else:
        participan = session.execute(
            select(p.dependencia_id).where(p.encargo_id == encargo_id, p.dependencia_id.is_not(None))
        ).scalars()
        areas = {encargo.dependencia_id, *(cual for cual in participan if cual is not None)}
        ids = {cuenta for area in areas for cuenta in destinatarios(session, area, Rol.ENLACE)}
    filas = session.execute(select(u.id, u.nombre).where(u.id.in_(ids)).order_by(u.nombre, u.id))
    return {f.id: f.nombre for f in filas}


def recibido(session: Session, *, encargo_id: int) -> dict[str, list[str]]:
    """Quién acusó, quién sólo leyó y a quién le falta, por su nombre."""
    return acuses(lecturas(session, encargo_id=encargo_id), esperados(session, encargo_id))


def sin_leer(session: Session, *, usuario_id: int) -> list[dict[str, Any]]:
    """Los temas abiertos que le van a esa cuenta con algo que no ha visto; lo último primero."""
    e, m, v = tabla(Encargo).c, tabla(MovimientoEncargo).c, tabla(LecturaEncargo).c
    ultimos = select(m.encargo_id, func.max(m.id).label("ultimo")).group_by(m.encargo_id).subquery()
    leido = select(v.encargo_id, v.leido_hasta).where(v.usuario_id == usuario_id).subquery()
    consulta = (
        select(e.id, e.folio, e.titulo)
        .join(ultimos, ultimos.c.encargo_id == e.id)
        .outerjoin(leido, leido.c.encargo_id == e.id)
        .where(
            e.registro == REGISTRO.clave,
            e.etapa != "cerrado",
            func.coalesce(leido.c.leido_hasta, 0) < ultimos.c.ultimo,
        )
        .order_by(ultimos.c.ultimo.desc())
    )
    return [f._asdict() for f in session.execute(consulta) if usuario_id in esperados(session, f.id)]
