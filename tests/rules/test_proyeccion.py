"""Proyección al cierre: mínimo cuatro periodos validados, dentro de su rango y sin inventar lo que falta."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.debido import IndicadorEvaluable
from db.rules.formula import compilar
from db.rules.periodo import Operacion
from db.rules.proyeccion import (
    CON_HUECOS,
    SIN_FORMULA,
    TERMINADO,
    Proyeccion,
    proyectar,
    proyectar_indicador,
)
from tests.rules.test_indicador import indicador, v, variable

D = Decimal
SUMA = {"A": Operacion.suma}
A = compilar("A", "A")


def _suma(*validados: int | Decimal) -> list[dict[str, Decimal]]:
    return [{"A": D(x)} for x in validados]


def test_no_se_proyecta_con_menos_de_cuatro_periodos_ni_con_el_anio_terminado() -> None:
    assert proyectar(A, SUMA, _suma(5, 5, 5), [], 9) is None
    assert proyectar(A, SUMA, _suma(5, 5, 5, 5), [], 0) is None


def test_una_suma_sigue_al_ritmo_de_los_ultimos_cuatro() -> None:
    """100 de antes no pesan: 10 + 20 + 30 y faltan dos; ritmo (40+10+20+30)/4 = 25."""
    p = proyectar(A, SUMA, _suma(10, 20, 30), _suma(100, 40), 2)
    assert p is not None
    assert (p.valor, p.minimo, p.maximo) == (D(110), D(80), D(140))


@given(st.lists(st.decimals(0, 1000, places=2), min_size=4, max_size=11))
def test_la_proyeccion_queda_en_su_rango_y_no_baja_de_lo_logrado(validados: list[Decimal]) -> None:
    p = proyectar(A, SUMA, _suma(*validados), [], 12 - len(validados))
    assert p is not None
    assert sum(validados) <= p.minimo <= p.valor <= p.maximo
    assert p.metodo


def _razon(a: tuple[int | None, ...], b: tuple[int | None, ...]) -> IndicadorEvaluable:
    return indicador(variable("A", v(10, 10, 10, 10), v(*a)), variable("B", v(20, 20, 20, 20), v(*b)))


def test_una_razon_acumula_sus_variables_y_despues_aplica_la_formula() -> None:
    """A: 9+9+9 y faltan (10+9+9+9)/4 = 9.25 → 36.25; B: 60 + 20 = 80 → 45.3125 %."""
    antes = _razon((10, 10, 10, 10), (20, 20, 20, 20))
    p = proyectar_indicador(_razon((9, 9, 9), (20, 20, 20)), 3, [antes])
    assert isinstance(p, Proyeccion)
    assert p.valor == D("45.3125")
    assert (p.minimo, p.maximo) == (D(36) / 80 * 100, D(37) / 80 * 100)


def test_dice_por_que_no_se_proyecta() -> None:
    tres = _razon((9, 9, 9), (20, 20, 20))
    assert proyectar_indicador(tres, 3) == "se necesitan 4 periodos validados y hay 3"
    assert proyectar_indicador(tres, 4) == TERMINADO
    assert proyectar_indicador(replace(tres, formula=None), 3) == SIN_FORMULA
    assert (
        proyectar_indicador(_razon((9, None, 9), (20, 20, 20)), 3, [_razon((9,) * 4, (9,) * 4)]) == CON_HUECOS
    )


def test_lo_constante_de_otro_anio_no_vuelve() -> None:
    """Habitantes: 100 antes, 200 ahora; la razón se proyecta con los de ahora."""

    def por_mil(habitantes: int, *a: int) -> IndicadorEvaluable:
        fijos = v(*[habitantes] * 4)
        return indicador(
            variable("A", v(1, 1, 1, 1), v(*a)), variable("B", fijos, fijos, Operacion.constante)
        )

    p = proyectar_indicador(por_mil(200, 5, 5, 5), 3, [por_mil(100, 5, 5, 5, 5)])
    assert isinstance(p, Proyeccion)
    assert p.valor == p.minimo == p.maximo == D(20) / 200 * 100


def test_un_anual_necesita_cuatro_anios() -> None:
    def de_un_anio(valor: int | None) -> IndicadorEvaluable:
        return replace(
            indicador(variable("A", v(None, None, None, 5), v(None, None, None, valor)), formula="A"),
            frecuencia="anual",
        )

    este = de_un_anio(None)
    assert proyectar_indicador(este, 3, [de_un_anio(4)] * 3) == "se necesitan 4 periodos validados y hay 3"
    p = proyectar_indicador(este, 3, [de_un_anio(n) for n in (3, 4, 5, 6)])
    assert isinstance(p, Proyeccion)
    assert (p.minimo, p.valor, p.maximo) == (D(3), D("4.5"), D(6))


@pytest.mark.parametrize("ultimo", [7, 9])
def test_lo_que_no_se_suma_se_queda_en_su_ultimo_valor(ultimo: int) -> None:
    valores = [{"A": D(n)} for n in (5, 6, 7, ultimo)]
    p = proyectar(A, {"A": Operacion.valor_actual}, valores[1:], valores[:1], 1)
    assert p is not None
    assert (p.minimo, p.valor, p.maximo) == (D(5), D(ultimo), D(ultimo))
