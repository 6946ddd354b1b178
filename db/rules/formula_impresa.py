"""De la fórmula escrita con palabras en la ficha a una expresión sobre sus variables (calculo.md §1)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from db.rules.texto import llave

# Letras que los archivos dañados traen en lugar de una vocal acentuada: valen por cualquier letra.
_DANADAS = "ÿ⿿\ufffd"
_CUALQUIERA = "?"
_PIEZA = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|[a-z0-9?]+|[-+*/()]")
_SIGNOS = frozenset("-+*/()")
_IGUALES = str.maketrans({"×": "*", "÷": "/", "−": "-", "–": "-", "[": "(", "]": ")", "{": "(", "}": ")"})
_NUMERO = re.compile(r"[0-9][0-9,.]*")
_PARECIDO_MINIMO = 0.9
_VENTAJA_MINIMA = 0.02


def expresion_de(texto_impreso: str, nombres: Mapping[str, str]) -> str | None:
    """El texto con los nombres de las variables cambiados por sus letras; None si queda una palabra suelta.

    `nombres`: letra mayúscula → nombre. Quien llama revisa que la expresión se entienda.
    """
    propios = {letra: _piezas(nombre) for letra, nombre in nombres.items()}
    piezas = _piezas(texto_impreso.rsplit("=", 1)[-1])
    for letra in sorted(propios, key=lambda x: (-sum(map(len, propios[x])), x)):
        piezas = _cambiar(piezas, propios[letra], letra)
    piezas = _por_parecido(piezas, {x: p for x, p in propios.items() if x not in piezas})
    return _escribir(piezas, frozenset(propios))


def _piezas(texto: str) -> list[str]:
    """Palabras en minúsculas sin acentos, números y signos; la puntuación se pierde."""
    for danada in _DANADAS:
        texto = texto.replace(danada, _CUALQUIERA).replace(danada.upper(), _CUALQUIERA)
    return _PIEZA.findall(llave(texto.translate(_IGUALES)))


def _misma(a: str, b: str) -> bool:
    return a == b or (
        len(a) == len(b)
        and _CUALQUIERA in a + b
        and all(x == y or _CUALQUIERA in (x, y) for x, y in zip(a, b, strict=True))
    )


def _cambiar(piezas: list[str], nombre: Sequence[str], letra: str) -> list[str]:
    """Cada aparición completa de `nombre` cambiada por su letra, mayúscula como ninguna palabra lo es."""
    salida: list[str] = []
    i = 0
    while nombre and i < len(piezas):
        tramo = piezas[i : i + len(nombre)]
        if len(tramo) == len(nombre) and all(map(_misma, tramo, nombre)):
            salida.append(letra)
            i += len(nombre)
        else:
            salida.append(piezas[i])
            i += 1
    return salida or piezas


def _tramos(piezas: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Principio y fin de cada tramo seguido de palabras entre signos."""
    inicio = None
    for i, pieza in enumerate([*piezas, "+"]):
        suelta = pieza in _SIGNOS or pieza.isupper()
        if not suelta and inicio is None:
            inicio = i
        elif suelta and inicio is not None:
            yield inicio, i
            inicio = None


def _por_parecido(piezas: list[str], faltan: Mapping[str, Sequence[str]]) -> list[str]:
    """Cambia los tramos de palabras que sólo pueden ser una de las variables que faltan."""
    salida = list(piezas)
    for inicio, fin in reversed(list(_tramos(piezas))):
        tramo = " ".join(piezas[inicio:fin])
        if _NUMERO.fullmatch(tramo) or tramo == "x":
            continue
        notas = sorted(
            ((SequenceMatcher(None, tramo, " ".join(p), False).ratio(), x) for x, p in faltan.items()),
            reverse=True,
        )
        if notas and notas[0][0] >= _PARECIDO_MINIMO:
            segunda = notas[1][0] if len(notas) > 1 else 0.0
            if notas[0][0] - segunda >= _VENTAJA_MINIMA:
                salida[inicio:fin] = [notas[0][1]]
    return salida


def _escribir(piezas: Sequence[str], letras: frozenset[str]) -> str | None:
    """La expresión compacta; None si quedó alguna palabra sin variable."""
    partes: list[str] = []
    for pieza in piezas:
        if pieza == "x":
            partes.append("*")
        elif pieza in letras or pieza in _SIGNOS or _NUMERO.fullmatch(pieza):
            partes.append(pieza.replace(",", ""))
        else:
            return None
    return "".join(partes)
