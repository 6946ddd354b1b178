"""Pesos: sólo se guarda lo que se puede consolidar, y llevarlos a 100 conserva su proporción."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.periodo import Corte
from db.rules.peso import (
    Hermanos,
    avisos,
    exigir_pesos,
    exigir_vigencia,
    llevar_a_cien,
    parte_de_cada_uno,
    suma_en_palabras,
)
from db.rules.problema import Problema

PESO = st.none() | st.decimals(-5, 200, places=2)
HERMANOS = st.dictionaries(st.integers(1, 30), PESO, min_size=1, max_size=9).map(lambda p: Hermanos("Eje", p))


def _se_acepta(grupo: Hermanos) -> bool:
    try:
        exigir_pesos([grupo])
    except Problema:
        return False
    return True


@given(HERMANOS)
def test_se_acepta_lo_que_tiene_suma_positiva_y_nada_negativo(grupo: Hermanos) -> None:
    efectivos = [Decimal(1) if p is None else p for p in grupo.pesos.values()]
    assert _se_acepta(grupo) == (min(efectivos) >= 0 and sum(efectivos) > 0)


@given(HERMANOS.filter(_se_acepta))
def test_llevar_a_cien_suma_cien_y_conserva_la_proporcion(grupo: Hermanos) -> None:
    nuevos = llevar_a_cien(grupo)
    partes = parte_de_cada_uno(grupo)
    assert sum(nuevos.values()) == 100 and nuevos.keys() == grupo.pesos.keys()
    for nodo, peso in nuevos.items():
        assert abs(peso - partes[nodo]) <= Decimal("0.01")
        assert peso >= 0
    # Llevarlos otra vez no cambia nada.
    assert llevar_a_cien(Hermanos("Eje", dict(nuevos))) == nuevos
    assert avisos([Hermanos("Eje", dict(nuevos))]) == []


@pytest.mark.parametrize(
    ("pesos", "dice", "cuantos"),
    [
        ({1: None, 2: None}, "todos pesan igual: 50.0\N{NO-BREAK SPACE}% cada uno", 0),
        ({1: Decimal(60), 2: Decimal(40)}, "suman 100", 0),
        ({1: Decimal(60), 2: Decimal(36)}, "suman 96: faltan 4 para 100", 1),
        ({1: Decimal(60), 2: Decimal("40.5")}, "suman 100.5: sobran 0.5 para 100", 1),
        ({1: Decimal(99), 2: None}, "suman 100", 1),
    ],
)
def test_lo_que_no_suma_cien_se_avisa(pesos: dict[int, Decimal | None], dice: str, cuantos: int) -> None:
    grupo = Hermanos("Eje", pesos)
    assert suma_en_palabras(grupo) == dice
    assert len(avisos([grupo])) == cuantos


def test_el_problema_dice_donde() -> None:
    with pytest.raises(Problema, match=r"«Eje dos» suman 0.*mayor que 0"):
        exigir_pesos([Hermanos("Eje uno", {1: None}), Hermanos("Eje dos", {2: Decimal(0), 3: Decimal(0)})])


@pytest.mark.parametrize(
    ("desde", "se_puede"),
    [
        (Corte(2026, 10), True),
        (Corte(2026, 9), False),
        (Corte(2025, 12), False),
        (Corte(2027, 1), True),
        (Corte(2028, 1), False),
    ],
)
def test_nunca_rige_en_lo_cerrado_ni_fuera_de_la_administracion(desde: Corte, se_puede: bool) -> None:
    try:
        exigir_vigencia(desde, [2025, 2026, 2027], Corte(2026, 9))
    except Problema as problema:
        assert not se_puede and problema.remedio
    else:
        assert se_puede
