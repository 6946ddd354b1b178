"""El programa de evaluación: su plazo cae en día hábil de abril, y cada acción dice en qué va."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.estado import Estado
from db.rules.pae import (
    avance_de,
    exigir_avance,
    limite_para_publicar,
    por_difundir,
    por_publicar,
    situacion,
)
from db.rules.problema import Problema

HOY = date(2026, 11, 23)


@given(st.integers(2000, 2100))
def test_el_limite_es_el_ultimo_dia_habil_de_abril(anio: int) -> None:
    limite = limite_para_publicar(anio)
    assert (limite.year, limite.month) == (anio, 4)
    assert limite.weekday() < 5
    siguiente = limite + timedelta(days=1)
    while siguiente.weekday() > 4:
        siguiente += timedelta(days=1)
    assert siguiente.month == 5


def test_el_limite_de_2027_es_viernes_30() -> None:
    assert limite_para_publicar(2027) == date(2027, 4, 30)
    assert limite_para_publicar(2028) == date(2028, 4, 28)


@pytest.mark.parametrize(
    ("avance", "inicio", "fin", "palabra"),
    [
        (100, date(2026, 1, 1), date(2026, 2, 1), "Cumplida"),
        (99, date(2026, 1, 1), date(2026, 11, 22), "Vencida"),
        (0, date(2026, 1, 1), date(2026, 11, 23), "Por vencer"),
        (0, date(2026, 1, 1), date(2026, 12, 8), "Por vencer"),
        (0, date(2026, 1, 1), date(2026, 12, 9), "En tiempo"),
        (0, date(2026, 12, 1), date(2027, 2, 1), "Por empezar"),
    ],
)
def test_una_accion_dice_en_que_va(avance: int, inicio: date, fin: date, palabra: str) -> None:
    assert situacion(Decimal(avance), inicio, fin, HOY, 15)[1] == palabra


def test_publicar_y_difundir_tienen_plazo() -> None:
    assert por_publicar(2026, date(2026, 4, 30), HOY)[0] is Estado.adecuado
    assert por_publicar(2026, date(2026, 5, 4), HOY)[1] == "Publicado tarde"
    assert por_publicar(2026, None, HOY)[0] is Estado.critico
    assert por_difundir(None, None, HOY) is None
    assert por_difundir(date(2026, 11, 1), None, HOY) == (Estado.riesgo, "Por difundir")
    assert por_difundir(date(2026, 10, 1), None, HOY) == (Estado.critico, "Sin difundir")
    assert por_difundir(date(2026, 10, 1), date(2026, 10, 31), HOY) == (Estado.adecuado, "Difundida")


@given(st.lists(st.integers(0, 100).map(Decimal), min_size=1, max_size=8))
def test_el_avance_del_aspecto_queda_entre_el_de_sus_acciones(avances: list[Decimal]) -> None:
    avance = avance_de(avances)
    assert avance is not None
    assert min(avances) <= avance <= max(avances)


def test_sin_acciones_no_hay_avance() -> None:
    assert avance_de([]) is None


def test_el_avance_no_baja_sin_decir_por_que() -> None:
    exigir_avance(Decimal(40), Decimal(30), "Se devolvió el padrón")
    for nuevo in (Decimal(30), Decimal(101), Decimal(-1)):
        with pytest.raises(Problema):
            exigir_avance(Decimal(40), nuevo, "")
