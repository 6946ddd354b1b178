"""Votar: abrir la votación, emitir el voto una sola vez, contar y cerrar con su resultado."""

from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.actions.idempotencia import exigir_version
from db.actions.municipio import obligatorio
from db.actions.sala import mi_asiento
from db.actions.sesiones import abierta
from db.actions.turnos import formarse
from db.base import ahora, tabla
from db.models.sesiones import (
    Asistencia,
    EstadoSesion,
    EstadoVotacion,
    Medio,
    ModoVotacion,
    PuntoOrden,
    SentidoVoto,
    Votacion,
    Voto,
)
from db.queries import sala
from db.rules.permisos import Accion, Actor, SinPermiso, exigir
from db.rules.problema import Problema
from db.rules.votacion import exigir_cuenta, resultado

TEXTO_MAXIMO = 2_000


def abrir(session: Session, actor: Actor, *, punto_id: int, texto: str, modo: str) -> int:
    """Somete algo a votación; devuelve su id. SinPermiso; `Problema` si ya hay otra abierta o sin quórum."""
    punto = session.get(PuntoOrden, punto_id)
    if punto is None:
        raise SinPermiso(Accion.COORDINAR_COMITES)
    fila = abierta(session, actor, punto.sesion_id, EstadoSesion.EN_CURSO)
    ya = sala.estado(session, sesion_id=punto.sesion_id, ahora=ahora())
    assert ya is not None
    if ya["abierta"] is not None:
        raise Problema("Ya hay una votación abierta.", "Ciérrela antes.", "texto")
    if not ya["quorum"]["hay"] and fila.convocatoria != 2:
        raise Problema("Se perdió el quórum.", "Espere a que vuelva para votar.", "texto")
    v = tabla(Votacion).c
    ultimo = session.execute(select(func.max(v.numero)).where(v.punto_id == punto_id)).scalar()
    votacion = Votacion(
        punto_id=punto_id,
        numero=(ultimo or 0) + 1,
        texto=obligatorio(texto, "texto", "qué se vota", TEXTO_MAXIMO),
        modo=ModoVotacion(modo),
        abierta_en=ahora(),
    )
    session.add(votacion)
    session.flush()
    return votacion.id or 0


def votar(session: Session, actor: Actor, *, votacion_id: int, sentido: str) -> None:
    """El voto de quien tiene el teléfono; repetir el mismo no hace nada.

    SinPermiso sin asiento; `Problema` si no vota, no está presente, ya votó otra cosa o ya se cerró.
    """
    exigir(actor, Accion.PARTICIPAR_SESION)
    votacion, sesion_id = _votacion(session, votacion_id)
    _, suyo = mi_asiento(session, actor, sesion_id)
    if votacion.modo is ModoVotacion.MANO_ALZADA:
        raise Problema("Esta votación es a mano alzada.", "Levante la mano en la sala.", "voto")
    _emitir(session, votacion, sesion_id, suyo["asiento_id"], sentido, Medio.TELEFONO, suyo)


def anotar(session: Session, actor: Actor, *, votacion_id: int, asiento_id: int, sentido: str) -> None:
    """La secretaría anota el voto dicho por nombre. SinPermiso; `Problema` como `votar`."""
    votacion, sesion_id = _votacion(session, votacion_id)
    abierta(session, actor, sesion_id, EstadoSesion.EN_CURSO)
    ya = sala.estado(session, sesion_id=sesion_id, ahora=ahora())
    assert ya is not None
    suyo = next((a for a in ya["asientos"] if a["asiento_id"] == asiento_id), None)
    if suyo is None:
        raise Problema("Ese asiento no es de este comité.", "Vuelva a abrir la pantalla.", "voto")
    _emitir(session, votacion, sesion_id, asiento_id, sentido, Medio.SECRETARIO, suyo)


def _votacion(session: Session, votacion_id: int) -> tuple[Votacion, int]:
    """La votación y su sesión. Se lee ya formado: ningún voto entra después de contarlos para cerrarla."""
    v, p = tabla(Votacion).c, tabla(PuntoOrden)
    consulta = select(p.c.sesion_id).join(tabla(Votacion), v.punto_id == p.c.id).where(v.id == votacion_id)
    sesion_id = session.execute(consulta).scalar()
    if sesion_id is None:
        raise SinPermiso(Accion.PARTICIPAR_SESION)
    formarse(session, "sesion", sesion_id)
    return session.get_one(Votacion, votacion_id), sesion_id


