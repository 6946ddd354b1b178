"""Revisar en pantalla: la cola, en bloque lo que no llama la atención, lo demás de uno en uno, y publicar."""

import pytest
import streamlit as st
from sqlalchemy import delete, select
from streamlit.testing.v1 import AppTest

from dashboard.ui.texto import esc_md
from db.actions.captura import Mejora
from db.actions.revision import comentar
from db.base import tabla
from db.engine import reading, writing
from db.models.actividad import AvanceMeta
from db.models.captura import ClaseItem
from db.models.usuarios import RolUsuario
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db import mundo
from tests.db.test_captura import MEJORA, UIPPE, aprobar, entrega, mandar
from tests.pages.ayuda import abrir, abrir_sesion, textos


@pytest.fixture
def listo(base_sqlite: str) -> str:
    st.cache_data.clear()
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    return base_sqlite


def estados() -> dict[int, str]:
    with reading() as session:
        a = tabla(AvanceMeta).c
        return {f.meta_id: str(f.estado) for f in session.execute(select(a.meta_id, a.estado))}


def revisar(**parametros: str) -> AppTest:
    at = abrir("revision", Rol.PLANEACION, ejercicio="2026", **parametros)
    assert not at.exception
    return at


def oprimir(at: AppTest, rotulo: str) -> None:
    next(boton for boton in at.main.button if boton.label == rotulo).click().run()
    assert not at.exception


def test_en_bloque_va_lo_que_esta_en_banda_y_lo_demas_se_mira(listo: str) -> None:
    mandar(entrega("10"), entrega("5", 2, justificacion="Llovió", mejora=MEJORA))
    mandar(entrega("10", 3), actor=UIPPE)
    at = revisar()
    assert at.title[0].value == "Tres resultados de dos áreas esperan revisión"
    assert at.dataframe[0].value["Esperan"].to_list() == [2, 1]
    oprimir(at, "Validar este")
    assert not at.error and estados() == {1: "enviado", 2: "validado", 3: "enviado"}
    oprimir(at, "Validar en bloque (1)")
    assert estados() == {1: "validado", 2: "validado", 3: "enviado"}


def test_se_publica_un_periodo_entero(listo: str) -> None:
    mandar(entrega("10"), entrega("10", 2))
    aprobar(1, 2)
    at = revisar()
    cajon = next(e for e in at.expander if e.label.startswith("Publicar"))
    assert cajon.label == "Publicar lo validado: dos resultados"
    at = abrir("revision", Rol.PLANEACION, ejercicio="2026")
    at.session_state["publicar"] = True
    at.run()
    oprimir(at, "Publicar ese periodo")
    assert not at.error and estados() == {1: "publicado", 2: "publicado"}


def test_devolver_pide_motivo_y_el_area_lo_ve_primero_y_lo_contesta(listo: str) -> None:
    mandar(entrega("10"))
    at = revisar(mes="3", area="1")
    oprimir(at, "Devolver")
    assert "motivo" in at.error[0].value and estados() == {1: "enviado"}
    at.main.text_input[-1].set_value("Falta la lista")
    oprimir(at, "Devolver")
    assert not at.error and estados() == {1: "devuelto"} and at.title[0].value == "Nada espera revisión"
    sid = abrir_sesion(Rol.ENLACE, ente_id=1, dependencia_id=1)
    ficha = abrir("metas", sid=sid, ejercicio="2026", meta="1")
    cajon = next(e for e in ficha.expander if e.label.startswith("Historia"))
    assert cajon.label == "Historia de la captura: dos pasos"


def test_nadie_valida_lo_que_cambio_despues_de_verlo(listo: str) -> None:
    mandar(entrega("10"))
    at = revisar()
    mandar(entrega("9", version=1))
    next(boton for boton in at.main.button if boton.key == "validar_en_bloque").click().run()
    assert not at.exception and "Otra persona" in at.error[0].value and estados() == {1: "enviado"}


def test_quien_pierde_su_rol_con_la_pagina_abierta_ya_no_valida(listo: str) -> None:
    mandar(entrega("10"))
    at = revisar()
    with writing(LINEA_DE_COMANDOS) as session:
        session.execute(delete(tabla(RolUsuario)))
    next(boton for boton in at.main.button if boton.key == "validar_en_bloque").click().run()
    assert not at.exception and estados() == {1: "enviado"} and "esperan" not in textos(at)


HOSTIL = '=HYPERLINK("http://x") <script>alert(1)</script> :red[ok] ![](http://x) **a**'


def test_lo_que_escriben_las_personas_se_ve_tal_cual(listo: str) -> None:
    mejora = Mejora(HOSTIL, HOSTIL, HOSTIL, MEJORA.inicio, MEJORA.fin)
    mandar(entrega("5", justificacion=HOSTIL, mejora=mejora, beneficiarios=((HOSTIL, 1, 2),)))
    with writing(UIPPE) as session:
        comentar(session, UIPPE, anio=2026, mes=3, item=(ClaseItem.META, 1), texto=HOSTIL)
    at = abrir("revision", Rol.PLANEACION, ejercicio="2026")
    at.session_state["historial_meta_1_3"] = True
    at.run()
    assert not at.exception
    escritos = [m.value for m in at.markdown]
    assert not [texto for texto in escritos if "<script>" in texto or ":red[ok" in texto]
    assert sum(texto.count(esc_md(HOSTIL)) for texto in escritos) == 6, escritos


def test_lo_propio_no_ofrece_botones(listo: str) -> None:
    sid = abrir_sesion(Rol.PLANEACION, cuenta=UIPPE.cuenta)
    mandar(entrega("10"), actor=UIPPE)
    at = abrir("revision", sid=sid, ejercicio="2026")
    assert not at.exception and "otra persona" in at.info[0].value
    assert not {"Validar este", "Devolver"} & {boton.label for boton in at.main.button}
