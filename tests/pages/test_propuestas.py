"""Propuestas en pantalla: se registran con su folio, se responden, y las obras dicen qué se votó."""

from decimal import Decimal

import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.ui.vista_obras import leer_criterios
from dashboard.ui.vista_propuestas import por_responder
from db.engine import reading, writing
from db.queries.obras import obras
from db.queries.propuestas import propuestas
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol
from tests.db.mundo import ANIO, fundar
from tests.pages.ayuda import abrir, textos


def _de(at: AppTest, rotulo: str) -> AppTest:
    """Pulsa el botón con ese rótulo."""
    return next(b for b in at.main.button if b.label == rotulo).click().run()


def test_una_propuesta_se_registra_y_se_responde(base_sqlite: str) -> None:
    st.cache_data.clear()
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
    at = abrir("propuestas", Rol.PLANEACION)
    assert at.title[0].value == "Aún no hay opiniones ni propuestas"
    at.session_state["registrar_propuesta"] = True
    at.run()
    for campo in at.main.text_input:
        if campo.label in ("Quién la hace", "Tema"):
            campo.set_value(f"Vecinos *de* {campo.label}")
    at = _de(at, "Registrarla")
    assert "Falta" in " ".join(e.value for e in at.error) and not at.exception
    at.text_area[0].set_value("Cambiar la tubería.")
    at = _de(at, "Registrarla")
    assert not at.exception and at.title[0].value == "Una propuesta por responder, en plazo"

    with reading() as session:
        (una,) = propuestas(session)
    at = abrir("propuestas", Rol.PLANEACION, propuesta=str(una["id"]))
    assert una["folio"] in at.title[0].value.replace("\\", "") and "Vecinos \\*de\\*" in textos(at)
    at.selectbox[[s.label for s in at.selectbox].index("En qué queda")].set_value("atendida")
    at = _de(at, "Responder")
    assert "Falta la respuesta" in at.error[0].value
    at.text_area[0].set_value("Ya se cambió.")
    at = _de(at, "Responder")
    assert not at.exception and "Ya se cambió" in textos(at) and not at.text_area


def test_las_obras_de_la_demostracion_dicen_que_se_voto(base_demo: str) -> None:
    at = abrir("propuestas", Rol.PRESIDENCIA, parte="obras")
    assert not at.exception
    assert at.title[0].value == f"Seis obras propuestas para {ANIO}; cuatro priorizadas"
    with reading() as session:
        lista = obras(session, comite_id=1, anio=ANIO)["obras"]
    assert at.dataframe[0].value["Obra"].to_list() == [o["nombre"] for o in lista]
    assert [o["estado"] for o in lista] == ["priorizada"] * 4 + ["no_priorizada"] * 2
    assert not at.main.button


def test_los_criterios_se_escriben_uno_por_renglon() -> None:
    assert leer_criterios("Rezago: zona alta: 40\n\nCosto: 60") == [
        ("Rezago: zona alta", Decimal(40)),
        ("Costo", Decimal(60)),
    ]


def test_solo_quien_debe_responderla_la_tiene_pendiente() -> None:
    una = {"estado": "recibida", "ente_id": 1, "dependencia_id": 11, "general_id": 1}
    suyo = Actor(5, "enlace", "E", (Asignacion(Rol.ENLACE, 1, 1),))
    ajeno = Actor(6, "otro", "O", (Asignacion(Rol.ENLACE, 1, 2),))
    assert por_responder(una, suyo)
    assert not por_responder(una, ajeno)
    assert not por_responder(una | {"estado": "atendida"}, suyo)
