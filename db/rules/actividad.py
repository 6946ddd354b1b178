"""Evaluar una meta de actividad a un corte (calculo.md §1-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from db.rules.banda import Banda
from db.rules.cumplimiento import Sentido, cumplimiento
from db.rules.estado import Estado
from db.rules.hoja import (
    RAZON,
    HojaEvaluada,
    avance_anual,
    esperado_al_corte,
    estado_del_hueco,
    insumos_de,
    no_aplica,
    resultado,
    sin_cifra,
    sin_debidos,
)
from db.rules.periodo import Corte, Operacion, acumular, periodos
from db.rules.resultado import Resultado

Valores = Sequence[Decimal | None]

ULTIMO_DEBIDO = (Operacion.constante, Operacion.valor_actual)
"""Se comparan sólo en su último periodo debido; nunca caen a un valor anterior."""


@dataclass(frozen=True, slots=True)
class MetaEvaluable:
    """Una meta por periodos: lo programado vigente y original, lo validado y lo capturado sin validar.

    `ventanas_cerradas` son los números de los periodos cuya ventana de captura ya cerró.
    """

    clave: str
    nombre: str
    operacion: Operacion
    programado: Valores
    original: Valores
    alcanzado: Valores
    preliminar: Valores
    periodicidad: str
    ventanas_cerradas: frozenset[int]
    sentido: Sentido = Sentido.ascendente
    fuente: str = ""


def evaluar_actividad(meta: MetaEvaluable, corte: Corte, bandas: Sequence[Banda]) -> HojaEvaluada:
    """La meta al corte, contra lo programado vigente y contra lo original."""
    contados = [p.numero for p in periodos(meta.periodicidad) if p.mes_fin <= corte.mes]
    actual, programado, alcanzado = _comparar(meta, meta.programado, contados, corte, bandas)
    original = actual
    if meta.original != meta.programado:
        original, _, _ = _comparar(meta, meta.original, contados, corte, bandas)
    anual = acumular(meta.programado, meta.operacion)
    avance = no_aplica(corte)
    if meta.operacion is Operacion.suma and meta.sentido is Sentido.ascendente:
        avance = avance_anual(alcanzado, anual, actual.estado, corte, meta.fuente)
    return HojaEvaluada(
        cumplimiento=actual,
        cumplimiento_original=original,
        avance_anual=avance,
        esperado=esperado_al_corte(programado, anual, avance),
        programado_acum=programado,
        alcanzado_acum=alcanzado,
        meta_anual=anual,
    )


def _comparar(
    meta: MetaEvaluable, contra: Valores, contados: Sequence[int], corte: Corte, bandas: Sequence[Banda]
) -> tuple[Resultado, Decimal | None, Decimal | None]:
    """El resultado contra un programa, con lo programado y lo alcanzado sobre los mismos periodos."""
    debidos = _debidos(meta.operacion, contra, contados)
    cuales = _acumulables(meta.operacion, debidos, contados)
    programado = acumular([contra[n - 1] for n in cuales], meta.operacion)
    alcanzado = acumular([meta.alcanzado[n - 1] for n in cuales], meta.operacion)
    insumos = insumos_de(programado, alcanzado, meta.fuente)
    estado = _sin_porcentaje(meta, contra, debidos, programado, alcanzado)
    if estado is not None:
        return sin_cifra(estado, RAZON[estado], corte, *insumos), programado, alcanzado
    assert programado is not None and alcanzado is not None
    comparado = cumplimiento(alcanzado, programado, meta.sentido)
    return resultado(comparado, bandas, corte, *insumos), programado, alcanzado


def _debidos(operacion: Operacion, programado: Valores, contados: Sequence[int]) -> list[int]:
    """Periodos terminados en que se prometió algo; en una suma, algo mayor que 0."""
    minimo = Decimal(0) if operacion is Operacion.suma else None
    prometido = ((n, programado[n - 1]) for n in contados)
    return [n for n, valor in prometido if valor is not None and (minimo is None or valor > minimo)]


def _acumulables(operacion: Operacion, debidos: list[int], contados: Sequence[int]) -> Sequence[int]:
    """Qué periodos se acumulan: en una suma todos los contados; en lo demás los debidos, o el último."""
    if operacion is Operacion.suma:
        return contados
    return debidos[-1:] if operacion in ULTIMO_DEBIDO else debidos


def _sin_porcentaje(
    meta: MetaEvaluable,
    contra: Valores,
    debidos: list[int],
    programado: Decimal | None,
    alcanzado: Decimal | None,
) -> Estado | None:
    """El primer estado sin porcentaje que corresponde, en el orden de la tabla de estados."""
    if all(valor is None for valor in contra):
        return Estado.sin_meta
    if not debidos:
        return sin_debidos(meta.operacion, meta.sentido, programado, alcanzado)
    return estado_del_hueco(debidos, meta.alcanzado, meta.preliminar, meta.ventanas_cerradas)
