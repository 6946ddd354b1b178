"""Resolver una reconducción: Tesorería opina, planeación autoriza con oficio o rechaza con su razón."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import Session

from db.actions.acuerdos import exigir_votado
from db.actions.contenido_reconduccion import revisar
from db.actions.hechos_avisados import avisar_reconduccion
from db.actions.reconduccion import abrir
from db.audit import anotar
from db.base import ahora, tabla
from db.models.actividad import ProgramacionMeta, Reconduccion
from db.models.acuerdos import Acuerdo
from db.models.indicadores import ProgramacionVariable
from db.models.municipio import Ejercicio
from db.models.reconduccion import (
    ClaseRenglon,
    DineroSolicitud,
    EstadoSolicitud,
    SolicitudReconduccion,
)
from db.queries import dictamen
from db.queries.municipio import hoy
from db.queries.reconduccion import renglones
from db.queries.reconducible import Reconducible, inhabiles, reconducibles
from db.rules.permisos import Accion, Actor
from db.rules.problema import Problema
from db.rules.reconduccion import exigir_a_tiempo_autorizar, por_mes
from db.rules.solicitud import EN_TRAMITE, exigir_de_otro, exigir_estado


def opinar(
    session: Session, actor: Actor, solicitud_id: int, *, version: int, favorable: bool, opinion: str
) -> None:
    """La opinión de Tesorería sobre el dinero que mueve.

    SinPermiso; Conflicto; `Problema` si no mueve dinero, es de quien opina, ya se atendió, opina en contra
    sin decir por qué, o a favor de lo que ya no se puede.
    """
    solicitud = abrir(session, actor, solicitud_id, Accion.OPINAR_RECONDUCCION, version)
    exigir_estado(solicitud.estado, (EstadoSolicitud.SOLICITADA,), "opinar")
    exigir_de_otro(solicitud.solicito, actor.cuenta)
    if not _mueve_dinero(session, solicitud):
        raise Problema("No mueve dinero: no necesita opinión de Tesorería.", "Planeación puede autorizarla.")
    if not favorable and not opinion.strip():
        raise Problema("Falta la razón de opinar en contra.", "Escríbala.", "opinion")
    if favorable:
        revisar(session, solicitud)
    solicitud.estado, solicitud.favorable = EstadoSolicitud.OPINADA, favorable
    solicitud.opinion, solicitud.opino, solicitud.opinada_en = opinion.strip(), actor.cuenta, ahora()
    session.add(solicitud)
    session.flush()
    avisar_reconduccion(session, actor, solicitud, mueve_dinero=True)


def asentar_acuerdo(session: Session, actor: Actor, solicitud_id: int, *, acuerdo_id: int) -> None:
    """El comité aprobó lo que se pide: su acuerdo la fecha cuando se autoriza y el dictamen lo cita.

    SinPermiso; `Problema` (campo «acuerdo») si el acuerdo no se votó y aprobó, o si ya tiene otro o se
    resolvió.
    """
    previa = session.get(SolicitudReconduccion, solicitud_id)
    version = previa.version if previa else 0
    solicitud = abrir(session, actor, solicitud_id, Accion.AUTORIZAR_RECONDUCCION, version)
    exigir_estado(solicitud.estado, EN_TRAMITE, "aprobar por acuerdo")
    if solicitud.acuerdo_id is not None:
        raise Problema("Esa reconducción ya tiene su acuerdo.", "Vuelva a abrir la pantalla.", "acuerdo")
    solicitud.acuerdo_id = exigir_votado(session, acuerdo_id).id
    session.add(solicitud)
    session.flush()


def autorizar(
    session: Session,
    actor: Actor,
    solicitud_id: int,
    *,
    version: int,
    resolucion: str = "",
    acuerdo_id: int | None = None,
) -> Reconduccion:
    """Autoriza con el oficio que sigue y pone a regir el calendario nuevo; lo original se queda como estaba.

    Con `acuerdo_id`, o si ya lo tenía, la reconducción lleva la fecha del acuerdo del comité: es su
    autoridad; el plazo se cuenta siempre a hoy. SinPermiso; Conflicto; `Problema` si es propia, le falta la
    opinión favorable de Tesorería, pasó la fecha, el periodo cerró o lo pedido ya no se admite.
    """
    solicitud = abrir(session, actor, solicitud_id, Accion.AUTORIZAR_RECONDUCCION, version)
    exigir_estado(solicitud.estado, EN_TRAMITE, "autorizar")
    exigir_de_otro(solicitud.solicito, actor.cuenta)
    if _mueve_dinero(session, solicitud) and not solicitud.favorable:
        falta = "aún no opina" if solicitud.favorable is None else "opinó en contra"
        raise Problema(f"Mueve dinero y Tesorería {falta}.", "Espere su opinión, o rechácela.", "resolucion")
    dia = hoy(session)
    no_cuentan = inhabiles(session, solicitud.anio)
    exigir_a_tiempo_autorizar(solicitud.anio, solicitud.mes_vigencia, dia, no_cuentan)
    revisar(session, solicitud)
    if acuerdo_id is not None and acuerdo_id != solicitud.acuerdo_id:
        asentar_acuerdo(session, actor, solicitud_id, acuerdo_id=acuerdo_id)
    if solicitud.acuerdo_id is not None:
        dia = session.get_one(Acuerdo, solicitud.acuerdo_id).tomado_en
    oficio = _siguiente_oficio(session, solicitud.anio)
    _guardar_dictamen(session, solicitud)
    reconduccion = _crear(session, solicitud, oficio, dia)
    solicitud.estado, solicitud.oficio = EstadoSolicitud.AUTORIZADA, oficio
    solicitud.reconduccion_id = reconduccion.id
    _resolver(session, solicitud, actor, resolucion)
    return reconduccion


def rechazar(session: Session, actor: Actor, solicitud_id: int, *, version: int, resolucion: str) -> None:
    """Rechaza con su razón. SinPermiso; Conflicto; `Problema` si es propia, ya se resolvió o no hay razón."""
    solicitud = abrir(session, actor, solicitud_id, Accion.AUTORIZAR_RECONDUCCION, version)
    exigir_estado(solicitud.estado, EN_TRAMITE, "rechazar")
    exigir_de_otro(solicitud.solicito, actor.cuenta)
    if not resolucion.strip():
        raise Problema("Falta la razón del rechazo.", "Escríbala.", "resolucion")
    solicitud.estado = EstadoSolicitud.RECHAZADA
    _resolver(session, solicitud, actor, resolucion)


def _resolver(session: Session, solicitud: SolicitudReconduccion, actor: Actor, resolucion: str) -> None:
    solicitud.resolucion, solicitud.resolvio, solicitud.resuelta_en = (
        resolucion.strip(),
        actor.cuenta,
        ahora(),
    )
    session.add(solicitud)
    session.flush()
    avisar_reconduccion(session, actor, solicitud, mueve_dinero=_mueve_dinero(session, solicitud))


def _guardar_dictamen(session: Session, solicitud: SolicitudReconduccion) -> None:
    """Deja en la bitácora los saldos y avances con que se autoriza: aunque cambien, el dictamen no."""
    suya = dictamen.ficha(session, anio=solicitud.anio, solicitud_id=solicitud.id or 0)
    assert suya is not None
    anotar(session, dictamen.DICTAMINAR, dictamen.SOLICITUD, solicitud.id, **dictamen.por_guardar(suya))


def _mueve_dinero(session: Session, solicitud: SolicitudReconduccion) -> bool:
    d = tabla(DineroSolicitud).c
    return session.execute(select(d.id).where(d.solicitud_id == solicitud.id)).first() is not None


def _siguiente_oficio(session: Session, anio: int) -> str:
    """El número que sigue en el ejercicio, de todos los entes; quien llega segundo espera al primero."""
    session.get_one(Ejercicio, anio, with_for_update=True)
    r = tabla(Reconduccion).c
    usados = [
        int(hallado[1])
        for folio in session.execute(select(r.folio).where(r.anio == anio)).scalars()
        if (hallado := re.fullmatch(rf"REC-{anio}-(\d+)", folio))
    ]
    return f"REC-{anio}-{max(usados, default=0) + 1:03d}"


def _crear(session: Session, solicitud: SolicitudReconduccion, oficio: str, dia: date) -> Reconduccion:
    reconduccion = Reconduccion(
        anio=solicitud.anio,
        ente_id=solicitud.ente_id,
        folio=oficio,
        fecha=dia,
        mes_vigencia=solicitud.mes_vigencia,
        motivo=solicitud.justificacion_destino or solicitud.justificacion,
    )
    session.add(reconduccion)
    session.flush()
    pedidos = renglones(session, solicitud.id or 0)
    items = reconducibles(session, solicitud.anio, pedidos)
    for llave, meses in pedidos.items():
        _programar(session, items[llave], meses, reconduccion.id)
    session.flush()
    return reconduccion


def _programar(
    session: Session, r: Reconducible, meses: Mapping[int, Decimal], reconduccion_id: int | None
) -> None:
    for periodo in r.programado.periodos:
        cantidad = meses.get(periodo.mes_fin)
        if cantidad is None or cantidad == r.programado.vigente[periodo.numero - 1]:
            continue
        if r.clase is ClaseRenglon.VARIABLE:
            session.add(
                ProgramacionVariable(
                    variable_id=r.id,
                    reconduccion_id=reconduccion_id,
                    trimestre=periodo.numero,
                    cantidad=cantidad,
                )
            )
            continue
        for mes, parte in por_mes(r.meses, r.programado.operacion, periodo, cantidad).items():
            session.add(
                ProgramacionMeta(meta_id=r.id, reconduccion_id=reconduccion_id, mes=mes, cantidad=parte)
            )
