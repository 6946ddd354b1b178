"""Guía Consultiva en pantalla: cuentas a la vista, filtros en la dirección y captura con sus errores."""

from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from db.engine import reading
from db.queries.guia import guia_del_anio
from db.queries.guia_ficha import ficha_guia
from db.rules.permisos import Rol
from tests.db.test_guia import fundar_guia
from tests.pages.ayuda import abrir, abrir_sesion, textos


@pytest.fixture(autouse=True)
def _sin_recuerdos() -> None:
    st.cache_data.clear()


@pytest.fixture
def guia(base_sqlite: str) -> dict[str, int]:
    return fundar_guia()


def _abrir(rol: Rol = Rol.PLANEACION, **parametros: str) -> AppTest:
    at = abrir("guia", rol, **parametros)
    assert not at.exception
    return at


def _dice(at: AppTest) -> str:
    return textos(at).replace("\\", "")


def _boton(at: AppTest, rotulo: str) -> Any:
    return next(b for b in at.main.button if b.label == rotulo)


def _del_formulario(lista: Any, principio: str) -> Any:
    return next(control for control in lista if control.label.replace("\\", "").startswith(principio))


def _estado(clave: str, anio: int = 2026) -> str:
    with reading() as session:
        ficha = ficha_guia(session, anio=anio, clave=clave)
    assert ficha is not None
    return str(ficha["estado"])


def test_sin_revisar_nada_no_se_presume_ni_se_alarma(guia: dict[str, int]) -> None:
    assert "Aún no se revisa ningún indicador" in _dice(_abrir())


def test_capturar_un_elemento_con_su_evidencia_mueve_el_titulo(guia: dict[str, int]) -> None:
    at = _abrir(indicador="1.2.1")
    for inciso in "ab":
        _del_formulario(at.checkbox, f"{inciso})").check()
        _del_formulario(at.main.text_input, f"Evidencia de {inciso})").input("Acta 5, archivo")
    _del_formulario(at.main.text_input, "Fecha de a)").input("31/03/2026")
    _boton(at, "Guardar").click().run()
    assert not at.exception and "Guardado." in _dice(at)
    assert _estado("1.2.1") == "optimo"
    assert "1 de 4 indicadores medibles está en óptimo" in _dice(_abrir())


@pytest.mark.parametrize(
    ("campo", "escrito", "mensaje"),
    [("Evidencia de a)", "", "no dice su evidencia"), ("Fecha de a)", "31/02/2026", "no es una fecha")],
)
def test_lo_mal_escrito_se_dice_y_no_se_pierde(
    guia: dict[str, int], campo: str, escrito: str, mensaje: str
) -> None:
    at = _abrir(indicador="1.2.1")
    _del_formulario(at.checkbox, "a)").check()
    _del_formulario(at.main.text_input, "Evidencia de a)").input("Acta 5")
    _del_formulario(at.main.text_input, campo).input(escrito)
    _boton(at, "Guardar").click().run()
    assert mensaje in "".join(error.value for error in at.error)
    assert _del_formulario(at.checkbox, "a)").value is True
    assert _estado("1.2.1") == "rezago"


def test_un_indice_se_marca_y_x1_no_se_toca(guia: dict[str, int]) -> None:
    at = _abrir(indicador="1.2.4")
    assert "sale de ese indicador" in _dice(at)
    _del_formulario(at.checkbox, "Algo").check()
    _boton(at, "Guardar").click().run()
    assert _estado("1.2.4") == "rezago" and "40" in _dice(at)


def test_no_medible_sin_motivo_se_rechaza_junto_al_campo(guia: dict[str, int]) -> None:
    at = _abrir(indicador="2.2.4")
    _del_formulario(at.checkbox, "No medible").check()
    _boton(at, "Guardar").click().run()
    assert "lleva su motivo" in at.error[0].value
    assert _estado("2.2.4") == "nd"


