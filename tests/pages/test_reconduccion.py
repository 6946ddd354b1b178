"""Reconducciones en pantalla: de la candidata a la solicitud ya llena, y cada quien con lo que le toca."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import streamlit as st
import time_machine

from dashboard.ui.hoja_reconduccion import dictamen
from db.engine import reading, writing
from db.queries.dictamen import ficha
from db.queries.reconduccion import lista
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db import mundo
from tests.db.test_reconduccion import MEXICO, escrito, pedir, persona
from tests.pages.ayuda import abrir, abrir_sesion, textos


@pytest.fixture
def listo(base_sqlite: str) -> Iterator[Any]:
    st.cache_data.clear()
    with time_machine.travel(datetime(2026, 9, 24, 12, tzinfo=MEXICO), tick=True) as viaje:
        with writing(LINEA_DE_COMANDOS) as session:
            mundo.fundar(session)
            for meta, mes, alcanzado in ((1, 3, 15), (1, 6, 15), (2, 3, 10), (2, 6, 5)):
                mundo.avance(session, meta, mes, alcanzado)
            mundo.cerrar(session, 3)
            mundo.cerrar(session, 6)
        yield viaje


def campo(at: Any, rotulo: str) -> Any:
    return next(c for c in [*at.main.text_input, *at.text_area] if c.label.startswith(rotulo))


def boton(at: Any, rotulo: str) -> Any:
    return next(b for b in at.main.button if b.label.startswith(rotulo))


def test_el_enlace_abre_la_escribe_y_la_presenta(listo: Any) -> None:
    sid = abrir_sesion(Rol.ENLACE, ente_id=1, dependencia_id=1)
    at = abrir("reconducciones", sid=sid, ejercicio="2026", parte="candidatas")
    assert not at.exception
    assert at.dataframe[0].value["Se propone"].to_list() == ["▲ Amplía", "▼ Reduce"]
    cual = pedir(escrito(), actor=persona("prueba.enlace", Rol.ENLACE, 1))
    at = abrir("reconducciones", sid=sid, ejercicio="2026", solicitud=str(cual))
    assert at.title[0].value == "Amplía una meta desde julio"
    boton(at, "Retirarla").click().run()
    campo(at, "Julio a septiembre").set_value("-3")
    boton(at, "Presentar").click().run()
    assert "no puede ser negativo" in at.error[0].value
    campo(at, "Julio a septiembre").set_value("16")
    campo(at, "Meta del año").set_value("50")
    boton(at, "Presentar").click().run()
    assert "el calendario da 51 en el año y usted escribió 50" in at.error[0].value
    campo(at, "Meta del año").set_value("51")
    for renglones, falta in (("1,000", "le falta la clave"), ("A00-1 mil", "no es un número")):
        campo(at, "Claves que se reducen").set_value(renglones)
        boton(at, "Presentar").click().run()
        assert falta in at.error[0].value
    campo(at, "Claves que se reducen").set_value("A00 100 1   1,000.00\n")
    boton(at, "Presentar").click().run()
    assert "A00 100 1 no está en el presupuesto vigente" in at.error[0].value
    campo(at, "Claves que se reducen").set_value(" ")
    boton(at, "Presentar").click().run()
    assert not at.exception and not at.error
    with reading() as session:
        assert lista(session, anio=mundo.ANIO)[0]["estado"] == "solicitada"


def test_planeacion_ve_lo_que_espera_su_autorizacion_y_el_dictamen_con_sus_encabezados(listo: Any) -> None:
    cual = pedir()
    sid = abrir_sesion(Rol.PLANEACION)
    at = abrir("reconducciones", sid=sid, ejercicio="2026")
    assert at.title[0].value == "Una reconducción espera su autorización"
    at = abrir("reconducciones", sid=sid, ejercicio="2026", solicitud=str(cual))
    boton(at, "Rechazar").click().run()
    assert "Falta la razón" in at.error[0].value
    boton(at, "Autorizar").click().run()
    assert not at.exception and not at.error
    assert "REC\\-2026\\-001" in textos(at)


def test_el_enlace_de_otra_area_no_la_ve(listo: Any) -> None:
    cual = pedir()
    sid = abrir_sesion(Rol.ENLACE, ente_id=1, dependencia_id=2)
    at = abrir("reconducciones", sid=sid, ejercicio="2026", solicitud=str(cual))
    assert at.title[0].value.startswith("Esa reconducción no existe")
    assert "Meta 1" not in textos(at)


def test_el_dictamen_lleva_los_encabezados_del_manual_y_escapa_lo_escrito(listo: Any) -> None:
    cual = pedir(escrito(justificacion_destino="<script>alert(1)</script>"))
    with reading() as session:
        hoja = dictamen(ficha(session, anio=mundo.ANIO, solicitud_id=cual))
    for encabezado in (
        "DICTAMEN DE RECONDUCCIÓN Y ACTUALIZACIÓN PROGRAMÁTICA-PRESUPUESTAL PARA RESULTADOS",
        "Tipo de Movimiento:",
        "No. de Oficio:",
        "Identificación del Proyecto en el que se cancela o reduce",
        "Identificación del Proyecto en el que se asigna o amplía",
        "Identificación de Recursos a nivel de Proyecto que se cancelan o se reducen",
        "Cantidad Programada de la Meta de Actividad",
        "Calendarización trimestral modificada",
        "Identificación del Origen de los recursos",
        "Elaboró",
        "Vo. Bo.",
        "Autorizó",
    ):
        assert encabezado in hoja
    celdas = re.findall(r"<td class='n'>(.*?)</td>", hoja)
    assert celdas == ["40", "30", "50", "10", "10", "15", "15"]
    assert "<script>" not in hoja and "&lt;script&gt;" in hoja


def test_desde_la_ficha_de_la_meta_se_llega_a_pedirla_ya_llena(listo: Any) -> None:
    sid = abrir_sesion(Rol.ENLACE, ente_id=1, dependencia_id=1)
    ficha_ = abrir("metas", sid=sid, ejercicio="2026", meta="1")
    assert not ficha_.exception
    at = abrir("reconducciones", sid=sid, ejercicio="2026", con="meta-1")
    assert not at.exception and "Meta 1" in textos(at)
    boton(at, "Abrir la solicitud").click().run()
    with reading() as session:
        (nueva,) = lista(session, anio=mundo.ANIO)
    assert (nueva["items"], nueva["mes_vigencia"], nueva["dependencia_id"]) == (1, 7, 1)
    for roto in ("meta-99", "meta-x", "indicador-1", "otra-1", "meta-"):
        at = abrir("reconducciones", sid=sid, ejercicio="2026", con=roto)
        assert not at.exception and "Se abre con" not in textos(at)
