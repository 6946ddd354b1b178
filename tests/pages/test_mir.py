"""MIR: la matriz con sus estados, lo que le falta, su captura y el árbol de que sale."""

import pytest
import streamlit as st

from db.rules.permisos import Rol
from tests.pages.ayuda import abrir, textos


@pytest.fixture(autouse=True)
def _sin_recuerdos() -> None:
    st.cache_data.clear()


@pytest.mark.parametrize("parte", ["Matriz", "Revisión", "Árbol", "CREMAA", "Capturar"])
def test_cada_parte_abre(base_demo: str, parte: str) -> None:
    at = abrir("mir", Rol.PLANEACION, programa="02010101", parte=parte)
    assert not at.exception, at.exception[0].stack_trace
    assert "Residuos" in textos(at) or at.title
    print(at)
