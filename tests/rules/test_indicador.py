from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.banda import CINCO_NIVELES, GENERAL
from db.rules.cumplimiento import Sentido
from db.rules.debido import IndicadorEvaluable, VariableEvaluable
from db.rules.estado import Estado
from db.rules.hoja import HojaEvaluada
from db.rules.indicador import evaluar_indicador
from db.rules.periodo import Corte, Operacion

D = Decimal
Valores = tuple[Decimal | None, ...]


def v(*numeros: int | None) -> Valores:
    return tuple(None if n is None else D(n) for n in (*numeros, *[None] * (4 - len(numeros))))


def variable(
    letra: str,
    programado: Valores,
    alcanzado: Valores = v(),
    operacion: Operacion = Operacion.suma,
    **otros: Valores,
) -> VariableEvaluable:
    return VariableEvaluable(
        letra, f"Variable {letra}", operacion, programado, otros.get("original", programado), alcanzado,
        otros.get("preliminar", v()),
    )  # fmt: skip


def indicador(
    *variables: VariableEvaluable, formula: str | None = "(A/B)*100", **otros: object
) -> IndicadorEvaluable:
    base = IndicadorEvaluable("i1", "Cobertura", variables, formula, "trimestral")
    return replace(base, **otros)  # type: ignore[arg-type]


def al(mes: int, i: IndicadorEvaluable) -> HojaEvaluada:
    return evaluar_indicador(i, Corte(2026, mes), GENERAL)


def test_acumula_las_variables_y_despues_aplica_la_formula():
    hoja = al(6, indicador(variable("A", v(10, 30), v(10, 20)), variable("B", v(20, 40), v(20, 80))))
    assert hoja.alcanzado_acum == D(30) / D(100) * 100
    assert hoja.cumplimiento.valor == 45
    assert hoja.programado_acum is not None
    assert round(hoja.programado_acum, 2) == D("66.67")
    assert hoja.avance_anual.valor is None


def test_constante_y_suma_conviven():
    hoja = al(6, indicador(
        variable("A", v(10, 10), v(10, 10)), variable("B", v(200, 200), v(200, 200), Operacion.constante)
    ))  # fmt: skip
    assert (hoja.alcanzado_acum, hoja.cumplimiento.valor) == (10, 100)


@pytest.mark.parametrize(
    ("i", "estado"),
    [
        (indicador(), "sin_meta"),
        (indicador(variable("A", v()), variable("B", v())), "sin_meta"),
        (indicador(variable("A", v(0, 0, 5)), variable("B", v(0, 0, 5))), "no_toca"),
        (indicador(variable("A", v(1, 1), v(1)), variable("B", v(1, 1), v(1, 1))), "sin_dato"),
        (indicador(variable("A", v(1, 1), v(1, 1)), variable("B", v(1, 1), v(0, 0))), "sin_dato"),
        (indicador(variable("A", v(1, 1), v(1, 1)), variable("B", v(0, 0), v(1, 1))), "sin_dato"),
        (indicador(variable("A", v(1), v(1)), variable("B", v(1), v(1)), formula=None), "sin_dato"),
        (indicador(variable("A", v(1), v(1)), variable("B", v(1), v(1)), formula="A/C"), "sin_dato"),
        (indicador(variable("A", v(1, 1), v(1), preliminar=v(None, 1)), variable("B", v(1, 1), v(1, 1))),
         "en_revision"),
        (indicador(variable("A", v(1, 1), v(1)), variable("B", v(1), v(1)), ventanas_cerradas=frozenset({2})),
         "vencido"),
        (indicador(variable("A", v(0, 0, 0, 4), v(0, 2)), formula="A"), "no_programado"),
        (indicador(variable("A", v(0, 0), v(0, 2)), formula="A", sentido=Sentido.descendente), "critico"),
        (indicador(variable("A", v(4, 4), v(4, 4)), formula="A", sentido=Sentido.nominal), "no_toca"),
    ],
)  # fmt: skip
def test_cada_estado(i: IndicadorEvaluable, estado: str):
    resultado = al(6, i).cumplimiento
    assert resultado.estado == estado
    assert resultado.detalle.formula


