"""Pesos en pantalla: lo que rige, el borrador con su efecto y guardarlo con su razón."""

from decimal import Decimal

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from db.engine import reading, writing
from db.queries.pesos import pesos_del_plan
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db.mundo import ANIO, avance, fundar
from tests.db.test_pesos import TRES_A_UNO, guardar
from tests.pages.ayuda import abrir, textos


@pytest.fixture
def mundo(base_sqlite: str) -> str:
    st.cache_data.clear()
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
        for meta, alcanzado in ((1, 10), (2, 10), (3, 5)):
            avance(session, meta, 3, alcanzado)
    return base_sqlite


def _abrir(rol: Rol = Rol.PLANEACION, **parametros: str) -> AppTest:
    at = abrir("pesos", rol, corte="Marzo", **parametros)
    assert not at.exception, at.exception[0].stack_trace
    return at


def _editar(at: AppTest, *pesos: str) -> AppTest:
    vez = at.session_state["_pesos_abierto"]["vez"]
    cambios = {n: {"Peso": peso} for n, peso in enumerate(pesos)}
    at.session_state[f"pesos_rejilla_{vez}"] = {"edited_rows": cambios, "added_rows": [], "deleted_rows": []}
    return at.run()


def test_se_dice_que_rige_y_quien_lo_aprobo(mundo: str) -> None:
    assert "Todo el plan pesa igual" in _abrir(Rol.PRESIDENCIA).title[0].value
    guardar(TRES_A_UNO)
    at = _abrir(Rol.PRESIDENCIA)
    assert at.title[0].value == "Rigen los pesos que aprobó COPLADEMUN, desde enero de 2026"
    assert at.dataframe[0].value["Pesa"].to_list() == ["75.00\N{NO-BREAK SPACE}%", "25.00\N{NO-BREAK SPACE}%"]
    assert at.radio[0].options == ["En vigor", "Historia"]


def test_el_borrador_muestra_su_efecto_y_se_guarda(mundo: str) -> None:
    at = _abrir(parte="Nuevo juego")
    assert "Todavía no cambia nada" in textos(at) and not at.text_area
    at = _editar(at, "60", "20")
    assert "suman 80: faltan 20 para 100" in textos(at).replace("\\", "")
    next(b for b in at.main.button if b.label == "Llevar a 100").click().run()
    assert "suman 100" in textos(at)
    at.toggle[0].set_value(True).run()
    tabla = at.dataframe[-1].value
    assert tabla["Antes"].to_list()[0] == "75.0\N{NO-BREAK SPACE}%"
    assert tabla["Después"].to_list()[0] == "87.5\N{NO-BREAK SPACE}%"
    at.main.button[-1].click().run()
    assert "Falta la razón" in at.error[0].value
    at.main.text_input[-1].set_value("COPLADEMUN")
    at.text_area[0].set_value("Prioridades del año")
    at.main.button[-1].click().run()
    assert not at.error and not at.exception
    with reading() as session:
        datos = pesos_del_plan(session, anio=ANIO, mes=3)
    assert datos is not None and datos["vigente"]["cuantos"] == 2
    assert [n["peso"] for n in datos["nodos"] if n["nivel"] == 1] == [Decimal(75), Decimal(25)]
    assert "Todavía no cambia nada" in textos(at)


@pytest.mark.parametrize("pesos", [("0", "0"), ("-1", "5"), ("diez", "5")])
def test_lo_que_no_se_puede_guardar_se_dice_al_escribirlo(mundo: str, pesos: tuple[str, str]) -> None:
    at = _editar(_abrir(parte="Nuevo juego"), *pesos)
    assert at.error and not at.text_area


def test_la_historia_compara_dos_juegos(mundo: str) -> None:
    guardar(TRES_A_UNO)
    guardar({1: Decimal(50), 3: Decimal(50)}, mes=6)
    at = _abrir(Rol.CONTRALORIA, parte="Historia")
    assert at.dataframe[0].value["Situación"].to_list() == ["◔ Por entrar en vigor", "✔ Rige al corte"]
    assert at.dataframe[1].value["Después"].to_list() == ["50", "50"]
