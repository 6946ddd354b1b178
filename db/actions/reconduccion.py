"""Pedir una reconducción: elegir qué cambia, corregir el borrador, presentarla, retirarla o borrarla."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session, select

from db.actions.contenido_reconduccion import Contenido, escribir, poner_calendarios, revisar
from db.actions.hechos_avisados import avisar_reconduccion
from db.actions.idempotencia import exigir_version
from db.base import ahora
from db.models.estructura import Dependencia
from db.models.municipio import Ejercicio
from db.models.reconduccion import (
    DineroSolicitud,
    EstadoSolicitud,
    RenglonSolicitud,
    SolicitudReconduccion,
    TipoReconduccion,
)
from db.queries import actividad
from db.queries.avances import meses_cerrados
from db.queries.evaluacion import unidades
from db.queries.municipio import hoy
from db.queries.reconduccion import dinero_de, renglones
from db.queries.reconducible import Llave, inhabiles, reconducibles
from db.rules.permisos import Accion, Actor, Objeto, SinPermiso, exigir
from db.rules.problema import Problema
from db.rules.reconduccion import exigir_a_tiempo_pedir, exigir_abiertos, proponer
from db.rules.solicitud import exigir_estado

ITEMS_MAXIMO = 20


def crear(
    session: Session,
    actor: Actor,
    *,
    anio: int,
    dependencia_id: int,
    mes_vigencia: int,
    items: Iterable[Llave] = (),
) -> SolicitudReconduccion:
    """Abre un borrador con el calendario que se propone para cada meta o variable.

    SinPermiso; `Problema` si el ejercicio no existe, el periodo ya cerró o pasó la fecha de pedirla.
    """
    area = session.get(Dependencia, dependencia_id)
    if area is None:
        raise SinPermiso(Accion.SOLICITAR_RECONDUCCION)
    exigir(actor, Accion.SOLICITAR_RECONDUCCION, _objeto_de(area))
    if session.get(Ejercicio, anio) is None:
        raise Problema(f"No existe el ejercicio {anio}.", "Créelo en Configuración.")
    exigir_abiertos(actividad.periodicidad(session, anio), mes_vigencia, meses_cerrados(session, anio))
    exigir_a_tiempo_pedir(anio, mes_vigencia, hoy(session), inhabiles(session, anio))
    solicitud = SolicitudReconduccion(
        anio=anio,
        ente_id=area.ente_id,
        dependencia_id=dependencia_id,
        tipo=TipoReconduccion.PROGRAMATICA,
        mes_vigencia=mes_vigencia,
        solicito=actor.cuenta,
    )
    session.add(solicitud)
    session.flush()
    _elegir(session, actor, solicitud, items)
    return solicitud


def corregir(
    session: Session,
    actor: Actor,
    solicitud_id: int,
    *,
    version: int,
    contenido: Contenido,
    items: Iterable[Llave] | None = None,
) -> None:
    """Guarda lo escrito en el borrador; con `items`, deja sólo esas metas y variables.

    Lo que se agrega llega con el calendario que se propone. SinPermiso; Conflicto; `Problema` si no es
    borrador, un número no se admite o son demasiadas.
    """
    solicitud = _borrador(session, actor, solicitud_id, version)
    if items is not None:
        _elegir(session, actor, solicitud, items)
    escribir(session, solicitud, contenido)
    _tocar(session, solicitud)


def presentar(
    session: Session, actor: Actor, solicitud_id: int, *, version: int, contenido: Contenido
) -> None:
    """Guarda lo escrito y presenta la solicitud.

    SinPermiso; Conflicto; `Problema` si pasó la fecha, el periodo cerró, el calendario o el dinero no
    cuadran, o falta una justificación.
    """
    solicitud = _borrador(session, actor, solicitud_id, version)
    escribir(session, solicitud, contenido)
    no_cuentan = inhabiles(session, solicitud.anio)
    exigir_a_tiempo_pedir(solicitud.anio, solicitud.mes_vigencia, hoy(session), no_cuentan)
    revisar(session, solicitud, contenido.anuales)
    solicitud.estado, solicitud.solicitada_en = EstadoSolicitud.SOLICITADA, ahora()
    _tocar(session, solicitud)
    mueve_dinero = bool(dinero_de(session, [solicitud_id]))
    avisar_reconduccion(session, actor, solicitud, mueve_dinero=mueve_dinero)


def retirar(session: Session, actor: Actor, solicitud_id: int, *, version: int) -> None:
    """Devuelve a borrador lo presentado y olvida la opinión y el acuerdo. Sólo quien la pidió."""
    solicitud = abrir(session, actor, solicitud_id, Accion.SOLICITAR_RECONDUCCION, version)
    _exigir_autor(solicitud, actor)
    exigir_estado(solicitud.estado, (EstadoSolicitud.SOLICITADA, EstadoSolicitud.OPINADA), "retirar")
    solicitud.estado, solicitud.solicitada_en = EstadoSolicitud.BORRADOR, None
    solicitud.favorable, solicitud.opinion, solicitud.opino, solicitud.opinada_en = None, "", "", None
    # El comité aprobó lo que estaba escrito; lo que se corrija es otra cosa.
    solicitud.acuerdo_id = None
    session.add(solicitud)
    session.flush()


def borrar(session: Session, actor: Actor, solicitud_id: int, *, version: int) -> None:
    """Quita un borrador propio con lo que traía; queda en la bitácora."""
    solicitud = _borrador(session, actor, solicitud_id, version)
    for modelo in (RenglonSolicitud, DineroSolicitud):
        for renglon in session.exec(select(modelo).where(modelo.solicitud_id == solicitud_id)).all():
            session.delete(renglon)
    session.flush()
    session.delete(solicitud)
    session.flush()


def abrir(
    session: Session, actor: Actor, solicitud_id: int, accion: Accion, version: int
) -> SolicitudReconduccion:
    """La solicitud, si existe, el actor puede `accion` sobre ella y nadie la cambió desde que la abrió."""
    solicitud = session.get(SolicitudReconduccion, solicitud_id)
    area = session.get(Dependencia, solicitud.dependencia_id) if solicitud else None
    if solicitud is None or area is None:
        raise SinPermiso(accion)
    exigir(actor, accion, _objeto_de(area))
    exigir_version(solicitud, version)
    return solicitud


def _objeto_de(area: Dependencia) -> Objeto:
    propias = (area.id, area.padre_id)
    return Objeto(area.ente_id, frozenset(i for i in propias if i is not None))


def _borrador(session: Session, actor: Actor, solicitud_id: int, version: int) -> SolicitudReconduccion:
    solicitud = abrir(session, actor, solicitud_id, Accion.SOLICITAR_RECONDUCCION, version)
    _exigir_autor(solicitud, actor)
    exigir_estado(solicitud.estado, (EstadoSolicitud.BORRADOR,), "corregir")
    return solicitud


def _exigir_autor(solicitud: SolicitudReconduccion, actor: Actor) -> None:
    if solicitud.solicito != actor.cuenta:
        raise Problema("Sólo la cambia quien la pidió.", "Pídaselo, o abra otra solicitud.")


def _tocar(session: Session, solicitud: SolicitudReconduccion) -> None:
    """Sube la versión aunque sólo hayan cambiado sus renglones: quien la tenía abierta se entera."""
    flag_modified(solicitud, "mes_vigencia")
    session.add(solicitud)
    session.flush()


def _elegir(session: Session, actor: Actor, solicitud: SolicitudReconduccion, items: Iterable[Llave]) -> None:
    pedidas = list(dict.fromkeys(items))
    if len(pedidas) > ITEMS_MAXIMO:
        raise Problema(f"Caben hasta {ITEMS_MAXIMO} metas y variables.", "Haga otra solicitud.", "items")
    hallados = reconducibles(session, solicitud.anio, pedidas)
    donde = unidades(session)
    for llave in pedidas:
        r = hallados.get(llave)
        if r is None or r.ente_id != solicitud.ente_id:
            raise SinPermiso(Accion.SOLICITAR_RECONDUCCION)
        suyas = frozenset({r.dependencia_id, donde[r.dependencia_id].general_id})
        exigir(actor, Accion.SOLICITAR_RECONDUCCION, Objeto(r.ente_id, suyas))
    previos = renglones(session, solicitud.id or 0)
    calendarios: dict[Llave, Mapping[int, Decimal]] = {}
    for llave in pedidas:
        p = hallados[llave].programado
        por_numero = proponer(p, solicitud.mes_vigencia)
        propuesto = {p.periodos[n - 1].mes_fin: valor for n, valor in por_numero.items()}
        calendarios[llave] = previos.get(llave, propuesto)
    poner_calendarios(session, solicitud, calendarios)
