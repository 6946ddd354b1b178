"""Qué capturas ya vencieron para cada dependencia: su ventana cerró y ninguna prórroga la alcanza."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import ahora, tabla
from db.models.captura import ClaseCaptura, Prorroga, Ventana
from db.models.estructura import Dependencia
from db.queries.usuarios import en_utc
from db.rules.captura import Situacion, plazo, situacion
from db.rules.periodo import periodos


@dataclass(frozen=True, slots=True)
class Cerradas:
    """Números de los periodos cuya captura ya cerró."""

    para_todas: frozenset[int]
    con_prorroga: Mapping[int, frozenset[int]]
    """Dependencia → los suyos, sólo de las que una prórroga nombra (y las auxiliares de ésas)."""

    def de(self, dependencia_id: int) -> frozenset[int]:
        """Los de una dependencia, general o auxiliar."""
        return self.con_prorroga.get(dependencia_id, self.para_todas)


def ventanas_cerradas(session: Session, anio: int, clase: ClaseCaptura, cada: str) -> Cerradas:
    """Lo que ya cerró de una clase en el ejercicio; `cada` es «trimestre» o «mes»."""
    v = tabla(Ventana).c
    consulta = select(v.id, v.mes, v.abre, v.cierra).where(v.anio == anio, v.clase == clase)
    filas = session.execute(consulta).all()
    generales, suyas = _prorrogas(session, [f.id for f in filas])
    numero = {p.mes_fin: p.numero for p in periodos(cada)}

    def cerrados(dependencia_id: int | None) -> frozenset[int]:
        return frozenset(
            numero[f.mes]
            for f in filas
            if f.mes in numero and _cerro(f, [*generales[f.id], *suyas.get((f.id, dependencia_id), ())])
        )

    prorrogadas = {cual for _, cual in suyas if cual is not None}
    return Cerradas(cerrados(None), {cual: cerrados(cual) for cual in prorrogadas})


def _cerro(fila: Any, prorrogas: list[datetime]) -> bool:
    abre, cierra = en_utc(fila.abre), en_utc(fila.cierra)
    return situacion(ahora(), abre, plazo(cierra, prorrogas)) is Situacion.CERRADA


def _prorrogas(
    session: Session, ventanas: list[int]
) -> tuple[dict[int, list[datetime]], dict[tuple[int, int | None], list[datetime]]]:
    """Las de todos por ventana, y las de cada dependencia por (ventana, dependencia), con sus auxiliares."""
    p, d = tabla(Prorroga).c, tabla(Dependencia).c
    generales: dict[int, list[datetime]] = defaultdict(list)
    suyas: dict[tuple[int, int | None], list[datetime]] = defaultdict(list)
    filas = session.execute(
        select(p.ventana_id, p.dependencia_id, p.cierra).where(p.ventana_id.in_(ventanas))
    ).all()
    nombradas = {f.dependencia_id for f in filas if f.dependencia_id is not None}
    hijas: dict[int, list[int]] = defaultdict(list)
    if nombradas:
        for f in session.execute(select(d.id, d.padre_id).where(d.padre_id.in_(nombradas))):
            hijas[f.padre_id].append(f.id)
    for f in filas:
        if f.dependencia_id is None:
            generales[f.ventana_id].append(en_utc(f.cierra))
            continue
        for cual in (f.dependencia_id, *hijas[f.dependencia_id]):
            suyas[f.ventana_id, cual].append(en_utc(f.cierra))
    return generales, suyas
