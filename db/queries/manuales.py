"""La cobertura de manuales de las dependencias generales, y qué le falta a cada una."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.estructura import Dependencia
from db.queries.encargos import lista
from db.queries.municipio import hoy
from db.rules.manuales import REGISTRO, TIPOS, cobertura, faltas_de


def cobertura_de_manuales(session: Session, *, ente_id: int | None = None) -> dict[str, Any]:
    """Por tipo, válidas y total; y por dependencia general, qué falta de cada tipo (vacío, nada)."""
    d = tabla(Dependencia).c
    consulta = select(d.id, d.clave, d.nombre).where(d.activa, d.padre_id.is_(None)).order_by(d.clave)
    if ente_id is not None:
        consulta = consulta.where(d.ente_id == ente_id)
    unidades = [f._asdict() for f in session.execute(consulta)]
    manuales, dia = lista(session, registro=REGISTRO.clave), hoy(session)
    ids = [u["id"] for u in unidades]
    por_tipo = {}
    for tipo in TIPOS:
        cubiertas = cobertura(ids, manuales, tipo, dia)
        por_tipo[tipo] = {
            "validas": cubiertas.validas,
            "total": cubiertas.total,
            "porcentaje": cubiertas.porcentaje,
        }
    filas = []
    for u in unidades:
        dicho = {
            t: _que_falta([m for m in manuales if m["dependencia_id"] == u["id"]], t, dia) for t in TIPOS
        }
        filas.append(u | dicho)
    return {"por_tipo": por_tipo, "filas": filas}


def _que_falta(suyos: list[dict[str, Any]], tipo: str, dia: Any) -> str:
    de_tipo = [m for m in suyos if m["tipo"] == tipo and m["etapa"] != "sustituido"]
    if not de_tipo:
        return "No hay"
    mejor = min((faltas_de(m, dia) for m in de_tipo), key=len)
    return ", ".join(mejor)
