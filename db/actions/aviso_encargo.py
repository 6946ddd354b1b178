"""El aviso a la dependencia que responde, y a las que participan, de que un encargo cambió."""

from sqlalchemy import select
from sqlmodel import Session

from db.actions.avisos import avisar
from db.base import ahora, tabla
from db.models.avisos import ClaseAviso
from db.models.encargos import Encargo, ParticipanteEncargo
from db.queries.avisos import destinatarios
from db.rules.avisos import ruta
from db.rules.encargos import Registro
from db.rules.permisos import Actor, Rol


def interesados(session: Session, actor: Actor, fila: Encargo) -> list[int]:
    """Las cuentas de los enlaces de quien responde y de quienes participan, salvo quien hizo el cambio."""
    p = tabla(ParticipanteEncargo).c
    participan = session.execute(
        select(p.dependencia_id).where(p.encargo_id == fila.id, p.dependencia_id.is_not(None))
    ).scalars()
    areas = dict.fromkeys([fila.dependencia_id, *(cual for cual in participan if cual is not None)])
    quienes: set[int] = set()
    for area in areas:
        quienes |= set(destinatarios(session, area, Rol.ENLACE, salvo=actor.cuenta))
    return sorted(quienes)


def avisar_encargo(
    session: Session, actor: Actor, fila: Encargo, registro: Registro, que: str, texto: str = ""
) -> None:
    """«EST-2026-003: aprobado»."""
    llave = f"encargo/{fila.id}/{ahora():%Y%m%dT%H%M%S%f}"
    pagina = ruta(registro.pagina, encargo=fila.id)
    dicho = (texto or fila.titulo)[:500]
    quienes = interesados(session, actor, fila)
    avisar(session, quienes, ClaseAviso.REGISTRO, llave, f"{fila.folio}: {que}", dicho, pagina)
