"""Lo que un acuerdo aprueba: pesos del plan y reconducciones, lo que espera al comité y lo ya aprobado."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.acuerdos import Acuerdo
from db.models.estructura import Dependencia
from db.models.plan import EstadoJuego, JuegoPesos
from db.models.reconduccion import SolicitudReconduccion
from db.models.sesiones import Votacion
from db.rules.formato import mes_anio
from db.rules.solicitud import EN_TRAMITE

Fila = dict[str, Any]

PESOS, RECONDUCCION = "pesos", "reconduccion"


def acuerdos_votados(session: Session) -> dict[int, str]:
    """Los acuerdos que salieron de una votación aprobada, el último primero: id → número y texto."""
    a, v = tabla(Acuerdo).c, tabla(Votacion).c
    filas = session.execute(
        select(a.id, a.numero, a.texto)
        .join(tabla(Votacion), v.id == a.votacion_id)
        .where(v.aprobada)
        .order_by(a.id.desc())
    )
    return {f.id: f"{f.numero} {f.texto}" for f in filas}


def por_aprobar(session: Session) -> list[Fila]:
    """Los pesos propuestos y las reconducciones en trámite sin acuerdo: que, id y titulo."""
    return _pesos(session, tabla(JuegoPesos).c.estado == EstadoJuego.PROPUESTO) + _reconducciones(
        session,
        tabla(SolicitudReconduccion).c.estado.in_(EN_TRAMITE),
        tabla(SolicitudReconduccion).c.acuerdo_id.is_(None),
    )


def aprobado_por(session: Session, *, acuerdo_id: int) -> list[Fila]:
    """Lo que un acuerdo aprobó: que, id, anio y titulo."""
    return _pesos(session, tabla(JuegoPesos).c.acuerdo_id == acuerdo_id) + _reconducciones(
        session, tabla(SolicitudReconduccion).c.acuerdo_id == acuerdo_id
    )


def _pesos(session: Session, *cuales: Any) -> list[Fila]:
    j = tabla(JuegoPesos).c
    filas = session.execute(select(j.id, j.anio, j.mes).where(*cuales).order_by(j.id))
    return [
        {
            "que": PESOS,
            "id": f.id,
            "anio": f.anio,
            "titulo": f"Los pesos del plan que rigen desde {mes_anio(f.anio, f.mes)}",
        }
        for f in filas
    ]


def _reconducciones(session: Session, *cuales: Any) -> list[Fila]:
    s, d = tabla(SolicitudReconduccion).c, tabla(Dependencia).c
    filas = session.execute(
        select(s.id, s.anio, s.mes_vigencia, s.oficio, d.nombre)
        .join(tabla(Dependencia), d.id == s.dependencia_id)
        .where(*cuales)
        .order_by(s.id)
    )
    return [
        {
            "que": RECONDUCCION,
            "id": f.id,
            "anio": f.anio,
            "titulo": f"La reconducción {f.oficio + ' ' if f.oficio else ''}de {f.nombre}, "
            f"desde {mes_anio(f.anio, f.mes_vigencia)}",
        }
        for f in filas
    ]