def test_quien_no_evalua_lee_y_no_captura(guia: dict[str, int]) -> None:
    for sid in (abrir_sesion(Rol.PRESIDENCIA), abrir_sesion(Rol.ENLACE, ente_id=1, dependencia_id=1)):
        at = abrir("guia", sid=sid, indicador="1.2.1")
        assert not at.exception
        assert not at.checkbox and "Guardar" not in [b.label for b in at.main.button]


def test_como_se_calculo_dice_metodo_umbrales_y_regla(guia: dict[str, int]) -> None:
    at = _abrir(indicador="2.2.4", como="guia")
    dicho = "\n".join(m.value for m in at.markdown).replace("\\", "")
    assert "(Gasto corriente / Gasto total) * 100" in dicho
    assert "<=50" in dicho and "Sin sus variables queda en No disponible" in dicho


def test_un_indicador_o_un_anio_sin_guia_se_explica(guia: dict[str, int]) -> None:
    assert "No hay ese indicador" in _dice(_abrir(indicador="9.9.9';DROP"))
    assert "No hay ese indicador" in _dice(_abrir(indicador="<script>"))


def test_la_lista_filtra_por_la_direccion(base_demo: str) -> None:
    with reading() as session:
        todos = guia_del_anio(session, anio=2026)["indicadores"]
    esperados = [i["clave"] for i in todos if i["estado"] == "rezago" and i["modulo"] == 6]
    assert 0 < len(esperados) < len(todos)
    at = _abrir(parte="lista", estado="rezago", modulo="6")
    nombres = list(at.dataframe[0].value["Indicador"])
    assert [n.removeprefix("★ ").split()[0] for n in nombres] == esperados
    assert len(_abrir(parte="lista", buscar="planeacion comite").dataframe[0].value) == 1
    assert len(_abrir(parte="lista", tipo="unidad").dataframe[0].value) == 8
    assert "Ningún indicador cumple" in _dice(_abrir(parte="lista", buscar="zzz"))


def test_asignar_responsable_a_lo_que_se_ve(base_demo: str) -> None:
    at = _abrir(parte="lista", tema="1.2")
    elegir = next(s for s in at.selectbox if s.label.startswith("Dependencia que reúne"))
    _boton(at, "Asignar a lo que se ve").click().run()
    assert "Falta la dependencia" in "".join(error.value for error in at.error)
    elegir = next(s for s in at.selectbox if s.label.startswith("Dependencia que reúne"))
    elegir.select_index(0)
    _boton(at, "Asignar a lo que se ve").click().run()
    with reading() as session:
        todos = guia_del_anio(session, anio=2026)["indicadores"]
    assert {i["dependencia"] for i in todos if i["tema"] == "1.2"} == {"Presidencia"}
    assert {i["dependencia"] for i in todos if i["tema"] == "1.3"} == {"Contraloría"}


def test_la_demostracion_propone_lo_que_el_presupuesto_ya_sabe(base_demo: str) -> None:
    at = _abrir(indicador="2.2.4")
    assert "Con lo cargado da" in _dice(at)
    corriente = _del_formulario(at.main.text_input, "Gasto corriente").value
    assert corriente in _dice(at)
    _boton(at, "Guardar").click().run()
    assert _estado("2.2.4") == "rezago"


def test_un_anio_que_la_guia_no_cubre(base_demo: str) -> None:
    assert "No hay guía para 2024" in _dice(_abrir(ejercicio="2024"))


def test_si_otra_persona_guardo_primero_se_ven_las_dos_versiones(guia: dict[str, int]) -> None:
    uno, otro = _abrir(indicador="1.2.1"), _abrir(Rol.PLANEACION, indicador="1.2.1")
    for at, documento in ((uno, "Acta 5"), (otro, "Acta 9")):
        _del_formulario(at.checkbox, "a)").check()
        _del_formulario(at.main.text_input, "Evidencia de a)").input(documento)
        _boton(at, "Guardar").click().run()
    assert "Otra persona cambió este registro" in otro.error[0].value
    [renglon] = otro.dataframe[0].value.to_dict("records")
    assert (renglon["Lo que usted escribió"], renglon["Lo guardado ahora"]) == ("Sí · Acta 9", "Sí · Acta 5")
