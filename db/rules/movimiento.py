"""Los meses de una clave: en cuáles hubo gasto y en cuáles no, escritos en una suma de potencias de dos."""

from collections.abc import Sequence
from itertools import groupby

from db.rules.formato import mes_nombre

MESES = range(1, 13)


def meses_de(suma: int) -> tuple[int, ...]:
    """Los meses (1 a 12) cuya potencia está en la suma: enero vale 1, febrero 2, marzo 4…"""
    return tuple(mes for mes in MESES if suma & 1 << (mes - 1))


def sin_gasto(suma: int, corte: int) -> tuple[int, ...]:
    """Los meses de enero al corte que no están en la suma."""
    con = meses_de(suma)
    return tuple(mes for mes in range(1, corte + 1) if mes not in con)


def meses_en_palabras(meses: Sequence[int]) -> str:
    """«marzo, julio a septiembre»: los seguidos se dicen por sus extremos."""
    tramos = []
    for _, tramo in groupby(enumerate(meses), key=lambda par: par[1] - par[0]):
        juntos = [mes for _, mes in tramo]
        extremos = mes_nombre(juntos[0]), mes_nombre(juntos[-1])
        tramos.append(extremos[0] if len(juntos) == 1 else f"{extremos[0]} a {extremos[1]}")
    return ", ".join(tramos)
