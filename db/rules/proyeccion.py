"""Proyección al cierre del año: sólo orienta en pantalla, nunca lleva color ni va a un documento oficial."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from db.rules.cumplimiento import sin_ruido

PERIODOS_MINIMOS = 4
METODO = "ritmo medio de los periodos validados; el rango repite el periodo más bajo y el más alto"


@dataclass(frozen=True, slots=True)
class Proyeccion:
    """Acumulado esperado al cierre, en la unidad de la meta, con su rango y el método en palabras."""

    valor: Decimal
    minimo: Decimal
    maximo: Decimal
    metodo: str


def proyectar(validados: Sequence[Decimal], periodos_del_anio: int) -> Proyeccion | None:
    """Proyecta una suma al cierre; `validados` son sus periodos oficiales, seguidos y desde el primero.

    None con menos de cuatro periodos (calculo.md §6) o si ya terminaron todos.
    """
    hechos = len(validados)
    faltan = periodos_del_anio - hechos
    if hechos < PERIODOS_MINIMOS or faltan <= 0:
        return None
    acumulado = sum(validados, Decimal(0))
    return Proyeccion(
        sin_ruido(acumulado + acumulado / hechos * faltan),
        acumulado + min(validados) * faltan,
        acumulado + max(validados) * faltan,
        METODO,
    )
