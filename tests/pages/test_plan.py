"""Plan: el árbol se filtra, se busca y cualquier nodo abre su ficha con cifras hechas a mano."""

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.ui.vista_plan import Filtro, filtrar, tabla_de_nodos, vista_nodo, vista_plan
from db.engine import reading, writing
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db import mundo
from tests.pages.ayuda import abrir, textos


@pytest.fixture(autouse=True)
def _sin_recuerdos() -> None:
    st.cache_data.clear()


@pytest.fixture
def plan(base_sqlite: str) -> str:
    """Al corte de junio: la línea 1.1 va en (50 + 100) ÷ 2 = 75 %; la 2.1 venció."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        for mes in (3, 6):
            mundo.cerrar(session, mes)
            mundo.avance(session, 1, mes, 5)
            mundo.avance(session, 2, mes, 10)
        mundo.avance(session, 3, 3, 10)
        mundo.vincular(session, 1, 2, "1")
    return base_sqlite


def _leer(pregunta: Callable[..., Any], **parametros: object) -> Any:
    with reading() as session:
        return pregunta(session, anio=mundo.ANIO, mes=None, ente_id=None, **parametros)


def _abrir(**parametros: str) -> AppTest:
    at = abrir("plan", Rol.PLANEACION, **parametros)
    assert not at.exception
    return at


def _dice(at: AppTest) -> str:
    return textos(at).replace("\\", "")


def test_el_arbol_trae_estado_cobertura_y_peso_de_cada_nodo(plan: str) -> None:
    vista = _leer(vista_plan)
    uno, linea = vista["renglones"][:2]
    assert (uno["nombre"], uno["cifra"], uno["cobertura"], uno["peso"]) == (
        "1. Eje uno",
        "75.0\u00a0%",
        "2 de 2",
        "igual",
    )
    assert linea["eje"] == uno["id"]
    assert vista["resumen"] == "Eje: 2 · Tema: 2"


def test_los_filtros_se_suman_y_el_texto_no_mira_acentos(plan: str) -> None:
    renglones = _leer(vista_plan)["renglones"]
    assert [r["nombre"] for r in filtrar(renglones, Filtro(texto="LINEA uno"))] == ["L1.1. Línea uno"]
    assert [r["id"] for r in filtrar(renglones, Filtro(nivel="Eje"))] == [1, 3]
    assert [r["id"] for r in filtrar(renglones, Filtro(estado="riesgo", nivel="Tema"))] == [2]
    assert [r["id"] for r in filtrar(renglones, Filtro(eje=3))] == [3, 4]
    assert filtrar(renglones, Filtro(eje=1, texto="dos")) == []


def test_la_tabla_sangra_segun_el_nivel_solo_con_el_arbol_entero(plan: str) -> None:
    renglones = _leer(vista_plan)["renglones"]
    assert tabla_de_nodos(renglones, con_sangria=True)["Nodo"][1] == "\u2003L1.1. Línea uno"
    assert tabla_de_nodos(renglones, con_sangria=False)["Nodo"][1] == "L1.1. Línea uno"


def test_la_ficha_de_una_linea_trae_metas_originales_y_modificadas_y_proyectos(plan: str) -> None:
    vista = _leer(vista_nodo, nodo_id=2, oscuro=False)
    assert vista is not None
    assert vista["ruta"] == [(1, "1. Eje uno")]
    assert [m["nombre"] for m in vista["metas"]] == ["Meta 1", "Meta 2"]
    assert [m["original"] for m in vista["metas"]] == [m["meta_anual"] for m in vista["metas"]]
    assert vista["proyectos"][0]["clave"] == "010204010101"
    assert all(resultado["detalle"]["formula"] for _, resultado in vista["explica"].values())


def test_un_nodo_que_no_existe_se_dice_y_no_truena(plan: str) -> None:
    for nodo in ("999", "<b>", "-1", ""):
        assert "no está en el plan vigente" in "".join(w.value for w in _abrir(nodo=nodo).warning)


def test_sin_plan_la_pantalla_dice_que_falta(base_sqlite: str) -> None:
    assert "Aún no hay plan" in _abrir().title[0].value


def test_la_pantalla_lista_los_ejes_con_su_liga(plan: str) -> None:
    dicho = _dice(_abrir())
    assert "Plan de prueba" in dicho
    assert "**1. Eje uno**" in dicho
    assert "**75.0\u00a0%**" in dicho


def test_la_direccion_lleva_filtro_y_busqueda(plan: str) -> None:
    at = _abrir(plan_nivel="Eje")
    assert len(at.dataframe[0].value) == 2
    hallado = _dice(_abrir(buscar="meta 2"))
    assert "Metas de actividad (1)" in hallado
    assert "Ningún nodo del plan cumple" in "".join(i.value for i in _abrir(buscar="meta 2").info)


def test_la_ficha_explica_cada_cifra(plan: str) -> None:
    at = _abrir(nodo="2")
    assert at.title[0].value.replace("\\", "") == "L1.1. Línea uno"
    assert at.metric[0].value == "75.0\u00a0%"
    at.main.button(key="como_cumplimiento").click().run()
    assert "Fórmula" in "\n".join(m.value for m in at.markdown)
