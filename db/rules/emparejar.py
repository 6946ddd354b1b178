"""Reconocer un texto entre otros: el mismo con otra puntuación, el corregido o el que ocupa su lugar."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from db.rules.texto import llave

PARECIDO = 0.85
"""De 0 a 1: por debajo, dos textos dicen cosas distintas."""

_SIGNOS = re.compile(r"[^0-9a-z]+")


def esencia(texto: str) -> str:
    """El texto sin acentos, mayúsculas ni puntuación: lo que queda al comparar."""
    return _SIGNOS.sub(" ", llave(texto)).strip()


def parecido(a: str, b: str) -> float:
    """Qué tanto se parecen dos textos, de 0 a 1."""
    una, otra = esencia(a), esencia(b)
    if not una or not otra:
        return 0.0
    return 1.0 if una == otra else SequenceMatcher(None, una, otra, False).ratio()


@dataclass(frozen=True, slots=True)
class Texto:
    """Un texto con su lugar; `fijo`: por su lugar solo no se confunde con otro."""

    texto: str
    lugar: Hashable
    fijo: bool = False


def emparejar(nuevos: Sequence[Texto], existentes: Sequence[Texto]) -> list[int | None]:
    """De cada nuevo, la posición del existente que es el mismo; None si no hay.

    Primero por el mismo texto, luego por el más parecido y al final por el lugar. Nadie sirve dos veces.
    """
    pares: list[int | None] = [None] * len(nuevos)
    libres = dict(enumerate(existentes))

    def tomar(i: int, j: int) -> None:
        pares[i] = j
        del libres[j]

    for i, nuevo in enumerate(nuevos):
        iguales = [j for j, e in libres.items() if esencia(e.texto) == esencia(nuevo.texto)]
        if iguales:
            tomar(i, min(iguales, key=lambda j: libres[j].lugar != nuevo.lugar))
    for i, nuevo in enumerate(nuevos):
        if pares[i] is None and libres:
            j = max(libres, key=lambda j: parecido(libres[j].texto, nuevo.texto))
            if parecido(libres[j].texto, nuevo.texto) >= PARECIDO:
                tomar(i, j)
    for i, nuevo in enumerate(nuevos):
        if pares[i] is None:
            aqui = [j for j, e in libres.items() if e.lugar == nuevo.lugar and not e.fijo]
            if aqui:
                tomar(i, aqui[0])
    return pares