def test_la_division_entre_cero_se_explica():
    hoja = al(3, indicador(variable("A", v(1), v(1)), variable("B", v(1), v(0))))
    assert "denominador cero" in hoja.cumplimiento.detalle.formula
    assert (
        "por confirmar"
        in al(3, indicador(variable("A", v(1), v(1)), formula=None)).cumplimiento.detalle.formula
    )


def test_el_cero_de_una_ficha_anual_antes_del_cierre_esta_vacio():
    anual = indicador(
        variable("A", v(0, 0, 0, 5), v(None, None, None, 5), Operacion.constante),
        variable("B", v(0, 0, 0, 10), v(None, None, None, 10)),
        frecuencia="anual",
    )
    assert al(9, anual).cumplimiento.estado is Estado.no_toca
    sin_cierre = replace(anual, variables=(variable("A", v(0, 0, 0, None)), variable("B", v(0, 0, 0, None))))
    assert al(12, sin_cierre).cumplimiento.estado is Estado.sin_meta
    assert al(12, anual).cumplimiento.valor == 100


def test_una_constante_solo_debe_donde_cierra_su_frecuencia():
    anual = indicador(
        variable("A", v(0, 0, 0, 5), v(None, None, None, 5)),
        variable("B", v(9, 9, 9, 9), v(None, None, None, 9), Operacion.constante),
        frecuencia="anual",
    )
    assert al(12, anual).cumplimiento.valor == 100


def test_la_ficha_semestral_conserva_su_ultimo_resultado():
    semestral = indicador(
        variable("A", v(0, 5, 0, 5), v(None, 4)),
        variable("B", v(0, 5, 0, 5), v(None, 5)),
        frecuencia="semestral",
    )
    assert al(3, semestral).cumplimiento.estado is Estado.no_toca
    assert al(6, semestral).cumplimiento.valor == al(9, semestral).cumplimiento.valor == 80
    assert al(12, semestral).cumplimiento.estado is Estado.sin_dato


def test_la_tasa_de_variacion_se_compara_como_indice():
    tasa = indicador(variable("A", v(100), v(90)), variable("B", v(100), v(100)), formula="((A/B)-1)*100")
    assert al(3, tasa).cumplimiento.valor == 90
    assert al(3, replace(tasa, sentido=Sentido.descendente)).cumplimiento.estado is Estado.sobrecumplido


def test_el_avance_anual_de_una_sola_variable_que_suma():
    hoja = al(6, indicador(variable("A", v(10, 10, 10, 10), v(10, 8)), formula="A"))
    assert (hoja.avance_anual.valor, hoja.esperado, hoja.meta_anual) == (45, 50, 40)


def test_las_bandas_propias_sustituyen_a_las_del_ejercicio():
    propio = indicador(variable("A", v(100), v(60)), formula="A", bandas=CINCO_NIVELES)
    assert al(3, propio).cumplimiento.estado is Estado.riesgo
    assert al(3, replace(propio, bandas=None)).cumplimiento.estado is Estado.critico


opcionales = st.lists(st.none() | st.integers(-5, 50).map(Decimal), min_size=4, max_size=4).map(tuple)
frecuencias = st.sampled_from(["mensual", "trimestral", "semestral", "anual"])
formulas = st.sampled_from(["(A/B)*100", "((A/B)-1)*100", "A-B", None])


@given(
    st.lists(opcionales, min_size=6, max_size=6),
    st.lists(st.sampled_from(Operacion), min_size=2, max_size=2),
    frecuencias,
    formulas,
    st.integers(1, 12),
    st.sampled_from(Sentido),
)
def test_todo_indicador_tiene_estado_y_explicacion(
    datos: list[Valores],
    operaciones: list[Operacion],
    frecuencia: str,
    formula: str | None,
    mes: int,
    sentido: Sentido,
):
    a = variable("A", datos[0], datos[1], operaciones[0], preliminar=datos[2])
    b = variable("B", datos[3], datos[4], operaciones[1], preliminar=datos[5])
    hoja = al(mes, indicador(a, b, formula=formula, frecuencia=frecuencia, sentido=sentido))
    assert hoja.cumplimiento.detalle.en_palabras()
    if hoja.cumplimiento.valor is not None:
        assert hoja.cumplimiento.banda is not None
