"""Lo que la ficha ejecutiva elige y dice."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from db.rules.estado import Estado
from db.rules.ficha_ejecutiva import URGENCIA, frase, lo_peor


def figura(estado: Estado, valor: int | None = None) -> dict[str, Any]:
    cifra = "—" if valor is None else f"{valor}.0 %"
    return {"estado": estado.value, "valor": None if valor is None else Decimal(valor), "cifra": cifra,
            "palabra": "Sin dato"}  # fmt: skip


def test_lo_vencido_va_antes_que_lo_critico_y_lo_critico_por_lo_lejos_de_cien() -> None:
    casos = [
        ("a", figura(Estado.riesgo, 80)),
        ("b", figura(Estado.critico, 60)),
        ("c", figura(Estado.critico, 20)),
        ("d", figura(Estado.vencido)),
        ("e", figura(Estado.adecuado, 99)),
        ("f", figura(Estado.sobrecumplido, 300)),
    ]
    assert [n for n, _ in lo_peor(casos, 10)] == ["d", "c", "b", "a", "f"]


@given(st.lists(st.tuples(st.text(max_size=5), st.sampled_from(list(Estado)))), st.integers(0, 6))
def test_solo_entra_lo_que_pide_atencion_y_no_sobran(casos: list[tuple[str, Estado]], cuantos: int) -> None:
    elegidos = lo_peor([(n, figura(e, 50)) for n, e in casos], cuantos)
    piden = sum(e in URGENCIA for _, e in casos)
    assert len(elegidos) == min(cuantos, piden)
    assert all(f["estado"] in URGENCIA for _, f in elegidos)


def test_la_frase_dice_lo_que_hay_y_nada_que_no_haya() -> None:
    dinero = {"devengado": 64_061_960_342, "modificado": 97_975_385_900, "financiero": {"cifra": "65.4 %"}}
    assert frase("El eje", figura(Estado.riesgo, 88), dinero) == (
        "El eje cumple 88.0 % de lo programado al corte y ha devengado 640.6 mdp de 979.8 mdp (65.4 %)."
    )
    assert frase("El eje", figura(Estado.sin_dato), None) == "El eje no tiene cifra al corte: sin dato."
    assert frase("El eje", None, None) == "El eje no tiene metas que evaluar en este corte."
