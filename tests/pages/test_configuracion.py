"""Configuración y Primeros pasos, como las usa una persona: lo malo se dice y nada se pisa."""

from collections.abc import Iterator
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db.actions import ejercicio, municipio
from db.engine import reading, writing
from db.models.municipio import Ejercicio, Ente, Municipio
from db.models.presupuesto import SegmentoClave
from db.queries import configuracion
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.pages.ayuda import abrir, abrir_sesion


@pytest.fixture
def persona(base_sqlite: str) -> Iterator[str]:
    """El `sid` de alguien de planeación."""
    st.cache_data.clear()
    yield abrir_sesion(Rol.PLANEACION)
    st.cache_data.clear()


def _abrir(persona: str, pagina: str, **parametros: str) -> AppTest:
    prueba = abrir(pagina, sid=persona, **parametros)
    assert not prueba.exception
    return prueba


def _campo(prueba: AppTest, etiqueta: str) -> Any:
    return next(campo for campo in prueba.main.text_input if campo.label == etiqueta)


def _boton(prueba: AppTest, etiqueta: str) -> Any:
    return next(boton for boton in prueba.main.button if boton.label == etiqueta)


def _llenar(prueba: AppTest, **extra: str) -> None:
    valores = {"Nombre del municipio": "San Isidro", "Estado": "México", "Clave del INEGI": "15999"} | extra
    for etiqueta, valor in valores.items():
        _campo(prueba, etiqueta).set_value(valor)


def test_guardar_el_municipio_lo_dice_y_lo_deja(persona: str) -> None:
    prueba = _abrir(persona, "configuracion")
    _llenar(prueba)
    _boton(prueba, "Guardar municipio").click().run()
    assert [aviso.value for aviso in prueba.success] == ["Guardado."]
    assert _campo(prueba, "Nombre del municipio").value == "San Isidro"
    with reading() as session:
        assert configuracion.municipio(session)["clave_inegi"] == "15999"


def test_un_dato_malo_se_dice_y_lo_escrito_no_se_pierde(persona: str) -> None:
    prueba = _abrir(persona, "configuracion")
    _llenar(prueba, **{"Clave del INEGI": "99"})
    _boton(prueba, "Guardar municipio").click().run()
    assert len(prueba.error) == 1
    assert "99" in prueba.error[0].value
    assert _campo(prueba, "Nombre del municipio").value == "San Isidro"
    with reading() as session:
        assert session.execute(select(Municipio)).first() is None


def test_si_otra_persona_guardo_antes_se_ven_los_dos_valores(persona: str) -> None:
    prueba = _abrir(persona, "configuracion")
    _llenar(prueba)
    with writing(LINEA_DE_COMANDOS) as session:
        municipio.guardar_municipio(
            session, LINEA_DE_COMANDOS, version=0, nombre="Del otro", estado="México", clave_inegi="15001",
            color="#12436D",
        )  # fmt: skip
    _boton(prueba, "Guardar municipio").click().run()
    assert "Otra persona cambió" in prueba.error[0].value
    renglon = prueba.dataframe[0].value.set_index("Dato").loc["Nombre"]
    assert list(renglon) == ["San Isidro", "Del otro"]
    _boton(prueba, "Abrir lo guardado ahora").click().run()
    assert _campo(prueba, "Nombre del municipio").value == "Del otro"
    with reading() as session:
        assert configuracion.municipio(session)["nombre"] == "Del otro"


def test_el_mismo_formulario_dos_veces_guarda_una(persona: str) -> None:
    prueba = _abrir(persona, "configuracion", parte="Entes")
    antes = dict(prueba.session_state["_formulario_ente_nuevo"])
    for _ in range(2):
        _campo(prueba, "Nombre del ente").set_value("Sistema DIF")
        _campo(prueba, "Clave").set_value("dif")
        _boton(prueba, "Guardar ente").click().run()
        ultimo = [aviso.value for aviso in prueba.success]
        prueba = _abrir(persona, "configuracion", parte="Entes")
        prueba.selectbox(key="ente_elegido").set_value("Ente nuevo")
        prueba.session_state["_formulario_ente_nuevo"] = antes
        prueba.run()
    assert ultimo == ["Ya estaba guardado."]
    with reading() as session:
        assert [fila.clave for fila in session.execute(select(Ente)).scalars()] == ["dif"]


def test_se_crea_la_administracion_y_el_ejercicio(persona: str) -> None:
    prueba = _abrir(persona, "configuracion", parte="Ejercicios")
    _boton(prueba, "Crear administración").click().run()
    _boton(prueba, "Crear ejercicio").click().run()
    assert not prueba.exception
    assert not prueba.error
    with reading() as session:
        assert list(session.execute(select(Ejercicio.anio)).scalars()) == [2025]
    assert "Ejercicio 2025" in [titulo.value for titulo in prueba.subheader]


