"""Un acuerdo votado es la autoridad de lo que aprueba: los pesos propuestos o una reconducción."""

from sqlmodel import Session

from db.actions.pesos import aprobar_por_acuerdo
from db.actions.resolver_reconduccion import asentar_acuerdo
from db.queries.aprobacion import PESOS, RECONDUCCION
from db.rules.permisos import Actor
from db.rules.problema import Problema


def aprobar(session: Session, actor: Actor, *, acuerdo_id: int, que: str, cual: int) -> None:
    """Asienta que el acuerdo aprobó esos pesos o esa reconducción.

    SinPermiso; `Problema` (campo «acuerdo») si no se votó y aprobó, o si aquello ya se resolvió.
    """
    if que == PESOS:
        aprobar_por_acuerdo(session, actor, juego_id=cual, acuerdo_id=acuerdo_id)
    elif que == RECONDUCCION:
        asentar_acuerdo(session, actor, cual, acuerdo_id=acuerdo_id)
    else:
        raise Problema("Un acuerdo no aprueba eso.", "Elija de la lista.", "acuerdo")
