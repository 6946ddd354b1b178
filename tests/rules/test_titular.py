"""Titulares: nunca dos personas a la vez en una dependencia, y la Tesorería y la UIPPE se reconocen."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.problema import Problema
from db.rules.titular import TESORERIA, UIPPE, Cargo, dependencia_que_es, exigir_sin_traslape

DIA = date(2026, 1, 1)


@given(st.lists(st.tuples(st.integers(0, 400), st.none() | st.integers(-5, 400)), max_size=6))
def test_sin_traslape_quiere_decir_a_lo_mas_una_persona_cada_dia(pares: list[tuple[int, int | None]]) -> None:
    cargos = [
        Cargo(
            f"Persona {n}",
            DIA + timedelta(inicio),
            None if dura is None else DIA + timedelta(inicio + dura),
        )
        for n, (inicio, dura) in enumerate(pares)
    ]
    dias = [DIA + timedelta(n) for n in range(820)]
    alreves = any(c.hasta is not None and c.hasta < c.desde for c in cargos)
    encimados = any(sum(c.en_funciones(dia) for c in cargos) > 1 for dia in dias)
    try:
        exigir_sin_traslape(cargos)
        acepta = True
    except Problema:
        acepta = False
    assert acepta == (not alreves and not encimados)


def test_el_problema_dice_quien_y_desde_cuando() -> None:
    with pytest.raises(Problema, match=r"Ana está desde el .* y sigue en funciones: se encima con Luis"):
        exigir_sin_traslape([Cargo("Luis", date(2026, 3, 1)), Cargo("Ana", DIA)])


@pytest.mark.parametrize(
    ("papel", "nombres", "cual"),
    [
        (TESORERIA, ["Presidencia", "Tesorería", "Administración y Finanzas"], 1),
        (TESORERIA, ["Dirección General", "Finanzas y Administración"], 1),
        (TESORERIA, ["Presidencia"], None),
        (UIPPE, ["Planeación", "Unidad de Información, Planeación, Programación y Evaluación"], 1),
        (UIPPE, ["Obras y planeación urbana", "Planeación"], 1),
        (UIPPE, ["Unidad de Planeación", "Planeación"], 0),
        (UIPPE, [], None),
    ],
)
def test_la_dependencia_se_reconoce_por_su_nombre(papel: str, nombres: list[str], cual: int | None) -> None:
    assert dependencia_que_es(papel, list(enumerate(nombres))) == cual
