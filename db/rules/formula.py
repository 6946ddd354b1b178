"""Fórmulas de los indicadores: se revisan al guardar y se evalúan con Decimal, nunca con `eval`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from db.rules.formula_impresa import expresion_de
from db.rules.problema import Problema

UNO = Decimal(1)
CIEN = Decimal(100)
LARGO_MAXIMO = 500
ANIDADOS_MAXIMOS = 40


class DenominadorCero(ArithmeticError):
    """Al evaluar, un divisor valió 0: el resultado es «sin dato»."""


class VariableFaltante(LookupError):
    """Al evaluar, una variable no tenía valor; `args[0]` es su nombre."""


@dataclass(frozen=True, slots=True)
class Numero:
    valor: Decimal


@dataclass(frozen=True, slots=True)
class Variable:
    nombre: str


@dataclass(frozen=True, slots=True)
class Binaria:
    operador: str
    izquierda: "Nodo"
    derecha: "Nodo"


Nodo = Numero | Variable | Binaria


@dataclass(frozen=True, slots=True)
class Formula:
    """Expresión ya revisada sobre variables con nombre."""

    expresion: str
    raiz: Nodo

    @property
    def variables(self) -> frozenset[str]:
        """Los nombres que usa."""
        return frozenset(_nombres(self.raiz))

    @property
    def es_variacion(self) -> bool:
        """Cierto para una tasa de cambio: ((A/B)-1)*100 o ((A-B)/B)*100."""
        factor, resto = _sin_cien(self.raiz)
        if not factor or not isinstance(resto, Binaria):
            return False
        if resto.operador == "-" and resto.derecha == Numero(UNO):
            return isinstance(resto.izquierda, Binaria) and resto.izquierda.operador == "/"
        arriba = resto.izquierda
        return (
            resto.operador == "/"
            and isinstance(arriba, Binaria)
            and arriba.operador == "-"
            and arriba.derecha == resto.derecha
        )

    def evaluar(self, valores: Mapping[str, Decimal | None]) -> Decimal:
        """El valor exacto. DenominadorCero o VariableFaltante si no se puede calcular."""
        return _evaluar(self.raiz, valores)


def _sin_cien(nodo: Nodo) -> tuple[bool, Nodo]:
    """Quita el «× 100» de la raíz; dice si estaba."""
    if isinstance(nodo, Binaria) and nodo.operador == "*":
        if nodo.derecha == Numero(CIEN):
            return True, nodo.izquierda
        if nodo.izquierda == Numero(CIEN):
            return True, nodo.derecha
    return False, nodo


def _nombres(nodo: Nodo) -> set[str]:
    if isinstance(nodo, Variable):
        return {nodo.nombre}
    if isinstance(nodo, Binaria):
        return _nombres(nodo.izquierda) | _nombres(nodo.derecha)
    return set()


def _evaluar(nodo: Nodo, valores: Mapping[str, Decimal | None]) -> Decimal:
    if isinstance(nodo, Numero):
        return nodo.valor
    if isinstance(nodo, Variable):
        valor = valores.get(nodo.nombre)
        if valor is None:
            raise VariableFaltante(nodo.nombre)
        return valor
    izquierda = _evaluar(nodo.izquierda, valores)
    derecha = _evaluar(nodo.derecha, valores)
    match nodo.operador:
        case "+":
            return izquierda + derecha
        case "-":
            return izquierda - derecha
        case "*":
            return izquierda * derecha
    if derecha == 0:
        raise DenominadorCero(nodo.operador)
    return izquierda / derecha


def _vale_cero(nodo: Nodo) -> bool:
    """¿Es una constante que vale 0? Lo que lleva variables sólo se sabe al evaluar."""
    return not _nombres(nodo) and _evaluar(nodo, {}) == 0


_PIEZA = re.compile(
    r"\s*(?:(?P<numero>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<nombre>[^\W\d]\w*)|(?P<signo>[-+*/()]))"
)
_IGUALES = str.maketrans(
    {"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "[": "(", "]": ")", "{": "(", "}": ")"}
)


@dataclass(frozen=True, slots=True)
class _Pieza:
    tipo: str
    texto: str
    lugar: int


def _piezas(texto: str) -> list[_Pieza]:
    piezas: list[_Pieza] = []
    lugar = 0
    while texto[lugar:].strip():
        encontrada = _PIEZA.match(texto, lugar)
        if encontrada is None:
            lugar += len(texto[lugar:]) - len(texto[lugar:].lstrip())
            raise _error(f"No se entiende «{texto[lugar]}»", lugar)
        tipo = str(encontrada.lastgroup)
        piezas.append(_Pieza(tipo, encontrada[tipo], encontrada.start(tipo)))
        lugar = encontrada.end()
    return piezas


def _error(que: str, lugar: int) -> Problema:
    return Problema(
        f"{que} en la posición {lugar + 1} de la fórmula.",
        "Use números, letras de variables, + − × ÷ y paréntesis; por ejemplo (A/B)*100.",
        campo="formula",
    )


class _Lector:
    """Analizador descendente: suma → producto → factor."""

    def __init__(self, piezas: list[_Pieza], permitidas: frozenset[str], fin: int) -> None:
        self._piezas = piezas
        self._permitidas = permitidas
        self._fin = fin
        self._i = 0
        self._abiertos = 0

    def leer(self) -> Nodo:
        nodo = self._suma()
        if self._i < len(self._piezas):
            pieza = self._piezas[self._i]
            raise _error(f"Sobra «{pieza.texto}»", pieza.lugar)
        return nodo

    def _toma(self, signos: str) -> str:
        """Consume y devuelve el signo siguiente si es uno de `signos`; si no, vacío."""
        if self._i < len(self._piezas):
            pieza = self._piezas[self._i]
            if pieza.tipo == "signo" and pieza.texto in signos:
                self._i += 1
                return pieza.texto
        return ""

    def _suma(self) -> Nodo:
        nodo = self._producto()
        while signo := self._toma("+-"):
            nodo = Binaria(signo, nodo, self._producto())
        return nodo

    def _producto(self) -> Nodo:
        nodo = self._factor()
        while signo := self._toma("*/"):
            lugar = self._piezas[self._i - 1].lugar
            derecha = self._factor()
            if signo == "/" and _vale_cero(derecha):
                raise _error("Se divide entre cero", lugar)
            nodo = Binaria(signo, nodo, derecha)
        return nodo

    def _factor(self) -> Nodo:
        negativo = self._toma("-")
        if self._i >= len(self._piezas):
            raise _error("Falta un valor", self._fin)
        pieza = self._piezas[self._i]
        nodo: Nodo
        if self._toma("("):
            nodo = self._grupo(pieza.lugar)
        elif pieza.tipo == "numero":
            self._i += 1
            nodo = Numero(Decimal(pieza.texto.replace(",", "")))
        elif pieza.tipo == "nombre":
            self._i += 1
            if pieza.texto not in self._permitidas:
                raise _error(f"No hay variable «{pieza.texto}»", pieza.lugar)
            nodo = Variable(pieza.texto)
        else:
            raise _error(f"No va «{pieza.texto}»", pieza.lugar)
        return Binaria("-", Numero(Decimal(0)), nodo) if negativo else nodo

    def _grupo(self, lugar: int) -> Nodo:
        self._abiertos += 1
        if self._abiertos > ANIDADOS_MAXIMOS:
            raise _error("Hay demasiados paréntesis anidados", lugar)
        nodo = self._suma()
        if not self._toma(")"):
            raise _error("No se cierra el paréntesis", lugar)
        self._abiertos -= 1
        return nodo


def compilar(expresion: str, variables: Iterable[str]) -> Formula:
    """Revisa la expresión sobre `variables`; Problema con la posición si no se entiende."""
    if len(expresion) > LARGO_MAXIMO:
        raise _error("La fórmula es demasiado larga", LARGO_MAXIMO)
    texto = expresion.translate(_IGUALES)
    lector = _Lector(_piezas(texto), frozenset(variables), len(texto))
    return Formula(expresion.strip(), lector.leer())


def derivar(texto_impreso: str, nombres: Mapping[str, str]) -> str | None:
    """La expresión de una fórmula escrita con palabras, o None si no es segura («fórmula por confirmar»).

    `nombres`: letra → nombre de la variable. No cuentan acentos, mayúsculas, espacios ni puntuación; un error
    de dedo en un nombre se acepta sólo si el parecido no deja duda de cuál es. No se agregan paréntesis ni
    signos, y la expresión debe usar todas las variables.
    """
    con_nombre = {letra: nombre for letra, nombre in nombres.items() if nombre.strip()}
    expresion = expresion_de(texto_impreso, con_nombre)
    if not con_nombre or expresion is None:
        return None
    try:
        formula = compilar(expresion, con_nombre)
    except Problema:
        return None
    return expresion if formula.variables == frozenset(con_nombre) else None