@pytest.fixture
def con_ejercicio(persona: str) -> str:
    with writing(LINEA_DE_COMANDOS) as session:
        ejercicio.crear_administracion(session, LINEA_DE_COMANDOS, inicio=2025)
        ejercicio.crear_ejercicio(session, LINEA_DE_COMANDOS, anio=2026)
    return persona


def test_el_corte_y_las_reglas_se_guardan_juntos_o_no_se_guardan(con_ejercicio: str) -> None:
    prueba = _abrir(con_ejercicio, "configuracion", parte="Ejercicios")
    next(lista for lista in prueba.selectbox if lista.label == "Corte").set_value(6)
    _campo(prueba, "Cobertura mínima (%)").set_value("mucho")
    _boton(prueba, "Guardar corte y reglas").click().run()
    assert "«mucho»" in prueba.error[0].value
    with reading() as session:
        assert session.get_one(Ejercicio, 2026).corte_mes is None
    _campo(prueba, "Cobertura mínima (%)").set_value("62.5")
    _boton(prueba, "Guardar corte y reglas").click().run()
    with reading() as session:
        leido = session.get_one(Ejercicio, 2026)
        assert (leido.corte_mes, str(leido.cobertura_minima)) == (6, "62.5")


def test_se_puede_escoger_el_juego_de_cinco_bandas(con_ejercicio: str) -> None:
    prueba = _abrir(con_ejercicio, "configuracion", parte="Ejercicios")
    next(lista for lista in prueba.selectbox if lista.label == "Qué bandas guardar").set_value(
        "Cinco niveles"
    )
    _boton(prueba, "Guardar bandas").click().run()
    with reading() as session:
        assert len(configuracion.bandas(session, 2026)["filas"]) == 5


def test_guardar_las_bandas_sin_tocarlas_las_deja_igual(con_ejercicio: str) -> None:
    with reading() as session:
        antes = configuracion.bandas(session, 2026)
    prueba = _abrir(con_ejercicio, "configuracion", parte="Ejercicios")
    _boton(prueba, "Guardar bandas").click().run()
    assert [aviso.value for aviso in prueba.success] == ["Guardado."]
    with reading() as session:
        assert configuracion.bandas(session, 2026) == antes


@pytest.mark.parametrize(
    "parte", ["Municipio", "Niveles del plan", "Ejercicios", "Entes", "Clave presupuestaria"]
)
def test_cada_parte_se_abre_por_su_direccion(persona: str, parte: str) -> None:
    prueba = _abrir(persona, "configuracion", parte=parte)
    assert prueba.selectbox(key="parte").value == parte
    assert [boton.label for boton in prueba.main.button]


def test_sin_segmentos_indispensables_no_se_guarda_la_clave(persona: str) -> None:
    prueba = _abrir(persona, "configuracion", parte="Clave presupuestaria")
    _boton(prueba, "Guardar clave").click().run()
    assert "Falta el segmento" in prueba.error[0].value
    with reading() as session:
        assert session.execute(select(SegmentoClave)).first() is None


def test_primeros_pasos_dice_que_falta_y_que_sigue(persona: str) -> None:
    prueba = _abrir(persona, "primeros_pasos")
    textos = [renglon.value for renglon in prueba.markdown]
    assert "Faltan 11 de 11 pasos. Sigue: **Municipio**." in textos
    prueba = _abrir(persona, "configuracion")
    _llenar(prueba)
    _boton(prueba, "Guardar municipio").click().run()
    prueba = _abrir(persona, "primeros_pasos")
    textos = [renglon.value for renglon in prueba.markdown]
    assert "Faltan 10 de 11 pasos. Sigue: **Administración y ejercicio**." in textos
    assert "**1. Municipio** · ✔ Listo" in textos


def test_primeros_pasos_no_manda_a_nadie_a_una_pagina_que_no_abre(base_sqlite: str) -> None:
    """Administración no carga archivos y planeación no crea cuentas: se les dice quién lo hace."""
    dicho = {
        rol: [renglon.value for renglon in abrir("primeros_pasos", rol).markdown]
        for rol in (Rol.ADMINISTRACION, Rol.PLANEACION)
    }
    assert dicho[Rol.ADMINISTRACION].count(":small[Lo hace Planeación (UIPPE).]") == 5
    for renglones in dicho.values():
        assert ":small[Lo hace Tesorería.]" in renglones
    assert ":small[Lo hace Administración del sistema.]" in dicho[Rol.PLANEACION]
    assert ":small[Lo hace Administración del sistema.]" not in dicho[Rol.ADMINISTRACION]
