"""Alineación en pantalla: la matriz se filtra por la dirección, lo que falta se descarga y se liga aquí."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from db.engine import writing
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.plan import Alineacion
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db.mundo import fundar, vincular
from tests.pages.ayuda import abrir, textos


@pytest.fixture
def mundo(base_sqlite: str) -> str:
    st.cache_data.clear()
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
        vincular(session, 1, 2, "1")
        session.add(EntradaCatalogo(id=1, catalogo=NombreCatalogo.ODS, clave="3", nombre="Salud"))
        session.flush()
        session.add(Alineacion(nodo_id=1, entrada_id=1))
    return base_sqlite


def _abrir(rol: Rol = Rol.PLANEACION, **parametros: str) -> AppTest:
    at = abrir("alineacion", rol, corte="Marzo", **parametros)
    assert not at.exception, at.exception[0].stack_trace
    return at


def test_el_titulo_dice_lo_que_falta_y_la_matriz_cuenta(mundo: str) -> None:
    at = _abrir(Rol.PRESIDENCIA)
    assert at.title[0].value == "1 actividad no cita línea y 1 línea no tiene proyecto"
    tabla = at.dataframe[0].value
    assert tabla["Eje"].to_list() == ["1. Eje uno", "2. Eje dos"]
    assert (tabla["Actividades"].to_list(), tabla["Proyectos"].to_list()) == ([2, 1], [1, 0])
    assert tabla["ODS"].to_list() == ["3", "—"]
    assert at.radio[0].options == ["Matriz", "Lo que falta"]


def test_los_filtros_vienen_en_la_direccion(mundo: str) -> None:
    at = _abrir(por="Tema", ods="3 Salud")
    assert at.dataframe[0].value["ODS"].to_list() == ["(3)"]
    assert _abrir(por="Programa", eje="2. Eje dos").dataframe[0].value["Programa"].to_list() == [
        "01020401 Derechos humanos"
    ]
    assert "Nada cumple esos filtros" in textos(_abrir(por="Eje", ods="3 Salud", eje="2. Eje dos"))
    assert len(_abrir(por="<b>", ods="';", eje="x").dataframe[0].value) == 2


def test_cada_hueco_tiene_su_lista(mundo: str) -> None:
    at = _abrir(parte="Lo que falta")
    assert at.dataframe[0].value["Nombre"].to_list() == ["Meta 4"]
    at = _abrir(parte="Lo que falta", hueco="Nodos sin ODS")
    assert at.dataframe[0].value["Clave"].to_list() == ["2", "L2.1"]
    assert len(_abrir(parte="Lo que falta", hueco="Programas sin indicador").dataframe[0].value) == 1


def test_ligar_y_deshacer_desde_la_pantalla(mundo: str) -> None:
    at = _abrir(parte="Editar", que="Actividades", faltan="true")
    assert at.dataframe[0].value["Nombre"].to_list() == ["Meta 4"]
    at.checkbox[0].check()
    at.multiselect[0].select(4)
    at.run()
    at.main.button(key="ligar_agregar").click().run()
    assert not at.exception and not at.error
    assert "Ninguna cumple" in textos(at)
    at.main.button(key="ligar_deshacer").click().run()
    assert at.dataframe[0].value["Nombre"].to_list() == ["Meta 4"]


def test_quien_no_alinea_no_edita(mundo: str) -> None:
    at = _abrir(Rol.CONTRALORIA, parte="Editar")
    assert not at.multiselect and at.radio[0].value == "Matriz"
