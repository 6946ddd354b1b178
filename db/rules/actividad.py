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
from db.rules.periodo import Corte, Operacion, Periodo, acumular, periodos
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
    contados = [p for p in periodos(meta.periodicidad) if p.mes_fin <= corte.mes]
    programado = _acumulado(meta, meta.programado, meta.programado, contados)
    alcanzado = _acumulado(meta, meta.alcanzado, meta.programado, contados)
    actual = _comparar(meta, meta.programado, contados, corte, bandas)
    anual = acumular(meta.programado, meta.operacion)
    avance = no_aplica(corte)
    if meta.operacion is Operacion.suma and meta.sentido is Sentido.ascendente:
        avance = avance_anual(alcanzado, anual, actual.estado, corte, meta.fuente)
    return HojaEvaluada(
        cumplimiento=actual,
        cumplimiento_original=_comparar(meta, meta.original, contados, corte, bandas),
        avance_anual=avance,
        esperado=esperado_al_corte(programado, anual, avance),
        programado_acum=programado,
        alcanzado_acum=alcanzado,
        meta_anual=anual,
    )


def _debidos(meta: MetaEvaluable, programado: Valores, contados: Sequence[Periodo]) -> list[int]:
    """Periodos terminados en que se prometió algo; en una suma, algo mayor que 0."""
    numeros = [p.numero for p in contados if programado[p.numero - 1] is not None]
    if meta.operacion is Operacion.suma:
        return [n for n in numeros if (programado[n - 1] or 0) > 0]
    return numeros


def _acumulado(
    meta: MetaEvaluable, valores: Valores, programado: Valores, contados: Sequence[Periodo]
) -> Decimal | None:
    """Acumula los valores de los periodos contados; en lo que no suma, sólo los debidos."""
    if meta.operacion is Operacion.suma:
        return acumular([valores[p.numero - 1] for p in contados], meta.operacion)
    debidos = _debidos(meta, programado, contados)
    if meta.operacion in ULTIMO_DEBIDO:
        debidos = debidos[-1:]
    return acumular([valores[n - 1] for n in debidos], meta.operacion)


def _comparar(
    meta: MetaEvaluable, contra: Valores, contados: Sequence[Periodo], corte: Corte, bandas: Sequence[Banda]
) -> Resultado:
    programado = _acumulado(meta, contra, contra, contados)
    alcanzado = _acumulado(meta, meta.alcanzado, contra, contados)
    insumos = insumos_de(programado, alcanzado, meta.fuente)
    estado = _sin_porcentaje(meta, contra, contados, programado, alcanzado)
    if estado is not None:
        return sin_cifra(estado, RAZON[estado], corte, *insumos)
    assert programado is not None and alcanzado is not None
    return resultado(cumplimiento(alcanzado, programado, meta.sentido), bandas, corte, *insumos)


def _sin_porcentaje(
    meta: MetaEvaluable,
    contra: Valores,
    contados: Sequence[Periodo],
    programado: Decimal | None,
    alcanzado: Decimal | None,
) -> Estado | None:
    """El primer estado sin porcentaje que corresponde, en el orden de la tabla de estados."""
    if all(valor is None for valor in contra):
        return Estado.sin_meta
    debidos = _debidos(meta, contra, contados)
    if not debidos:
        return sin_debidos(meta.operacion, meta.sentido, programado, alcanzado)
    return estado_del_hueco(debidos, meta.alcanzado, meta.preliminar, meta.ventanas_cerradas)
