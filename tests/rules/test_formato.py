from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules import formato as f
from db.rules.banda import GENERAL, clasificar

D = Decimal
cantidades = st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False)


def test_moneda():
    assert f.moneda(123456789) == "$1,234,567.89"
    assert f.moneda(-123456) == "−$1,234.56"
    assert f.moneda(-50) == "−$0.50"
    assert f.moneda(0) == "$0.00"
    assert f.contable(-1_250_00) == "(1,250.00)"
    assert f.contable(1_250_00) == "1,250.00"


@given(st.integers(min_value=-(10**20), max_value=10**20))
def test_moneda_va_y_vuelve(centavos: int):
    assert f.leer_moneda(f.moneda(centavos)) == centavos


@given(cantidades)
def test_numero_va_y_vuelve(valor: Decimal):
    assert f.leer_numero(f.numero(valor)) == valor


@given(cantidades)
def test_pct_va_y_vuelve(valor: Decimal):
    assert f.leer_numero(f.pct(valor, 4), allow_pct=True) == valor


def test_mdp():
    assert f.mdp(41260000000) == "412.6 mdp"
    assert f.mdp(1234565000000) == "12,345.7 mdp"
    assert f.mdp(-250000000) == "−2.5 mdp"
    assert f.mdp(-1) == "0.0 mdp"


def test_pct_redondea_hacia_arriba_en_la_mitad_y_lo_que_falta_es_raya():
    assert f.pct(D("86.35")) == "86.4\u00a0%"
    assert f.pct(D("86.345"), 2) == "86.35\u00a0%"
    assert f.pct(D("-0.04")) == "0.0\u00a0%"
    assert f.pct(None) == "—"
    assert f.pct(D("NaN")) == "—"


@pytest.mark.parametrize(
    ("valor", "escrito"),
    [
        ("89.96", "89.9"),
        ("69.999", "69.9"),
        ("89.94", "89.9"),
        ("110.04", "110.1"),
        ("110", "110.0"),
        ("90", "90.0"),
    ],
)
def test_redondear_no_cruza_de_banda(valor: str, escrito: str):
    assert f.pct_en_banda(D(valor), GENERAL) == escrito + "\u00a0%"


@given(st.decimals(min_value=0, max_value=300, places=6), st.sampled_from([1, 2]))
def test_la_cifra_escrita_cae_en_la_banda_del_valor(valor: Decimal, decimales: int):
    escrita = f.leer_numero(f.pct_en_banda(valor, GENERAL, decimales), allow_pct=True)
    assert escrita is not None
    assert clasificar(escrita, GENERAL) == clasificar(valor, GENERAL)
    assert abs(escrita - valor) < D(10) ** -decimales


def test_puntos():
    assert f.puntos(D("4.4")) == "+4.4 puntos"
    assert f.puntos(D("-21.96")) == "−22.0 puntos"
    assert f.puntos(D("-0.01")) == "0.0 puntos"


def test_numero():
    assert f.numero(D("1234.50")) == "1,234.5"
    assert f.numero(D("1200")) == "1,200"
    assert f.numero(D("1E+3")) == "1,000"
    assert f.numero(D("-7.126"), 2) == "−7.13"
    assert f.numero(None) == "—"
    assert f.numero(D("-0.00")) == "0"


def test_fechas_y_periodos():
    assert f.fecha(date(2026, 11, 2)) == "02/11/2026"
    assert f.fecha_larga(date(2026, 11, 22)) == "22 de noviembre de 2026"
    assert f.mes_anio(2026, 6) == "junio de 2026"
    assert f.trimestre(2026, 2) == "2.º trimestre de 2026 (abr–jun)"
    assert f.trimestre(2026, 1) == "1.er trimestre de 2026 (ene–mar)"


def test_la_hora_es_la_del_municipio():
    noche = datetime(2026, 7, 1, 5, 32, tzinfo=UTC)
    assert f.hora(noche) == "23:32 h"
    assert f.fecha_hora(noche) == "30/06/2026, 23:32 h"
    assert f.hora(noche, "America/Cancun") == "00:32 h"
    with pytest.raises(ValueError):
        f.hora(datetime(2026, 7, 1, 5, 32))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("escrito", "valor"),
    [
        ("1,234.50", "1234.50"), ("$1,234.50", "1234.50"), ("(500.00)", "-500"), ("($1,500.00)", "-1500"),
        ("-5", "-5"), ("−5", "-5"), ("-$5", "-5"), ("$-5", "-5"), ("\u00a01234\u00a0", "1234"),
        ("1234.5", "1234.5"), ("'42", "42"), ("1234.567", "1234.567"), ("0.125", "0.125"), (".5", "0.5"),
        ("1,234", "1234"), ("+3", "3"),
    ],
)  # fmt: skip
def test_numeros_que_se_leen(escrito: str, valor: str):
    assert f.leer_numero(escrito) == D(valor)


@pytest.mark.parametrize(
    "escrito", ["1.234,50", "1,23", "1.234", "-12.345", "1 234", "1,2345", "1.2.3", "12,34,567"]
)
def test_lo_ambiguo_se_rechaza(escrito: str):
    with pytest.raises(f.Ambiguo):
        f.leer_numero(escrito)


@pytest.mark.parametrize(
    "escrito", ["-", "N/A", "ND", "12%", "1e5", "--5", "(-5)", "٣", "NaN", "$", "9" * 40]
)
def test_lo_que_no_es_numero_se_rechaza(escrito: str):
    with pytest.raises(ValueError):
        f.leer_numero(escrito)


@given(st.text())
def test_leer_nunca_falla_de_otra_manera(s: str):
    try:
        f.leer_numero(s, allow_pct=True)
    except ValueError as error:
        assert str(error)


def test_vacio_no_es_cero():
    assert f.leer_numero("  ") is None
    assert f.leer_moneda("") is None
    assert f.leer_moneda("0") == 0


def test_fracciones_de_centavo():
    assert f.leer_moneda("1,234.5000") == 123450
    with pytest.raises(ValueError):
        f.leer_moneda("1.2345")


def test_el_porcentaje_se_lee_solo_donde_se_permite():
    assert f.leer_numero("12 %", allow_pct=True) == 12
