"""Evaluar un indicador a un corte: acumula sus variables y luego aplica su fórmula (calculo.md §1-3)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from db.rules.banda import Banda
from db.rules.cumplimiento import Sentido, cumplimiento
from db.rules.debido import ULTIMO, IndicadorEvaluable, prometido, trimestres_debidos
from db.rules.estado import Estado
from db.rules.formato import numero
from db.rules.formula import DenominadorCero, Formula, VariableFaltante, compilar
from db.rules.hoja import (
    RAZON,
    HojaEvaluada,
    avance_anual,
    esperado_al_corte,
    estado_del_hueco,
    no_aplica,
    resultado,
    sin_cifra,
    sin_debidos,
)
from db.rules.periodo import Corte, Operacion, acumular
from db.rules.problema import Problema
from db.rules.resultado import Insumo, Resultado

POR_CONFIRMAR = "fórmula por confirmar"


@lru_cache(maxsize=4096)
def _formula(expresion: str | None, letras: tuple[str, ...]) -> Formula | None:
    """La fórmula revisada; None si está por confirmar o ya no corresponde a las variables."""
    try:
        return compilar(expresion, letras) if expresion else None
    except Problema:
        return None


def formula_de(indicador: IndicadorEvaluable) -> Formula | None:
    """La fórmula del indicador; None si está por confirmar."""
    return _formula(indicador.formula, tuple(v.letra for v in indicador.variables))


def evaluar_indicador(indicador: IndicadorEvaluable, corte: Corte, bandas: Sequence[Banda]) -> HojaEvaluada:
    """El indicador al corte; `bandas` son las del ejercicio, que las propias sustituyen."""
    propias = indicador.bandas or tuple(bandas)
    actual, programado, alcanzado = _comparar(indicador, "programado", corte, propias)
    original, _, _ = _comparar(indicador, "original", corte, propias)
    anual = meta_anual(indicador)
    avance = no_aplica(corte)
    if _es_suma_simple(indicador):
        avance = avance_anual(alcanzado, anual, actual.estado, corte, indicador.fuente)
    esperado = esperado_al_corte(programado, anual, avance)
    return HojaEvaluada(actual, original, avance, esperado, programado, alcanzado, anual)


def _es_suma_simple(indicador: IndicadorEvaluable) -> bool:
    return (
        len(indicador.variables) == 1
        and indicador.variables[0].operacion is Operacion.suma
        and indicador.sentido is Sentido.ascendente
    )


def _comparar(
    indicador: IndicadorEvaluable, campo: str, corte: Corte, bandas: Sequence[Banda]
) -> tuple[Resultado, Decimal | None, Decimal | None]:
    promesas = [v for variable in indicador.variables for v in prometido(indicador, variable, campo)]
    if all(valor is None for valor in promesas):
        return sin_cifra(Estado.sin_meta, RAZON[Estado.sin_meta], corte), None, None
    ultimo, debidos = trimestres_debidos(indicador, campo, corte.mes // 3)
    if not ultimo:
        estado = _sin_debidos(indicador, campo, corte.mes // 3)
        if estado is not None:
            return sin_cifra(estado, RAZON[estado], corte), None, None
        ultimo = corte.mes // 3
    programados = _acumular(indicador, campo, ultimo, debidos, prometido_de=campo)
    alcanzados = _acumular(indicador, "alcanzado", ultimo, debidos, prometido_de=campo)
    insumos = _insumos(indicador, programados, alcanzados, ultimo)
    formula = formula_de(indicador)
    if formula is None:
        return sin_cifra(Estado.sin_dato, POR_CONFIRMAR, corte, *insumos), None, None
    programado, razon_programado = aplicar(formula, programados)
    alcanzado, razon_alcanzado = aplicar(formula, alcanzados)
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
        Insumo("Resultado programado", programado),
        Insumo("Resultado alcanzado", alcanzado, indicador.fuente),
        *insumos,
    )
    return resultado(comparado, bandas, corte, *todos), programado, alcanzado


def _sin_debidos(indicador: IndicadorEvaluable, campo: str, hasta: int) -> Estado | None:
    """Estado sin periodos debidos: sólo una variable única que suma dice algo más que «aún no toca»."""
    if len(indicador.variables) > 1:
        return Estado.no_toca
    unica = indicador.variables[0]
    programado = acumular(prometido(indicador, unica, campo)[:hasta], unica.operacion)
    alcanzado = acumular(unica.alcanzado[:hasta], unica.operacion)
    return sin_debidos(unica.operacion, indicador.sentido, programado, alcanzado)


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
        valores = prometido(indicador, v, prometido_de) if campo == prometido_de else list(getattr(v, campo))
        if v.operacion is Operacion.suma:
            elegidos = valores[:ultimo]
        else:
            cuales = debidos[v.letra][-1:] if v.operacion in ULTIMO else debidos[v.letra]
            elegidos = [valores[n - 1] for n in cuales]
        acumulado[v.letra] = acumular(elegidos, v.operacion)
    return acumulado


def aplicar(formula: Formula, valores: Mapping[str, Decimal | None]) -> tuple[Decimal | None, str]:
    """El valor, o None y por qué no se pudo: divisor en 0 o variable sin valor."""
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


def meta_anual(indicador: IndicadorEvaluable, campo: str = "programado") -> Decimal | None:
    """La meta del año, vigente u `original`: la fórmula sobre las variables de los cuatro trimestres."""
    formula = formula_de(indicador)
    if formula is None:
        return None
    valores = {v.letra: acumular(prometido(indicador, v, campo), v.operacion) for v in indicador.variables}
    return aplicar(formula, valores)[0]


def meta_por_trimestre(indicador: IndicadorEvaluable) -> tuple[Decimal | None, ...]:
    """La meta de cada trimestre solo: la fórmula sobre lo que las variables prometen en él."""
    formula = formula_de(indicador)
    if formula is None:
        return (None,) * 4
    prometidos = {v.letra: prometido(indicador, v, "programado") for v in indicador.variables}
    return tuple(
        aplicar(formula, {letra: valores[n] for letra, valores in prometidos.items()})[0] for n in range(4)
    )


def variables_al_corte(
    indicador: IndicadorEvaluable, corte: Corte
) -> tuple[dict[str, Decimal | None], dict[str, Decimal | None]]:
    """Cada variable acumulada hasta el último cierre debido: (programado vigente, alcanzado)."""
    ultimo, debidos = trimestres_debidos(indicador, "programado", corte.mes // 3)
    programados, alcanzados = (
        _acumular(indicador, campo, ultimo, debidos, "programado") for campo in ("programado", "alcanzado")
    )
    return programados, alcanzados
