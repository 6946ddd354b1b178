"""Evidencias en pantalla: subir junto al resultado, ver la cobertura por área y buscar en la biblioteca."""

from typing import Any

import pytest
import streamlit as st
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db.actions.evidencias import guardar
from db.base import tabla
from db.engine import reading, writing
from db.models.captura import ClaseItem
from db.models.evidencias import Clasificacion, Evidencia, PruebaDe
from db.rules.evidencias import Archivo
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
    next(b for b in at.main.button if b.label == rotulo).click().run()
    assert not at.exception


def test_se_sube_junto_al_resultado_y_prueba_tambien_otro(sid: str) -> None:
    at = cajon(sid)
    at.file_uploader[0].upload("programa.pdf", b"MZ programa", "application/pdf").run()
    boton(at, "Guardar evidencia")
    assert "no es el de un archivo .pdf" in at.error[0].value
    at.file_uploader[0].set_value(("Lista [1].pdf", PDF, "application/pdf")).run()
    at.multiselect[0].select("meta-2").run()
    boton(at, "Guardar evidencia")
    assert "Guardado." in [s.value for s in at.success]
    with reading() as session:
        evidencia = session.execute(select(tabla(Evidencia))).one()
        pruebas = session.execute(select(tabla(PruebaDe).c.item_id).order_by(tabla(PruebaDe).c.item_id)).all()
    assert (evidencia.nombre, evidencia.clasificacion.value) == ("Lista [1].pdf", "publica")
    assert [p.item_id for p in pruebas] == [1, 2]
    visto = textos(at)
    assert f"/evidencia/{evidencia.id}" in visto and "Lista \\[1\\]" in visto
    assert "un archivo" in visto


def poner(meta: int, nombre: str, **mas: Any) -> None:
    archivo = Archivo(nombre, "application/pdf", nombre.encode())
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.avance(session, meta, 3, 10, validado=False)
        items = [(ClaseItem.META, meta)]
        guardar(session, LINEA_DE_COMANDOS, archivo=archivo, items=items, anio=2026, mes=3, **mas)


def test_la_cobertura_y_la_biblioteca_solo_muestran_lo_propio(sid: str) -> None:
    poner(1, "oficio.pdf")
    poner(3, "ajeno.pdf")
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.avance(session, 2, 3, 10, validado=False)
    at = abrir("evidencias", sid=sid, ejercicio="2026")
    assert not at.exception
    assert at.title[0].value == "1 de 2 entregas de marzo de 2026 va sin evidencia"
    cobertura, biblioteca = (tabla.value for tabla in at.dataframe)
    assert list(cobertura["Marzo"]) == ["▲ 1 de 2"] and list(cobertura["Junio"]) == ["○ por entregar"]
    assert list(biblioteca["Archivo"]) == ["oficio.pdf"]
    assert list(biblioteca["Descarga"]) == ["/evidencia/1"]
    assert list(biblioteca["Prueba"]) == ["Meta 1 (marzo)"]


def test_los_filtros_de_la_biblioteca_viajan_en_la_direccion(base_sqlite: str) -> None:
    st.cache_data.clear()
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    poner(1, "oficio.pdf")
    poner(3, "lista.pdf", clasificacion=Clasificacion.CONFIDENCIAL)
    for filtro, quedan in (
        ({"area": "12"}, ["lista.pdf"]),
        ({"area": "1"}, ["oficio.pdf"]),
        ({"area": "99999"}, ["lista.pdf", "oficio.pdf"]),
        ({"buscar": "OFÍCIO"}, ["oficio.pdf"]),
        ({"clasificacion": "● Confidencial"}, ["lista.pdf"]),
        ({"periodo": "Junio"}, None),
    ):
        at = abrir("evidencias", Rol.CONTRALORIA, ejercicio="2026", **filtro)
        assert not at.exception, filtro
        if quedan is None:
            assert len(at.dataframe) == 1 and "Ninguna evidencia" in at.info[0].value
        else:
            assert list(at.dataframe[1].value["Archivo"]) == quedan, filtro
