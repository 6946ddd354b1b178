"""Promesa: un texto de celda se lee de una sola manera o se pregunta; nunca se convierte en 0."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.imports.lectura import valores
from dashboard.imports.lectura.celdas import numero
from dashboard.imports.lectura.valores import ValorInvalido

ENTEROS_DE_15_CIFRAS = st.integers(min_value=-(10**15) + 1, max_value=10**15 - 1)


@pytest.mark.parametrize(
    ("celda", "esperado"),
    [
        ("$1,234.50", 123450),
        ("(500.00)", -50000),
        ("\u00a01,234.50 ", 123450),
        ("'1234", 123400),
        ("-", ValorInvalido),
        ("N/A", ValorInvalido),
        ("12%", ValorInvalido),
        ("1.234,50", ValorInvalido),
        ("1.234", ValorInvalido),
        ("1234.567", ValorInvalido),
        ("   ", None),
        (None, None),
    ],
)
def test_un_importe_se_lee_solo_si_no_es_ambiguo(celda: str | None, esperado: object) -> None:
    if esperado is ValorInvalido:
        with pytest.raises(ValorInvalido) as error:
            valores.centavos(celda)
        assert error.value.regla and error.value.remedio
    else:
        assert valores.centavos(celda) == esperado


@given(ENTEROS_DE_15_CIFRAS)
def test_un_importe_de_celda_numerica_llega_exacto(centavos: int) -> None:
    assert valores.centavos(numero(centavos / 100)) == centavos


@given(st.decimals(min_value=-99999, max_value=99999, places=3))
def test_una_cantidad_de_celda_numerica_nunca_es_ambigua(cantidad: Decimal) -> None:
    assert valores.cantidad(numero(float(cantidad))) == cantidad


def test_un_numero_se_escribe_como_lo_muestra_la_hoja() -> None:
    assert numero(1020401.0) == "1020401"
    assert numero(1234.5) == "1234.5"
    assert numero(0.1 + 0.2) == "0.3"
    assert numero(1234.5500000000002) == "1234.55"
    assert numero(1e-7) == "0.0000001"
    assert numero(1e21) == "1000000000000000000000"
    assert numero(-0.0) == "0"


def test_un_codigo_recupera_los_ceros_que_perdio_y_lo_dice() -> None:
    assert valores.codigo("01020401", 8) == ("01020401", "")
    reparado = valores.codigo("1020401", 8)
    assert reparado is not None
    assert reparado.valor == "01020401"
    assert "1020401" in reparado.nota
    assert valores.codigo("'01020401\u00a0", 8) == ("01020401", "")
    con_punto = valores.codigo("1020401.0", 8)
    assert con_punto is not None and con_punto.valor == "01020401"
    assert valores.codigo("a00", 3, valores.DIGITOS + valores.MAYUSCULAS) == ("A00", "")
    assert valores.codigo("", 8) is None


@pytest.mark.parametrize("celda", ["20401", "010204011", "0102O401", "1.0204E+11", "0102-401"])
def test_un_codigo_que_no_se_puede_reparar_se_rechaza(celda: str) -> None:
    with pytest.raises(ValorInvalido):
        valores.codigo(celda, 8)


@pytest.mark.parametrize(
    ("celda", "esperado"),
    [
        ("T1", ("trimestre", 1, None)),
        ("1T", ("trimestre", 1, None)),
        ("Trim. 1", ("trimestre", 1, None)),
        ("1er trimestre", ("trimestre", 1, None)),
        ("Primer trimestre", ("trimestre", 1, None)),
        ("2.º trimestre de 2026", ("trimestre", 2, 2026)),
        ("IV Trimestre", ("trimestre", 4, None)),
        ("enero", ("mes", 1, None)),
        ("SEPT", ("mes", 9, None)),
        ("Ene-2026", ("mes", 1, 2026)),
        ("2023-03", ("mes", 3, 2023)),
        ("2023-03-01", ("mes", 3, 2023)),
        ("03/2023", ("mes", 3, 2023)),
        ("2o semestre", ("semestre", 2, None)),
        ("3", ("numero", 3, None)),
        ("2026", ("anio", 2026, 2026)),
        (None, None),
    ],
)
def test_un_periodo_se_entiende_como_se_escribe(celda: str | None, esperado: object) -> None:
    assert valores.periodo(celda) == esperado


@pytest.mark.parametrize("celda", ["T5", "S3", "13/2023", "trimestre", "hola", "0"])
def test_lo_que_no_es_periodo_se_rechaza(celda: str) -> None:
    with pytest.raises(ValorInvalido):
        valores.periodo(celda)


@pytest.mark.parametrize(("celda", "esperado"), [("marzo", 3), ("3", 3), ("2026-03", 3), (None, None)])
def test_un_mes_se_entiende_por_nombre_o_numero(celda: str | None, esperado: int | None) -> None:
    assert valores.mes(celda) == esperado


@pytest.mark.parametrize("celda", ["13", "T1", "2026"])
def test_lo_que_no_es_mes_se_rechaza(celda: str) -> None:
    with pytest.raises(ValorInvalido):
        valores.mes(celda)


def test_una_fecha_escrita_es_dia_mes_y_anio_completo() -> None:
    assert valores.fecha("03/04/2026") == date(2026, 4, 3)
    assert valores.fecha("2026-04-03") == date(2026, 4, 3)
    assert valores.fecha("") is None
    for mala in ("03/04/26", "31/02/2026", "46085", "ayer"):
        with pytest.raises(ValorInvalido):
            valores.fecha(mala)
