"""Lo que se captura va por proyecto: nada se pierde al agrupar y siempre se llega a lo que falta."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.ui.grupos_captura import JUNTOS, SIN_PROGRAMAR, TODO, falta, grupos, siguiente

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
    hechos, visto = grupos(lista), set()
    por_hacer = {n for n, i in enumerate(lista) if falta(i) or i["palabra"] == "Devuelto"}
    pendientes = {c for c, ns in hechos.items() if por_hacer & set(ns)}
    abierto = siguiente(lista, hechos, "")
    while abierto is not None and abierto not in visto:
        visto.add(abierto)
        resueltos = [{**i, "palabra": "Enviado"} if n in hechos[abierto] else i for n, i in enumerate(lista)]
        lista, abierto = resueltos, siguiente(resueltos, hechos, abierto)
    assert visto == pendientes
