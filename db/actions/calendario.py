"""El calendario de captura: poner las ventanas de un ejercicio, moverlas y dar prórrogas con su razón."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session
from sqlmodel import select as elegir

from db.actions.idempotencia import exigir_version
from db.base import ahora, tabla
from db.models.captura import ClaseCaptura, Prorroga, Ventana
from db.models.estructura import Dependencia
from db.queries.avances import meses_cerrados
from db.queries.cierre import meses
from db.queries.municipio import zona
from db.queries.usuarios import en_utc
from db.rules.calendario import (
    DIAS_DE_CAPTURA,
    DIAS_DE_RECORDATORIO,
    FIN_DEL_DIA,
    Fechas,
    exigir_orden,
    fechas_propuestas,
)
from db.rules.captura import plazo
from db.rules.formato import fecha_hora, mes_nombre
from db.rules.permisos import Accion, Actor, exigir
from db.rules.problema import Problema


def proponer_calendario(
    session: Session,
    actor: Actor,
    *,
    anio: int,
    dias: int = DIAS_DE_CAPTURA,
    recordar: int = DIAS_DE_RECORDATORIO,
    clases: Collection[ClaseCaptura] = tuple(ClaseCaptura),
) -> int:
    """Pone las ventanas de todos los periodos abiertos del ejercicio y devuelve cuántas quedaron puestas.

    Lo cerrado no se mueve y las prórrogas ya dadas siguen valiendo. SinPermiso; Problema si los días no
    caben.
    """
    exigir(actor, Accion.EDITAR_CALENDARIO)
    local, cerrados = zona(session), meses_cerrados(session, anio)
    puestas = 0
    for mes in meses(session, anio):
        fechas = fechas_propuestas(anio, mes, dias, recordar, local)
        if mes in cerrados:
            continue
        for clase in clases:
            _poner(session, anio, mes, clase, fechas)
            puestas += 1
    session.flush()
    return puestas


def _poner(session: Session, anio: int, mes: int, clase: ClaseCaptura, fechas: Fechas) -> None:
    consulta = elegir(Ventana).where(Ventana.anio == anio, Ventana.mes == mes, Ventana.clase == clase)
    ventana = session.exec(consulta).first()
    if ventana is None:
        ventana = Ventana(anio=anio, mes=mes, clase=clase, abre=fechas.abre, cierra=fechas.cierra)
    elif (en_utc(ventana.abre), en_utc(ventana.cierra)) == (fechas.abre, fechas.cierra) and (
        ventana.recuerda is not None and en_utc(ventana.recuerda) == fechas.recuerda
    ):
        return
    ventana.abre, ventana.recuerda, ventana.cierra = fechas.abre, fechas.recuerda, fechas.cierra
    session.add(ventana)


def mover_ventana(
    session: Session,
    actor: Actor,
    *,
    ventana_id: int,
    abre: date,
    recuerda: date | None,
    cierra: date,
    version: int,
) -> None:
    """Cambia las fechas de una ventana: abre a las 0:00, recuerda a las 9:00 y cierra a las 23:59 locales.

    SinPermiso; Conflicto si otra persona la movió; Problema (con `campo`) si el periodo ya cerró o el orden
    no cuadra.
    """
    exigir(actor, Accion.EDITAR_CALENDARIO)
    ventana = _ventana(session, ventana_id)
    exigir_version(ventana, version)
    local = zona(session)
    fechas = Fechas(
        datetime.combine(abre, time(0), local),
        None if recuerda is None else datetime.combine(recuerda, time(9), local),
        fin_del_dia(cierra, local),
    )
    exigir_orden(fechas)
    ventana.abre, ventana.recuerda, ventana.cierra = fechas.abre, fechas.recuerda, fechas.cierra
    session.add(ventana)
    session.flush()


def fin_del_dia(dia: date, local: ZoneInfo) -> datetime:
    """El último minuto del día en la zona del municipio."""
    return datetime.combine(dia, FIN_DEL_DIA, local)


def _ventana(session: Session, ventana_id: int) -> Ventana:
    ventana = session.get(Ventana, ventana_id)
    if ventana is None:
        raise Problema("Esa ventana ya no existe.", "Vuelva a abrir el calendario.")
    if ventana.mes in meses_cerrados(session, ventana.anio):
        raise Problema(
            f"El periodo que termina en {mes_nombre(ventana.mes)} de {ventana.anio} está cerrado.",
            "Reábralo antes, o registre la corrección como extemporánea.",
        )
    return ventana


def dar_prorroga(
    session: Session,
    actor: Actor,
    *,
    ventanas: Sequence[int],
    dependencia_id: int | None,
    cierra: date,
    motivo: str,
) -> None:
    """Da más plazo, hasta las 23:59 de `cierra`, a una dependencia general o a todas (None), con su razón.

    SinPermiso; Problema (con `campo`) si falta el motivo, no amplía el plazo vigente o el periodo ya cerró.
    """
    exigir(actor, Accion.EDITAR_CALENDARIO)
    if not motivo.strip():
        raise Problema("Falta el motivo.", "Diga por qué se da la prórroga.", campo="motivo")
    if dependencia_id is not None:
        area = session.get(Dependencia, dependencia_id)
        if area is None or area.padre_id is not None:
            raise Problema("Elija una dependencia general.", "Está en la lista.", campo="dependencia")
    local = zona(session)
    hasta = fin_del_dia(cierra, local)
    if hasta <= ahora():
        raise Problema("Esa fecha ya pasó.", "Elija una futura.", campo="cierra")
    for ventana_id in ventanas:
        ventana = _ventana(session, ventana_id)
        actual = _plazo_vigente(session, ventana, dependencia_id)
        if hasta <= actual:
            raise Problema(
                f"El plazo vigente ya es el {fecha_hora(actual, local.key)}.",
                "Elija una fecha posterior.",
                campo="cierra",
            )
        session.add(
            Prorroga(
                ventana_id=ventana_id,
                dependencia_id=dependencia_id,
                cierra=hasta,
                motivo=motivo.strip(),
                autorizo=actor.cuenta,
                autorizada_en=ahora(),
            )
        )
    session.flush()


def _plazo_vigente(session: Session, ventana: Ventana, dependencia_id: int | None) -> datetime:
    p = tabla(Prorroga).c
    dadas = session.execute(select(p.cierra, p.dependencia_id).where(p.ventana_id == ventana.id))
    alcanzan = [en_utc(f.cierra) for f in dadas if f.dependencia_id in (None, dependencia_id)]
    return plazo(en_utc(ventana.cierra), alcanzan)
