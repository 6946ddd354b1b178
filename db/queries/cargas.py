"""Las cargas hechas: para reconocer un archivo repetido y para la lista de la página Importar."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.bitacora import Carga, EstadoCarga
from db.models.municipio import Ente


def ya_cargado(
    session: Session, formato: str, sha256: str, anio: int | None, ente_id: int | None
) -> dict[str, Any] | None:
    """La carga vigente del mismo archivo: id, archivo, autor y cuándo (UTC)."""
    c = tabla(Carga).c
    fila = session.execute(
        select(c.id, c.archivo, c.autor, c.cargada_en)
        .where(
            c.formato == formato,
            c.sha256 == sha256,
            c.anio.is_not_distinct_from(anio),
            c.ente_id.is_not_distinct_from(ente_id),
            c.estado == EstadoCarga.VIGENTE,
        )
        .order_by(c.id.desc())
        .limit(1)
    ).first()
    return None if fila is None else fila._asdict()


def cargas(
    session: Session, anio: int | None = None, formatos: tuple[str, ...] = (), limite: int = 50
) -> list[dict[str, Any]]:
    """Las cargas más nuevas primero, de un ejercicio y de ciertos formatos si se indican."""
    c, e = tabla(Carga), tabla(Ente)
    consulta = (
        select(
            c.c.id,
            c.c.formato,
            c.c.archivo,
            c.c.anio,
            c.c.autor,
            c.c.cargada_en,
            c.c.estado,
            c.c.leidas,
            c.c.guardadas,
            c.c.sin_cambio,
            c.c.deshecha_en,
            c.c.deshizo,
            e.c.nombre.label("ente"),
        )
        .outerjoin(e, e.c.id == c.c.ente_id)
        .order_by(c.c.id.desc())
        .limit(limite)
    )
    if anio is not None:
        consulta = consulta.where((c.c.anio == anio) | c.c.anio.is_(None))
    if formatos:
        consulta = consulta.where(c.c.formato.in_(formatos))
    return [{**fila._asdict(), "estado": fila.estado.value} for fila in session.execute(consulta)]
