"""Evidencias en pantalla: subir junto al resultado, ver la cobertura por área y buscar en la biblioteca."""

import pytest
import streamlit as st
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db.base import tabla
from db.engine import reading, writing
from db.models.evidencias import Evidencia, PruebaDe
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db import mundo
from tests.pages.ayuda import abrir, abrir_sesion, textos

CAJON = "evidencias_2026_3_meta1"
PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n"


@pytest.fixture
def sid(base_sqlite: str) -> str:
    st.cache_data.clear()
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    return abrir_sesion(Rol.ENLACE, ente_id=1, dependencia_id=1)


def cajon(sid: str) -> AppTest:
    """Capturar con el cajón de la primera meta abierto."""
    at = abrir("captura", sid=sid, ejercicio="2026", mes="3")
    at.session_state[CAJON] = True
    return at.run()


def boton(at: AppTest, rotulo: str) -> None:
    next(b for b in at.button if b.label == rotulo).click().run()
    assert not at.exception


def test_se_sube_junto_al_resultado_y_prueba_tambien_otro(sid: str) -> None:
    at = cajon(sid)
    at.file_uploader[0].upload("programa.pdf", b"MZ programa", "application/pdf").run()
    boton(at, "Guardar evidencia")
    assert "no es el de un archivo .pdf" in at.error[0].value
    at.file_uploader[0].set_value(("Lista [1].pdf", PDF, "application/pdf")).run()
    at.multiselect[0].select("meta-2").run()
    boton(at, "Guardar evidencia")
    at.session_state[CAJON] = True  # la prueba no recuerda que el cajón está abierto; el navegador sí
    at.run()
    assert "Guardado." in [s.value for s in at.success]
    with reading() as session:
        evidencia = session.execute(select(tabla(Evidencia))).one()
        pruebas = session.execute(select(tabla(PruebaDe).c.item_id).order_by(tabla(PruebaDe).c.item_id)).all()
    assert (evidencia.nombre, evidencia.clasificacion.value) == ("Lista [1].pdf", "publica")
    assert [p.item_id for p in pruebas] == [1, 2]
    visto = textos(at)
    assert f"/evidencia/{evidencia.id}" in visto and "Lista \\[1\\]" in visto
    assert "un archivo" in visto
