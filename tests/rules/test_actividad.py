from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.actividad import MetaEvaluable, evaluar_actividad
from db.rules.banda import GENERAL
from db.rules.cumplimiento import Sentido
from db.rules.estado import DE_BANDA, Estado
from db.rules.hoja import HojaEvaluada
from db.rules.periodo import Corte, Operacion

D = Decimal
Valores = tuple[Decimal | None, ...]


def v(*numeros: int | None) -> Valores:
    """Cuatro trimestres; los que faltan van vacíos."""
    return tuple(None if n is None else D(n) for n in (*numeros, *[None] * (4 - len(numeros))))


def meta(programado: Valores, alcanzado: Valores = v(), **otros: object) -> MetaEvaluable:
    base = MetaEvaluable(
        clave="m1",
        nombre="Talleres",
        operacion=Operacion.suma,
        programado=programado,
        original=programado,
        alcanzado=alcanzado,
        preliminar=v(),
        periodicidad="trimestre",
        ventanas_cerradas=frozenset(),
        fuente="captura",
    )
    return replace(base, **otros)  # type: ignore[arg-type]


def al(mes: int, m: MetaEvaluable) -> HojaEvaluada:
    return evaluar_actividad(m, Corte(2026, mes), GENERAL)


def test_compara_lo_acumulado_y_aparte_lo_hecho_del_anio():
    hoja = al(6, meta(v(10, 20, 30, 40), v(10, 17)))
    assert (hoja.programado_acum, hoja.alcanzado_acum, hoja.meta_anual) == (30, 27, 100)
    assert (hoja.cumplimiento.valor, hoja.cumplimiento.estado) == (90, Estado.adecuado)
    assert (hoja.avance_anual.valor, hoja.esperado) == (27, 30)
    assert hoja.cumplimiento.detalle.corte == Corte(2026, 6)


def test_lo_capturado_despues_del_corte_no_cuenta():
    assert al(6, meta(v(10, 10, 10, 10), v(10, 10, 99))).alcanzado_acum == 20
    assert al(5, meta(v(10, 10, 10, 10), v(10, 10))).alcanzado_acum == 10


@pytest.mark.parametrize(
    ("m", "estado"),
    [
        (meta(v()), "sin_meta"),
        (meta(v(0, 0, 0, 5)), "no_toca"),
        (meta(v(0, 0, 0, 5), v(0, 0)), "no_toca"),
        (meta(v(0, 0, 0, 5), v(0, 2)), "no_programado"),
        (meta(v(5, 5), v(5)), "sin_dato"),
        (meta(v(5, 5), v(5), ventanas_cerradas=frozenset({2})), "vencido"),
        (meta(v(5, 5), v(5), ventanas_cerradas=frozenset({1})), "sin_dato"),
        (meta(v(5, 5), v(5), preliminar=v(None, 4)), "en_revision"),
        (meta(v(5, 5), preliminar=v(None, 4), ventanas_cerradas=frozenset({1, 2})), "vencido"),
        (meta(v(5, 5), preliminar=v(4), ventanas_cerradas=frozenset({1})), "sin_dato"),
        (meta(v(5, 5), v(1, 1)), "critico"),
        (meta(v(5, 5), v(4, 4)), "riesgo"),
        (meta(v(5, 5), v(5, 5)), "adecuado"),
        (meta(v(5, 5), v(9, 9)), "sobrecumplido"),
        (meta(v(0, 0), v(0, 3), sentido=Sentido.descendente), "critico"),
        (meta(v(0, 0), v(0, 0), sentido=Sentido.descendente), "adecuado"),
        (meta(v(None, None, 5), v(3), sentido=Sentido.descendente), "no_toca"),
    ],
)
def test_cada_estado(m: MetaEvaluable, estado: str):
    resultado = al(6, m).cumplimiento
    assert resultado.estado == estado
    assert resultado.detalle.formula
    if resultado.estado not in DE_BANDA:
        assert resultado.valor is None


def test_un_periodo_sin_dato_no_se_vuelve_cero():
    hoja = al(6, meta(v(10, 10), v(10)))
    assert hoja.cumplimiento.valor is None
    assert hoja.alcanzado_acum == 10


def test_lo_preliminar_no_se_mezcla_con_lo_oficial():
    assert al(6, meta(v(10, 10), v(10), preliminar=v(None, 10))).alcanzado_acum == 10


@pytest.mark.parametrize(
    ("operacion", "programado", "alcanzado", "valor"),
    [
        ("constante", v(50, 50), v(50, 45), 90),
        ("valor_actual", v(10, 20), v(40, 10), 50),
        ("promedio", v(10, 30), v(10, 20), 75),
        ("maximo", v(10, 40), v(12, 20), 50),
        ("minimo", v(10, 30), v(20, 5), 50),
    ],
)
def test_cada_operacion_acumula_a_su_manera(
    operacion: str, programado: Valores, alcanzado: Valores, valor: int
):
    hoja = al(6, meta(programado, alcanzado, operacion=Operacion(operacion)))
    assert hoja.cumplimiento.valor == valor
    assert hoja.avance_anual.valor is None
    assert hoja.esperado is None


def test_valor_actual_no_cae_a_un_valor_anterior():
    hoja = al(6, meta(v(10, 20), v(10, None), operacion=Operacion.valor_actual))
    assert hoja.cumplimiento.estado is Estado.sin_dato


def test_contra_la_meta_original_se_compara_aparte():
    hoja = al(3, meta(v(5), v(5), original=v(10)))
    assert (hoja.cumplimiento.valor, hoja.cumplimiento_original.valor) == (100, 50)


def test_sin_dato_oficial_el_avance_anual_dice_por_que():
    assert al(3, meta(v(0, 0, 0, 5))).avance_anual.estado is Estado.no_toca
    assert al(3, meta(v(5), ventanas_cerradas=frozenset({1}))).avance_anual.estado is Estado.vencido


opcionales = st.lists(st.none() | st.decimals(0, 100, places=1), min_size=4, max_size=4).map(tuple)


@given(
    opcionales,
    opcionales,
    opcionales,
    st.sampled_from(Operacion),
    st.integers(1, 12),
    st.sampled_from(Sentido),
)
def test_toda_meta_tiene_estado_y_explicacion(
    programado: Valores,
    alcanzado: Valores,
    preliminar: Valores,
    operacion: Operacion,
    mes: int,
    sentido: Sentido,
):
    hoja = al(mes, meta(programado, alcanzado, preliminar=preliminar, operacion=operacion, sentido=sentido))
    for resultado in (hoja.cumplimiento, hoja.cumplimiento_original, hoja.avance_anual):
        assert resultado.detalle.en_palabras()
    if hoja.cumplimiento.valor is not None:
        assert hoja.cumplimiento.estado in DE_BANDA
    assert (hoja.esperado is None) == (hoja.avance_anual.valor is None)


@given(opcionales, opcionales)
def test_programado_y_alcanzado_acumulan_los_mismos_periodos(programado: Valores, alcanzado: Valores):
    hoja = al(6, meta(programado, alcanzado))
    assert (hoja.programado_acum or 0) == sum(x for x in programado[:2] if x is not None)
    assert (hoja.alcanzado_acum or 0) == sum(x for x in alcanzado[:2] if x is not None)
