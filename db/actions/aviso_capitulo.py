"""El aviso a quien redacta un capítulo del Informe: se le pide o se le devuelve."""

from sqlmodel import Session

from db.actions.avisos import avisar
from db.base import ahora
from db.models.avisos import ClaseAviso
from db.models.informe import CapituloInforme
from db.queries.avisos import destinatarios
from db.rules.avisos import ruta
from db.rules.permisos import Actor, Rol


def avisar_capitulo(session: Session, actor: Actor, capitulo: CapituloInforme, titulo: str) -> None:
    """A los enlaces de la dependencia del capítulo, salvo a quien lo hizo; sin dependencia, a nadie."""
    if capitulo.dependencia_id is None:
        return
    quienes = destinatarios(session, capitulo.dependencia_id, Rol.ENLACE, salvo=actor.cuenta)
    llave = f"capitulo/{capitulo.id}/{ahora():%Y%m%dT%H%M%S%f}"
    pagina = ruta("informes", capitulo=capitulo.id)
    avisar(session, quienes, ClaseAviso.INFORME, llave, titulo, capitulo.guia[:500], pagina)
