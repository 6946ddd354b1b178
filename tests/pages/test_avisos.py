"""Avisos en pantalla: la cuenta en el menú, abrir uno lo lee, recordar a quien debe y elegir cómo llegan."""

import pytest
import streamlit as st
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from dashboard import marco
from dashboard.pages_map import PAGES
from db.actions.avisos import avisar
from db.base import tabla
from db.engine import reading, writing
from db.models.avisos import Aviso, ClaseAviso
from db.models.usuarios import Usuario
from db.queries.avisos import preferencia, sin_leer
from db.queries.usuarios import por_sid
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Rol
from tests.db import mundo
from tests.pages.ayuda import abrir, abrir_sesion, textos

ENLACE = "enlace.prueba"


@pytest.fixture
def sid(base_sqlite: str) -> str:
    st.cache_data.clear()
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    return abrir_sesion(Rol.ENLACE, cuenta=ENLACE, ente_id=1, dependencia_id=1)


def quien(sid: str) -> Actor:
    with reading() as session:
        hallada = por_sid(session, sid)
    assert hallada is not None
    return hallada.actor


def dejar(sid: str, titulo: str, texto: str = "", ruta: str = "") -> int:
    persona = quien(sid)
    assert persona.usuario_id is not None
    with writing(LINEA_DE_COMANDOS) as session:
        avisar(session, [persona.usuario_id], ClaseAviso.DEVUELTO, titulo, titulo, texto, ruta)
        cual: int = session.execute(
            select(tabla(Aviso).c.id).where(tabla(Aviso).c.titulo == titulo)
        ).scalar_one()
        return cual


def en_el_menu(sid: str) -> str:
    pagina = next(p for p in PAGES if p.direccion == "avisos")
    return marco.titulo(pagina, marco.por_leer(quien(sid)))


def oprimir(at: AppTest, rotulo: str) -> None:
    next(boton for boton in at.main.button if boton.label.startswith(rotulo)).click().run()
    assert not at.exception


def test_abrir_un_aviso_lo_lee_y_la_cuenta_del_menu_baja(sid: str) -> None:
    cual = dejar(sid, "Se devolvió «*una*»", "Motivo: <b>falta</b>", "/captura?ejercicio=2026&mes=3&area=1")
    dejar(sid, "Otro")
    assert en_el_menu(sid) == "Avisos (2)"
    at = abrir("avisos", sid=sid)
    assert at.title[0].value == "Dos avisos por leer"
    at = abrir("avisos", sid=sid, aviso=str(cual))
    assert not at.exception and at.title[0].value == "Un aviso por leer"
    dicho = textos(at)
    assert r"\<b\>falta" in dicho and r"\*una\*" in dicho
    assert at.dataframe[0].value["Estado"].to_list() == ["● Por leer", "○ Leído"]
    oprimir(at, "Dar todos por leídos")
    assert at.title[0].value == "No tiene avisos por leer"
    assert en_el_menu(sid) == "Avisos"


def test_el_aviso_ajeno_no_se_abre_ni_se_lee(sid: str) -> None:
    cual = dejar(sid, "Sólo suyo", "Motivo: secreto")
    at = abrir("avisos", Rol.PLANEACION, aviso=str(cual))
    assert not at.exception and "secreto" not in textos(at)
    with reading() as session:
        assert sin_leer(session, quien(sid).usuario_id or 0) == 1


def test_planeacion_recuerda_a_quien_debe_y_el_enlace_no_puede(sid: str) -> None:
    at = abrir("avance_captura", Rol.PLANEACION, ejercicio="2026", corte="Marzo")
    oprimir(at, "Recordar marzo a dos áreas")
    assert at.info[0].value.startswith("Se recordó a una persona; nadie captura por Dependencia B00")
    with reading() as session:
        aviso = session.execute(select(tabla(Aviso))).one()
    assert aviso.titulo == "Debe 2 resultados de marzo de 2026; no tiene fecha límite"
    assert "/captura?ejercicio=2026&mes=3&area=1" in aviso.texto
    suyo = abrir("avance_captura", sid=sid, ejercicio="2026", corte="Marzo")
    assert not [boton for boton in suyo.main.button if boton.label.startswith("Recordar")]


def test_cada_quien_elige_como_le_llegan(sid: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIEM_SMTP_URL", raising=False)
    at = abrir("mi_cuenta", sid=sid)
    assert "no manda correo" in textos(at) and at.radio[0].value == "Sólo aquí"
    at.main.text_input[-1].set_value("enlace arroba")
    at.radio[0].set_value("Un resumen al día, por correo")
    oprimir(at, "Guardar cómo los quiero")
    assert "no es válido" in at.error[0].value
    at.main.text_input[-1].set_value("enlace@prueba.gob.mx")
    oprimir(at, "Guardar cómo los quiero")
    assert not at.error
    with reading() as session:
        u = tabla(Usuario).c
        cual = session.execute(select(u.id).where(u.cuenta == ENLACE)).scalar_one()
        suya = preferencia(session, cual)
    assert (suya["direccion"], suya["quiere"], suya["resumen"]) == ("enlace@prueba.gob.mx", True, True)
