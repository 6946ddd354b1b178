"""Guardar un archivo que acompaña a algo que no es un resultado: una fotografía, una copia, un acta."""

from sqlmodel import Session

from db.actions.almacen import depositar
from db.base import ahora
from db.models.documentos import Adjunto
from db.models.estructura import Dependencia
from db.models.evidencias import Clasificacion, Evidencia
from db.queries.titulares import la_que_es
from db.rules.evidencias import Archivo
from db.rules.permisos import Actor
from db.rules.problema import Problema
from db.rules.titular import UIPPE


def archivar(
    session: Session,
    actor: Actor,
    archivo: Archivo,
    *,
    dependencia_id: int | None = None,
    clasificacion: Clasificacion = Clasificacion.PUBLICA,
    campo: str = "archivo",
) -> Evidencia:
    """Guarda un archivo ya revisado como de una dependencia, o de la unidad de planeación si no se dice.

    El permiso lo comprueba quien llama. `Problema` (en `campo`) si no hay unidad, o sin espacio.
    """
    suya = dependencia_id or la_que_es(session, papel=UIPPE)
    if suya is None:
        raise Problema(
            "No hay una dependencia a cuyo nombre guardarlo.",
            "Registre la unidad de planeación en Dependencias y titulares.",
            campo,
        )
    evidencia = Evidencia(
        sha256=depositar(archivo.contenido),
        nombre=archivo.nombre,
        tipo=archivo.tipo,
        tamano=len(archivo.contenido),
        clasificacion=clasificacion,
        ente_id=session.get_one(Dependencia, suya).ente_id,
        dependencia_id=suya,
        subio=actor.cuenta,
        subida_en=ahora(),
    )
    session.add(evidencia)
    session.flush()
    return evidencia


def adjuntar(
    session: Session, actor: Actor, evidencia: Evidencia, *, asunto: str, referencia: str, pie: str = ""
) -> int:
    """Liga un archivo guardado con lo que acompaña; devuelve el id del adjunto."""
    assert evidencia.id is not None
    adjunto = Adjunto(
        evidencia_id=evidencia.id,
        asunto=asunto,
        referencia=referencia,
        pie=pie,
        agrego=actor.cuenta,
        agregado_en=ahora(),
    )
    session.add(adjunto)
    session.flush()
    return adjunto.id or 0
