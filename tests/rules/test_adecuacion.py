"""Una adecuación cuadra con su tipo, y la conciliación encuentra cada centavo que no coincide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.adecuacion import AMPLIACION, REDUCCION, TRASPASO, Movimiento, conciliar, exigir_cuadre
from db.rules.problema import Problema


def test_un_traspaso_amplia_lo_mismo_que_reduce() -> None:
    exigir_cuadre(TRASPASO, [Movimiento("A", 3, 500, 0), Movimiento("B", 3, 0, 500)])
    with pytest.raises(Problema, match=r"difieren en \$0\.01"):
        exigir_cuadre(TRASPASO, [Movimiento("A", 3, 500, 0), Movimiento("B", 3, 0, 499)])


@pytest.mark.parametrize(
    ("tipo", "movimiento", "dice"),
    [
        (AMPLIACION, Movimiento("A", 3, 0, 5), "no reduce"),
        (REDUCCION, Movimiento("A", 3, 5, 0), "no amplía"),
        (AMPLIACION, Movimiento("A", 13, 5, 0), "no es un mes"),
        (AMPLIACION, Movimiento("A", 3, -5, 0), "negativo"),
        (AMPLIACION, Movimiento("A", 3, 0, 0), "no amplía ni reduce"),
    ],
)
def test_lo_que_no_es_de_su_tipo_se_rechaza(tipo: str, movimiento: Movimiento, dice: str) -> None:
    with pytest.raises(Problema, match=dice):
        exigir_cuadre(tipo, [movimiento])


def test_una_adecuacion_vacia_se_rechaza() -> None:
    with pytest.raises(Problema, match="no mueve ninguna clave"):
        exigir_cuadre(TRASPASO, [])


pares = st.dictionaries(
    st.tuples(st.integers(1, 2), st.sampled_from("ABCD")),
    st.tuples(st.integers(0, 10**12), st.integers(0, 10**12)),
)


@given(pares, pares)
def test_lo_que_no_coincide_cuadra_los_dos_totales(
    corte: dict[tuple[int, str], tuple[int, int]], documentos: dict[tuple[int, str], tuple[int, int]]
) -> None:
    """Documentos + sin documento − no reflejado = corte: así no se esconde ningún centavo."""
    diferencias = conciliar(corte, documentos)
    falta = sum(d.sin_documento for d in diferencias) - sum(d.no_reflejado for d in diferencias)
    assert sum(map(sum, documentos.values())) + falta == sum(map(sum, corte.values()))
    assert all(d.sin_documento or d.no_reflejado for d in diferencias)


def test_un_documento_igual_al_corte_no_es_diferencia() -> None:
    assert conciliar({(1, "A"): (100, 0)}, {(1, "A"): (100, 0)}) == []
    (d,) = conciliar({(1, "A"): (100, 5)}, {(1, "A"): (60, 9)})
    assert (d.sin_documento, d.no_reflejado) == (40, 4)
