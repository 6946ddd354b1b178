"""Lo que un municipio real recibe en su primer arranque: catálogos, segmentos y su ayuntamiento."""

from sqlalchemy import select
from sqlmodel import Session

from db.actions.por_omision import CLAVE_AYUNTAMIENTO
from db.base import tabla
from db.models.municipio import Ente
from db.models.presupuesto import SegmentoClave
from seed.catalogos import cargar_catalogos

SEGMENTOS = (
    ("dependencia_general", "Dependencia general", 3),
    ("dependencia_auxiliar", "Dependencia auxiliar", 3),
    ("programa", "Programa presupuestario", 8),
    ("proyecto", "Proyecto", 12),
    ("fuente", "Fuente de financiamiento", 6),
    ("partida", "Partida", 4),
    ("tipo_gasto", "Tipo de gasto", 1),
)
"""Segmentos de la clave del Estado de México: (código, nombre, longitud)."""


def preparar(session: Session) -> None:
    """Deja la base lista para el primer archivo; repetirlo no cambia nada."""
    cargar_catalogos(session)
    segmentos_por_omision(session)
    if session.execute(select(tabla(Ente).c.id)).first() is None:
        session.add(Ente(clave=CLAVE_AYUNTAMIENTO, nombre="Ayuntamiento"))
    session.flush()


def segmentos_por_omision(session: Session) -> None:
    """Pone los siete segmentos si el municipio no ha definido los suyos."""
    if session.execute(select(tabla(SegmentoClave).c.id)).first() is not None:
        return
    for orden, (codigo, nombre, longitud) in enumerate(SEGMENTOS, start=1):
        session.add(SegmentoClave(orden=orden, codigo=codigo, nombre=nombre, longitud=longitud))
    session.flush()
