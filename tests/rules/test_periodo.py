from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.periodo import (
    ACUMULADORES,
    Corte,
    Operacion,
    acumular,
    agrupar,
    corte_por_defecto,
    operacion_de,
    periodos,
    ultimo_dia,
)
from db.rules.problema import Problema

D = Decimal
meses = st.lists(st.one_of(st.none(), st.decimals(0, 1000, places=2)), min_size=12, max_size=12)


def test_toda_operacion_tiene_acumulador():
    assert set(ACUMULADORES) == set(Operacion)


@pytest.mark.parametrize(
    ("texto", "operacion"),
    [("Sumable", "suma"), ("NO Sumable", "valor_actual"), ("Valor  Actual", "valor_actual"),
     ("CONSTANTE", "constante"), ("Máximo", "maximo"), *((o.value, o.value) for o in Operacion)],
)  # fmt: skip
def test_las_operaciones_como_las_escriben_los_formatos(texto: str, operacion: str):
    assert operacion_de(texto) == operacion


def test_una_operacion_desconocida_se_rechaza():
    with pytest.raises(Problema):
        operacion_de("acumulable")


@pytest.mark.parametrize(
    ("operacion", "esperado"),
    [("suma", 9), ("constante", 2), ("valor_actual", 2), ("promedio", 3), ("maximo", 4), ("minimo", 2)],
)
def test_acumular(operacion: str, esperado: int):
    assert acumular([D(3), None, D(4), D(2)], Operacion(operacion)) == esperado
    assert acumular([None, None], Operacion(operacion)) is None


def test_los_periodos_cubren_el_anio():
    for nombre, cuantos in (("mes", 12), ("trimestre", 4), ("semestre", 2), ("anio", 1)):
        lista = periodos(nombre)
        assert [p.numero for p in lista] == list(range(1, cuantos + 1))
        assert [m for p in lista for m in range(p.mes_inicio, p.mes_fin + 1)] == list(range(1, 13))
    assert periodos("trimestre")[1].nombre == "abril a junio"
    with pytest.raises(Problema):
        periodos("quincena")


@given(meses)
def test_agrupar_sumas_conserva_el_total(valores: list[Decimal | None]):
    grupos = agrupar(valores, Operacion.suma, "trimestre")
    assert sum((g for g in grupos if g is not None), D(0)) == sum((v for v in valores if v is not None), D(0))
    for n, grupo in enumerate(grupos):
        assert (grupo is None) == all(v is None for v in valores[3 * n : 3 * n + 3])


def test_agrupar_valor_actual_toma_el_ultimo_capturado():
    valores = [D(1), D(2), None, *[None] * 3, D(0), *[None] * 5]
    assert agrupar(valores, Operacion.valor_actual, "trimestre") == (D(2), None, D(0), None)
    assert agrupar(None, Operacion.suma, "trimestre") == (None,) * 4


def test_el_corte_por_defecto():
    hoy = date(2026, 8, 31)
    assert corte_por_defecto(2026, {3, 6}, {7}, hoy) == (Corte(2026, 6), "último periodo cerrado")
    assert corte_por_defecto(2026, set(), {3, 7}, hoy)[0] == Corte(2026, 7)
    assert corte_por_defecto(2026, set(), set(), hoy)[0] == Corte(2026, 7)
    assert corte_por_defecto(2025, set(), set(), hoy)[0] == Corte(2025, 12)
    for dia in (date(2026, 1, 31), date(2025, 12, 1)):
        corte, origen = corte_por_defecto(2026, set(), set(), dia)
        assert corte == Corte(2026, 1)
        assert origen.startswith("sin cierre")


def test_sin_cierre_lo_dice():
    assert corte_por_defecto(2026, set(), set(), date(2026, 8, 1))[1].startswith("sin cierre")


def test_corte():
    assert Corte(2026, 6).en_palabras == "junio de 2026"
    assert Corte(2024, 2).dia == ultimo_dia(2024, 2) == date(2024, 2, 29)
    with pytest.raises(ValueError):
        Corte(2026, 13)
