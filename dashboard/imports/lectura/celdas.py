"""Valores de celda → el texto que ve una persona."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

_EN_INGLES = {"#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
_EN_ESPANOL = {"#¡REF!", "#¡DIV/0!", "#N/D", "#¡VALOR!", "#¿NOMBRE?", "#¡NUM!", "#¡NULO!"}
_DE_LIBREOFFICE = {f"Err:{n}" for n in range(501, 541)}

ERRORES = frozenset(_EN_INGLES | _EN_ESPANOL | _DE_LIBREOFFICE)
"""Lo que una hoja de cálculo escribe en una celda cuya fórmula falló."""


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


def textos(valores: Collection[Any]) -> list[str | None]:
    """`texto_de` para una columna; las de un solo tipo, que son casi todas, van sin llamada por celda."""
    tipos = set(map(type, valores))
    if tipos == {str}:
        return [v if v and not v.isspace() else None for v in valores]
    if tipos == {float}:
        # Con dos decimales y menos de 16 signos, repr ya es el texto: es el caso del dinero.
        return [
            t if t[-3:-2] == "." and len(t) < 16 else numero(v)
            for v, t in zip(valores, map(repr, valores), strict=True)
        ]
    return [texto_de(v) for v in valores]
