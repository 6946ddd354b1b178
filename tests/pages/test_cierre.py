"""Cerrar y reabrir en pantalla: con faltantes pide el motivo, y lo congelado se lee junto a lo de ahora."""

from datetime import date

import pytest
import streamlit as st

from db.actions import cierre as acciones
from db.engine import writing
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db import mundo
from tests.db.test_cierre import cierra, corregir
from tests.pages.ayuda import abrir, textos


@pytest.fixture
def listo(base_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> str:
    st.cache_data.clear()
    monkeypatch.setattr(acciones, "hoy", lambda _session: date(2026, 8, 1))
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        mundo.avance(session, 1, 3, 10)
        mundo.avance(session, 2, 3, 8)
    return base_sqlite


def test_con_faltantes_pide_el_motivo_junto_al_campo_y_luego_cierra(listo: str) -> None:
    at = abrir("cierre", Rol.PLANEACION)
    assert not at.exception
    assert at.title[0].value == "2026 sin periodos cerrados"
    assert at.subheader[0].value == "Faltan dos entregas en una dependencia"
    at.main.button[0].click().run()
    assert "Falta captura o validación de 2" in at.error[0].value
    at.text_area[0].set_value("El área no entregó")
    at.main.button[0].click().run()
    assert at.title[0].value == "Cerrado hasta marzo de 2026"
    at = abrir("cierre", Rol.CONTRALORIA, periodo="Marzo", ejercicio="2026")
    assert not at.exception
    assert "Íntegro" in textos(at) and "El área no entregó" in textos(at)
    assert not at.text_area


def test_lo_corregido_despues_se_lee_junto_a_lo_congelado(listo: str) -> None:
    cierra()
    corregir(2, 9)
    at = abrir("cierre", Rol.PLANEACION, periodo="Marzo", ejercicio="2026")
    assert at.subheader[0].value == "Una corrección extemporánea"
    tabla = at.dataframe[1].value.iloc[0]
    assert (tabla["Congelado"], tabla["Ahora"]) == ("80.0\u00a0%", "90.0\u00a0%")
    at = abrir("metas", Rol.PRESIDENCIA, meta="2", ejercicio="2026", corte="Marzo")
    assert "congelado 80.0 % · ahora 90.0 %" in at.info[0].value.replace("\\", "").replace("\u00a0", " ")
    at = abrir("metas", Rol.PRESIDENCIA, meta="1", ejercicio="2026", corte="Marzo")
    assert not at.info


def test_reabrir_pide_motivo_y_deja_historia(listo: str) -> None:
    cierra()
    at = abrir("cierre", Rol.PLANEACION, periodo="Marzo", ejercicio="2026")
    at.text_area[0].set_value("Error de captura")
    at.main.button[0].click().run()
    assert at.title[0].value == "2026 sin periodos cerrados"
    assert at.dataframe[-1].value["Motivo"].to_list() == ["Error de captura", "No llegaron"]


def test_la_correccion_extemporanea_se_registra_en_pantalla(listo: str) -> None:
    cierra()
    at = abrir("cierre", Rol.PLANEACION, periodo="Marzo", ejercicio="2026")
    at.session_state["corregir"] = True
    at.run()
    at.selectbox(key="correccion_dependencia").set_value(1).run()
    at.selectbox(key="correccion_1").set_value(1).run()
    valor, motivo = at.main.text_input
    assert valor.value == "8"
    valor.set_value("nueve")
    motivo.set_value("Oficio 7")
    at.main.button[0].click().run()
    assert "nueve" in at.error[0].value
    at.main.text_input[0].set_value("9")
    at.main.button[0].click().run()
    assert not at.exception and not at.error
    assert at.subheader[0].value == "Una corrección extemporánea"
    assert at.dataframe[1].value["Motivo"].to_list() == ["Oficio 7"]
