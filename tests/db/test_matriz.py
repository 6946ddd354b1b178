"""El gasto por cualquier clasificación: resumen y detalle dicen lo mismo, y otra versión no cuenta."""

from itertools import combinations

import pytest

from db.engine import reading
from db.queries.matriz import FONDO, Alcance, agrupar, por_meses
from db.queries.nombres_gasto import nombres
from db.queries.presupuesto import Monto, sumar
from db.rules.matriz import CLASIFICACIONES, FILTROS, SIN_CODIGO, resumen_de
from tests.db.mundo import ANIO
from tests.db.mundo_gasto import DOS, MES, UNO, poner

TODOS = Alcance(ANIO, MES)
AYUNTAMIENTO = Alcance(ANIO, MES, (1,))


def leer(alcance: Alcance, por: tuple[str, ...], **filtros: str) -> dict[tuple[str, ...], Monto]:
    with reading() as session:
        return agrupar(session, alcance, por, filtros)


def devengado(alcance: Alcance, por: tuple[str, ...], **filtros: str) -> dict[tuple[str, ...], int]:
    return {llave: m["devengado"] for llave, m in leer(alcance, por, **filtros).items()}


def test_cifras_hechas_a_mano(base: str) -> None:
    """Devengado a marzo: 90 + 430 + 9 del ayuntamiento y 30 del DIF."""
    poner()
    total = leer(AYUNTAMIENTO, ())[()]
    assert (total["aprobado"], total["modificado"], total["devengado"]) == (800, 800 + 37 - 100, 529)
    assert total["aprobado_calendario"] == 700
    assert devengado(TODOS, ("ente",)) == {("1",): 529, ("2",): 30}
    assert devengado(AYUNTAMIENTO, ("capitulo",)) == {("1000",): 90, ("6000",): 430, ("9000",): 9}
    assert devengado(AYUNTAMIENTO, ("capitulo", "fuente")) == {
        ("1000", "110101"): 90,
        ("6000", "250101"): 430,
        ("9000", "250101"): 9,
    }
    assert devengado(AYUNTAMIENTO, ("funcion",)) == {("0102",): 529}
    assert devengado(AYUNTAMIENTO, ("partida",), proyecto=UNO) == {("1131",): 90, ("6141",): 430}
    assert devengado(AYUNTAMIENTO, (), **{FONDO: "25"}) == {(): 439}


def test_cualquier_cruce_y_cualquier_filtro_suman_el_total(base: str) -> None:
    poner()
    total = leer(TODOS, ())[()]
    for por in [*combinations(CLASIFICACIONES, 1), *combinations(CLASIFICACIONES, 2)]:
        assert sumar(leer(TODOS, por).values()) == total, por
    for filtro in FILTROS:
        partes = [
            leer(TODOS, (), **{filtro: codigo or SIN_CODIGO})[()]
            for codigo in {llave[0].partition("@")[0] for llave in leer(TODOS, (filtro,))}
        ]
        assert sumar(partes) == total, filtro


def test_el_detalle_dice_lo_mismo_que_el_resumen(base: str) -> None:
    """El mismo filtro con una clasificación que obliga a leer el detalle."""
    poner()
    assert not resumen_de(("programa", "fuente")) and resumen_de(("programa",))
    for filtros in (
        {"programa": "01020401"},
        {"capitulo": "6000"},
        {"dependencia": "A00"},
        {"fuente": "250101"},
    ):
        otra = "tipo"
        assert not resumen_de((otra, *filtros))
        assert sumar(leer(TODOS, (otra,), **filtros).values()) == leer(TODOS, (), **filtros)[()]


def test_la_misma_dependencia_de_dos_entes_son_dos(base: str) -> None:
    poner()
    assert devengado(TODOS, ("dependencia",)) == {("A00@1",): 99, ("B00@1",): 430, ("A00@2",): 30}
    with reading() as session:
        llamadas = nombres(session, ANIO, "dependencia", ["A00@1", "A00@2"])
    assert llamadas == {"A00@1": "Dependencia A00", "A00@2": ""}


def test_los_meses_son_los_del_filtro_y_llegan_hasta_diciembre(base: str) -> None:
    poner()
    with reading() as session:
        meses = por_meses(session, AYUNTAMIENTO, {"proyecto": UNO})
        cruzados = por_meses(session, AYUNTAMIENTO, {"proyecto": UNO, "fuente": "110101"})
    assert {mes: m["devengado"] for mes, m in meses.items()} == {1: 50, 2: 430, 3: 40, 12: 0}
    assert {mes: m["aprobado"] for mes, m in cruzados.items()} == {1: 100, 3: 100, 12: 100}


@pytest.mark.parametrize("codigo", ["%", "_1%", "01' OR 1=1 --", "999"])
def test_un_codigo_inventado_no_halla_nada(base: str, codigo: str) -> None:
    poner()
    for filtro in FILTROS:
        assert leer(TODOS, (), **{filtro: codigo}) == {}


def test_los_nombres_salen_del_catalogo_del_ejercicio(base: str) -> None:
    poner()
    with reading() as session:
        assert nombres(session, ANIO, "proyecto", [DOS, "x", SIN_CODIGO]) == {
            DOS: "Proyecto",
            "x": "",
            SIN_CODIGO: "Sin proyecto",
        }
        assert nombres(session, ANIO, "programa", ["01020401"]) == {"01020401": "Derechos humanos"}
        assert nombres(session, ANIO, "ente", ["2"]) == {"2": "DIF"}
