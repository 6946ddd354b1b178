"""Ingresos: identidades y la frase que dice si el dinero está llegando."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.ingreso import Ingreso, avance_de_ingresos, en_palabras, revisar, rubro_de
from db.rules.periodo import Corte

centavos = st.integers(0, 10**12)
ingresos = st.builds(Ingreso, centavos, centavos, centavos, centavos, centavos)


@given(ingresos, ingresos)
def test_sumar_conserva_cada_identidad(uno: Ingreso, otro: Ingreso) -> None:
    suma = uno + otro
    assert suma.modificado == uno.modificado + otro.modificado
    assert suma.diferencia == uno.diferencia + otro.diferencia == suma.recaudado - suma.estimado


@given(ingresos)
def test_se_avisa_solo_de_lo_que_no_cuadra(uno: Ingreso) -> None:
    reglas = {regla for regla, _ in revisar(uno)}
    assert ("modificado negativo" in reglas) == (uno.estimado + uno.ampliaciones < uno.reducciones)
    assert ("recaudado mayor que devengado" in reglas) == (uno.recaudado > uno.devengado)


@pytest.mark.parametrize(
    ("recaudado", "previsto", "gastado", "dice"),
    [
        (0, 0, 0, "sin estimación"),
        (10_000, 10_050, 5_000, "Está llegando lo previsto"),
        (8_000, 10_000, 5_000, "menos de lo previsto"),
        (12_000, 10_000, 5_000, "más de lo previsto"),
        (8_000, 10_000, 9_000, "no alcanza para lo devengado"),
    ],
)
def test_la_frase(recaudado: int, previsto: int, gastado: int, dice: str) -> None:
    millon = 100_000
    assert dice in en_palabras(recaudado * millon, previsto * millon, gastado * millon)


@given(centavos, st.integers(1, 10**12))
def test_el_avance_es_la_razon_exacta_y_sin_previsto_no_hay(recaudado: int, previsto: int) -> None:
    corte = Corte(2026, 9)
    valor = avance_de_ingresos(recaudado, previsto, corte).valor
    assert valor is not None and abs(valor * previsto - recaudado * 100) < previsto
    assert avance_de_ingresos(recaudado, 0, corte).valor is None


def test_los_rubros_del_cri() -> None:
    assert rubro_de("1201") == "Impuestos" and rubro_de("0").startswith("Ingresos Derivados")
    assert rubro_de("") == "Rubro no reconocido"
