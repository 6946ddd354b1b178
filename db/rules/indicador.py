"""Evaluar un indicador a un corte: acumula sus variables y luego aplica su fórmula (calculo.md §1-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from db.rules.banda import Banda
from db.rules.cumplimiento import Sentido, cumplimiento
from db.rules.estado import Estado
from db.rules.formato import numero
from db.rules.formula import DenominadorCero, Formula, VariableFaltante, compilar
from db.rules.hoja import RAZON, HojaEvaluada, avance_anual, estado_del_hueco, no_aplica, resultado, sin_cifra
from db.rules.periodo import Corte, Operacion, acumular
from db.rules.resultado import Insumo, Resultado

Trimestres = Sequence[Decimal | None]

CIERRES = {
    "mensual": (1, 2, 3, 4),
    "trimestral": (1, 2, 3, 4),
    "semestral": (2, 4),
    "anual": (4,),
}
"""Trimestres en que termina cada frecuencia de medición."""

ULTIMO = (Operacion.constante, Operacion.valor_actual)
POR_CONFIRMAR = "fórmula por confirmar"


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


@lru_cache(maxsize=4096)
def _formula(expresion: str, letras: tuple[str, ...]) -> Formula:
    return compilar(expresion, letras)


def evaluar_indicador(indicador: IndicadorEvaluable, corte: Corte, bandas: Sequence[Banda]) -> HojaEvaluada:
    """El indicador al corte; `bandas` son las del ejercicio, que las propias sustituyen."""
    propias = indicador.bandas or tuple(bandas)
    actual, programado, alcanzado = _comparar(indicador, "programado", corte, propias)
    original, _, _ = _comparar(indicador, "original", corte, propias)
    anual = _anual(indicador)
    avance, esperado = no_aplica(corte), None
    if _es_suma_simple(indicador):
        avance = avance_anual(alcanzado, anual, actual.estado, corte, indicador.fuente)
        if avance.valor is not None and anual:
            esperado = (programado or Decimal(0)) / anual * 100
    return HojaEvaluada(actual, original, avance, esperado, programado, alcanzado, anual)


def _es_suma_simple(indicador: IndicadorEvaluable) -> bool:
    return (
        len(indicador.variables) == 1
        and indicador.variables[0].operacion is Operacion.suma
        and indicador.sentido is Sentido.ascendente
    )


def _prometido(
    indicador: IndicadorEvaluable, variable: VariableEvaluable, campo: str
) -> list[Decimal | None]:
    """Los trimestres de una variable; un 0 en un trimestre que no cierra la frecuencia está vacío."""
    cierres = CIERRES[indicador.frecuencia]
    valores: Trimestres = getattr(variable, campo)
    return [None if valor == 0 and n not in cierres else valor for n, valor in enumerate(valores, 1)]


def _debido(variable: VariableEvaluable, valor: Decimal | None) -> bool:
    return valor is not None and (variable.operacion is not Operacion.suma or valor > 0)


def _trimestres_debidos(
    indicador: IndicadorEvaluable, campo: str, hasta: int
) -> tuple[int, dict[str, list[int]]]:
    """Último cierre debido (0 si ninguno) y, por variable, los trimestres en que debe valor."""
    cierres = [n for n in CIERRES[indicador.frecuencia] if n <= hasta]
    prometidos = {v.letra: _prometido(indicador, v, campo) for v in indicador.variables}
    ultimo, inicio = 0, 1
    for cierre in cierres:
        tramo = range(inicio, cierre + 1)
        if any(_debido(v, prometidos[v.letra][n - 1]) for v in indicador.variables for n in tramo):
            ultimo = cierre
        inicio = cierre + 1
    debidos = {
        v.letra: [n for n in range(1, ultimo + 1) if _debido(v, prometidos[v.letra][n - 1])]
        for v in indicador.variables
    }
    return ultimo, debidos


def _comparar(
    indicador: IndicadorEvaluable, campo: str, corte: Corte, bandas: Sequence[Banda]
) -> tuple[Resultado, Decimal | None, Decimal | None]:
    prometido = [v for variable in indicador.variables for v in _prometido(indicador, variable, campo)]
    if all(valor is None for valor in prometido):
        return sin_cifra(Estado.sin_meta, RAZON[Estado.sin_meta], corte), None, None
    ultimo, debidos = _trimestres_debidos(indicador, campo, corte.mes // 3)
    if not ultimo:
        return sin_cifra(Estado.no_toca, RAZON[Estado.no_toca], corte), None, None
    programados = _acumular(indicador, campo, ultimo, debidos, prometido_de=campo)
    alcanzados = _acumular(indicador, "alcanzado", ultimo, debidos, prometido_de=campo)
    insumos = _insumos(indicador, programados, alcanzados, ultimo)
    if indicador.formula is None:
        return sin_cifra(Estado.sin_dato, POR_CONFIRMAR, corte, *insumos), None, None
    formula = _formula(indicador.formula, tuple(v.letra for v in indicador.variables))
    programado, razon_programado = _aplicar(formula, programados)
    alcanzado, razon_alcanzado = _aplicar(formula, alcanzados)
    hueco = _hueco(indicador, debidos)
    if hueco is not None:
        return sin_cifra(hueco, RAZON[hueco], corte, *insumos), programado, alcanzado
    if programado is None or alcanzado is None:
        razon = (
            f"{razon_programado or razon_alcanzado} en lo {'programado' if razon_programado else 'alcanzado'}"
        )
        return sin_cifra(Estado.sin_dato, razon, corte, *insumos), programado, alcanzado
    comparado = cumplimiento(
        alcanzado,
        programado,
        indicador.sentido,
        variacion=formula.es_variacion,
        base=indicador.base,
        metodo_base=indicador.metodo_base,
    )
    todos = (
        Insumo("Resultado programado", numero(programado)),
        Insumo("Resultado alcanzado", numero(alcanzado), indicador.fuente),
        *insumos,
    )
    return resultado(comparado, bandas, corte, *todos), programado, alcanzado


def _hueco(indicador: IndicadorEvaluable, debidos: dict[str, list[int]]) -> Estado | None:
    estados = {
        estado_del_hueco(debidos[v.letra], v.alcanzado, v.preliminar, indicador.ventanas_cerradas)
        for v in indicador.variables
    }
    return next((e for e in (Estado.vencido, Estado.sin_dato, Estado.en_revision) if e in estados), None)


def _acumular(
    indicador: IndicadorEvaluable, campo: str, ultimo: int, debidos: dict[str, list[int]], prometido_de: str
) -> dict[str, Decimal | None]:
    """Cada variable acumulada sobre los mismos periodos terminados."""
    acumulado = {}
    for v in indicador.variables:
        valores = _prometido(indicador, v, prometido_de) if campo == prometido_de else list(getattr(v, campo))
        if v.operacion is Operacion.suma:
            elegidos = valores[:ultimo]
        else:
            cuales = debidos[v.letra][-1:] if v.operacion in ULTIMO else debidos[v.letra]
            elegidos = [valores[n - 1] for n in cuales]
        acumulado[v.letra] = acumular(elegidos, v.operacion)
    return acumulado


def _aplicar(formula: Formula, valores: dict[str, Decimal | None]) -> tuple[Decimal | None, str]:
    try:
        return formula.evaluar(valores), ""
    except DenominadorCero:
        return None, "denominador cero"
    except VariableFaltante as falta:
        return None, f"falta la variable {falta.args[0]}"


def _insumos(
    indicador: IndicadorEvaluable,
    programados: dict[str, Decimal | None],
    alcanzados: dict[str, Decimal | None],
    ultimo: int,
) -> tuple[Insumo, ...]:
    formula = Insumo(
        "Fórmula", indicador.formula or POR_CONFIRMAR, f"último periodo debido: trimestre {ultimo}"
    )
    return (
        formula,
        *(
            Insumo(
                f"{v.letra}: {v.nombre}",
                f"programado {_escrito(programados[v.letra])}, alcanzado {_escrito(alcanzados[v.letra])}",
            )
            for v in indicador.variables
        ),
    )


def _escrito(valor: Decimal | None) -> str:
    return "sin dato" if valor is None else numero(valor)


def _anual(indicador: IndicadorEvaluable) -> Decimal | None:
    """La meta del año: la fórmula sobre las variables acumuladas a los cuatro trimestres."""
    if indicador.formula is None:
        return None
    valores = {
        v.letra: acumular(_prometido(indicador, v, "programado"), v.operacion) for v in indicador.variables
    }
    formula = _formula(indicador.formula, tuple(v.letra for v in indicador.variables))
    return _aplicar(formula, valores)[0]
