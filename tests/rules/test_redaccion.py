"""Lo que el sistema redacta trae sólo sus cifras, y una cifra escrita a mano se nota."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.redaccion import cifras_ajenas, cifras_de, conclusiones, de_nodo, se_desvia


def ligero(valor: int | None, estado: str = "adecuado") -> dict[str, Any]:
    return {
        "valor": None if valor is None else Decimal(valor),
        "estado": estado,
        "palabra": "En meta",
        "cifra": "—" if valor is None else f"{valor}.0 %",
    }


def figura(valor: int | None, estado: str = "adecuado") -> dict[str, Any]:
    return {
        "cumplimiento": ligero(valor, estado),
        "avance_anual": ligero(70),
        "evaluados": 3,
        "total": 4,
        "por_estado": {"critico": 1, "adecuado": 2},
    }


def test_el_parrafo_dice_cuanto_con_cuantas_y_cuanto_dinero() -> None:
    dinero = {"modificado": 12_000_000_00, "devengado": 6_000_000_00, "financiero": ligero(50)}
    dicho = de_nodo("el eje «Uno»", figura(95), dinero, hasta="junio de 2026")
    assert dicho == (
        "A junio de 2026, el eje «Uno» cumple 95.0 % de lo programado (en meta), con 3 de 4 metas evaluadas. "
        "Del año lleva 70.0 %. De ellas, 1 crítica y 2 en meta. Su presupuesto modificado es de 12.0 mdp, de "
        "los que se han devengado 6.0 mdp (50.0 %)."
    )


def test_sin_cifra_no_se_inventa_ninguna() -> None:
    dicho = de_nodo("El eje", figura(None, "sin_dato_suficiente"), None, hasta="junio de 2026")
    assert "no tiene cifra" in dicho
    assert cifras_de(dicho) == ["70.0%"]


@pytest.mark.parametrize(
    ("valor", "estado", "se_aparta"),
    [
        (90, "riesgo", False),
        (110, "adecuado", False),
        (89, "critico", True),
        (111, "sobrecumplido", True),
        (None, "no_programado", True),
        (None, "critico", True),
        (None, "vencido", False),
        (None, "no_toca", False),
    ],
)
def test_se_explica_lo_que_se_aparta_mas_de_diez(valor: int | None, estado: str, se_aparta: bool) -> None:
    assert se_desvia(ligero(valor, estado)) is se_aparta


@given(st.lists(st.integers(0, 10**9), max_size=5), st.text(max_size=30))
def test_las_cifras_del_sistema_nunca_son_ajenas(numeros: list[int], aparte: str) -> None:
    automatico = " ".join(f"{n:,} mdp y {n % 100}.5 %" for n in numeros)
    assert cifras_ajenas(automatico + aparte.translate({ord(c): "x" for c in "0123456789"}), automatico) == []


def test_una_cifra_escrita_a_mano_se_nota() -> None:
    automatico = "Cumple 95.0 % con 12.3 mdp."
    corregido = "Se logró 97.5 % con 12.3 mdp y $1,500.00 de apoyo, en 2026."
    assert cifras_ajenas(corregido, automatico) == ["97.5%", "$1,500.00"]


def test_las_conclusiones_nombran_al_mejor_al_peor_y_lo_que_falta_explicar() -> None:
    ejes = [("Uno", ligero(80)), ("Dos", ligero(99)), ("Tres", ligero(None))]
    dicho = conclusiones(ejes, 5, 2)
    assert "Dos (99.0 %)" in dicho
    assert "Uno (80.0 %)" in dicho
    assert "5 metas se apartan" in dicho
    assert "2 no traen justificación" in dicho
    assert conclusiones([], 0, 0) == "Ninguna meta se aparta más de 10 % de lo programado."
