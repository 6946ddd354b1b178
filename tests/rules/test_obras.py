"""Priorizar obras: los pesos suman cien, el puntaje no sale de rango y el orden no depende de la entrada."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules import propuestas
from db.rules.estado import Estado
from db.rules.obras import en_orden, exigir_calificacion, exigir_criterios, puntaje
from db.rules.problema import Problema

VALOR = st.integers(0, 100).map(Decimal)
OBRA = st.tuples(st.none() | VALOR, st.integers(0, 3))


def test_el_puntaje_es_el_promedio_pesado() -> None:
    pesos = {1: Decimal(40), 2: Decimal(35), 3: Decimal(25)}
    assert puntaje(pesos, {1: Decimal(80), 2: Decimal(60), 3: Decimal(100)}) == Decimal(78)


def test_sin_todas_las_calificaciones_no_hay_puntaje() -> None:
    assert puntaje({1: Decimal(60), 2: Decimal(40)}, {1: Decimal(80)}) is None
    assert puntaje({}, {}) is None


@given(st.lists(st.integers(1, 50), min_size=1, max_size=6), st.data())
def test_el_puntaje_queda_entre_la_peor_y_la_mejor_calificacion(
    cortes: list[int], data: st.DataObject
) -> None:
    total = sum(cortes)
    pesos = {n: Decimal(p) * 100 / total for n, p in enumerate(cortes)}
    valores = {n: data.draw(VALOR) for n in pesos}
    suyo = puntaje(pesos, valores)
    assert suyo is not None
    holgura = Decimal("0.0001")
    assert min(valores.values()) - holgura <= suyo <= max(valores.values()) + holgura


@given(st.lists(OBRA, max_size=8), st.randoms())
def test_el_orden_no_depende_de_como_llegan(obras: list[tuple[Decimal | None, int]], azar: object) -> None:
    lista = [{"id": n, "puntaje": p, "beneficiarios": b} for n, (p, b) in enumerate(obras)]
    revuelta = list(lista)
    azar.shuffle(revuelta)  # type: ignore[attr-defined]
    en = en_orden(lista)
    assert en == en_orden(revuelta)
    con = [o["puntaje"] for o in en if o["puntaje"] is not None]
    assert con == sorted(con, reverse=True)
    assert all((o["lugar"] is None) == (o["puntaje"] is None) for o in en)


def test_las_que_empatan_comparten_lugar() -> None:
    obras = [{"id": n, "puntaje": Decimal(p), "beneficiarios": 5} for n, p in ((1, 70), (2, 70), (3, 60))]
    assert [o["lugar"] for o in en_orden(obras)] == [1, 1, 3]


@pytest.mark.parametrize(
    "criterios",
    [
        [],
        [("Rezago", Decimal(60)), ("Costo", Decimal(39))],
        [("Rezago", Decimal(60)), ("rezago ", Decimal(40))],
        [("Rezago", Decimal(110)), ("Costo", Decimal(-10))],
        [(" ", Decimal(100))],
    ],
)
def test_criterios_que_no_se_aceptan(criterios: list[tuple[str, Decimal]]) -> None:
    with pytest.raises(Problema) as problema:
        exigir_criterios(criterios)
    assert problema.value.campo == "criterios"


@pytest.mark.parametrize("valor", [Decimal(-1), Decimal("100.5")])
def test_una_calificacion_fuera_de_rango(valor: Decimal) -> None:
    with pytest.raises(Problema):
        exigir_calificacion(valor)


def test_el_plazo_se_cuenta_en_dias_habiles() -> None:
    # Del lunes 2 de noviembre de 2026, quince hábiles sin contar el lunes 16 (descanso): martes 24.
    assert propuestas.vencimiento(date(2026, 11, 2), {date(2026, 11, 16)}) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("estado", "dia", "esperado"),
    [
        ("recibida", 23, (Estado.riesgo, "Vence en 1 día")),
        ("en_analisis", 24, (Estado.riesgo, "Vence hoy")),
        ("recibida", 26, (Estado.critico, "Vencida hace 2 días")),
        ("atendida", 26, (Estado.adecuado, "Atendida")),
    ],
)
def test_la_situacion_de_una_propuesta(estado: str, dia: int, esperado: tuple[Estado, str]) -> None:
    assert propuestas.situacion(estado, date(2026, 11, 24), date(2026, 11, dia)) == esperado
