"""Los archivos de un encargo: fotografías, documentos y entregables; subirlos y retirarlos con su razón."""

from sqlmodel import Session

from db.actions.adjuntos import adjuntar, archivar
from db.actions.encargos import marcar, tocar
from db.actions.municipio import obligatorio
from db.base import ahora
from db.models.documentos import Adjunto
from db.models.evidencias import Clasificacion, Evidencia
from db.queries.adjuntos import ENCARGO, adjuntos
from db.rules.evidencias import Archivo
from db.rules.permisos import Accion, Actor, SinPermiso
from db.rules.problema import Problema
from db.rules.texto import normal

PIE_MAXIMO, MOTIVO_MAXIMO = 300, 300


def agregar(
    session: Session,
    actor: Actor,
    *,
    encargo_id: int,
    archivo: Archivo,
    pie: str = "",
    clasificacion: Clasificacion = Clasificacion.PUBLICA,
) -> int:
    """Guarda un archivo ya revisado con el encargo; devuelve el id del adjunto.

    SinPermiso si no puede cambiar el encargo; `Problema` (campo «archivo») si ese archivo ya está.
    """
    fila, _ = tocar(session, actor, encargo_id)
    antes = adjuntos(session, asunto=ENCARGO, referencia=str(encargo_id))
    evidencia = archivar(
        session, actor, archivo, dependencia_id=fila.dependencia_id, clasificacion=clasificacion
    )
    if any(f["sha256"] == evidencia.sha256 and not f["retirada"] for f in antes):
        raise Problema("Ese archivo ya está aquí.", "Elija otro.", "archivo")
    cual = adjuntar(
        session, actor, evidencia, asunto=ENCARGO, referencia=str(encargo_id), pie=normal(pie)[:PIE_MAXIMO]
    )
    marcar(session, fila)
    return cual


def retirar(session: Session, actor: Actor, *, adjunto_id: int, motivo: str) -> None:
    """Deja de acompañar al encargo, y se dice por qué. SinPermiso; `Problema` (campo «motivo»)."""
    adjunto = session.get(Adjunto, adjunto_id)
    if adjunto is None or adjunto.asunto != ENCARGO:
        raise SinPermiso(Accion.EDITAR_REGISTROS)
    fila, _ = tocar(session, actor, int(adjunto.referencia))
    evidencia = session.get_one(Evidencia, adjunto.evidencia_id)
    if evidencia.retirada_en is not None:
        raise Problema("Ese archivo ya se había retirado.", campo="motivo")
    evidencia.motivo_retiro = obligatorio(motivo, "motivo", "por qué se retira", MOTIVO_MAXIMO)
    evidencia.retirada_en = ahora()
    session.add(evidencia)
    marcar(session, fila)
