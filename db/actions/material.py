"""El material de un punto: se elige de lo que hay, se quita antes de convocar, y su copia queda fija."""

import hashlib

from sqlalchemy import func, select
from sqlmodel import Session

from db.actions.adjuntos import adjuntar, archivar
from db.actions.municipio import obligatorio
from db.actions.sesiones import TITULO_MAXIMO, abierta
from db.base import tabla
from db.models.documentos import DocumentoEmitido
from db.models.sesiones import ClaseMaterial, EstadoSesion, MaterialPunto, PuntoOrden, SesionComite
from db.queries.adjuntos import SESION
from db.queries.material import elegibles
from db.rules.evidencias import Archivo
from db.rules.permisos import Accion, Actor, SinPermiso, exigir
from db.rules.problema import Problema

ABIERTAS = (EstadoSesion.PROGRAMADA, EstadoSesion.CONVOCADA, EstadoSesion.EN_CURSO)


def agregar(
    session: Session, actor: Actor, *, punto_id: int, clase: str, referencia: str, titulo: str = ""
) -> int:
    """Acompaña un punto con algo del sistema, como liga viva; devuelve su id.

    `clase` y `referencia` son de `db.queries.material.elegibles`; sin `titulo` se llama como ahí.
    SinPermiso; `Problema` (campo «referencia») si no existe o el punto ya lo lleva.
    """
    punto = session.get(PuntoOrden, punto_id)
    if punto is None:
        raise SinPermiso(Accion.COORDINAR_COMITES)
    sesion = abierta(session, actor, punto.sesion_id, *ABIERTAS)
    suyos = elegibles(session, comite_id=sesion.comite_id, anio=sesion.anio).get(clase, {})
    if referencia not in suyos:
        raise Problema("Eso ya no se puede elegir.", "Elíjalo de la lista.", "referencia")
    m = tabla(MaterialPunto).c
    ya = session.execute(
        select(m.id).where(
            m.punto_id == punto_id, m.clase == ClaseMaterial(clase), m.referencia == referencia
        )
    ).first()
    if ya is not None:
        raise Problema("El punto ya lleva ese material.", "Elija otro.", "referencia")
    cuantos = session.execute(select(func.max(m.orden)).where(m.punto_id == punto_id)).scalar()
    material = MaterialPunto(
        punto_id=punto_id,
        orden=(cuantos or 0) + 1,
        clase=ClaseMaterial(clase),
        referencia=referencia,
        titulo=obligatorio(titulo.strip() or suyos[referencia], "titulo", "qué es", TITULO_MAXIMO),
        documento_id=int(referencia) if clase == ClaseMaterial.ARCHIVO else None,
        agrego=actor.cuenta,
    )
    session.add(material)
    session.flush()
    return material.id or 0


def quitar(session: Session, actor: Actor, *, material_id: int) -> None:
    """Quita un material de una sesión sin convocar: lo ya repartido se queda. SinPermiso; `Problema`."""
    exigir(actor, Accion.COORDINAR_COMITES)
    material = session.get(MaterialPunto, material_id)
    if material is None:
        raise SinPermiso(Accion.COORDINAR_COMITES)
    punto = session.get_one(PuntoOrden, material.punto_id)
    abierta(session, actor, punto.sesion_id, EstadoSesion.PROGRAMADA)
    session.delete(material)
    session.flush()


def congelar(session: Session, actor: Actor, *, material_id: int, archivo: Archivo) -> None:
    """Deja fija la copia de un material: un documento emitido y su archivo. La primera copia es la buena.

    SinPermiso; `Problema` si el archivo no es un documento del registro.
    """
    exigir(actor, Accion.COORDINAR_COMITES)
    material = session.get(MaterialPunto, material_id)
    if material is None:
        raise SinPermiso(Accion.COORDINAR_COMITES)
    if material.evidencia_id is not None:
        return
    material.documento_id = _registrado(session, archivo)
    material.evidencia_id = archivar(session, actor, archivo).id
    session.add(material)
    session.flush()


def guardar_carpeta(session: Session, actor: Actor, *, sesion_id: int, archivo: Archivo) -> None:
    """Guarda la carpeta de una sesión tal como se repartió; las anteriores se conservan.

    SinPermiso; `Problema` si el archivo no es un documento del registro.
    """
    exigir(actor, Accion.COORDINAR_COMITES)
    session.get_one(SesionComite, sesion_id)
    documento = session.get_one(DocumentoEmitido, _registrado(session, archivo))
    evidencia = archivar(session, actor, archivo)
    adjuntar(session, actor, evidencia, asunto=SESION, referencia=str(sesion_id), pie=documento.folio)


def _registrado(session: Session, archivo: Archivo) -> int:
    """El documento emitido cuyo archivo es éste, byte por byte."""
    d = tabla(DocumentoEmitido).c
    huella = hashlib.sha256(archivo.contenido).hexdigest()
    cual = session.execute(select(d.id).where(d.huella == huella).order_by(d.id.desc()).limit(1)).scalar()
    if cual is None:
        raise Problema("Esa copia no está en el registro de documentos.", "Vuelva a hacerla.")
    return int(cual)
