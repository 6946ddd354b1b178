"""Cuánto mueve cada variable el resultado: cómo saldría el indicador si ella quedara como se programó."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from db.rules.cumplimiento import sin_ruido
from db.rules.debido import IndicadorEvaluable
from db.rules.indicador import aplicar, formula_de, variables_al_corte
from db.rules.periodo import Corte


@dataclass(frozen=True, slots=True)
class Contribucion:
    """Una variable acumulada al corte; `efecto` es el resultado real menos `como_programada`."""

    letra: str
    nombre: str
    programado: Decimal | None
    alcanzado: Decimal | None
    como_programada: Decimal | None
    """El resultado con esta variable como se programó y las demás como salieron; None si no se calcula."""
    efecto: Decimal | None


def contribuciones(indicador: IndicadorEvaluable, corte: Corte) -> tuple[Contribucion, ...]:
    """Las de cada variable, en su orden; ninguna si la fórmula está por confirmar o falta el resultado."""
    formula = formula_de(indicador)
    if formula is None:
        return ()
    programados, alcanzados = variables_al_corte(indicador, corte)
    real, _ = aplicar(formula, alcanzados)
    if real is None:
        return ()
    filas = []
    for v in indicador.variables:
        supuesto, _ = aplicar(formula, {**alcanzados, v.letra: programados[v.letra]})
        efecto = None if supuesto is None else sin_ruido(real - supuesto)
        filas.append(
            Contribucion(v.letra, v.nombre, programados[v.letra], alcanzados[v.letra], supuesto, efecto)
        )
    return tuple(filas)


def la_que_mas_mueve(filas: Sequence[Contribucion]) -> Contribucion | None:
    """La variable de mayor efecto, en cualquier dirección; None si ninguna mueve el resultado."""
    con_efecto = [(abs(c.efecto), c) for c in filas if c.efecto]
    return max(con_efecto, key=lambda par: par[0])[1] if con_efecto else None
