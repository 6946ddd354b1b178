"""Durante la sesión: asistencia, quórum, puntos, intervenciones y cierre. Cada acto es una transacción."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.actions.acta import levantar
from db.actions.idempotencia import exigir_version
from db.actions.municipio import obligatorio
from db.actions.sesiones import TEXTO_MAXIMO, abierta
from db.actions.turnos import formarse
from db.base import ahora, tabla
from db.models.sesiones import (
    Asistencia,
    EstadoPunto,
    EstadoSesion,
    Intervencion,
    Medio,
    PuntoOrden,
    SesionComite,
)
from db.queries import sala
from db.queries.comites import integrantes_en, reglas_en
from db.queries.usuarios import en_utc
from db.rules.formato import en_zona
from db.rules.permisos import Accion, Actor, SinPermiso, exigir
from db.rules.problema import Problema
from db.rules.quorum import exigir_quorum, quorum
from db.rules.sesiones import ESTADOS, admitidos

Fila = dict[str, Any]

EN_SALA = (EstadoSesion.CONVOCADA, EstadoSesion.EN_CURSO)


def pasar_lista(
    session: Session,
    actor: Actor,
    *,
    sesion_id: int,
    llegan: Collection[int] = (),
    se_van: Collection[int] = (),
) -> None:
    """Anota a los integrantes que llegan y a los que se van; a los demás no los toca.

    Así dos secretarías y los teléfonos anotan a la vez sin borrarse. Si están o llegan titular y suplente de
    un asiento, cuenta el titular. SinPermiso; `Problema` si la sesión no está en curso ni convocada.
    """
    fila = abierta(session, actor, sesion_id, *EN_SALA)
    a = tabla(Asistencia).c
    consulta = select(a.id).where(
        a.sesion_id == sesion_id, a.integrante_id.in_(list(se_van)), a.se_fue_en.is_(None)
    )
    for cual in list(session.execute(consulta).scalars()):
        esta = session.get_one(Asistencia, cual)
        esta.se_fue_en = ahora()
        session.add(esta)
    session.flush()
    por_asiento: dict[int, Fila] = {}
    for i in _integrantes(session, fila):
        if i["integrante_id"] in llegan:
            por_asiento.setdefault(i["asiento_id"], i)
    for i in por_asiento.values():
        if not _con_su_titular(session, sesion_id, i):
            _sentar(session, sesion_id, i["asiento_id"], i["integrante_id"], Medio.SECRETARIO)


def _con_su_titular(session: Session, sesion_id: int, suplente: Fila) -> bool:
    """¿Es suplente y el titular de su asiento ya está en la sala?"""
    a = tabla(Asistencia).c
    ocupa = session.execute(
        select(a.integrante_id).where(
            a.sesion_id == sesion_id, a.asiento_id == suplente["asiento_id"], a.se_fue_en.is_(None)
        )
    ).scalar()
    return suplente["calidad"] == "suplente" and ocupa not in (None, suplente["integrante_id"])


def _integrantes(session: Session, fila: SesionComite) -> list[Fila]:
    dia = en_zona(en_utc(fila.prevista)).date()
    reglas = fila.reglas or reglas_en(session, fila.comite_id, dia)
    return admitidos(reglas, integrantes_en(session, comite_id=fila.comite_id, fecha=dia))


def _sentar(session: Session, sesion_id: int, asiento_id: int, integrante_id: int, medio: Medio) -> None:
    a = tabla(Asistencia).c
    cual = session.execute(select(a.id).where(a.sesion_id == sesion_id, a.asiento_id == asiento_id)).scalar()
    if cual is None:
        session.add(
            Asistencia(
                sesion_id=sesion_id,
                asiento_id=asiento_id,
                integrante_id=integrante_id,
                llego_en=ahora(),
                medio=medio,
            )
        )
        session.flush()
        return
    esta = session.get_one(Asistencia, cual)
    if esta.integrante_id != integrante_id or esta.se_fue_en is not None:
        esta.integrante_id, esta.se_fue_en, esta.medio = integrante_id, None, medio
        session.add(esta)
        session.flush()


def presentarse(session: Session, actor: Actor, *, sesion_id: int, codigo: str) -> None:
    """El integrante registra su llegada desde su teléfono, con el código de la sala.

    SinPermiso si no ocupa un asiento; `Problema` con otro código, o si su titular ya está.
    """
    exigir(actor, Accion.PARTICIPAR_SESION)
    formarse(session, "sesion", sesion_id)
    fila, suyo = mi_asiento(session, actor, sesion_id)
    if fila.estado not in EN_SALA:
        raise Problema(
            f"La sesión está {ESTADOS[fila.estado.value][1].lower()}.", "Pregunte a la secretaría."
        )
    if codigo.strip() != fila.codigo:
        raise Problema("El código no es el de esta sala.", "Léalo en la pantalla.", "codigo")
    if _con_su_titular(session, sesion_id, suyo):
        raise Problema("Su titular ya está presente.", "Puede asistir, sin voto.", "codigo")
    _sentar(session, sesion_id, suyo["asiento_id"], suyo["integrante_id"], Medio.TELEFONO)


def mi_asiento(session: Session, actor: Actor, sesion_id: int) -> tuple[SesionComite, Fila]:
    """La sesión y el asiento que la persona puede ocupar en ella. SinPermiso si ninguno."""
    fila = session.get(SesionComite, sesion_id)
    if fila is None or actor.usuario_id is None:
        raise SinPermiso(Accion.PARTICIPAR_SESION)
    for i in _integrantes(session, fila):
        if i["usuario_id"] == actor.usuario_id:
            return fila, i
    raise SinPermiso(Accion.PARTICIPAR_SESION)


def declarar_quorum(session: Session, actor: Actor, *, sesion_id: int) -> None:
    """Abre la sesión si hay quórum en la convocatoria que corre. SinPermiso; `Problema` («quorum»)."""
    fila = abierta(session, actor, sesion_id, EstadoSesion.CONVOCADA)
    ya = sala.estado(session, sesion_id=sesion_id, ahora=ahora())
    assert ya is not None
    hay = quorum(ya["reglas"], ya["con_voto"], ya["presentes"], ya["prevista"], ahora())
    exigir_quorum(hay)
    fila.estado, fila.abierta_en, fila.convocatoria = EstadoSesion.EN_CURSO, ahora(), hay.convocatoria
    session.add(fila)
    session.flush()


def tratar(session: Session, actor: Actor, *, punto_id: int) -> None:
    """Empieza un punto; el que estaba en curso queda concluido. SinPermiso; `Problema`."""
    punto = session.get(PuntoOrden, punto_id)
    if punto is None:
        raise SinPermiso(Accion.COORDINAR_COMITES)
    fila = abierta(session, actor, punto.sesion_id, EstadoSesion.EN_CURSO)
    if punto.estado is EstadoPunto.RETIRADO:
        raise Problema("Ese punto se retiró.", "Elija otro.", "punto")
    if fila.punto_id is not None and fila.punto_id != punto_id:
        _concluir(session, actor, fila, session.get_one(PuntoOrden, fila.punto_id))
    punto.estado, punto.iniciado_en = EstadoPunto.EN_CURSO, punto.iniciado_en or ahora()
    punto.concluido_en = None
    fila.punto_id = punto_id
    session.add_all([punto, fila])
    session.flush()


def concluir(session: Session, actor: Actor, *, punto_id: int, sintesis: str) -> None:
    """Concluye el punto con su síntesis. `Problema` sin quórum, con votación abierta o si no se ha votado."""
    punto = session.get(PuntoOrden, punto_id)
    if punto is None:
        raise SinPermiso(Accion.COORDINAR_COMITES)
    fila = abierta(session, actor, punto.sesion_id, EstadoSesion.EN_CURSO)
    punto.sintesis = sintesis.strip()[:TEXTO_MAXIMO]
    _concluir(session, actor, fila, punto)
    fila.punto_id = None
    session.add(fila)
    session.flush()


def _concluir(session: Session, actor: Actor, fila: SesionComite, punto: PuntoOrden) -> None:
    ya = sala.estado(session, sesion_id=fila.id or 0, ahora=ahora())
    assert ya is not None
    if ya["abierta"] is not None:
        raise Problema("Hay una votación abierta.", "Ciérrela antes.", "punto")
    cerradas = [v for v in ya["votaciones"] if v["punto_id"] == punto.id and v["estado"] == "cerrada"]
    if punto.se_vota and not cerradas:
        raise Problema("Este punto se vota y no se ha votado.", "Abra la votación.", "punto")
    if punto.se_vota and not _sigue_el_quorum(ya, fila):
        raise Problema("Se perdió el quórum: el punto no se puede concluir.", "Espere a que vuelva.", "punto")
    punto.estado, punto.concluido_en = EstadoPunto.CONCLUIDO, ahora()
    session.add(punto)


def _sigue_el_quorum(ya: Fila, fila: SesionComite) -> bool:
    return bool(ya["quorum"]["hay"]) or fila.convocatoria == 2


def intervenir(
    session: Session, actor: Actor, *, punto_id: int, integrante_id: int | None, nombre: str, texto: str
) -> None:
    """Anota en breve lo que alguien dijo. SinPermiso; `Problema` sin texto o sin nombre."""
    punto = session.get(PuntoOrden, punto_id)
    if punto is None:
        raise SinPermiso(Accion.COORDINAR_COMITES)
    abierta(session, actor, punto.sesion_id, EstadoSesion.EN_CURSO)
    session.add(
        Intervencion(
            punto_id=punto_id,
            integrante_id=integrante_id,
            nombre=obligatorio(nombre, "quien", "quién habló", 200),
            texto=obligatorio(texto, "texto", "qué dijo", TEXTO_MAXIMO),
            momento=ahora(),
            anoto=actor.cuenta,
        )
    )
    session.flush()


def cerrar(session: Session, actor: Actor, *, sesion_id: int, version: int) -> int:
    """Clausura la sesión y levanta el borrador de su acta; devuelve su id. SinPermiso; `Problema`."""
    fila = abierta(session, actor, sesion_id, EstadoSesion.EN_CURSO)
    exigir_version(fila, version)
    if fila.punto_id is not None:
        _concluir(session, actor, fila, session.get_one(PuntoOrden, fila.punto_id))
    fila.estado, fila.cerrada_en, fila.punto_id = EstadoSesion.CERRADA, ahora(), None
    session.add(fila)
    session.flush()
    return levantar(session, actor, sesion_id=sesion_id)
