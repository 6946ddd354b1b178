"""Revisar y pendientes en pantalla: otro valida, se devuelve con motivo y quien debe lo ve primero."""

import pytest
import streamlit as st
from sqlalchemy import select

from db.base import tabla
from db.engine import reading, writing
from db.models.actividad import AvanceMeta
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db import mundo
from tests.db.test_captura import entrega, mandar
from tests.pages.ayuda import abrir, abrir_sesion


@pytest.fixture
def listo(base_sqlite: str) -> str:
    st.cache_data.clear()
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    mandar(entrega("10"))
    return base_sqlite


def estado() -> str:
    with reading() as session:
        return str(session.execute(select(tabla(AvanceMeta).c.estado)).scalar_one())


def test_lo_que_esta_en_banda_se_valida_en_bloque(listo: str) -> None:
    at = abrir("revision", Rol.PLANEACION, ejercicio="2026", mes="3")
    assert not at.exception
    at.button[0].click().run()
    assert not at.exception and not at.error and estado() == "validado"


def test_devolver_pide_motivo_y_el_area_lo_ve_primero(listo: str) -> None:
    at = abrir("revision", Rol.PLANEACION, ejercicio="2026", mes="3")
    at.button[-1].click().run()
    assert "motivo" in at.error[0].value and estado() == "enviado"
    at.text_input[-1].set_value("Falta la lista")
    at.button[-1].click().run()
    assert not at.error and estado() == "devuelto"
    sid = abrir_sesion(Rol.ENLACE, ente_id=1, dependencia_id=1)
    at = abrir("pendientes", sid=sid, ejercicio="2026")
    assert not at.exception
    assert at.dataframe[0].value["Por qué se devolvió"].to_list()[0] == "Falta la lista"


def test_nadie_valida_lo_que_cambio_despues_de_verlo(listo: str) -> None:
    at = abrir("revision", Rol.PLANEACION, ejercicio="2026", mes="3")
    mandar(entrega("9", version=1))
    at.button[0].click().run()
    assert not at.exception and "Otra persona" in at.error[0].value and estado() == "enviado"
