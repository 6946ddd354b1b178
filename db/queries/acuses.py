"""Las áreas en que una persona captura y los acuses de lo que ya envió."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.captura import Envio
from db.models.estructura import Dependencia
from db.queries import actividad
from db.queries.avances import meses_cerrados
from db.queries.municipio import zona
from db.queries.usuarios import en_utc
from db.rules.periodo import periodos


def acuses(session: Session, *, anio: int, mes: int, dependencia_id: int) -> list[dict[str, Any]]:
    """Los envíos de un área en un periodo, el último primero; `enviado_en` en UTC."""
    e = tabla(Envio)
    consulta = (
        select(e)
        .where(e.c.anio == anio, e.c.mes == mes, e.c.dependencia_id == dependencia_id)
        .order_by(e.c.id.desc())
    )
    return [f._asdict() | {"enviado_en": en_utc(f.enviado_en)} for f in session.execute(consulta)]


def lugares(session: Session, *, anio: int) -> dict[str, Any]:
    """Lo que se elige para capturar: zona, generales (id, ente, nombre), meses del ejercicio y abiertos."""
    d = tabla(Dependencia).c
    generales = select(d.id, d.ente_id, d.clave, d.nombre).where(d.padre_id.is_(None))
    meses = [p.mes_fin for p in periodos(actividad.periodicidad(session, anio))]
    cerrados = meses_cerrados(session, anio)
    return {
        "zona": zona(session).key,
        "generales": [f._asdict() for f in session.execute(generales.order_by(d.ente_id, d.clave))],
        "meses": meses,
        "abiertos": [mes for mes in meses if mes not in cerrados],
    }
