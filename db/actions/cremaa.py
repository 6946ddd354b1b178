"""Contestar las preguntas CREMAA de un indicador."""

from collections.abc import Mapping

from sqlmodel import Session, select

from db.actions.idempotencia import exigir_version
from db.actions.mir import LARGO_MAXIMO, exigir_mir
from db.models.indicadores import Indicador
from db.models.mir import CriterioCremaa, RespuestaCremaa
from db.models.programas import Proyecto
from db.rules.permisos import Accion, Actor, SinPermiso
from db.rules.problema import Problema
from db.rules.texto import normal


def contestar_cremaa(
    session: Session,
    actor: Actor,
    *,
    indicador_id: int,
    respuestas: Mapping[CriterioCremaa, tuple[bool | None, str]],
    versiones: Mapping[CriterioCremaa, int],
) -> None:
    """Guarda las respuestas (cumple o None si falta, nota) de una ficha; `versiones`, como se abrieron.

    SinPermiso; Conflicto si otra persona contestó; Problema si un «no» va sin nota.
    """
    ficha = session.get(Indicador, indicador_id)
    proyecto = session.get(Proyecto, ficha.proyecto_id) if ficha else None
    if ficha is None or proyecto is None:
        raise SinPermiso(Accion.EDITAR_MIR)
    exigir_mir(session, actor, proyecto.programa_id, ficha.ente_id)
    previas = session.exec(select(RespuestaCremaa).where(RespuestaCremaa.indicador_id == indicador_id)).all()
    por_criterio = {r.criterio: r for r in previas}
    for criterio, (cumple, nota) in respuestas.items():
        respuesta = por_criterio.get(criterio)
        exigir_version(respuesta, versiones.get(criterio, 0))
        if cumple is None:
            if respuesta is not None:
                session.delete(respuesta)
            continue
        if not cumple and not normal(nota):
            raise Problema("Un «no» se explica.", "Escriba por qué no cumple.", campo=criterio.value)
        respuesta = respuesta or RespuestaCremaa(indicador_id=indicador_id, criterio=criterio, cumple=cumple)
        respuesta.cumple, respuesta.nota = cumple, normal(nota)[:LARGO_MAXIMO]
        session.add(respuesta)
