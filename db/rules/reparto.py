"""Repartir centavos enteros en partes, sin perder ninguno (calculo.md §4)."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction


def repartir(centavos: int, partes: Mapping[str, Decimal]) -> dict[str, int]:
    """Reparte por el mayor residuo; los empates, por código. La suma es exactamente `centavos`.

    Las partes se normalizan a 1. Lanza `ValueError` si suman 0 o alguna es negativa.
    """
    total = sum(map(Fraction, partes.values()), Fraction(0))
    if total <= 0 or any(parte < 0 for parte in partes.values()):
        raise ValueError("Las partes deben ser positivas.")
    signo = -1 if centavos < 0 else 1
    # Con fracciones exactas: un residuo redondeado podría dar a dos partes el mismo centavo.
    exactas = {c: abs(centavos) * Fraction(parte) / total for c, parte in partes.items()}
    enteras = {codigo: int(exacta) for codigo, exacta in exactas.items()}
    sobran = abs(centavos) - sum(enteras.values())
    por_residuo = sorted(partes, key=lambda codigo: (enteras[codigo] - exactas[codigo], codigo))
    for codigo in por_residuo[:sobran]:
        enteras[codigo] += 1
    return {codigo: signo * entera for codigo, entera in enteras.items()}


def parte_igual(cuantas: int) -> Decimal:
    """La parte de cada una de `cuantas` citas que no dicen la suya."""
    return Decimal(1) / cuantas
