"""Una etapa frente a la anterior, y lo aprobado frente a lo que Tesorería cargó, al centavo."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.models.anteproyecto import EtapaPresupuesto, NombreEtapa
from db.models.presupuesto import ClavePresupuestaria, MovimientoPresupuesto
from db.queries import anteproyecto as lee
from db.queries.presupuesto import corte_vigente
from db.rules.anteproyecto import ETAPAS, NOMBRE_ETAPA, Cotejo, cotejar

SEGMENTOS = ("dependencia_general", "dependencia_auxiliar", "proyecto", "fuente", "partida")


def contra_la_etapa_anterior(session: Session, *, etapa_id: int) -> dict[str, Any] | None:
    """Qué cambió desde la etapa cerrada de la que se copió; None si es la primera."""
    etapa = _etapa(session, etapa_id)
    posicion = ETAPAS.index(etapa.etapa.value)
    if not posicion:
        return None
    previa = lee.etapa_de(session, etapa.anio, etapa.ente_id, NombreEtapa(ETAPAS[posicion - 1]))
    if previa is None:
        return None
    cotejo = cotejar(*(_por_clave(lee.partidas(session, cual)) for cual in (previa.id, etapa_id)))
    return _llano(cotejo, NOMBRE_ETAPA[previa.etapa.value], NOMBRE_ETAPA[etapa.etapa.value])


def contra_tesoreria(session: Session, *, etapa_id: int) -> dict[str, Any] | None:
    """Lo propuesto frente al aprobado del corte vigente de ese año; None si Tesorería no lo ha cargado."""
    etapa = _etapa(session, etapa_id)
    corte = corte_vigente(session, etapa.anio, etapa.ente_id)
    if corte is None:
        return None
    k, m = tabla(ClavePresupuestaria), tabla(MovimientoPresupuesto)
    columnas = [k.c[segmento] for segmento in SEGMENTOS]
    consulta = (
        select(*columnas, func.sum(m.c.aprobado))
        .join(m, m.c.clave_id == k.c.id)
        .where(m.c.corte_id == corte.id)
        .group_by(*columnas)
    )
    # Una clave sin aprobado nació después, con una ampliación: no estaba en lo que se aprobó.
    cargado = {_clave(fila[:-1]): int(fila[-1]) for fila in session.execute(consulta) if fila[-1]}
    propuesto = _por_clave(lee.partidas(session, etapa_id))
    return _llano(cotejar(propuesto, cargado), NOMBRE_ETAPA[etapa.etapa.value], f"«{corte.archivo}»")


def _etapa(session: Session, etapa_id: int) -> Any:
    e = tabla(EtapaPresupuesto)
    return session.execute(select(e).where(e.c.id == etapa_id)).one()


def _clave(segmentos: Iterable[str]) -> str:
    return "-".join(segmentos)


def _por_clave(filas: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    montos: dict[str, int] = defaultdict(int)
    for f in filas:
        montos[_clave((f["general"], f["auxiliar"], f["proyecto"], f["fuente"], f["partida"]))] += f["anual"]
    return dict(montos)


def _llano(cotejo: Cotejo, antes: str, despues: str) -> dict[str, Any]:
    return {
        "nombres": (antes, despues),
        "filas": cotejo.filas,
        "iguales": cotejo.iguales,
        "antes": cotejo.antes,
        "despues": cotejo.despues,
        "diferencia": cotejo.diferencia,
    }
