"""Los acuerdos que el calendario obliga a recordar en este instante, y a quién: por vencer y vencidos."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from db.models.avisos import ClaseAviso
from db.models.personas import Persona
from db.queries.acuerdos import acuerdos
from db.queries.avisos import destinatarios
from db.queries.municipio import aviso_de_plazo, zona
from db.queries.nuevo_aviso import Nuevo
from db.rules import acuerdos as reglas
from db.rules.permisos import Rol


def responden(
    session: Session, dependencia_id: int | None, persona_id: int | None, salvo: str = ""
) -> set[int]:
    """Las cuentas de quien responde por un acuerdo: los enlaces de la dependencia y la persona misma."""
    quienes: set[int] = set()
    if dependencia_id is not None:
        quienes |= set(destinatarios(session, dependencia_id, Rol.ENLACE, salvo=salvo))
    if persona_id is not None:
        cuenta = session.get_one(Persona, persona_id).usuario_id
        quienes |= {cuenta} if cuenta is not None else set()
    return quienes


def por_avisar_acuerdos(session: Session, momento: datetime) -> Iterator[Nuevo]:
    """Por vencer, a quien responde; vencido, también a planeación. Una vez por acuerdo y fecha."""
    dia, aviso = momento.astimezone(zona(session)).date(), aviso_de_plazo(session)
    for a in acuerdos(session, vivos=True):
        paso = reglas.toca_avisar(a, dia, aviso)
        if paso is None:
            continue
        quienes = responden(session, a["dependencia_id"], a["persona_id"])
        if paso == reglas.VENCIDO:
            quienes |= set(destinatarios(session, None, Rol.PLANEACION))
        llave = f"acuerdo/{a['id']}/{paso}/{a['vence'].isoformat()}"
        yield Nuevo(tuple(sorted(quienes)), ClaseAviso.ACUERDO, llave, reglas.aviso(a, paso))
