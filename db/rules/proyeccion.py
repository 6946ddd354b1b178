"""Proyección al cierre del año: sólo orienta en pantalla, nunca lleva color ni va a un documento oficial.

Regla de calculo.md §6: hacen falta cuatro periodos validados, y el método se dice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from db.rules.cumplimiento import sin_ruido
from db.rules.debido import IndicadorEvaluable, PeriodoDebido, periodos_debidos
from db.rules.formula import Formula
from db.rules.indicador import aplicar, formula_de
from db.rules.periodo import Operacion, acumular

PERIODOS_MINIMOS = 4
METODO = (
    "lo que se suma sigue al ritmo medio de los últimos cuatro periodos validados y lo demás se queda en su "
    "último valor; el rango repite cada uno de esos cuatro periodos"
)
POCOS = f"se necesitan {PERIODOS_MINIMOS} periodos validados y hay {{}}"
TERMINADO = "ya no queda ningún periodo por medir en el año"
CON_HUECOS = "falta validar un periodo que ya terminó"
SIN_FORMULA = "la fórmula está por confirmar"

Valores = Mapping[str, Decimal]
"""Letra de la variable → su valor en un periodo."""


@dataclass(frozen=True, slots=True)
class Proyeccion:
    """Resultado esperado al cierre, con su rango y el método en palabras."""

    valor: Decimal
    minimo: Decimal
    maximo: Decimal
    metodo: str = METODO


def periodos_validados(indicador: IndicadorEvaluable, hasta: int = 4) -> list[Valores | None]:
    """Los valores oficiales de cada periodo debido que cierra hasta el trimestre `hasta`; None si falta."""
    return [_validado(indicador, p) for p in periodos_debidos(indicador) if p.cierre <= hasta]


def _validado(indicador: IndicadorEvaluable, periodo: PeriodoDebido) -> Valores | None:
    valores: dict[str, Decimal] = {}
    for v in indicador.variables:
        if any(v.alcanzado[n - 1] is None for n in periodo.debidos[v.letra]):
            return None
        # Lo reportado sin estar programado también suma; lo que no se suma vale lo último que se midió.
        if v.operacion is Operacion.suma:
            del_periodo = v.alcanzado[periodo.desde - 1 : periodo.cierre]
            valores[v.letra] = acumular(del_periodo, v.operacion) or Decimal(0)
            continue
        ultimo = next((x for x in reversed(v.alcanzado[: periodo.cierre]) if x is not None), None)
        if ultimo is None:
            return None
        valores[v.letra] = ultimo
    return valores


def proyectar_indicador(
    indicador: IndicadorEvaluable, hasta: int, anteriores: Sequence[IndicadorEvaluable] = ()
) -> Proyeccion | str:
    """El resultado al cierre del año desde el trimestre `hasta`, o por qué no se proyecta.

    `anteriores` es el mismo indicador en ejercicios previos, del más viejo al más nuevo.
    """
    formula = formula_de(indicador)
    if formula is None:
        return SIN_FORMULA
    faltan = sum(p.cierre > hasta for p in periodos_debidos(indicador))
    if not faltan:
        return TERMINADO
    hechos = periodos_validados(indicador, hasta)
    if None in hechos:
        return CON_HUECOS
    letras = {v.letra for v in indicador.variables}
    previos = [p for otro in anteriores for p in periodos_validados(otro) if p and p.keys() == letras]
    operaciones = {v.letra: v.operacion for v in indicador.variables}
    del_anio = [p for p in hechos if p is not None]
    proyeccion = proyectar(formula, operaciones, del_anio, previos, faltan)
    return proyeccion or POCOS.format(len(del_anio) + len(previos))


def proyectar(
    formula: Formula,
    operaciones: Mapping[str, Operacion],
    hechos: Sequence[Valores],
    previos: Sequence[Valores],
    faltan: int,
) -> Proyeccion | None:
    """Proyecta `faltan` periodos más; `hechos` son los validados del año y `previos` los de antes, en orden.

    None con menos de cuatro periodos validados, si no falta ninguno o si la fórmula no se puede calcular.
    """
    recientes = [*previos, *hechos][-PERIODOS_MINIMOS:]
    if len(recientes) < PERIODOS_MINIMOS or faltan <= 0:
        return None
    valor = _al_cierre(formula, operaciones, hechos, _medio(operaciones, recientes), faltan)
    rango = [
        _al_cierre(formula, operaciones, hechos, uno, faltan) for uno in _repetidos(operaciones, recientes)
    ]
    if valor is None or None in rango:
        return None
    extremos = [valor, *(r for r in rango if r is not None)]
    return Proyeccion(valor, min(extremos), max(extremos))


def _medio(operaciones: Mapping[str, Operacion], recientes: Sequence[Valores]) -> Valores:
    """Un periodo típico: la media de lo que se suma y el último valor de lo demás."""
    return {
        letra: sum((p[letra] for p in recientes), Decimal(0)) / len(recientes)
        if operacion is Operacion.suma
        else recientes[-1][letra]
        for letra, operacion in operaciones.items()
    }


def _repetidos(operaciones: Mapping[str, Operacion], recientes: Sequence[Valores]) -> Iterable[Valores]:
    """Cada periodo reciente, con lo constante en su último valor: la población de antes no vuelve."""
    fijas = [letra for letra, operacion in operaciones.items() if operacion is Operacion.constante]
    return [{**uno, **{letra: recientes[-1][letra] for letra in fijas}} for uno in recientes]


def _al_cierre(
    formula: Formula,
    operaciones: Mapping[str, Operacion],
    hechos: Sequence[Valores],
    supuesto: Valores,
    faltan: int,
) -> Decimal | None:
    acumulado = {
        letra: acumular([*(h[letra] for h in hechos), *[supuesto[letra]] * faltan], operacion)
        for letra, operacion in operaciones.items()
    }
    valor, _ = aplicar(formula, acumulado)
    return None if valor is None else sin_ruido(valor)