def _emitir(
    session: Session,
    votacion: Votacion,
    sesion_id: int,
    asiento_id: int,
    sentido: str,
    medio: Medio,
    suyo: dict[str, Any],
) -> None:
    assert votacion.id is not None
    if votacion.estado is not EstadoVotacion.ABIERTA:
        raise Problema("La votación ya se cerró.", "Su voto no se contó.", "voto")
    if not suyo["voto"]:
        raise Problema("Su asiento tiene voz pero no voto.", "", "voto")
    a, o = tabla(Asistencia).c, tabla(Voto).c
    ocupa = session.execute(
        select(a.integrante_id).where(
            a.sesion_id == sesion_id, a.asiento_id == asiento_id, a.se_fue_en.is_(None)
        )
    ).scalar()
    if ocupa is not None and medio is Medio.TELEFONO and ocupa != suyo["integrante_id"]:
        quien = "su titular, que ya está" if suyo["calidad"] == "suplente" else "quien ocupa su asiento"
        raise Problema(f"Por su asiento vota {quien}.", "Cada asiento tiene un voto.", "voto")
    if ocupa is None:
        raise Problema("No está en la lista de asistencia.", "Regístrese con el código de la sala.", "voto")
    previo = session.execute(
        select(o.sentido).where(o.votacion_id == votacion.id, o.asiento_id == asiento_id)
    ).scalar()
    if previo is not None:
        if previo == SentidoVoto(sentido):
            return
        raise Problema("Ya votó en esta votación.", "El voto no se cambia.", "voto")
    session.add(
        Voto(
            votacion_id=votacion.id,
            asiento_id=asiento_id,
            integrante_id=ocupa,
            sentido=SentidoVoto(sentido),
            medio=medio,
            momento=ahora(),
        )
    )
    session.flush()


def cerrar(
    session: Session,
    actor: Actor,
    *,
    votacion_id: int,
    version: int,
    contados: tuple[int, int, int] | None = None,
    preside: str | None = None,
) -> None:
    """Cierra la votación y escribe su resultado; `contados` (a favor, en contra, abstenciones) a mano alzada.

    `preside` es cómo votó quien preside, si se contó a mano alzada y hay empate. SinPermiso; `Conflicto`.
    """
    votacion, sesion_id = _votacion(session, votacion_id)
    abierta(session, actor, sesion_id, EstadoSesion.EN_CURSO)
    exigir_version(votacion, version)
    if votacion.estado is not EstadoVotacion.ABIERTA:
        raise Problema("La votación ya se cerró.", "Vuelva a abrir la pantalla.", "votacion")
    ya = sala.estado(session, sesion_id=sesion_id, ahora=ahora())
    assert ya is not None and ya["abierta"] is not None
    if votacion.modo is ModoVotacion.MANO_ALZADA:
        favor, contra, abstenciones = contados or (0, 0, 0)
        exigir_cuenta(ya["presentes"], favor, contra, abstenciones)
    else:
        cuenta = ya["abierta"]["cuenta"]
        favor, contra, abstenciones = cuenta["favor"], cuenta["contra"], cuenta["abstencion"]
        quien = next((a["asiento_id"] for a in ya["asientos"] if a["cargo"] == "presidente"), None)
        preside = next((o["sentido"] for o in ya["abierta"]["votos"] if o["asiento_id"] == quien), None)
    que = resultado(ya["reglas"], ya["presentes"], favor, contra, abstenciones, preside)
    votacion.estado, votacion.cerrada_en, votacion.con_voto = EstadoVotacion.CERRADA, ahora(), ya["presentes"]
    votacion.a_favor, votacion.en_contra, votacion.abstenciones = favor, contra, abstenciones
    votacion.aprobada, votacion.de_calidad = que.aprobada, que.de_calidad
    session.add(votacion)
    session.flush()


def anular(session: Session, actor: Actor, *, votacion_id: int, version: int) -> None:
    """La votación no vale; sus votos se conservan a la vista. SinPermiso; `Conflicto`; `Problema`."""
    votacion, sesion_id = _votacion(session, votacion_id)
    abierta(session, actor, sesion_id, EstadoSesion.EN_CURSO)
    exigir_version(votacion, version)
    if votacion.estado is not EstadoVotacion.ABIERTA:
        raise Problema("La votación ya se cerró.", "Sólo se anula la que está abierta.", "votacion")
    votacion.estado, votacion.cerrada_en = EstadoVotacion.ANULADA, ahora()
    session.add(votacion)
    session.flush()
