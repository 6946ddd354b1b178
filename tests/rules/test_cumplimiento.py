from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.banda import GENERAL, clasificar
from db.rules.cumplimiento import Sentido, cumplimiento, sin_ruido
from db.rules.estado import DE_BANDA, Estado

D = Decimal
ASC, DESC, REG, NOM = Sentido.ascendente, Sentido.descendente, Sentido.regular, Sentido.nominal
positivos = st.decimals("0.01", 10000, places=2)
cifras = st.decimals(-10000, 10000, places=2)


@pytest.mark.parametrize(
    ("real", "programado", "sentido", "valor"),
    [
        ("70", "100", ASC, "70"), ("0", "5", ASC, "0"), ("120", "100", ASC, "120"),
        ("50", "40", DESC, "80"), ("40", "50", DESC, "125"), ("0", "5", DESC, "100"), ("0", "0", DESC, "100"),
        ("90", "100", REG, "90"), ("110", "100", REG, "90"), ("300", "100", REG, "0"),
        ("-5", "-10", REG, "50"),
    ],
)  # fmt: skip
def test_segun_el_sentido(real: str, programado: str, sentido: Sentido, valor: str):
    comparado = cumplimiento(D(real), D(programado), sentido)
    assert (comparado.valor, comparado.forzado) == (D(valor), None)
    assert comparado.formula


def test_descendente_que_prometio_cero_y_tuvo_algo_es_critico():
    comparado = cumplimiento(D(3), D(0), DESC)
    assert (comparado.valor, comparado.forzado) == (D(0), Estado.critico)


@pytest.mark.parametrize(
    ("real", "programado", "sentido", "estado"),
    [
        ("0", "0", ASC, "adecuado"), ("-1", "0", ASC, "critico"), ("-4", "-5", ASC, "adecuado"),
        ("-6", "-5", DESC, "adecuado"), ("0", "-5", DESC, "critico"), ("0", "0", REG, "adecuado"),
        ("1", "0", REG, "critico"),
    ],
)  # fmt: skip
def test_con_programado_de_cero_o_menos_no_hay_porcentaje(
    real: str, programado: str, sentido: Sentido, estado: str
):
    comparado = cumplimiento(D(real), D(programado), sentido)
    assert (comparado.valor, comparado.forzado) == (None, estado)


def test_nominal_se_muestra_y_no_se_evalua():
    assert cumplimiento(D(5), D(10), NOM).valor is None
    assert cumplimiento(D(5), D(10), NOM).forzado not in DE_BANDA


def test_la_variacion_se_compara_como_indice():
    assert cumplimiento(D(-10), D(0), ASC, variacion=True).valor == 90
    assert cumplimiento(D(0), D(-10), DESC, variacion=True).valor == 90
    assert cumplimiento(D(-20), D(-10), DESC, variacion=True).valor == D("112.5")


def test_metodo_con_base():
    def con_base(real: int, base: int | None) -> tuple[Decimal | None, str]:
        comparado = cumplimiento(
            D(real), D(80), DESC, base=None if base is None else D(base), metodo_base=True
        )
        return comparado.valor, comparado.formula

    assert con_base(90, 100)[0] == 50
    assert con_base(120, 100)[0] == 0
    for base in (80, 70, None):
        valor, formula = con_base(100, base)
        assert valor == 80
        assert "base" in formula
    assert cumplimiento(D(90), D(80), DESC, base=D(100)).valor != 50


def test_la_division_inexacta_no_baja_de_banda():
    programado = D(2) / D(3) * 100
    comparado = cumplimiento(D(60), programado, ASC)
    assert comparado.valor == 90
    assert str(sin_ruido(D("90.0000"))) == "90"


@given(positivos, positivos, positivos)
def test_el_semaforo_sigue_al_avance(a: Decimal, b: Decimal, programado: Decimal):
    menor, mayor = sorted((a, b))
    orden = {estado: n for n, estado in enumerate(DE_BANDA)}

    def nivel(real: Decimal, sentido: Sentido) -> int:
        valor = cumplimiento(real, programado, sentido).valor
        assert valor is not None
        return orden[clasificar(valor, GENERAL).equivale]

    assert nivel(menor, ASC) <= nivel(mayor, ASC)
    assert nivel(menor, DESC) >= nivel(mayor, DESC)


@given(cifras, cifras, st.sampled_from(Sentido), st.booleans(), st.none() | cifras, st.booleans())
def test_todo_par_de_cifras_tiene_resultado(
    real: Decimal,
    programado: Decimal,
    sentido: Sentido,
    variacion: bool,
    base: Decimal | None,
    metodo_base: bool,
):
    comparado = cumplimiento(
        real, programado, sentido, variacion=variacion, base=base, metodo_base=metodo_base
    )
    assert comparado.formula
    assert comparado.valor is not None or comparado.forzado is not None
    if comparado.valor is not None:
        assert comparado.valor.is_finite()


@given(cifras, st.sampled_from([ASC, DESC, REG]))
def test_cumplir_exactamente_nunca_es_rojo(cifra: Decimal, sentido: Sentido):
    comparado = cumplimiento(cifra, cifra, sentido)
    assert comparado.forzado is Estado.adecuado or comparado.valor == 100
