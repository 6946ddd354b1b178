"""Periodos, corte y la manera en que cada operación acumula (calculo.md §1)."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from db.rules.formato import mes_anio, mes_nombre
from db.rules.problema import Problema
from db.rules.texto import llave


@dataclass(frozen=True, slots=True, order=True)
class Corte:
    """Hasta qué mes (1 a 12) de qué ejercicio se mide."""

    anio: int
    mes: int

    def __post_init__(self) -> None:
        if not 1 <= self.mes <= 12:
            raise ValueError(f"No hay mes {self.mes}.")

    @property
    def en_palabras(self) -> str:
        """«junio de 2026»."""
        return mes_anio(self.anio, self.mes)

    @property
    def dia(self) -> date:
        """El último día del mes del corte."""
        return ultimo_dia(self.anio, self.mes)


class Operacion(StrEnum):
    """Cómo se acumula una meta o variable de un periodo a otro."""

    suma = "suma"
    constante = "constante"
    valor_actual = "valor_actual"
    promedio = "promedio"
    maximo = "maximo"
    minimo = "minimo"


_ESCRITAS = {
    "suma": Operacion.suma,
    "sumable": Operacion.suma,
    "constante": Operacion.constante,
    "no sumable": Operacion.valor_actual,
    "valor actual": Operacion.valor_actual,
    "valor_actual": Operacion.valor_actual,
    "promedio": Operacion.promedio,
    "maximo": Operacion.maximo,
    "minimo": Operacion.minimo,
}


def operacion_de(texto: str) -> Operacion:
    """El tipo de operación como lo escribe el formato («Sumable», «NO Sumable»…). Problema si es otro."""
    encontrada = _ESCRITAS.get(llave(texto))
    if encontrada is None:
        raise Problema(
            f"No se conoce el tipo de operación «{texto}».",
            "Use Sumable, No sumable, Constante, Valor actual, Promedio, Máximo o Mínimo.",
        )
    return encontrada


def _suma(valores: Sequence[Decimal]) -> Decimal:
    return sum(valores, Decimal(0))


def _ultimo(valores: Sequence[Decimal]) -> Decimal:
    return valores[-1]


def _promedio(valores: Sequence[Decimal]) -> Decimal:
    return _suma(valores) / len(valores)


ACUMULADORES: dict[Operacion, Callable[[Sequence[Decimal]], Decimal]] = {
    Operacion.suma: _suma,
    Operacion.constante: _ultimo,
    Operacion.valor_actual: _ultimo,
    Operacion.promedio: _promedio,
    Operacion.maximo: max,
    Operacion.minimo: min,
}


def acumular(valores: Sequence[Decimal | None], operacion: Operacion) -> Decimal | None:
    """Acumula en orden los valores no vacíos; None si no hay ninguno."""
    presentes = [v for v in valores if v is not None]
    return ACUMULADORES[operacion](presentes) if presentes else None


@dataclass(frozen=True, slots=True)
class Periodo:
    """Periodo del ejercicio: número desde 1 y sus meses primero y último."""

    numero: int
    mes_inicio: int
    mes_fin: int

    @property
    def nombre(self) -> str:
        """«abril a junio», o el mes solo."""
        fin = mes_nombre(self.mes_fin)
        return fin if self.mes_inicio == self.mes_fin else f"{mes_nombre(self.mes_inicio)} a {fin}"


class Periodicidad(StrEnum):
    """Cada cuánto se programa o se reporta."""

    mes = "mes"
    trimestre = "trimestre"
    semestre = "semestre"
    anio = "anio"


_MESES_POR_PERIODO = {"mes": 1, "trimestre": 3, "semestre": 6, "anio": 12}


def periodos(periodicidad: str) -> tuple[Periodo, ...]:
    """Los periodos del año para «mes», «trimestre», «semestre» o «anio». Problema si es otra."""
    largo = _MESES_POR_PERIODO.get(periodicidad)
    if largo is None:
        raise Problema(
            f"No se conoce la periodicidad «{periodicidad}».", "Use mes, trimestre, semestre o anio."
        )
    return _PERIODOS[largo]


_PERIODOS = {
    largo: tuple(Periodo(n + 1, n * largo + 1, (n + 1) * largo) for n in range(12 // largo))
    for largo in _MESES_POR_PERIODO.values()
}


def agrupar(
    meses: Sequence[Decimal | None] | None, operacion: Operacion, periodicidad: str
) -> tuple[Decimal | None, ...]:
    """Los doce meses acumulados por periodo; un periodo con todos sus meses vacíos queda vacío."""
    lista = periodos(periodicidad)
    if meses is None:
        return (None,) * len(lista)
    if len(meses) != 12:
        raise ValueError("Se esperan doce meses.")
    return tuple(acumular(meses[p.mes_inicio - 1 : p.mes_fin], operacion) for p in lista)


def ultimo_dia(anio: int, mes: int) -> date:
    """El último día del mes."""
    return date(anio, mes, monthrange(anio, mes)[1])


CERRADO = "último periodo cerrado"
VALIDADO = "sin cierre: último mes con avances validados"
TERMINADO = "sin cierre: último mes terminado"
SIN_TERMINAR = "sin cierre: aún no termina el primer mes"


def corte_por_defecto(anio: int, cerrados: set[int], con_validados: set[int], hoy: date) -> tuple[Corte, str]:
    """El corte de un ejercicio y por qué ese.

    Los conjuntos traen números de mes: el último mes de cada periodo cerrado, y los meses con avances
    validados.
    En enero del ejercicio, o antes, no hay mes terminado: se ofrece enero y el origen lo dice.
    """
    for meses, origen in ((cerrados, CERRADO), (con_validados, VALIDADO)):
        if meses:
            return Corte(anio, max(meses)), origen
    terminados = [m for m in range(1, 13) if ultimo_dia(anio, m) < hoy]
    if terminados:
        return Corte(anio, terminados[-1]), TERMINADO
    return Corte(anio, 1), SIN_TERMINAR
