"""Lo que se captura va por proyecto: nada se pierde al agrupar y siempre se llega a lo que falta."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.ui.grupos_captura import JUNTOS, SIN_PROGRAMAR, TODO, grupos, por_escribir, siguiente

items = st.lists(
    st.fixed_dictionaries(
        {
            "clase": st.just("meta"),
            "id": st.integers(1, 999),
            "proyecto": st.sampled_from(["0101 Uno", "0102 Dos", "0103 Tres"]),
            "toca": st.booleans(),
            "estado": st.sampled_from([None, "enviado"]),
            "borrador": st.sampled_from([None, {"valores": {}}]),
            "palabra": st.sampled_from(["Sin capturar", "Borrador", "Devuelto", "Enviado"]),
        }
    ),
    max_size=40,
)


@given(items)
def test_cada_cosa_esta_en_un_solo_grupo(lista: list[dict[str, Any]]) -> None:
    hechos = grupos(lista)
    assert sorted(n for ns in hechos.values() for n in ns) == list(range(len(lista)))
    if len(lista) <= JUNTOS:
        assert list(hechos) == [TODO]
    elif SIN_PROGRAMAR in hechos:
        assert list(hechos)[-1] == SIN_PROGRAMAR


@given(items)
def test_de_siguiente_en_siguiente_se_llega_a_todo_lo_que_falta(lista: list[dict[str, Any]]) -> None:
    """Cada grupo se visita una vez: lo escrito en él ya es borrador, aunque no se haya enviado."""
    hechos = grupos(lista)
    por_hacer = {n for n, i in enumerate(lista) if por_escribir(i)}
    pendientes = {c for c, ns in hechos.items() if por_hacer & set(ns)}
    primero = siguiente(lista, hechos, "")
    abierto, visto = primero, []
    while abierto is not None:
        assert abierto not in visto
        visto.append(abierto)
        lista = [
            {**i, "borrador": {"valores": {}}} if n in hechos[abierto] else i for n, i in enumerate(lista)
        ]
        abierto = siguiente(lista, hechos, abierto)
    assert pendientes <= set(visto)
    assert set(visto) - pendientes <= {primero}


def test_se_empieza_por_lo_devuelto_y_luego_se_sigue_el_orden() -> None:
    def item(cual: int, proyecto: str, palabra: str) -> dict[str, Any]:
        return {
            "clase": "meta", "id": cual, "proyecto": proyecto, "toca": True, "estado": None, "borrador": None,
            "palabra": palabra,
        }  # fmt: skip

    lista = [item(n, f"010{n % 3} P", "Devuelto" if n == 4 else "Sin capturar") for n in range(15)]
    hechos = grupos(lista)
    assert siguiente(lista, hechos, "") == "0101"
    assert [siguiente(lista, hechos, c) for c in ("0101", "0102", "0100")] == ["0102", "0100", "0101"]
