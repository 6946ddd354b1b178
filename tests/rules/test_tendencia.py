"""Rumbo, año contra año y contribución de cada variable."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.contribucion import contribuciones, la_que_mas_mueve
from db.rules.cumplimiento import Sentido
from db.rules.formula import compilar
from db.rules.periodo import Corte
from db.rules.problema import Problema
from db.rules.tendencia import Rumbo, interanual, rumbo
from tests.rules.test_indicador import indicador, v, variable

D = Decimal
NUMEROS = st.decimals(-1000, 1000, places=2)


@given(NUMEROS, NUMEROS)
def test_descendente_es_lo_contrario_de_ascendente(antes: Decimal, ahora: Decimal) -> None:
    contrario = {Rumbo.mejora: Rumbo.empeora, Rumbo.empeora: Rumbo.mejora, Rumbo.igual: Rumbo.igual}
    sube = rumbo(antes, ahora, Sentido.ascendente)
    assert rumbo(antes, ahora, Sentido.descendente) is contrario[sube]
    assert (sube is Rumbo.mejora) is (ahora > antes)


def test_un_optimo_mejora_al_acercarse_y_un_nominal_no_se_juzga() -> None:
    assert rumbo(D(80), D(95), Sentido.regular, D(100)) is Rumbo.mejora
    assert rumbo(D(95), D(120), Sentido.regular, D(100)) is Rumbo.empeora
    assert rumbo(D(90), D(110), Sentido.regular, D(100)) is Rumbo.igual
    assert rumbo(D(90), D(110), Sentido.regular) is Rumbo.sin_juicio
    assert rumbo(D(1), D(2), Sentido.nominal) is Rumbo.sin_juicio


def test_un_anio_sin_resultado_no_se_compara_y_no_corta_la_serie() -> None:
    filas = interanual({2026: D(70), 2024: D(60), 2025: None}, Sentido.ascendente)
    assert [(f.anio, f.cambio, f.rumbo) for f in filas] == [
        (2024, None, Rumbo.sin_juicio),
        (2025, None, Rumbo.sin_juicio),
        (2026, 10, Rumbo.mejora),
    ]


def test_cada_variable_dice_cuanto_mueve_el_resultado() -> None:
    """Real 30/50 = 60; con A como se programó 40/50 = 80; con B, 30/40 = 75."""
    i = indicador(variable("A", v(20, 20), v(10, 20)), variable("B", v(20, 20), v(20, 30)))
    a, b = contribuciones(i, Corte(2026, 6))
    assert (a.como_programada, a.efecto) == (D(80), D(-20))
    assert (b.como_programada, b.efecto) == (D(75), D(-15))
    assert la_que_mas_mueve((a, b)) is a


def test_sin_resultado_no_hay_contribuciones_y_sin_divisor_no_hay_supuesto() -> None:
    corte = Corte(2026, 3)
    a, b = variable("A", v(1), v(1)), variable("B", v(1), v(2))
    assert contribuciones(indicador(a, b, formula=None), corte) == ()
    assert contribuciones(indicador(a, variable("B", v(1), v(0))), corte) == ()
    sin_divisor = contribuciones(indicador(a, variable("B", v(0), v(2)), formula="A/B"), corte)
    assert [c.como_programada for c in sin_divisor] == [D("0.5"), None]
    assert la_que_mas_mueve(sin_divisor) is None


@pytest.mark.parametrize("expresion", ["A/0", "A/(2-2)", "A/-0", "1/(0*5)"])
def test_dividir_entre_un_cero_escrito_se_rechaza_con_su_lugar(expresion: str) -> None:
    with pytest.raises(Problema, match=r"Se divide entre cero en la posición 2 "):
        compilar(expresion, "A")
    assert compilar("A/(B-B)", "AB").variables == {"A", "B"}
