"""Observar, contestar, cerrar y reabrir: abierta → respondida → cerrada, y de vuelta a abierta."""

from datetime import date

from sqlmodel import Session

from db.actions.idempotencia import exigir_version
from db.base import ahora
from db.models.estructura import Dependencia
from db.models.municipio import Ejercicio
from db.models.observaciones import (
    AsuntoObservacion,
    EstadoObservacion,
    Observacion,
    RespuestaObservacion,
)
from db.queries.municipio import hoy
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.problema import Problema

TEXTO_MAXIMO = 2_000

ABIERTA, RESPONDIDA, CERRADA = (
    EstadoObservacion.ABIERTA,
    EstadoObservacion.RESPONDIDA,
    EstadoObservacion.CERRADA,
)


def observar(
    session: Session,
    actor: Actor,
    *,
    anio: int,
    asunto: AsuntoObservacion | str,
    referencia: str,
    texto: str,
    ente_id: int | None = None,
    dependencia_id: int | None = None,
    vence: date | None = None,
) -> Observacion:
    """Abre una observación sobre algo (`asunto` y `referencia`). SinPermiso; `Problema` si falta un dato.

    `dependencia_id` es quien debe contestar; de ella sale el ente si no se da.
    """
    if dependencia_id is not None:
        dependencia = session.get(Dependencia, dependencia_id)
        if dependencia is None or ente_id not in (None, dependencia.ente_id):
            raise Problema("No existe esa dependencia en el ente.", "Elija otra.", "dependencia")
        ente_id = dependencia.ente_id
    exigir(actor, Accion.OBSERVAR, Objeto(ente_id))
    if session.get(Ejercicio, anio) is None:
        raise Problema(f"No existe el ejercicio {anio}.", "Créelo en Configuración.")
    if not referencia.strip():
        raise Problema("Falta decir de qué es la observación.", "Hágala desde la ficha o el hallazgo.")
    if vence is not None and vence < hoy(session):
        raise Problema("El plazo ya pasó.", "Ponga una fecha de hoy en adelante, o ninguna.", "vence")
    observacion = Observacion(
        anio=anio,
        ente_id=ente_id,
        asunto=AsuntoObservacion(asunto),
        referencia=referencia.strip(),
        texto=_texto(texto, "observación"),
        dependencia_id=dependencia_id,
        autor=actor.cuenta,
        creada_en=ahora(),
        vence=vence,
    )
    session.add(observacion)
    session.flush()
    return observacion


def responder(session: Session, actor: Actor, observacion_id: int, *, version: int, texto: str) -> None:
    """Contesta una observación que no esté cerrada; se puede contestar más de una vez.

    SinPermiso (el enlace, sólo la de su dependencia); `Conflicto`; `Problema` si está cerrada o sin texto.
    """
    observacion = _abrir(session, actor, observacion_id, Accion.RESPONDER_OBSERVACION, version)
    if observacion.estado is CERRADA:
        raise Problema("Esa observación ya está cerrada.", "Pida que la reabran.")
    _agregar(session, actor, observacion, _texto(texto, "respuesta"))
    observacion.estado = RESPONDIDA


def cerrar(session: Session, actor: Actor, observacion_id: int, *, version: int) -> None:
    """Cierra una observación ya respondida; sólo quien puede observar.

    SinPermiso; `Conflicto`; `Problema` si no tiene respuesta o ya está cerrada.
    """
    observacion = _abrir(session, actor, observacion_id, Accion.OBSERVAR, version)
    if observacion.estado is not RESPONDIDA:
        falta = "ya está cerrada" if observacion.estado is CERRADA else "aún no tiene respuesta"
        raise Problema(f"Esa observación {falta}.", "Se cierra la que ya se contestó.")
    observacion.estado = CERRADA
    observacion.cerro, observacion.cerrada_en = actor.cuenta, ahora()


def reabrir(session: Session, actor: Actor, observacion_id: int, *, version: int, texto: str) -> None:
    """Devuelve a abierta una respondida o cerrada, con el porqué; sólo quien puede observar.

    SinPermiso; `Conflicto`; `Problema` si sigue abierta o falta el texto.
    """
    observacion = _abrir(session, actor, observacion_id, Accion.OBSERVAR, version)
    if observacion.estado is ABIERTA:
        raise Problema("Esa observación sigue abierta.", "Espere la respuesta.")
    _agregar(session, actor, observacion, _texto(texto, "razón"))
    observacion.estado = ABIERTA
    observacion.cerro, observacion.cerrada_en = "", None


def _abrir(session: Session, actor: Actor, observacion_id: int, accion: Accion, version: int) -> Observacion:
    observacion = session.get(Observacion, observacion_id)
    if observacion is None:
        raise Problema("No existe esa observación.", "Vuelva a abrir la lista.")
    exigir(actor, accion, _objeto(session, observacion))
    exigir_version(observacion, version)
    return observacion


def _objeto(session: Session, observacion: Observacion) -> Objeto:
    """El ente, y la dependencia que debe contestar con la que la contiene."""
    if observacion.dependencia_id is None:
        return Objeto(observacion.ente_id)
    dependencia = session.get(Dependencia, observacion.dependencia_id)
    assert dependencia is not None
    propias = (observacion.dependencia_id, dependencia.padre_id)
    return Objeto(observacion.ente_id, frozenset(i for i in propias if i is not None))


def _agregar(session: Session, actor: Actor, observacion: Observacion, texto: str) -> None:
    assert observacion.id is not None
    session.add(
        RespuestaObservacion(
            observacion_id=observacion.id, texto=texto, autor=actor.cuenta, creada_en=ahora()
        )
    )


def _texto(texto: str, que: str) -> str:
    limpio = texto.strip()
    if not limpio:
        raise Problema(f"Falta el texto de la {que}.", "Escríbalo.", "texto")
    if len(limpio) > TEXTO_MAXIMO:
        raise Problema(f"El texto pasa de {TEXTO_MAXIMO:,} letras.", "Escríbalo más corto.", "texto")
    return limpio
