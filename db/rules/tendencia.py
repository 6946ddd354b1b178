"""Hacia dónde va un resultado: entre dos periodos y contra el mismo corte de otros años (calculo.md §6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from db.rules.cumplimiento import Sentido


class Rumbo(StrEnum):
    """Si un cambio acerca o aleja de lo que se busca."""

    mejora = "mejora"
    empeora = "empeora"
    igual = "igual"
    sin_juicio = "sin juicio"
    """Nominal, o un óptimo que no se conoce: se dice el cambio y no si es bueno."""


@dataclass(frozen=True, slots=True)
class Interanual:
    """El resultado al mismo corte en un año; `cambio` es contra el año medido anterior."""

    anio: int
    valor: Decimal | None
    cambio: Decimal | None
    rumbo: Rumbo


def rumbo(antes: Decimal, ahora: Decimal, sentido: Sentido, optimo: Decimal | None = None) -> Rumbo:
    """¿El cambio es bueno? `optimo` es lo programado, que sólo pide el sentido regular."""
    if antes == ahora:
        return Rumbo.igual
    if sentido is Sentido.nominal or (sentido is Sentido.regular and optimo is None):
        return Rumbo.sin_juicio
    if sentido is Sentido.regular:
        assert optimo is not None
        lejos, cerca = abs(antes - optimo), abs(ahora - optimo)
        return Rumbo.igual if lejos == cerca else Rumbo.mejora if cerca < lejos else Rumbo.empeora
    sube_es_bueno = sentido is Sentido.ascendente
    return Rumbo.mejora if (ahora > antes) is sube_es_bueno else Rumbo.empeora


def interanual(
    resultados: Mapping[int, Decimal | None], sentido: Sentido, optimo: Decimal | None = None
) -> list[Interanual]:
    """El mismo corte año contra año, del más viejo al más nuevo; un año sin resultado no se compara."""
    filas: list[Interanual] = []
    previo: Decimal | None = None
    for anio, valor in sorted(resultados.items()):
        if valor is None or previo is None:
            filas.append(Interanual(anio, valor, None, Rumbo.sin_juicio))
        else:
            filas.append(Interanual(anio, valor, valor - previo, rumbo(previo, valor, sentido, optimo)))
        previo = valor if valor is not None else previo
    return filas
