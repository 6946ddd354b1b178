"""El cumplimiento de un resultado contra su meta, según el sentido (calculo.md §2)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from db.rules.estado import Estado
from db.rules.formato import numero, redondear

CIEN = Decimal(100)
CERO = Decimal(0)
_DECIMALES = 12


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


def sin_ruido(valor: Decimal) -> Decimal:
    """El valor sin el residuo de dividir con precisión finita: 89.99…9 que debía ser 90 vuelve a ser 90.

    Decide de qué lado de una frontera cae; doce decimales están muy por debajo de cualquier dato capturado.
    """
    return redondear(valor, _DECIMALES).normalize() + CERO


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
    if sentido is Sentido.regular:
        return _regular(real, programado)
    if variacion and programado > -CIEN and real > -CIEN:
        return _como_indice(real, programado, sentido)
    if sentido is Sentido.descendente:
        return _descendente(real, programado, base if metodo_base else None, metodo_base)
    if programado <= 0:
        return _sin_porcentaje(real >= programado)
    return _porcentaje(real / programado, "alcanzado ÷ programado × 100")


def _porcentaje(razon: Decimal, formula: str) -> Cumplimiento:
    return Cumplimiento(sin_ruido(razon * CIEN), None, formula)


def _como_indice(real: Decimal, programado: Decimal, sentido: Sentido) -> Cumplimiento:
    logrado, prometido = CIEN + real, CIEN + programado
    if sentido is Sentido.descendente:
        return _porcentaje(prometido / logrado, "(100 + programado) ÷ (100 + alcanzado) × 100")
    return _porcentaje(logrado / prometido, "(100 + alcanzado) ÷ (100 + programado) × 100")


def _regular(real: Decimal, programado: Decimal) -> Cumplimiento:
    if programado == 0:
        return _sin_porcentaje(real == 0)
    razon = max(CERO, 1 - abs(real - programado) / abs(programado))
    return _porcentaje(razon, "(1 − |alcanzado − programado| ÷ |programado|) × 100, mínimo 0")


def _descendente(real: Decimal, programado: Decimal, base: Decimal | None, pidio_base: bool) -> Cumplimiento:
    if pidio_base and base is not None and base > programado:
        razon = max(CERO, (base - real) / (base - programado))
        return _porcentaje(razon, "(base − alcanzado) ÷ (base − programado) × 100, mínimo 0")
    porque = f"; la base ({_escrito(base)}) no permite el método con base" if pidio_base else ""
    if real == 0 and programado >= 0:
        return Cumplimiento(CIEN, None, "alcanzado 0 en un indicador descendente: cumplido" + porque)
    if programado == 0 and real > 0:
        return Cumplimiento(CERO, Estado.critico, "programado 0 y alcanzado mayor que 0: crítico" + porque)
    if programado < 0 or real < 0:
        return _sin_porcentaje(real <= programado)
    return _porcentaje(programado / real, "programado ÷ alcanzado × 100" + porque)


def _sin_porcentaje(cumple: bool) -> Cumplimiento:
    estado = Estado.adecuado if cumple else Estado.critico
    detalle = "cumple lo programado" if cumple else "no cumple lo programado"
    pesa = 100 if cumple else 0
    return Cumplimiento(None, estado, f"con cifras de 0 o menos no hay porcentaje: {detalle}; pesa {pesa}")


def _escrito(valor: Decimal | None) -> str:
    return "vacía" if valor is None else numero(valor)
