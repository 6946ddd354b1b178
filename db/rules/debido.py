"""Un indicador listo para evaluarse y qué periodos debe: los que cierran su frecuencia (calculo.md §1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from db.rules.banda import Banda
from db.rules.cumplimiento import Sentido
from db.rules.periodo import Operacion

Trimestres = Sequence[Decimal | None]

CIERRES = {
    "mensual": (1, 2, 3, 4),
    "trimestral": (1, 2, 3, 4),
    "semestral": (2, 4),
    "anual": (4,),
}
"""Trimestres en que termina cada frecuencia de medición."""

ULTIMO = (Operacion.constante, Operacion.valor_actual)


@dataclass(frozen=True, slots=True)
class VariableEvaluable:
    """Una variable y sus cuatro trimestres."""

    letra: str
    nombre: str
    operacion: Operacion
    programado: Trimestres
    original: Trimestres
    alcanzado: Trimestres
    preliminar: Trimestres


@dataclass(frozen=True, slots=True)
class IndicadorEvaluable:
    """Un indicador con sus variables; `formula` vacía es «por confirmar»."""

    clave: str
    nombre: str
    variables: tuple[VariableEvaluable, ...]
    formula: str | None
    frecuencia: str
    sentido: Sentido = Sentido.ascendente
    base: Decimal | None = None
    metodo_base: bool = False
    bandas: tuple[Banda, ...] | None = None
    ventanas_cerradas: frozenset[int] = frozenset()
    fuente: str = ""


@dataclass(frozen=True, slots=True)
class PeriodoDebido:
    """Un periodo de la frecuencia: del trimestre `desde` al `cierre`, y los que debe cada variable."""

    desde: int
    cierre: int
    debidos: Mapping[str, Sequence[int]]


def prometido(indicador: IndicadorEvaluable, variable: VariableEvaluable, campo: str) -> list[Decimal | None]:
    """Los trimestres de una variable; un 0 en un trimestre que no cierra la frecuencia está vacío."""
    cierres = CIERRES[indicador.frecuencia]
    valores: Trimestres = getattr(variable, campo)
    return [None if valor == 0 and n not in cierres else valor for n, valor in enumerate(valores, 1)]


def _debido(variable: VariableEvaluable, valor: Decimal | None, cierra: bool) -> bool:
    """Una suma debe lo que programó mayor que 0; lo demás, sólo donde cierra su frecuencia."""
    if valor is None:
        return False
    return valor > 0 if variable.operacion is Operacion.suma else cierra


def trimestres_debidos(
    indicador: IndicadorEvaluable, campo: str, hasta: int
) -> tuple[int, dict[str, list[int]]]:
    """Último cierre debido (0 si ninguno) y, por variable, los trimestres en que debe valor."""
    cierres = [n for n in CIERRES[indicador.frecuencia] if n <= hasta]
    prometidos = {v.letra: prometido(indicador, v, campo) for v in indicador.variables}
    debidos = {
        v.letra: [
            n
            for n in range(1, (cierres[-1] if cierres else 0) + 1)
            if _debido(v, prometidos[v.letra][n - 1], n in cierres)
        ]
        for v in indicador.variables
    }
    con_deuda = max((n for numeros in debidos.values() for n in numeros), default=0)
    return next((c for c in cierres if c >= con_deuda), 0) if con_deuda else 0, debidos


def periodos_debidos(indicador: IndicadorEvaluable) -> list[PeriodoDebido]:
    """Los periodos de su frecuencia en que alguna variable debe valor, en orden."""
    _, debidos = trimestres_debidos(indicador, "programado", 4)
    periodos = []
    previo = 0
    for cierre in CIERRES[indicador.frecuencia]:
        tramo = {letra: [n for n in suyos if previo < n <= cierre] for letra, suyos in debidos.items()}
        if any(tramo.values()):
            periodos.append(PeriodoDebido(previo + 1, cierre, tramo))
        previo = cierre
    return periodos
