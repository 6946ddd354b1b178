"""Los documentos que respaldan lo ampliado y reducido en 2026: casi todo; unas claves, a propósito, no."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlalchemy import or_, select
from sqlmodel import Session

from db.base import tabla
from db.models.adecuaciones import Adecuacion, RenglonAdecuacion, TipoAdecuacion
from db.models.presupuesto import ClavePresupuestaria, MovimientoPresupuesto
from db.queries.matriz import Alcance, cortes_de
from seed.demo.calendario import ACTUAL, SEMILLA
from seed.demo.lote import insertar

SIN_DOCUMENTO = 0.05
"""Parte de los movimientos que nadie respalda."""

ERRATA = 90
"""Centavos que un documento dice de más: el error de dedo que la conciliación encuentra."""

NO_REFLEJADA = 185_000_00
"""Una ampliación autorizada que Tesorería no ha aplicado."""

MOTIVOS = {
    TipoAdecuacion.TRASPASO: "Reorientar el gasto conforme al avance de los proyectos.",
    TipoAdecuacion.AMPLIACION: "Aplicar ingresos excedentes y remanentes del ejercicio anterior.",
    TipoAdecuacion.REDUCCION: "Ajustar el gasto a los ingresos recaudados.",
}
AUTORIZA = {
    TipoAdecuacion.TRASPASO: "Oficio TM",
    TipoAdecuacion.AMPLIACION: "Acta de cabildo",
    TipoAdecuacion.REDUCCION: "Acta de cabildo",
}


Renglon = tuple[str, int, int]
"""Clave, ampliación y reducción."""


@dataclass(slots=True)
class _Movimiento:
    """Lo que falta por respaldar de una clave en un mes; `signo` 1 amplía y −1 reduce."""

    clave: str
    centavos: int
    signo: int


def crear(session: Session) -> None:
    """Por ente y mes, un traspaso con lo que se compensa y otro documento con lo que no."""
    azar = Random(SEMILLA + 31)
    folios, errado = 0, False
    por_mes = _movimientos(session, azar)
    ultimo = max(mes for _, mes in por_mes)
    for (ente_id, mes), movimientos in sorted(por_mes.items()):
        for tipo, renglones in _documentos(movimientos):
            folios += 1
            if tipo is TipoAdecuacion.AMPLIACION and not errado:
                errado = True
                renglones[0] = (renglones[0][0], renglones[0][1] + ERRATA, 0)
            _guardar(session, azar, ente_id, mes, folios, tipo, renglones)
    (ente_id, _), movimientos = min(por_mes.items())
    pendiente = [(movimientos[0].clave, NO_REFLEJADA, 0)]
    _guardar(session, azar, ente_id, ultimo, folios + 1, TipoAdecuacion.AMPLIACION, pendiente)


def _movimientos(session: Session, azar: Random) -> dict[tuple[int, int], list[_Movimiento]]:
    """(ente, mes) → lo ampliado y reducido en el corte vigente, menos lo que quedará sin documento."""
    m, k = tabla(MovimientoPresupuesto), tabla(ClavePresupuestaria)
    consulta = (
        select(k.c.ente_id, m.c.mes, k.c.clave, m.c.ampliaciones, m.c.reducciones)
        .join(k, k.c.id == m.c.clave_id)
        .where(
            m.c.corte_id.in_(cortes_de(Alcance(ACTUAL, 12))), or_(m.c.ampliaciones != 0, m.c.reducciones != 0)
        )
        .order_by(k.c.ente_id, m.c.mes, k.c.clave)
    )
    juntos: dict[tuple[int, int], list[_Movimiento]] = {}
    for ente_id, mes, clave, ampliado, reducido in session.execute(consulta):
        if azar.random() < SIN_DOCUMENTO:
            continue
        for centavos, signo in ((ampliado, 1), (reducido, -1)):
            if centavos:
                juntos.setdefault((ente_id, mes), []).append(_Movimiento(clave, centavos, signo))
    return juntos


def _documentos(
    movimientos: Sequence[_Movimiento],
) -> list[tuple[TipoAdecuacion, list[Renglon]]]:
    """El traspaso toma de cada lado hasta igualarlos; lo que sobra va en una ampliación o reducción."""
    lados = {signo: sum(m.centavos for m in movimientos if m.signo == signo) for signo in (1, -1)}
    quedan = dict.fromkeys((1, -1), min(lados.values()))
    traspaso: list[Renglon] = []
    resto: list[Renglon] = []
    for m in movimientos:
        parte = min(m.centavos, quedan[m.signo])
        quedan[m.signo] -= parte
        for centavos, lista in ((parte, traspaso), (m.centavos - parte, resto)):
            if centavos:
                lista.append((m.clave, centavos, 0) if m.signo > 0 else (m.clave, 0, centavos))
    tipo = TipoAdecuacion.AMPLIACION if lados[1] > lados[-1] else TipoAdecuacion.REDUCCION
    return [(t, lista) for t, lista in ((TipoAdecuacion.TRASPASO, traspaso), (tipo, resto)) if lista]


def _guardar(
    session: Session,
    azar: Random,
    ente_id: int,
    mes: int,
    numero: int,
    tipo: TipoAdecuacion,
    renglones: Sequence[Renglon],
) -> None:
    dia = date(ACTUAL, mes, 1) + timedelta(days=azar.randrange(4, 26))
    (adecuacion_id,) = insertar(
        session,
        Adecuacion,
        [
            {
                "anio": ACTUAL,
                "ente_id": ente_id,
                "folio": f"ADE-{ACTUAL}-{numero:03d}",
                "tipo": tipo,
                "documento": f"{AUTORIZA[tipo]} {azar.randrange(20, 400)}/{ACTUAL}",
                "fecha": dia,
                "motivo": MOTIVOS[tipo],
            }
        ],
    )
    insertar(
        session,
        RenglonAdecuacion,
        [
            {"adecuacion_id": adecuacion_id, "clave": c, "mes": mes, "ampliacion": a, "reduccion": r}
            for c, a, r in renglones
        ],
    )
