"""Lo que cuelga y lo que se hereda en el árbol, contra la definición escrita nodo por nodo."""

from hypothesis import given
from hypothesis import strategies as st

from db.rules.alineacion import con_descendencia, heredadas, sin_ninguna


@st.composite
def arboles(dibuja: st.DrawFn) -> tuple[dict[int, int | None], dict[int, set[int]]]:
    cuantos = dibuja(st.integers(1, 12))
    padres = {n: (None if n == 0 else dibuja(st.none() | st.integers(0, n - 1))) for n in range(cuantos)}
    propias = dibuja(st.dictionaries(st.integers(0, cuantos + 1), st.sets(st.integers(0, 4)), max_size=6))
    return padres, propias


def _superiores(padres: dict[int, int | None], nodo: int) -> list[int]:
    padre = padres[nodo]
    return [] if padre is None else [padre, *_superiores(padres, padre)]


@given(arboles())
def test_cada_nodo_junta_lo_suyo_y_lo_de_abajo_y_hereda_lo_de_arriba(
    caso: tuple[dict[int, int | None], dict[int, set[int]]],
) -> None:
    padres, propias = caso
    abajo, arriba = con_descendencia(padres, propias), heredadas(padres, propias)
    for nodo in padres:
        familia = [n for n in padres if n == nodo or nodo in _superiores(padres, n)]
        assert abajo[nodo] == set().union(*(propias.get(n, set()) for n in familia))
        assert arriba[nodo] == set().union(*(propias.get(n, set()) for n in _superiores(padres, nodo)))
    assert sin_ninguna(padres, propias) == {n for n in padres if not abajo[n] and not arriba[n]}
