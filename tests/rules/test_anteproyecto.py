"""El presupuesto en integración: meses exactos, techos sin tolerancia y comprobaciones en palabras."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.anteproyecto import (
    A_MANO,
    ANTERIOR,
    COMO_ESTA,
    MAXIMO,
    MESES,
    PAREJO,
    calendarizar,
    cotejar,
    fuente_valida,
    huella,
    leer_propuesta,
    partida_valida,
    saldo,
    situacion,
    tipo_de_gasto,
    variacion,
)
from db.rules.anteproyecto_revision import Hallazgo, Integracion, Linea, comprobar
from db.rules.problema import Problema

IMPORTES = st.integers(min_value=0, max_value=MAXIMO)
PESOS = st.lists(st.integers(min_value=-(10**12), max_value=10**12), max_size=14)


@given(anual=IMPORTES, pesos=PESOS)
def test_los_meses_suman_exactamente_el_anio(anual: int, pesos: list[int]) -> None:
    meses = calendarizar(anual, pesos)
    assert len(meses) == 12
    assert sum(meses) == anual
    assert min(meses) >= 0


@given(anual=IMPORTES)
def test_parejo_no_difiere_mas_de_un_centavo_entre_meses(anual: int) -> None:
    meses = calendarizar(anual)
    assert max(meses) - min(meses) <= 1
    assert list(meses) == sorted(meses, reverse=True)


@given(anual=IMPORTES, pesos=st.lists(IMPORTES, min_size=12, max_size=12).filter(any))
def test_un_mes_sin_peso_no_recibe_dinero(anual: int, pesos: list[int]) -> None:
    assert all(not mes for mes, peso in zip(calendarizar(anual, pesos), pesos, strict=True) if not peso)


@given(
    techo=st.none() | IMPORTES,
    propuesto=IMPORTES,
)
def test_la_palabra_y_el_saldo_dicen_lo_mismo(techo: int | None, propuesto: int) -> None:
    palabra, texto = situacion(techo, propuesto).codigo, saldo(techo, propuesto)
    assert (palabra == "excedido") == texto.startswith("excedido")
    assert (techo is None) == (texto == "sin techo")


def test_un_centavo_de_mas_excede() -> None:
    assert situacion(100, 101).codigo == "excedido"
    assert situacion(100, 100).codigo == "completo"
    assert situacion(100, 99).codigo == "por_asignar"
    assert situacion(100, 0).codigo == "sin_captura"
    assert situacion(None, 1).codigo == "sin_techo"
    assert situacion(0, 1).codigo == "excedido"


def test_la_variacion_no_divide_entre_cero() -> None:
    assert variacion(None, 5) == (None, None)
    assert variacion(0, 5) == (5, None)
    assert variacion(200, 250) == (50, Decimal(25))


CATALOGO = frozenset({"1000", "1100", "1130", "6120"})


@pytest.mark.parametrize("partida", ["1130", "1131", "11301", "6129"])
def test_una_especifica_cuelga_de_su_generica(partida: str) -> None:
    assert partida_valida(partida, CATALOGO)


@pytest.mark.parametrize("partida", ["1000", "1100", "1101", "1140", "113", "113001", "", "a130", "١١٣٠"])
def test_no_es_partida(partida: str) -> None:
    assert not partida_valida(partida, CATALOGO)


def test_la_fuente_puede_desglosar_una_del_catalogo() -> None:
    assert fuente_valida("250102", frozenset({"2", "25"}))
    assert fuente_valida("25", frozenset({"25"}))
    assert not fuente_valida("2", frozenset({"2"}))
    assert not fuente_valida("990101", frozenset({"25"}))


@pytest.mark.parametrize(
    ("partida", "tipo"),
    [("1130", "1"), ("4520", "4"), ("5110", "2"), ("6120", "2"), ("8110", "5"), ("9110", "3")],
)
def test_el_tipo_de_gasto_sigue_al_capitulo(partida: str, tipo: str) -> None:
    assert tipo_de_gasto(partida) == tipo


@given(renglones=st.lists(st.tuples(st.text(), st.integers()), max_size=6))
def test_la_huella_no_depende_del_orden_y_si_de_cada_centavo(renglones: list[tuple[str, int]]) -> None:
    assert huella(renglones) == huella(reversed(renglones))
    if renglones:
        texto, importe = renglones[0]
        assert huella(renglones) != huella([(texto, importe + 1), *renglones[1:]])


def _campos(**extra: str) -> dict[str, str]:
    return {"partida": "1130", "fuente": "11", "anual": "120.01", "calendario": PAREJO} | extra


def test_los_cuatro_calendarios() -> None:
    parejo = leer_propuesta(1, _campos())
    assert parejo is not None and parejo.meses == (1001, *[1000] * 11)
    previos = [0] * 11 + [5]
    anteriores = [5] + [0] * 11
    como_esta = leer_propuesta(1, _campos(calendario=COMO_ESTA), previos=previos, anteriores=anteriores)
    assert como_esta is not None and como_esta.meses == (*[0] * 11, 12_001)
    anterior = leer_propuesta(1, _campos(calendario=ANTERIOR), previos=previos, anteriores=anteriores)
    assert anterior is not None and anterior.meses == (12_001, *[0] * 11)
    a_mano = leer_propuesta(1, _campos(calendario=A_MANO, anual="", marzo="1,000.50"))
    assert a_mano is not None and (a_mano.meses[2], a_mano.anual) == (100_050, 100_050)


@pytest.mark.parametrize(
    ("campos", "dice"),
    [
        (_campos(partida=""), "Renglón 3: falta la partida"),
        (_campos(fuente=""), "Renglón 3: falta la fuente"),
        (_campos(anual=""), "no tiene importe"),
        (_campos(anual="-5"), "no es un importe posible"),
        (_campos(anual="1.234"), "puede ser mil o un decimal"),
        (_campos(anual="10.005"), "puede ser mil|fracciones"),
        (_campos(anual="mucho"), "no es un número"),
        (_campos(calendario=A_MANO, enero="1"), r"suman \$1.00 y el anual dice \$120.01"),
        (_campos(calendario=A_MANO, enero="x"), "Renglón 3, enero"),
    ],
)
def test_un_renglon_mal_dice_cual_y_por_que(campos: dict[str, str], dice: str) -> None:
    with pytest.raises(Problema, match=dice):
        leer_propuesta(3, campos)


def test_un_renglon_sin_nada_escrito_no_cuenta() -> None:
    assert leer_propuesta(1, {"partida": "", "fuente": "", "anual": "", "calendario": PAREJO}) is None


def test_cotejar_dice_solo_lo_distinto() -> None:
    cotejo = cotejar({"a": 1, "b": 2, "c": 3}, {"b": 2, "c": 4, "d": 5})
    assert cotejo.filas == [("a", 1, None), ("c", 3, 4), ("d", None, 5)]
    assert (cotejo.iguales, cotejo.diferencia) == (1, 5)


A, B = ("A00", "100", "010101010101"), ("B00", "100", "010101010102")
BIEN = Integracion(
    anio=2027,
    lineas=[Linea(A, "11", "1130", calendarizar(1_200)), Linea(B, "25", "6120", calendarizar(2_400))],
    techos={("A00", ""): 1_200, ("B00", ""): 2_400, ("B00", "6000"): 2_400},
    partidas=CATALOGO,
    fuentes=frozenset({"11", "25"}),
    ejecutados=frozenset({A, B}),
    metas=frozenset({A, B}),
    anio_metas=2027,
    con_linea=frozenset({A[2], B[2]}),
)


def _faltas(todo: Integracion) -> list[tuple[str, str, bool]]:
    return [(h.regla, h.general, h.grave) for h in comprobar(todo)]


def test_si_todo_cuadra_no_hay_hallazgos() -> None:
    assert comprobar(BIEN) == []


@pytest.mark.parametrize(
    ("cambio", "faltas"),
    [
        ({"techos": {("A00", ""): 1_199, ("B00", ""): 2_400}}, [("techo", "A00", True)]),
        ({"techos": {("A00", ""): 1_200, ("B00", ""): 9_000, ("B00", "6000"): 1}}, [("techo", "B00", True)]),
        ({"techos": {("A00", ""): 1_200}}, [("techo", "B00", True)]),
        (
            {"techos": {("A00", ""): 1_200, ("B00", ""): 2_400, ("B00", "6000"): 2_400, ("B00", "1000"): 1}},
            [("techo", "B00", True)],
        ),
        ({"partidas": frozenset({"1130"})}, [("catalogo", "B00", True)]),
        ({"fuentes": frozenset({"11"})}, [("catalogo", "B00", True)]),
        ({"ejecutados": frozenset({A})}, [("01a", "B00", True)]),
        ({"metas": frozenset({A})}, [("01c", "B00", True)]),
        ({"con_linea": frozenset({A[2]})}, [("plan", "B00", False)]),
        ({"anio_metas": None, "metas": frozenset()}, [("01c", "", True)]),
        ({"anio_metas": 2026, "metas": frozenset({A})}, [("01c", "", True), ("01c", "B00", False)]),
    ],
)
def test_cada_regla_rota_se_dice_sola(cambio: dict[str, object], faltas: list[tuple[str, str, bool]]) -> None:
    assert _faltas(replace(BIEN, **cambio)) == faltas  # type: ignore[arg-type]


def test_un_proyecto_sin_dinero_rompe_01a_y_01c_solo_si_su_dependencia_ya_captura() -> None:
    otro = ("A00", "100", "010101010109")
    todo = replace(BIEN, ejecutados=BIEN.ejecutados | {otro}, metas=BIEN.metas | {otro})
    assert _faltas(todo) == [("01a", "A00", True), ("01c", "A00", True)]
    ajena = ("C00", "100", "010101010109")
    todo = replace(BIEN, ejecutados=BIEN.ejecutados | {ajena}, metas=BIEN.metas | {ajena})
    assert [h.mensaje for h in comprobar(todo)] == ["no ha capturado nada: le falta un proyecto"]


def test_los_meses_vacios_se_nombran() -> None:
    lineas = [BIEN.lineas[0], Linea(B, "25", "6120", (0, *[100] * 10, 1_400))]
    hallados = comprobar(replace(BIEN, lineas=lineas))
    assert [(h.regla, h.mensaje) for h in hallados] == [("meses", f"sin dinero en {MESES[0]}")]


def test_una_partida_sin_capitulo_descuadra_la_suma() -> None:
    lineas = [*BIEN.lineas, Linea(A, "11", "0130", calendarizar(1))]
    reglas = {
        h.regla for h in comprobar(replace(BIEN, lineas=lineas, techos={**BIEN.techos, ("A00", ""): 1_201}))
    }
    assert reglas == {"catalogo", "capitulos"}


@given(
    montos=st.lists(st.tuples(st.sampled_from([A, B]), st.integers(1, 10**9)), max_size=6),
    techo=st.integers(0, 10**9),
)
def test_hay_exceso_si_y_solo_si_la_suma_rebasa(
    montos: list[tuple[tuple[str, str, str], int]], techo: int
) -> None:
    lineas = [Linea(lugar, "11", "1130", calendarizar(monto)) for lugar, monto in montos]
    todo = replace(BIEN, lineas=lineas, techos={("A00", ""): techo, ("B00", ""): techo})
    excedidas = {h.general for h in comprobar(todo) if h.regla == "techo"}
    assert excedidas == {
        general
        for general in ("A00", "B00")
        if sum(monto for lugar, monto in montos if lugar[0] == general) > techo
    }


def test_todo_hallazgo_trae_remedio() -> None:
    roto = replace(
        BIEN, techos={}, partidas=frozenset(), fuentes=frozenset(), ejecutados=frozenset(), metas=frozenset(),
        con_linea=frozenset(),
    )  # fmt: skip
    hallados: list[Hallazgo] = comprobar(roto)
    assert len(hallados) >= 8
    assert all(h.remedio and h.lugar and h.mensaje for h in hallados)
