"""Lo que prueba que un acuerdo se cumple: subirlo y retirarlo con su razón; el archivo nunca se borra."""

from sqlmodel import Session

from db.actions.acuerdos import exigir_suyo
from db.actions.adjuntos import adjuntar, archivar
from db.actions.municipio import obligatorio
from db.base import ahora
from db.models.acuerdos import Acuerdo
from db.models.documentos import Adjunto
from db.models.evidencias import Clasificacion, Evidencia
from db.queries.adjuntos import ACUERDO, adjuntos
from db.rules.evidencias import Archivo
from db.rules.permisos import Accion, Actor, SinPermiso
from db.rules.problema import Problema
from db.rules.texto import normal

PIE_MAXIMO, MOTIVO_MAXIMO = 300, 300


def agregar(
    session: Session,
    actor: Actor,
    *,
    acuerdo_id: int,
    archivo: Archivo,
    pie: str = "",
    clasificacion: Clasificacion = Clasificacion.PUBLICA,
) -> int:
    """Guarda un archivo ya revisado como prueba del acuerdo; devuelve el id del adjunto.

    SinPermiso si no le toca el acuerdo; `Problema` (campo «archivo») si ese archivo ya lo prueba.
    """
    acuerdo = _suyo(session, actor, acuerdo_id)
    evidencia = archivar(
        session, actor, archivo, dependencia_id=acuerdo.dependencia_id, clasificacion=clasificacion
    )
    antes = adjuntos(session, asunto=ACUERDO, referencia=str(acuerdo_id))
    if any(f["sha256"] == evidencia.sha256 and not f["retirada"] for f in antes):
        raise Problema("Ese archivo ya prueba este acuerdo.", "Elija otro.", "archivo")
    return adjuntar(
        session,
        actor,
        evidencia,
        asunto=ACUERDO,
        referencia=str(acuerdo_id),
        pie=normal(pie)[:PIE_MAXIMO],
    )


def _suyo(session: Session, actor: Actor, acuerdo_id: int) -> Acuerdo:
    acuerdo = session.get(Acuerdo, acuerdo_id)
    if acuerdo is None:
        raise SinPermiso(Accion.ATENDER_ACUERDOS)
    exigir_suyo(session, actor, acuerdo)
    return acuerdo


def retirar(session: Session, actor: Actor, *, adjunto_id: int, motivo: str) -> None:
    """Deja de probar el acuerdo, y se dice por qué. SinPermiso; `Problema` (campo «motivo»)."""
    adjunto = session.get(Adjunto, adjunto_id)
    if adjunto is None or adjunto.asunto != ACUERDO:
        raise SinPermiso(Accion.ATENDER_ACUERDOS)
    _suyo(session, actor, int(adjunto.referencia))
    evidencia = session.get_one(Evidencia, adjunto.evidencia_id)
    if evidencia.retirada_en is not None:
        raise Problema("Ese archivo ya se había retirado.", campo="motivo")
    evidencia.motivo_retiro = obligatorio(motivo, "motivo", "por qué se retira", MOTIVO_MAXIMO)
    evidencia.retirada_en = ahora()
    session.add(evidencia)
    session.flush()
