"""Lo congelado se guarda corto y se lee igual, con bandas generales o propias."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from db.rules.banda import Banda
from db.rules.estado import Estado
from db.rules.instantanea import Juegos, compactar, desplegar
from db.rules.periodo import Corte
from db.rules.resultado import Detalle, Excluido, Insumo, Resultado

CORTE = Corte(2026, 9)


def juego(limite: int) -> tuple[Banda, ...]:
    return (
        Banda("critico", "Crítico", "✖", "#B3261E", None, Decimal(limite), Estado.critico),
        Banda("adecuado", "En meta", "✔", "#1B6E3C", Decimal(limite), None, Estado.adecuado),
    )


JUEGOS = st.sampled_from([(), juego(70), juego(50), juego(90)])

resultados = st.builds(
    Resultado,
    st.none() | st.decimals(0, 200, places=2),
    st.sampled_from(Estado),
    st.builds(
        Detalle,
        st.just("alcanzado ÷ programado × 100"),
        insumos=st.lists(st.builds(Insumo, st.just("Alcanzado"), st.text(max_size=5)), max_size=2).map(tuple),
        excluidos=st.lists(st.builds(Excluido, st.just("Meta"), st.just("sin dato")), max_size=1).map(tuple),
        evaluados=st.integers(0, 2),
        bandas=JUEGOS,
        corte=st.sampled_from([None, CORTE, Corte(2026, 6)]),
        notas=st.sampled_from([(), ("una",)]),
    ),
).map(Resultado.a_dict)

congelados = st.one_of(
    st.builds(lambda r: {"cumplimiento": r, "cumplimiento_original": r, "esperado": None}, resultados),
    st.fixed_dictionaries({"cumplimiento": resultados, "cumplimiento_original": resultados}),
    st.fixed_dictionaries({"modificado": st.integers(), "financiero": resultados}),
)


@given(st.lists(congelados, max_size=4))
def test_desplegar_repone_lo_que_compactar_quito(lista: list[dict[str, Any]]) -> None:
    generales = Resultado(None, Estado.no_toca, Detalle("", bandas=juego(70))).a_dict()["detalle"]["bandas"]
    juegos = Juegos(generales)
    cortos = [compactar(uno, juegos, (2026, 9)) for uno in lista]
    por_nombre = {"generales": generales, **juegos.propios}
    assert [desplegar(corto, por_nombre, (2026, 9)) for corto in cortos] == lista
    assert [desplegar(uno, por_nombre, (2026, 9)) for uno in lista] == lista
    assert "palabra" not in str(cortos) and len(juegos.propios) <= 2
