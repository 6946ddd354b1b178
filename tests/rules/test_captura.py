"""El camino de un avance y lo que se pide al capturarlo."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.captura import (
    DE_OTRO,
    PALABRA,
    PASOS,
    EstadoAvance,
    Situacion,
    exigir_paso,
    periodo_inicial,
    pide_justificacion,
    pide_mejora,
    plazo,
    situacion,
    sospecha,
)
from db.rules.estado import Estado
from db.rules.problema import Problema
from db.rules.resultado import Detalle, Resultado

AHORA = datetime(2026, 10, 1, 12, tzinfo=UTC)
positivos = st.decimals(min_value="0.01", max_value=10**9, places=2)


def resultado(valor: str | None, estado: Estado = Estado.adecuado) -> Resultado:
    return Resultado(None if valor is None else Decimal(valor), estado, Detalle("prueba"))


@pytest.mark.parametrize(("antes", "despues"), product([None, *EstadoAvance], EstadoAvance))
def test_solo_existen_los_pasos_de_la_tabla(antes: EstadoAvance | None, despues: EstadoAvance) -> None:
    if despues in PASOS[antes]:
        exigir_paso(antes, despues, autor="enlace", actor="uippe")
    else:
        with pytest.raises(Problema):
            exigir_paso(antes, despues, autor="enlace", actor="uippe")


@pytest.mark.parametrize("despues", sorted(DE_OTRO))
def test_nadie_revisa_lo_suyo(despues: EstadoAvance) -> None:
    with pytest.raises(Problema, match="lo suyo"):
        exigir_paso(EstadoAvance.ENVIADO, despues, autor="ana", actor="ana")


def test_de_lo_publicado_no_se_sale_y_todo_estado_tiene_palabra() -> None:
    assert PASOS[EstadoAvance.PUBLICADO] == frozenset()
    assert set(PALABRA) == set(PASOS) == {None, *EstadoAvance}


@pytest.mark.parametrize(
    ("valor", "justifica", "mejora"),
    [("89.99", True, True), ("90", False, False), ("110", False, False), ("110.01", True, False)],
)
def test_los_limites_son_90_y_110_incluidos(valor: str, justifica: bool, mejora: bool) -> None:
    assert pide_justificacion(resultado(valor)) is justifica
    assert pide_mejora(resultado(valor)) is mejora


@pytest.mark.parametrize(
    ("estado", "justifica", "mejora"),
    [
        (Estado.no_programado, True, False),
        (Estado.critico, True, True),
        (Estado.sin_dato, False, False),
        (Estado.no_toca, False, False),
        (Estado.adecuado, False, False),
    ],
)
def test_sin_porcentaje_decide_el_estado(estado: Estado, justifica: bool, mejora: bool) -> None:
    assert pide_justificacion(resultado(None, estado)) is justifica
    assert pide_mejora(resultado(None, estado)) is mejora


@given(anterior=positivos, factor=st.decimals(min_value="0.34", max_value="2.99", places=2))
def test_un_cambio_menor_a_tres_veces_no_se_pregunta(anterior: Decimal, factor: Decimal) -> None:
    assert sospecha(anterior * factor, anterior) is None


@given(anterior=positivos, factor=st.integers(3, 1000))
def test_tres_veces_mas_o_menos_se_pregunta(anterior: Decimal, factor: int) -> None:
    assert "¿es correcto?" in (sospecha(anterior * factor, anterior) or "")
    assert "¿es correcto?" in (sospecha(anterior, anterior * factor) or "")


@pytest.mark.parametrize("anterior", [None, Decimal(0), Decimal(-1)])
def test_sin_anterior_no_hay_con_que_comparar(anterior: Decimal | None) -> None:
    assert sospecha(Decimal(5), anterior) is None


@given(st.lists(st.integers(-100, 100)))
def test_una_prorroga_nunca_acorta_el_plazo(horas: list[int]) -> None:
    cierra = plazo(AHORA, [AHORA + timedelta(hours=h) for h in horas])
    assert cierra >= AHORA and cierra == AHORA + timedelta(hours=max([0, *horas]))


def test_los_extremos_de_la_ventana_cuentan_como_abierta() -> None:
    fin = AHORA + timedelta(days=1)
    assert situacion(AHORA - timedelta(seconds=1), AHORA, fin) is Situacion.POR_ABRIR
    assert situacion(AHORA, AHORA, fin) is situacion(fin, AHORA, fin) is Situacion.ABIERTA
    assert situacion(fin + timedelta(seconds=1), AHORA, fin) is Situacion.CERRADA


def test_la_captura_abre_en_el_periodo_que_toca() -> None:
    def dia(mes: int, dia: int) -> datetime:
        return datetime(2026, mes, dia, tzinfo=UTC)

    plazos = {3: (dia(4, 1), dia(4, 15)), 6: (dia(7, 1), dia(7, 15))}
    assert periodo_inicial([3, 6, 9], plazos, dia(4, 5)) == 3
    assert periodo_inicial([3, 6, 9], plazos, dia(7, 2)) == 6
    assert periodo_inicial([3, 6, 9], plazos, dia(8, 1)) == 6
    assert periodo_inicial([9, 12], plazos, dia(8, 1)) == 9
    assert periodo_inicial([], plazos, dia(8, 1)) is None
