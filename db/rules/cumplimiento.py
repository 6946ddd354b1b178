"""El cumplimiento de un resultado contra su meta, según el sentido (calculo.md §2)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from db.rules.estado import Estado
from db.rules.formato import numero

CIEN = Decimal(100)
CERO = Decimal(0)


class Sentido(StrEnum):
    """Hacia dónde debe moverse un resultado para ser mejor."""

    ascendente = "ascendente"
    descendente = "descendente"
    regular = "regular"
    nominal = "nominal"


@dataclass(frozen=True, slots=True)
class Cumplimiento:
    """`valor` en percent, o None con el estado forzado cuando no hay porcentaje; `formula` en palabras."""

    valor: Decimal | None
    forzado: Estado | None
    formula: str


def cumplimiento(
    real: Decimal,
    programado: Decimal,
    sentido: Sentido,
    *,
    variacion: bool = False,
    base: Decimal | None = None,
    metodo_base: bool = False,
) -> Cumplimiento:
    """Compara lo alcanzado con lo programado, ya acumulados sobre los mismos periodos.

    `variacion`: los dos son tasas de cambio en percent y se comparan como índices. `metodo_base`: la ficha
    pide comparar contra su línea base; si no se puede, se usa el método común y la fórmula dice por qué.
    """
    if sentido is Sentido.nominal:
        return Cumplimiento(None, Estado.no_toca, "nominal: se muestra, no se evalúa")
    if variacion and programado > -CIEN and real > -CIEN:
        return _como_indice(real, programado, sentido)
    if sentido is Sentido.regular:
        return _regular(real, programado)
    if sentido is Sentido.descendente:
        return _descendente(real, programado, base if metodo_base else None, metodo_base)
    if programado <= 0:
        return _sin_porcentaje(real >= programado)
    return Cumplimiento(real / programado * CIEN, None, "alcanzado ÷ programado × 100")


def _como_indice(real: Decimal, programado: Decimal, sentido: Sentido) -> Cumplimiento:
    arriba, abajo = CIEN + real, CIEN + programado
    if sentido is Sentido.descendente:
        arriba, abajo = abajo, arriba
        return Cumplimiento(arriba / abajo * CIEN, None, "(100 + programado) ÷ (100 + alcanzado) × 100")
    return Cumplimiento(arriba / abajo * CIEN, None, "(100 + alcanzado) ÷ (100 + programado) × 100")


def _regular(real: Decimal, programado: Decimal) -> Cumplimiento:
    if programado == 0:
        return _sin_porcentaje(real == 0)
    valor = max(CERO, 1 - abs(real - programado) / abs(programado)) * CIEN
    return Cumplimiento(valor, None, "(1 − |alcanzado − programado| ÷ |programado|) × 100, mínimo 0")


def _descendente(real: Decimal, programado: Decimal, base: Decimal | None, pidio_base: bool) -> Cumplimiento:
    if pidio_base and base is not None and base > programado:
        valor = max(CERO, (base - real) / (base - programado) * CIEN)
        return Cumplimiento(valor, None, "(base − alcanzado) ÷ (base − programado) × 100, mínimo 0")
    porque = f"; la base ({_escrito(base)}) no permite el método con base" if pidio_base else ""
    if real == 0 and programado >= 0:
        return Cumplimiento(CIEN, None, "alcanzado 0 en un indicador descendente: cumplido" + porque)
    if programado == 0 and real > 0:
        return Cumplimiento(CERO, Estado.critico, "programado 0 y alcanzado mayor que 0: crítico" + porque)
    if programado < 0 or real < 0:
        return _sin_porcentaje(real <= programado)
    return Cumplimiento(programado / real * CIEN, None, "programado ÷ alcanzado × 100" + porque)


def _sin_porcentaje(cumple: bool) -> Cumplimiento:
    estado = Estado.adecuado if cumple else Estado.critico
    detalle = "cumple lo programado" if cumple else "no cumple lo programado"
    pesa = 100 if cumple else 0
    return Cumplimiento(None, estado, f"programado menor o igual a 0, sin porcentaje: {detalle}; pesa {pesa}")


def _escrito(valor: Decimal | None) -> str:
    return "vacía" if valor is None else numero(valor)
