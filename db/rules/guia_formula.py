"""El método de cálculo impreso en la Guía Consultiva → una fórmula sobre variables con nombre.

Las variables son las palabras entre los signos: «(Gasto corriente / Gasto total) * 100» son A y B. Los
índices nombran las suyas (X1, X2…) y las describen aparte.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from db.rules.formula import DenominadorCero, Formula, VariableFaltante, compilar
from db.rules.problema import Problema
from db.rules.texto import llave, normal

LETRAS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_ABREVIATURA = re.compile(r"\([a-záéíóúñ]{1,3}\d?\)", re.IGNORECASE)
"""«(as)», «(km2)»: son parte del nombre, no un grupo."""
_GENERO = re.compile(r"\b(la|el|los|las)/(la|el|los|las|a|o|as|os)\b", re.IGNORECASE)
"""«la/el» tampoco es una división."""
_PIEZA = re.compile(r"\s*([-+*/()])|\s*([^-+*/()]+)")
_GUIONES = str.maketrans({"–": "-", "−": "-", "×": "*", "÷": "/", "[": "(", "]": ")"})
_SOLO_NUMERO = re.compile(r"[\d,]+(?:\.\d+)?")
_COLA = re.compile(r"([*/]\s*(?:-\s*)?[\d,.]+|\))\s+[^\W\d].*$", re.DOTALL)
"""Lo que sigue a la fórmula completa: notas y nombres de variables pegados al método."""
_EQUIS = re.compile(r"X\d+")
_DEFINICION = re.compile(r"(X\d+)\s*=\s*(.*?)(?=\s*X\d+\s*=|\s*NOTA|$)", re.DOTALL)
_MUDAS = frozenset(("a", "al", "de", "del", "el", "en", "la", "las", "los", "mismas", "mismos", "y"))
_PREVIO = "previo"


@dataclass(frozen=True, slots=True)
class VariableGuia:
    """Una variable: su letra en la fórmula y su nombre en la guía."""

    letra: str
    nombre: str


@dataclass(frozen=True, slots=True)
class FormulaGuia:
    """La fórmula con sus variables en orden; en un índice cada variable vale 1 (se cumple) o 0."""

    formula: Formula
    variables: tuple[VariableGuia, ...]
    indice: bool

    def calcular(self, valores: Mapping[str, Decimal | None]) -> Decimal | None:
        """El valor exacto; None si falta una variable. Problema si la fórmula divide entre cero."""
        try:
            return self.formula.evaluar(valores)
        except VariableFaltante:
            return None
        except DenominadorCero as error:
            raise Problema(
                "Con esos datos la fórmula divide entre 0.",
                "Revise el dato del divisor; si de verdad es 0, el indicador queda sin valor.",
                "variables",
            ) from error


@lru_cache(maxsize=256)
def leer_formula(metodo: str, variables: str) -> FormulaGuia | None:
    """La fórmula de un método impreso; None si no se entiende: entonces se captura el valor."""
    limpio = _GENERO.sub(r"\1", _ABREVIATURA.sub("", normal(metodo).translate(_GUIONES)))
    texto = _sin_cola(limpio).rstrip(". ")
    nombres: dict[str, str] = {}
    piezas = [_escrita(*par, nombres) for par in _PIEZA.findall(texto)]
    if not nombres or len(piezas) < 2:
        return None
    try:
        formula = compilar(" ".join(piezas), nombres)
    except Problema:
        return None
    if all(_EQUIS.fullmatch(n) for n in nombres):
        definidas = {letra: normal(que).rstrip(".; ") for letra, que in _DEFINICION.findall(variables)}
        suyas = tuple(VariableGuia(letra, definidas.get(letra, letra)) for letra in nombres)
        return FormulaGuia(formula, suyas, indice=True)
    return FormulaGuia(formula, tuple(VariableGuia(x, nombre) for x, nombre in nombres.items()), indice=False)


def _sin_cola(texto: str) -> str:
    """El texto hasta donde la fórmula cierra: con los paréntesis completos y sin más signos que la sigan."""
    for hallada in _COLA.finditer(texto):
        cabeza = texto[: hallada.end(1)]
        if cabeza.count("(") == cabeza.count(")"):
            return cabeza
    return texto


def _escrita(signo: str, palabras: str, nombres: dict[str, str]) -> str:
    """Una pieza de la expresión; las palabras se cambian por su letra y quedan en `nombres`."""
    limpio = normal(palabras).strip(" .,")
    if signo or not limpio:
        return signo
    if _SOLO_NUMERO.fullmatch(limpio):
        return limpio
    if _EQUIS.fullmatch(limpio):
        nombres[limpio] = limpio
        return limpio
    for letra, nombre in nombres.items():
        if _misma(nombre, limpio):
            return letra
    letra = LETRAS[len(nombres) % len(LETRAS)]
    nombres[letra] = limpio[0].upper() + limpio[1:]
    return letra


def _misma(una: str, otra: str) -> bool:
    """¿Nombran lo mismo? Iguales, o una abrevia a la otra sin cambiar de año."""
    a, b = (set(re.findall(r"\w+", llave(texto))) - _MUDAS for texto in (una, otra))
    return a == b or ((_PREVIO in a) == (_PREVIO in b) and (a < b or b < a) and min(len(a), len(b)) > 3)
