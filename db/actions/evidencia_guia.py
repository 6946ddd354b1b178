"""Los archivos que prueban un indicador de la Guía en un año: subirlos y retirarlos con su razón."""

from sqlmodel import Session

from db.actions.adjuntos import adjuntar, archivar
from db.actions.municipio import obligatorio
from db.base import ahora
from db.models.documentos import Adjunto
from db.models.evidencias import Clasificacion, Evidencia
from db.queries.adjuntos import GUIA, adjuntos, referencia_de_guia
from db.queries.guia_ficha import ficha_guia, objeto_de
from db.rules.evidencias import Archivo
from db.rules.permisos import Accion, Actor, SinPermiso, exigir
from db.rules.problema import Problema
from db.rules.texto import normal

PIE_MAXIMO, MOTIVO_MAXIMO = 300, 300


def _suyo(session: Session, actor: Actor, anio: int, clave: str) -> int | None:
    """La dependencia que responde por el indicador. SinPermiso si no existe o no le toca."""
    ficha = ficha_guia(session, anio=anio, clave=clave)
    if ficha is None:
        raise SinPermiso(Accion.EVALUAR_GUIA)
    cual: int | None = ficha["dependencia_id"]
    exigir(actor, Accion.EVALUAR_GUIA, objeto_de(session, cual))
    return cual


def agregar(
    session: Session,
    actor: Actor,
    *,
    anio: int,
    clave: str,
    archivo: Archivo,
    pie: str = "",
    clasificacion: Clasificacion = Clasificacion.PUBLICA,
) -> int:
    """Guarda un archivo ya revisado como prueba de un indicador; devuelve el id del adjunto.

    SinPermiso; `Problema` (campo «archivo») si ese archivo ya lo prueba.
    """
    dependencia = _suyo(session, actor, anio, clave)
    referencia = referencia_de_guia(anio, clave)
    antes = adjuntos(session, asunto=GUIA, referencia=referencia)
    evidencia = archivar(session, actor, archivo, dependencia_id=dependencia, clasificacion=clasificacion)
    if any(f["sha256"] == evidencia.sha256 and not f["retirada"] for f in antes):
        raise Problema("Ese archivo ya prueba este indicador.", "Elija otro.", "archivo")
    return adjuntar(
        session, actor, evidencia, asunto=GUIA, referencia=referencia, pie=normal(pie)[:PIE_MAXIMO]
    )


def retirar(session: Session, actor: Actor, *, adjunto_id: int, motivo: str) -> None:
    """Deja de probar el indicador, y se dice por qué. SinPermiso; `Problema` (campo «motivo»)."""
    adjunto = session.get(Adjunto, adjunto_id)
    if adjunto is None or adjunto.asunto != GUIA:
        raise SinPermiso(Accion.EVALUAR_GUIA)
    anio, _, clave = adjunto.referencia.partition("/")
    _suyo(session, actor, int(anio), clave)
    evidencia = session.get_one(Evidencia, adjunto.evidencia_id)
    if evidencia.retirada_en is not None:
        raise Problema("Ese archivo ya se había retirado.", campo="motivo")
    evidencia.motivo_retiro = obligatorio(motivo, "motivo", "por qué se retira", MOTIVO_MAXIMO)
    evidencia.retirada_en = ahora()
    session.add(evidencia)
    session.flush()
