"""Lo que una persona dejó escrito sin guardar."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.captura import Borrador
from db.queries.usuarios import en_utc


def borrador(session: Session, *, usuario_id: int | None, llave: str) -> dict[str, Any] | None:
    """Sus `datos` y `guardado_en` (UTC), o None si no dejó nada."""
    b = tabla(Borrador).c
    consulta = select(b.datos, b.guardado_en).where(b.usuario_id == usuario_id, b.llave == llave)
    fila = session.execute(consulta).first()
    return None if fila is None else {"datos": fila.datos, "guardado_en": en_utc(fila.guardado_en)}
