"""Mis pendientes: lo primero que ve un enlace, lo devuelto con su motivo y la liga al campo."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.pages_map import primera
from db.actions.revision import devolver
from db.engine import writing
from db.models.captura import ClaseItem
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol
from tests.db import mundo
from tests.db.mundo import ANIO
from tests.db.test_captura import UIPPE, entrega, mandar
from tests.pages.ayuda import abrir, abrir_sesion, textos


@pytest.fixture
def sid(base_sqlite: str) -> str:
    st.cache_data.clear()
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    return abrir_sesion(Rol.ENLACE, ente_id=1, dependencia_id=1)


def pantalla(sid: str) -> AppTest:
    at = abrir("pendientes", sid=sid, ejercicio=str(ANIO))
    assert not at.exception
    return at


def test_lo_devuelto_va_primero_con_su_motivo_y_lleva_a_su_campo(sid: str) -> None:
    mandar(entrega("10"))
    with writing(UIPPE) as session:
        devolver(
            session,
            UIPPE,
            anio=ANIO,
            mes=3,
            item=(ClaseItem.META, 1),
            motivo="Falta la lista de asistencia",
            vistas={(ClaseItem.META, 1): 1},
        )
    at = pantalla(sid)
    assert at.title[0].value.startswith("Un resultado devuelto")
    assert "Falta la lista de asistencia" in textos(at)
    liga = next(x for x in at.get("page_link") if x.label == "Corregir")
    assert "item=meta-1" in liga.query_string


def test_cada_rol_empieza_donde_le_toca() -> None:
    def persona(*roles: Rol) -> Actor:
        return Actor(1, "uno", asignaciones=tuple(Asignacion(rol) for rol in roles))

    assert primera(persona(Rol.ENLACE)) == "/pendientes"
    assert primera(persona(Rol.ENLACE, Rol.PLANEACION)) == "/"
    assert primera(persona(Rol.PRESIDENCIA)) == "/"


def test_quien_captura_en_una_auxiliar_halla_su_area(base_sqlite: str) -> None:
    st.cache_data.clear()
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    at = pantalla(abrir_sesion(Rol.ENLACE, ente_id=1, dependencia_id=11))
    (area,) = [s for s in at.selectbox if s.label == "Dependencia"]
    assert area.options == ["100 Dependencia 100"]
