"""Dependencias y titulares en pantalla: se ve quién falta, y el relevo se registra con sus fechas."""

import pytest
import streamlit as st

from db.engine import reading, writing
from db.queries.titulares import ficha_dependencia
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db.mundo import fundar
from tests.db.test_titulares import ENERO, JUNIO, entra
from tests.pages.ayuda import abrir, textos


@pytest.fixture
def mundo(base_sqlite: str) -> str:
    st.cache_data.clear()
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
    return base_sqlite


def test_la_lista_dice_cuantas_no_tienen_titular(mundo: str) -> None:
    entra(1, "Ana", ENERO)
    at = abrir("dependencias", Rol.PLANEACION)
    assert at.title[0].value == "1 de 2 dependencias generales no tiene titular"
    assert at.dataframe[0].value["Titular"].to_list() == ["Ana", "○ Sin titular"]
    at = abrir("dependencias", Rol.PLANEACION, cuales="Sin titular")
    assert at.dataframe[0].value["Dependencia"].to_list() == ["B00 Dependencia B00"]
    at = abrir("dependencias", Rol.PLANEACION, cuales="Con sus auxiliares", buscar="ana")
    assert len(at.dataframe[0].value) == 1


def test_el_relevo_se_registra_en_la_ficha(mundo: str) -> None:
    entra(1, "Ana", ENERO)
    at = abrir("dependencias", Rol.PLANEACION, dependencia="1")
    assert not at.exception
    at.session_state["registrar_titular"] = True
    at.run()
    nombre, cargo, desde = at.main.text_input
    nombre.set_value("Luis")
    desde.set_value("15/13/2026")
    at.main.button[0].click().run()
    assert "no es una fecha" in at.error[0].value
    at.main.text_input[2].set_value("15/06/2026")
    at.main.button[0].click().run()
    assert not at.error, at.error[0].value
    with reading() as session:
        ficha = ficha_dependencia(session, dependencia_id=1, dia=JUNIO)
    assert ficha is not None and [h["nombre"] for h in ficha["historia"]] == ["Luis", "Ana"]
    assert ficha["titular"]["cargo"] == cargo.value


@pytest.mark.parametrize("cual", ["99", "<b>", ""])
def test_una_dependencia_que_no_existe_se_dice(mundo: str, cual: str) -> None:
    at = abrir("dependencias", Rol.PLANEACION, dependencia=cual)
    assert not at.exception
    assert "No existe esa dependencia" in textos(at)
