"""Dinero y plan: la suma de las participaciones a la vista, y varios proyectos de una vez."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from db.engine import reading
from db.queries.vinculos import dinero_y_plan
from db.rules.permisos import Rol
from tests.db.mundo import ANIO
from tests.db.test_vinculos import _con_dinero
from tests.pages.ayuda import abrir, textos


@pytest.fixture
def mundo(base_sqlite: str) -> str:
    st.cache_data.clear()
    _con_dinero()
    return base_sqlite


def _abrir(rol: Rol = Rol.PLANEACION, **parametros: str) -> AppTest:
    at = abrir("vinculos", rol, corte="Marzo", **parametros)
    assert not at.exception, at.exception[0].stack_trace
    return at


def _escribir(at: AppTest, nodo: str, parte: str) -> AppTest:
    campo = f"{at.session_state['_formulario_vinculos_1.1_1.2']['llave']}_partes"
    cambio = {"Nodo del plan": nodo, "Participación (%)": parte}
    at.session_state[campo] = {"edited_rows": {0: cambio}, "added_rows": [], "deleted_rows": []}
    return at.run()


def test_varios_proyectos_se_guardan_juntos_cuando_suman_cien(mundo: str) -> None:
    at = _abrir(parte="Editar")
    at.multiselect[0].select((1, 1)).select((1, 2)).run()
    at = _escribir(at, "L2.1 Línea dos", "80")
    assert "faltan 20.00" in textos(at).replace("\\", "")
    at.main.button[-1].click().run()
    assert "Deben sumar 100" in at.error[0].value
    at = _escribir(at, "L2.1 Línea dos", "100")
    at.main.button[-1].click().run()
    assert not at.error and not at.exception
    with reading() as session:
        assert dinero_y_plan(session, anio=ANIO, mes=3)["con_plan"] == 15_001


def test_quien_no_vincula_solo_mira(mundo: str) -> None:
    at = _abrir(Rol.TESORERIA, parte="Editar")
    at.multiselect[0].select((1, 1)).run()
    assert not at.exception and not at.main.button
    assert "suelto" not in textos(at)
    assert len(_abrir(Rol.TESORERIA, parte="Dinero sin plan").dataframe[0].value) == 1
