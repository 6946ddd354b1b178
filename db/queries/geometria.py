"""El contorno del municipio y sus localidades, como se guardó."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.proyectos_estrategicos import GeometriaLocal


def geometrias(session: Session) -> list[dict[str, Any]]:
    """Clase, nombre y geometría GeoJSON; el límite primero, para que lo demás quede encima."""
    g = tabla(GeometriaLocal).c
    filas = [f._asdict() for f in session.execute(select(g.clase, g.nombre, g.geometria).order_by(g.id))]
    return sorted(({**f, "clase": f["clase"].value} for f in filas), key=lambda f: f["clase"] != "limite")
