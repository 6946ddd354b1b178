"""El calendario y el tablero de captura en pantalla."""

from io import BytesIO

import openpyxl
import pytest
import streamlit as st

from dashboard.ui.vista_avance_captura import libro
from db.engine import reading, writing
from db.queries.avance_captura import tablero
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db import mundo
from tests.db.test_calendario import reloj  # noqa: F401
from tests.db.test_captura import entrega, mandar
from tests.pages.ayuda import abrir, abrir_sesion, textos


@pytest.fixture
def listo(base_sqlite: str) -> str:
    st.cache_data.clear()
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    return base_sqlite


def test_planeacion_pone_el_calendario_y_los_demas_solo_lo_leen(listo: str) -> None:
    at = abrir("calendario", Rol.PLANEACION, ejercicio="2026")
    assert not at.exception
    assert at.title[0].value == "2026 no tiene calendario de captura"
    at.number_input[1].set_value(10)
    at.main.button[0].click().run()
    assert "El recordatorio va dentro del plazo" in at.error[0].value
    at.number_input[1].set_value(3)
    at.main.button[0].click().run()
    assert not at.error and len(at.dataframe[0].value) == 16
    assert "10/04/2026, 23:59 h" in at.dataframe[0].value["Cierra"].to_list()
    at = abrir("calendario", Rol.CONTRALORIA, ejercicio="2026")
    assert not at.exception and not at.main.button and len(at.dataframe[0].value) == 16


def test_el_tablero_dice_quien_falta_y_baja_hasta_la_meta(listo: str) -> None:
    mandar(entrega("10"), entrega("10", 2))
    at = abrir("avance_captura", Rol.PRESIDENCIA, ejercicio="2026", corte="Marzo")
    assert not at.exception
    assert at.title[0].value == "1 de 2 dependencias entregaron todo marzo de 2026"
    assert at.dataframe[0].value["Marzo"].to_list() == ["▷ 2 por capturar", "✔ 2 a tiempo"]
    at = abrir("avance_captura", Rol.PRESIDENCIA, ejercicio="2026", corte="Marzo", dependencia="2")
    assert at.dataframe[1].value["Meta o indicador"].to_list() == ["Meta 3", "Meta 4"]


def test_un_enlace_solo_ve_su_dependencia(listo: str) -> None:
    sid = abrir_sesion(Rol.ENLACE, ente_id=1, dependencia_id=2)
    at = abrir("avance_captura", sid=sid, ejercicio="2026", corte="Marzo", dependencia="1")
    assert not at.exception
    assert at.dataframe[0].value["Dependencia"].to_list() == ["B00 Dependencia B00"]
    assert "Dependencia A00" not in textos(at)


def test_el_libro_de_la_reunion_trae_las_cuentas_como_numeros(listo: str) -> None:
    mandar(entrega("10"))
    with reading() as session:
        hoja = openpyxl.load_workbook(BytesIO(libro(2026, tablero(session, anio=2026)))).active
    assert hoja is not None
    filas = list(hoja.iter_rows(values_only=True))
    assert filas[0][:4] == ("Clave", "Dependencia", "Periodo", "Tocan")
    assert filas[1] == ("A00", "Dependencia A00", "marzo de 2026", 2, 0, 0, 1, 0, 1, 1)
