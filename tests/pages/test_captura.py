"""Capturar en pantalla: lo escrito se guarda solo, lo que falta se pide junto a su campo y el envío acusa."""

import pytest
import streamlit as st
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db.base import tabla
from db.engine import reading, writing
from db.models.actividad import AvanceMeta
from db.models.captura import Borrador, Envio
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db import mundo
from tests.pages.ayuda import abrir, abrir_sesion, textos


@pytest.fixture
def sid(base_sqlite: str) -> str:
    st.cache_data.clear()
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    return abrir_sesion(Rol.ENLACE, ente_id=1, dependencia_id=1)


def pantalla(sid: str, **mas: str) -> AppTest:
    at = abrir("captura", sid=sid, ejercicio="2026", mes="3", **mas)
    assert not at.exception
    return at


def campo(at: AppTest, rotulo: str, cual: int = 0) -> object:
    return [c for c in at.main.text_input if c.label.startswith(rotulo)][cual]


def test_lo_escrito_vuelve_al_abrir_otra_vez_y_se_olvida_al_enviar(sid: str) -> None:
    at = pantalla(sid)
    campo(at, "Alcanzado").set_value("10").run()  # type: ignore[attr-defined]
    otra = pantalla(sid)
    assert campo(otra, "Alcanzado").value == "10"  # type: ignore[attr-defined]
    assert "Tiene un borrador" in textos(otra)
    otra.main.button[-1].click().run()
    assert not otra.exception and not otra.error
    with reading() as session:
        assert session.execute(select(tabla(AvanceMeta).c.estado)).scalar_one() == "enviado"
        assert session.execute(select(tabla(Borrador).c.id)).first() is None
        folio, huella = session.execute(select(tabla(Envio).c.folio, tabla(Envio).c.huella)).one()
    assert folio.replace("-", "\\-") in textos(otra) and huella in textos(otra)


def test_un_texto_en_vez_de_numero_se_dice_y_no_se_pierde(sid: str) -> None:
    at = pantalla(sid)
    campo(at, "Alcanzado").set_value("diez").run()  # type: ignore[attr-defined]
    assert "no es un número" in at.error[0].value
    assert campo(pantalla(sid), "Alcanzado").value == "diez"  # type: ignore[attr-defined]


def test_debajo_de_90_pide_justificacion_y_plan_de_mejora_y_conserva_lo_escrito(sid: str) -> None:
    at = pantalla(sid)
    campo(at, "Alcanzado").set_value("5").run()  # type: ignore[attr-defined]
    assert campo(at, "Justificación") and campo(at, "Qué se hará")
    at.main.button[-1].click().run()
    assert "debajo de 90" in at.error[0].value
    assert campo(at, "Alcanzado").value == "5"  # type: ignore[attr-defined]
    with reading() as session:
        assert session.execute(select(tabla(AvanceMeta).c.id)).first() is None


def test_el_area_de_otros_no_se_abre_por_su_direccion(sid: str) -> None:
    at = pantalla(sid, area="2")
    assert "B00" not in textos(at)
