"""Valores de celda → el texto que ve una persona."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

ERRORES = frozenset(
    "#REF! #DIV/0! #N/A #VALUE! #NAME? #NUM! #NULL! #SPILL! #CALC! "
    "#¡REF! #¡DIV/0! #N/D #¡VALOR! #¿NOMBRE? #¡NUM! #¡NULO! #¡DESBORDAMIENTO! #¡CALC!".split()
)


def numero(valor: float) -> str:
    """Número de una celda sin exponente y con las 15 cifras que muestra Excel: 1020401.0 → «1020401».

    Un número con tres decimales lleva un cero más («1.2340»): escrito «1.234» sería ambiguo para
    `leer_numero`, y el que viene de una celda numérica no lo es.
    """
    texto = repr(valor)
    if texto.endswith(".0"):
        return texto[:-2] if texto != "-0.0" else "0"
    if (len(texto) > 15 or "e" in texto) and isfinite(valor):
        texto = format(Decimal(format(valor, ".15g")), "f")
    return f"{texto}0" if texto[-4:-3] == "." else texto


def texto_de(valor: Any) -> str | None:
    """Texto de un valor de calamine o de un CSV; None si la celda está en blanco."""
    if isinstance(valor, str):
        return valor if valor and not valor.isspace() else None
    if isinstance(valor, bool):
        return "VERDADERO" if valor else "FALSO"
    if isinstance(valor, (int, float)):
        return numero(float(valor)) if isinstance(valor, float) else str(valor)
    return None if valor is None else _texto_de_fecha(valor)


def _texto_de_fecha(valor: date | time | timedelta) -> str:
    """Fecha, hora o duración en ISO; la medianoche no se escribe."""
    if isinstance(valor, datetime) and valor.time() == time.min:
        return valor.date().isoformat()
    return str(valor) if isinstance(valor, timedelta) else valor.isoformat()


def textos(valores: Iterable[Any]) -> list[str | None]:
    """`texto_de` para una columna; texto y número, que son casi todas las celdas, van sin llamada de más."""
    return [
        (valor if valor and not valor.isspace() else None)
        if valor.__class__ is str
        else (numero(valor) if valor.__class__ is float else texto_de(valor))
        for valor in valores
    ]
