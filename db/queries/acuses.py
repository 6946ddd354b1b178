"""Las áreas en que una persona captura y los acuses de lo que ya envió."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.captura import Envio
from db.models.estructura import Dependencia
from db.queries import actividad
from db.queries.avances import meses_cerrados
from db.queries.calendario import ventanas
from db.queries.municipio import zona
from db.queries.usuarios import en_utc
from db.rules.captura import plazo
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
    """Lo que se elige para capturar: zona, áreas, meses del ejercicio, los no cerrados y los ya empezados.

    Las `areas` son las dependencias, cada general antes de sus auxiliares: id, ente_id, padre_id, clave y
    nombre. `plazos` dice, por mes, cuándo abre y cierra su primera ventana (UTC; sin ventana no aparece).
    """
    d = tabla(Dependencia).c
    todas = select(d.id, d.ente_id, d.padre_id, d.clave, d.nombre).where(d.activa)
    meses = [p.mes_fin for p in periodos(actividad.periodicidad(session, anio))]
    cerrados = meses_cerrados(session, anio)
    plazos: dict[int, tuple[datetime, datetime]] = {}
    for v in ventanas(session, anio=anio):
        cierra = plazo(v["cierra"], [p["cierra"] for p in v["prorrogas"]])
        abre, antes = plazos.get(v["mes"], (v["abre"], cierra))
        plazos[v["mes"]] = (min(abre, v["abre"]), max(antes, cierra))
    return {
        "zona": zona(session).key,
        "areas": [
            f._asdict() for f in session.execute(todas.order_by(d.ente_id, d.padre_id.is_not(None), d.clave))
        ],
        "meses": meses,
        "abiertos": [mes for mes in meses if mes not in cerrados],
        "plazos": plazos,
    }
