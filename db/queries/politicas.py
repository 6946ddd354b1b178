"""A qué sectores de la población sirven las políticas, y con qué dinero de los programas en que actúan."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.encargos import Encargo, LigaEncargo
from db.models.politicas import SectorPolitica
from db.models.presupuesto import Dimension
from db.queries.municipio import corte
from db.queries.presupuesto import Monto, acumulado
from db.rules.politicas import REGISTRO, balance

VIVAS = tuple(e for e, etapa in REGISTRO.etapas.items() if not etapa.final)


def sectores(session: Session, *, anio: int | None, mes: int | None) -> list[dict[str, Any]]:
    """El balance entre sectores de las políticas sin terminar: `rules.politicas.balance`.

    El dinero es el modificado del ejercicio de sus programas, en centavos; sin ejercicio, cero.
    """
    e, s, v = tabla(Encargo).c, tabla(SectorPolitica).c, tabla(LigaEncargo).c
    vivas = list(
        session.execute(select(e.id).where(e.registro == REGISTRO.clave, e.etapa.in_(VIVAS))).scalars()
    )
    efectos: dict[int, dict[str, str]] = defaultdict(dict)
    for f in session.execute(select(s.encargo_id, s.sector, s.efecto).where(s.encargo_id.in_(vivas))):
        efectos[f.encargo_id][f.sector.value] = f.efecto.value
    dinero = _dinero(session, anio, mes)
    programas: dict[int, dict[str, int]] = defaultdict(dict)
    ligas = select(v.encargo_id, v.referencia).where(v.asunto == "programa", v.encargo_id.in_(vivas))
    for f in session.execute(ligas):
        programas[f.encargo_id][f.referencia] = (
            dinero[f.referencia]["modificado"] if f.referencia in dinero else 0
        )
    return balance([{"sectores": efectos[i], "programas": programas[i]} for i in vivas])


def _dinero(session: Session, anio: int | None, mes: int | None) -> dict[str, Monto]:
    """Programa → dinero al corte pedido, o al que toca."""
    if anio is None:
        return {}
    al = corte(session, anio, mes)[0].mes
    return acumulado(session, anio, al, dimension=Dimension.PROGRAMA) if al else {}
