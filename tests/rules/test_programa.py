"""Qué programa va primero y dónde cae al comparar lo logrado con lo gastado."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.atencion import BRECHA_GRAVE, ProgramaVisto, requiere_atencion
from db.rules.estado import Estado
from db.rules.presupuesto import avance_financiero, brecha
from db.rules.programa import (
    Cuadrante,
    brecha_o_motivo,
    cuadrante,
    cuantos_requieren,
    en_calendario_al_corte,
    esperado_al_corte,
    por_que_no_se_dibuja,
    urgencia,
)
from db.rules.resultado import Detalle, Resultado

PORCENTAJES = st.decimals(0, 150, places=2)
DINERO = st.one_of(st.none(), st.integers(0, 200_00))
ESTADOS = st.sampled_from([*Estado])


def _r(valor: Decimal | None, estado: Estado) -> Resultado:
    return Resultado(valor, estado, Detalle("prueba"))


@st.composite
def programas(sortear: st.DrawFn) -> ProgramaVisto:
    """Un programa cualquiera, con o sin cada uno de sus lados."""
    anual = _r(sortear(st.one_of(st.none(), PORCENTAJES)), Estado.sin_dato)
    modificado = sortear(DINERO)
    devengado = None if modificado is None else sortear(st.integers(0, 200_00))
    financiero = avance_financiero(devengado, modificado)
    return ProgramaVisto(
        clave=sortear(st.from_regex(r"0[1-3]0[1-9]0[1-9]0[1-9]", fullmatch=True)),
        nombre="Programa",
        responsable="",
        cumplimiento=_r(sortear(st.one_of(st.none(), PORCENTAJES)), sortear(ESTADOS)),
        avance_anual=anual,
        avance_financiero=financiero,
        brecha=brecha(anual, financiero),
        modificado=modificado,
        devengado=devengado,
    )


@given(st.lists(programas(), max_size=12))
def test_lo_que_requiere_atencion_va_antes_que_todo_lo_demas(lista: list[ProgramaVisto]) -> None:
    piden = [requiere_atencion(p) for p in sorted(lista, key=urgencia)]
    assert piden == sorted(piden, reverse=True)
    assert sum(piden) == cuantos_requieren(lista)


@given(programas(), programas())
def test_haber_gastado_de_mas_pesa_mas_que_ir_en_rojo(uno: ProgramaVisto, otro: ProgramaVisto) -> None:
    excedido = (uno.devengado or 0) > (uno.modificado or 0)
    ajustado = (otro.devengado or 0) <= (otro.modificado or 0)
    if excedido and ajustado:
        assert urgencia(uno) < urgencia(otro)


@given(PORCENTAJES, PORCENTAJES, st.decimals(0, 100, places=2))
def test_todo_par_de_avances_cae_en_un_solo_extremo(
    logrado: Decimal, gastado: Decimal, esperado: Decimal
) -> None:
    cae = cuadrante(logrado, gastado, esperado)
    lejos = abs(logrado - gastado) >= BRECHA_GRAVE
    assert lejos == (cae in (Cuadrante.GASTA_SIN_LOGRAR, Cuadrante.LOGRA_SIN_GASTAR))
    al_reves = {
        Cuadrante.GASTA_SIN_LOGRAR: Cuadrante.LOGRA_SIN_GASTAR,
        Cuadrante.LOGRA_SIN_GASTAR: Cuadrante.GASTA_SIN_LOGRAR,
    }
    assert cuadrante(gastado, logrado, esperado) == al_reves.get(cae, cae)


@pytest.mark.parametrize(
    ("logrado", "gastado", "cae"),
    [
        ("41.3", "78.0", Cuadrante.GASTA_SIN_LOGRAR),
        ("60", "75", Cuadrante.GASTA_SIN_LOGRAR),
        ("60", "74.99", Cuadrante.ATRASADO_EN_LOS_DOS),
        ("80", "70", Cuadrante.AVANZA_EN_LOS_DOS),
        ("80", "69.99", Cuadrante.ATRASADO_EN_LOS_DOS),
        ("90", "30", Cuadrante.LOGRA_SIN_GASTAR),
    ],
)
def test_los_limites_del_cuadrante_con_75_esperado(logrado: str, gastado: str, cae: Cuadrante) -> None:
    assert cuadrante(Decimal(logrado), Decimal(gastado), Decimal(75)) == cae


def test_lo_esperado_promedia_metas_y_calendario_y_sin_ellos_cuenta_los_meses() -> None:
    assert esperado_al_corte(Decimal(75), 1000, 720, 9) == Decimal("73.5")
    assert esperado_al_corte(None, 0, 0, 9) == Decimal(75)
    assert esperado_al_corte(Decimal(75), 0, 0, 6) == Decimal("62.5")
    assert en_calendario_al_corte(0, 50) is None


@given(st.one_of(st.none(), PORCENTAJES), st.integers(0, 10**12), st.integers(0, 10**12), st.integers(1, 12))
def test_lo_esperado_nunca_pasa_de_cien(fisico: Decimal | None, aprobado: int, van: int, mes: int) -> None:
    assert 0 <= esperado_al_corte(fisico, aprobado, van, mes) <= 100


@given(programas(), st.integers(0, 5))
def test_lo_que_no_se_dibuja_dice_por_que_y_lo_demas_no(p: ProgramaVisto, metas: int) -> None:
    motivos = por_que_no_se_dibuja(metas, p.avance_anual, p.avance_financiero)
    faltan = [lado.valor is None for lado in (p.avance_anual, p.avance_financiero)]
    assert len(motivos) == sum(faltan)
    assert all(motivos)


def test_cada_motivo_con_sus_palabras() -> None:
    con_avance = _r(Decimal(50), Estado.adecuado)
    sin_avance = _r(None, Estado.sin_dato)
    assert por_que_no_se_dibuja(0, sin_avance, avance_financiero(None, None)) == [
        "no tiene metas",
        "no tiene presupuesto cargado",
    ]
    assert por_que_no_se_dibuja(3, sin_avance, avance_financiero(1, 2)) == [
        "sus metas no tienen avance oficial"
    ]
    assert por_que_no_se_dibuja(3, con_avance, avance_financiero(5, 0)) == [
        "gastó sin dinero autorizado: no hay porcentaje"
    ]


def test_la_brecha_sin_un_lado_dice_cual_falta() -> None:
    con_avance = _r(Decimal(50), Estado.adecuado)
    assert brecha_o_motivo(brecha(con_avance, avance_financiero(None, None))) == "sin dato financiero"
    assert brecha_o_motivo(brecha(con_avance, avance_financiero(72, 100))).startswith(
        "se ha gastado 22 puntos"
    )
