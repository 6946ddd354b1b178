"""Lo que la pantalla de Configuración muestra, con la versión con que se abre cada cosa."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.municipio import (
    Administracion,
    Banda,
    Ejercicio,
    Ente,
    Municipio,
    PartidaTransferencia,
)
from db.models.presupuesto import SegmentoClave
from db.queries.municipio import AVISO

NIVELES = ["Eje", "Tema", "Objetivo", "Estrategia", "Línea de acción"]


def firma(filas: Iterable[Any]) -> str:
    """Versión de una lista completa: la huella corta de su contenido."""
    contenido = json.dumps([list(fila) for fila in filas], default=str, ensure_ascii=False)
    return hashlib.sha256(contenido.encode()).hexdigest()[:16]


def _bandas(session: Session, anio: int) -> list[Any]:
    b = tabla(Banda).c
    consulta = select(b.codigo, b.palabra, b.icono, b.color, b.inferior, b.superior, b.equivale)
    propias = consulta.where(b.anio == anio, b.indicador_id.is_(None)).order_by(b.orden)
    return list(session.execute(propias))


def _partidas(session: Session) -> list[Any]:
    p = tabla(PartidaTransferencia).c
    return list(session.execute(select(p.partida, p.nombre).order_by(p.partida)))


def _segmentos(session: Session) -> list[Any]:
    s = tabla(SegmentoClave).c
    return list(session.execute(select(s.codigo, s.nombre, s.longitud, s.obligatorio).order_by(s.orden)))


def firma_de_bandas(session: Session, anio: int) -> str:
    """Versión de las bandas generales de un ejercicio."""
    return firma(_bandas(session, anio))


def firma_de_partidas(session: Session) -> str:
    """Versión de la lista de partidas de transferencia."""
    return firma(_partidas(session))


def firma_de_segmentos(session: Session) -> str:
    """Versión de la lista de segmentos de la clave."""
    return firma(_segmentos(session))


CAMPOS = (
    "nombre",
    "estado",
    "clave_inegi",
    "color",
    "escudo",
    "niveles_plan",
    "numero_pbrm",
    "logo",
    "dias_inhabiles",
    "aviso_plazo_dias",
    "version",
)


def municipio(session: Session) -> dict[str, Any]:
    """Identidad del municipio; versión 0 si aún no existe."""
    m = tabla(Municipio).c
    fila = session.execute(select(*(m[campo] for campo in CAMPOS)).order_by(m.id).limit(1)).first()
    if fila is None:
        return {
            "nombre": "",
            "estado": "",
            "clave_inegi": "",
            "color": "#9D2449",
            "escudo": None,
            "niveles_plan": NIVELES,
            "numero_pbrm": "",
            "logo": None,
            "dias_inhabiles": [],
            "aviso_plazo_dias": AVISO,
            "version": 0,
        }
    return dict(fila._mapping)


def ejercicios(session: Session) -> list[dict[str, Any]]:
    """Los ejercicios, del más nuevo al más viejo, con sus reglas."""
    j, a = tabla(Ejercicio), tabla(Administracion)
    filas = session.execute(
        select(j, a.c.nombre.label("administracion"))
        .join(a, a.c.id == j.c.administracion_id)
        .order_by(j.c.anio.desc())
    )
    return [{**fila._mapping, "periodicidad": fila.periodicidad.value} for fila in filas]


def administraciones(session: Session) -> list[dict[str, Any]]:
    """Las administraciones, de la más nueva a la más vieja."""
    a = tabla(Administracion).c
    return [
        dict(fila._mapping)
        for fila in session.execute(select(a.id, a.nombre, a.inicio, a.fin).order_by(a.inicio.desc()))
    ]


def bandas(session: Session, anio: int) -> dict[str, Any]:
    """Las bandas generales de un ejercicio y su firma."""
    filas = _bandas(session, anio)
    return {"filas": [dict(fila._mapping) for fila in filas], "firma": firma(filas)}


def entes(session: Session) -> list[dict[str, Any]]:
    """Los entes, activos o no."""
    e = tabla(Ente).c
    filas = session.execute(
        select(e.id, e.clave, e.nombre, e.tipo, e.activo, e.clave_osfem, e.version).order_by(e.id)
    )
    return [{**fila._mapping, "tipo": fila.tipo.value} for fila in filas]


def partidas(session: Session) -> dict[str, Any]:
    """Las partidas de transferencia y su firma."""
    filas = _partidas(session)
    return {"filas": [dict(fila._mapping) for fila in filas], "firma": firma(filas)}


def segmentos(session: Session) -> dict[str, Any]:
    """Los segmentos de la clave presupuestaria y su firma."""
    filas = _segmentos(session)
    return {"filas": [dict(fila._mapping) for fila in filas], "firma": firma(filas)}
