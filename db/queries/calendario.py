"""Ventanas de captura con sus prórrogas: cuándo abre y cuándo cierra de verdad para cada dependencia."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import ahora, tabla
from db.models.captura import ClaseCaptura, Prorroga, Ventana
from db.queries.municipio import zona
from db.rules.captura import Situacion, plazo, situacion
from db.rules.formato import fecha_hora
from db.rules.problema import Problema


def ventana(
    session: Session, anio: int, mes: int, clase: ClaseCaptura, dependencias: Collection[int] = ()
) -> dict[str, Any] | None:
    """La ventana de un periodo: id, abre, recuerda, cierra (con la prórroga que alcance a las dependencias),
    prorrogada y situacion. None si no está definida: entonces no hay plazo."""
    v, p = tabla(Ventana).c, tabla(Prorroga).c
    fila = session.execute(
        select(tabla(Ventana)).where(v.anio == anio, v.mes == mes, v.clase == clase)
    ).first()
    if fila is None:
        return None
    prorrogas = session.execute(select(p.dependencia_id, p.cierra).where(p.ventana_id == fila.id)).all()
    alcanzan = [f.cierra for f in prorrogas if f.dependencia_id is None or f.dependencia_id in dependencias]
    cierra = plazo(fila.cierra, alcanzan)
    return {
        "id": fila.id,
        "abre": fila.abre,
        "recuerda": fila.recuerda,
        "cierra": cierra,
        "prorrogada": cierra != fila.cierra,
        "situacion": situacion(ahora(), fila.abre, cierra),
    }


def exigir_abierta(
    session: Session, anio: int, mes: int, clase: ClaseCaptura, dependencias: Collection[int]
) -> None:
    """Problema si la ventana está definida y no incluye este instante, con su plazo en hora del municipio."""
    hay = ventana(session, anio, mes, clase, dependencias)
    if hay is None or hay["situacion"] is Situacion.ABIERTA:
        return
    lugar = zona(session).key
    if hay["situacion"] is Situacion.POR_ABRIR:
        raise Problema(f"La captura abre el {fecha_hora(hay['abre'], lugar)}.", "Vuelva entonces.")
    raise Problema(
        f"La captura cerró el {fecha_hora(hay['cierra'], lugar)}.", "Pida una prórroga a planeación."
    )
