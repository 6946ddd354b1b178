"""Lo que un municipio real recibe en su primer arranque: catálogos, la Guía Consultiva y su clave."""

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.presupuesto import SegmentoClave
from db.queries.clave_presupuestaria import POR_OMISION
from seed.catalogos import cargar_catalogos
from seed.catalogos.guia import cargar_guia


def preparar(session: Session) -> None:
    """Deja la base lista para el primer archivo; repetirlo no cambia nada ni pisa lo que se corrigió."""
    cargar_catalogos(session)
    cargar_guia(session)
    segmentos_por_omision(session)


def segmentos_por_omision(session: Session) -> None:
    """Pone los segmentos del Estado de México si el municipio no ha definido los suyos."""
    if session.execute(select(tabla(SegmentoClave).c.id)).first() is not None:
        return
    for orden, segmento in enumerate(POR_OMISION, start=1):
        session.add(
            SegmentoClave(
                orden=orden,
                codigo=segmento.codigo,
                nombre=segmento.nombre,
                longitud=segmento.longitud,
                obligatorio=segmento.obligatorio,
            )
        )
    session.flush()
