"""De lo que el municipio capturó en un año al estado de cada indicador de la Guía Consultiva."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from db.rules.guia import (
    EstadoGuia,
    Umbrales,
    cifra,
    elementos_pedidos,
    estado_de_desempeno,
    estado_de_gestion,
    leer_umbrales,
)
from db.rules.guia_formula import FormulaGuia, leer_formula
from db.rules.problema import Problema
from db.rules.texto import llave

OPCION = "opcion"
"""Nombre de la «variable» con que se guarda la opción elegida: optimo, en_proceso o rezago."""

GESTION = "gestion"
COMPLETO = "con todos los elementos"
_MUDAS = frozenset(
    ("a", "al", "con", "de", "del", "el", "en", "la", "las", "los", "o", "que", "su", "un", "una", "y")
)


@dataclass(frozen=True, slots=True)
class Ficha:
    """Lo que la guía dice de un indicador."""

    clave: str
    nombre: str
    tema: str
    tipo: str
    revision: str = ""
    formula: str = ""
    variables: str = ""
    optimo: str = ""
    en_proceso: str = ""
    rezago: str = ""
    sin_variables: str = "nd"

    @property
    def de_gestion(self) -> bool:
        return self.tipo == GESTION

    @property
    def una_vez(self) -> bool:
        """En óptimo ya no se vuelve a revisar."""
        return llave(self.revision).startswith("una vez")

    @property
    def umbrales(self) -> Umbrales:
        return leer_umbrales(self.optimo, self.en_proceso, self.rezago)

    @property
    def calculo(self) -> FormulaGuia | None:
        """La fórmula, si se entiende y el indicador no es de elegir opción."""
        if self.de_gestion or self.umbrales.opciones is not None:
            return None
        return leer_formula(self.formula, self.variables)


@dataclass(frozen=True, slots=True)
class Dato:
    """Lo capturado de un indicador en un año. Sin capturar nada, `revisado` es falso."""

    revisado: bool = False
    no_medible: bool = False
    valor: Decimal | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    cumplen: int = 0


@dataclass(frozen=True, slots=True)
class Evaluado:
    """El estado de un indicador en un año; `desde`, el año en que llegó a óptimo y dejó de revisarse."""

    estado: EstadoGuia
    revisado: bool
    cifra: str
    valor: Decimal | None = None
    desde: int | None = None


def evaluar(ficha: Ficha, total: int, dato: Dato, automaticas: Mapping[str, Decimal]) -> Evaluado:
    """El estado según la guía. `total`: elementos del indicador; `automaticas`: lo que sale de otros."""
    if dato.no_medible:
        return Evaluado(EstadoGuia.NM, True, "no medible")
    if ficha.de_gestion:
        total = total or elementos_pedidos(ficha.optimo)
        estado = estado_de_gestion(dato.cumplen, total)
        return Evaluado(estado, dato.revisado, f"{dato.cumplen} de {total} elementos")
    umbrales = ficha.umbrales
    if umbrales.opciones is not None:
        return _de_opcion(ficha, dato, umbrales.opciones)
    valor = valor_de(ficha, dato, automaticas)
    estado = estado_de_desempeno(valor, umbrales, ficha.sin_variables)
    return Evaluado(estado, dato.revisado, cifra(valor, umbrales), valor)


def _de_opcion(ficha: Ficha, dato: Dato, opciones: Sequence[str]) -> Evaluado:
    elegida = dato.variables.get(OPCION, "")
    nombres = dict(zip(("optimo", "en_proceso", "rezago"), opciones, strict=True))
    if elegida not in nombres:
        return Evaluado(EstadoGuia(ficha.sin_variables), dato.revisado, cifra(None, ficha.umbrales))
    return Evaluado(EstadoGuia(elegida), dato.revisado, nombres[elegida])


def valor_de(ficha: Ficha, dato: Dato, automaticas: Mapping[str, Decimal]) -> Decimal | None:
    """El valor de un indicador de desempeño; None si faltan variables o la división no se puede hacer."""
    calculo = ficha.calculo
    if calculo is None:
        return dato.valor
    escritas = {letra: Decimal(texto) for letra, texto in dato.variables.items() if letra != OPCION}
    try:
        return calculo.calcular({**escritas, **automaticas})
    except Problema:
        return None


def arrastrar(ficha: Ficha, ahora: Evaluado, previo: Evaluado | None, anio_previo: int) -> Evaluado:
    """Lo que la guía revisa «una vez en óptimo» conserva su óptimo del año anterior."""
    if previo is None or not ficha.una_vez or previo.estado is not EstadoGuia.OPTIMO:
        return ahora
    return replace(previo, desde=previo.desde or anio_previo, revisado=True)


def automaticas(ficha: Ficha, del_tema: Iterable[tuple[str, EstadoGuia]]) -> dict[str, Decimal]:
    """Las variables de un índice que son otro indicador completo: 1 si está en óptimo, 0 si no.

    `del_tema`: nombre y estado de los indicadores de gestión de su tema.
    """
    calculo = ficha.calculo
    if calculo is None or not calculo.indice:
        return {}
    estados = {llave(nombre): estado for nombre, estado in del_tema}
    valores = {}
    for variable in calculo.variables:
        nombre = llave(variable.nombre)
        estado = estados.get(nombre.removesuffix(COMPLETO).strip())
        if nombre.endswith(COMPLETO) and estado is not None:
            valores[variable.letra] = Decimal(estado is EstadoGuia.OPTIMO)
    return valores


def propuestas(ficha: Ficha, elementos: Iterable[tuple[str, bool]]) -> dict[str, bool]:
    """Las variables de un índice que nombran un elemento de su tema: si ese elemento se comprueba.

    `elementos`: texto y si cumple. Sólo cuando un único elemento trae todas las palabras de la variable.
    """
    calculo = ficha.calculo
    if calculo is None or not calculo.indice:
        return {}
    candidatos = [(_palabras(texto), cumple) for texto, cumple in elementos]
    valores = {}
    for variable in calculo.variables:
        buscadas = _palabras(variable.nombre)
        hallados = [cumple for palabras, cumple in candidatos if buscadas and buscadas <= palabras]
        if len(hallados) == 1:
            valores[variable.letra] = hallados[0]
    return valores


def _palabras(texto: str) -> frozenset[str]:
    """Las palabras que distinguen, en singular."""
    todas = re.findall(r"\w+", llave(texto))
    return frozenset(p.removesuffix("s") for p in todas if p not in _MUDAS)


@dataclass(frozen=True, slots=True)
class Conteo:
    """Cuántos indicadores hay en cada estado; `sin_revisar` son los que nadie ha capturado."""

    por_estado: dict[EstadoGuia, int]
    total: int
    sin_revisar: int

    @property
    def medibles(self) -> int:
        """Los que sí le tocan al municipio."""
        return self.total - self.por_estado[EstadoGuia.NM]

    @property
    def optimo(self) -> Decimal | None:
        """Porcentaje de los medibles en óptimo."""
        if not self.medibles:
            return None
        return Decimal(self.por_estado[EstadoGuia.OPTIMO] * 100) / self.medibles


def contar(estados: Iterable[tuple[EstadoGuia, bool]]) -> Conteo:
    """El conteo de (estado, revisado)."""
    lista = list(estados)
    cuenta = Counter(estado for estado, _ in lista)
    return Conteo({e: cuenta[e] for e in EstadoGuia}, len(lista), sum(not revisado for _, revisado in lista))
