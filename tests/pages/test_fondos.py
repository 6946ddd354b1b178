"""Fondos en pantalla: cuánto queda, hasta cuándo, y su captura."""

from datetime import date

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.ui import vista_fondos
from db.engine import reading
from db.queries import fondos
from db.rules.permisos import Rol
from tests.db.mundo import ANIO
from tests.db.mundo_gasto import MES, poner
from tests.db.test_fondos import depositar, registrar
from tests.pages.ayuda import abrir, textos

HOY = date(ANIO, 11, 22)


@pytest.fixture(autouse=True)
def _sin_recuerdos(monkeypatch: pytest.MonkeyPatch) -> None:
    st.cache_data.clear()
    monkeypatch.setattr(vista_fondos, "hoy", lambda: HOY)


@pytest.fixture
def gasto(base_sqlite: str) -> str:
    poner()
    return base_sqlite


def _abrir(rol: Rol = Rol.TESORERIA, **parametros: str) -> AppTest:
    at = abrir("fondos", rol, corte="Marzo", **parametros)
    assert not at.exception, at.exception[0].stack_trace
    return at


def test_la_lista_dice_cuanto_queda_y_cuando_vence(gasto: str) -> None:
    registrar()
    at = _abrir(Rol.PRESIDENCIA)
    assert (
        at.title[0].value.replace("\\", "")
        == "0.0 mdp de fondos por devengar; el primer plazo vence en 39 días"
    )
    assert at.dataframe[0].value["Plazo"].to_list() == ["▲ Por vencer: quedan 39 días para comprometer"]
    assert not at.main.text_input


def test_la_ficha_trae_saldo_plazos_y_lo_que_paga(gasto: str) -> None:
    fondo_id = registrar()
    depositar(fondo_id, 900)
    at = _abrir(fondo=str(fondo_id))
    dicho = textos(at).replace("\\", "")
    assert "FISMDF: quedan 0.0 mdp por devengar y 39 días" in dicho
    assert "Devengar: quedan 39 días, hasta el 31 de diciembre de 2026; restan $15.61" in dicho
    assert len(at.dataframe) == 2


@pytest.mark.parametrize("fondo", ["99", "<b>", ""])
def test_un_fondo_que_no_existe_se_dice(gasto: str, fondo: str) -> None:
    assert _abrir(fondo=fondo).title[0].value == "No existe ese fondo en este ejercicio"


def test_registrar_un_fondo_desde_la_pantalla(gasto: str) -> None:
    at = _abrir(ente="Ayuntamiento")
    escrito = ("FISMDF", "Infraestructura", "250101", "1.234", "", "31/12/2026", "", "")
    for campo, valor in zip(at.main.text_input, escrito, strict=True):
        campo.set_value(valor)
    at.main.button[-1].click().run()
    assert "puede ser mil o un decimal" in "".join(e.value for e in at.error)
    at.main.text_input[3].set_value("$20.00")
    at.main.button[-1].click().run()
    assert not at.exception and not at.error
    with reading() as session:
        (fondo,) = fondos.lista(session, anio=ANIO, mes=MES, hoy=HOY)["fondos"]
    assert (fondo["clave"], fondo["asignado"], fondo["limite_devengo"]) == (
        "FISMDF",
        2_000,
        date(ANIO, 12, 31),
    )


def test_sin_nada_que_devengar_el_titulo_no_cuenta_dias() -> None:
    plazo = {"que": "devengar", "dias": 3, "resta": 0}
    fondo = {"clave": "F", "saldo": {"por_devengar": 0}, "plazos": [plazo]}
    assert vista_fondos.titulo_del_fondo(fondo) == "F: todo lo asignado está devengado"
    fondo["saldo"] = {"por_devengar": 10**8}
    for dias, dice in ((1, "y un día"), (0, "y vence hoy"), (-2, "y venció hace 2 días")):
        plazo["dias"] = dias
        assert vista_fondos.titulo_del_fondo(fondo).endswith(dice)
