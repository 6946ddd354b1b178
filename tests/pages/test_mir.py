"""MIR: la matriz con sus estados, lo que le falta, su captura y el árbol de que sale."""

from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.ui import hoja_arbol, hoja_mir
from dashboard.ui.vista_arbol import esquema
from dashboard.ui.vista_mir import estado, sugeridas, titulo_de_lista
from db.engine import reading, writing
from db.models.estructura import Dependencia, NivelDependencia
from db.queries.arbol import arbol
from db.queries.mir import mir
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db import mundo
from tests.pages.ayuda import abrir, abrir_sesion, textos

PARTES = ["Matriz", "Revisión", "Árbol", "CREMAA", "Capturar"]
CLAVE = "02010101"
"""Residuos sólidos: su MIR salió de su árbol."""


@pytest.fixture(autouse=True)
def _sin_recuerdos() -> None:
    st.cache_data.clear()


def _leer(clave: str) -> dict[str, Any]:
    with reading() as session:
        datos = mir(session, anio=2026, clave=clave)
    assert datos is not None
    return datos


def _abrir(clave: str, parte: str = "Matriz", rol: Rol = Rol.PLANEACION, **mas: str) -> AppTest:
    at = abrir("mir", rol, programa=clave, parte=parte, **mas)
    assert not at.exception, at.exception[0].stack_trace
    return at


def _html(at: AppTest) -> str:
    return "\n".join(e.proto.body for e in at.main if e.type == "html")


def _mundo() -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        from db.models.programas import ResponsablePrograma

        session.add(ResponsablePrograma(ente_id=1, programa_id=1, dependencia_id=1))


def test_la_lista_dice_cuantas_tienen_lo_indispensable(base_demo: str) -> None:
    at = abrir("mir", Rol.PRESIDENCIA)
    assert at.title[0].value == "73 de 77 matrices tienen lo indispensable"
    assert len(at.dataframe[0].value) == 77
    assert len(abrir("mir", Rol.PRESIDENCIA, como_esta="✖ Con faltas").dataframe[0].value) == 4


@pytest.mark.parametrize("parte", PARTES)
def test_cada_parte_abre(base_demo: str, parte: str) -> None:
    assert "residuos sólidos" in _abrir(CLAVE, parte).title[0].value


def test_la_matriz_trae_cada_renglon_con_el_estado_de_su_indicador(base_demo: str) -> None:
    datos = _leer(CLAVE)
    hoja = _html(_abrir(CLAVE))
    for renglon in datos["renglones"]:
        assert renglon["clave"] in hoja
        assert renglon["resumen"] in hoja
    ligado = next(i for r in datos["renglones"] for i in r["indicadores"] if i["cumplimiento"])
    assert f"indicador={ligado['indicador_id']}" in hoja
    assert ligado["cumplimiento"]["palabra"] in hoja
    assert "Sin ficha" in hoja


def test_la_revision_ensena_cada_defecto_sembrado(base_demo: str) -> None:
    defectos = {
        "01030201": "El Propósito es uno y sólo uno",
        "02050101": "Falta el Fin",
        "03070101": "Un Componente sin Actividades",
        "01080401": "Un renglón sin indicador",
        "02040201": "Falta el supuesto",
        "03040201": "«Porcentaje» y conteo se confunden",
        "03050103": "No cumple una pregunta CREMAA",
    }
    for clave, regla in defectos.items():
        assert regla in {f["regla"] for f in _leer(clave)["faltas"]}, clave
    assert "Un Componente sin Actividades" in _html(_abrir("03070101", "Revisión"))


def test_quien_no_edita_no_ve_la_captura(base_demo: str) -> None:
    at = _abrir(CLAVE, "Capturar", Rol.PRESIDENCIA)
    assert not at.text_area
    assert not _abrir(CLAVE, "Árbol", Rol.PRESIDENCIA).main.text_input
    preguntas = _abrir(CLAVE, "CREMAA", Rol.PRESIDENCIA).radio[1:]
    assert len(preguntas) == 6 and all(radio.disabled for radio in preguntas)


def test_el_enlace_solo_captura_lo_de_su_dependencia(base_sqlite: str) -> None:
    _mundo()
    with writing(LINEA_DE_COMANDOS) as session:
        session.add(Dependencia(id=3, ente_id=1, nivel=NivelDependencia.GENERAL, clave="C00", nombre="Otra"))
    for dependencia, captura in ((1, True), (2, True), (3, False)):
        sid = abrir_sesion(Rol.ENLACE, cuenta=f"enlace.{dependencia}", ente_id=1, dependencia_id=dependencia)
        at = abrir("mir", sid=sid, programa="01020401", parte="Capturar")
        assert not at.exception
        assert bool(at.text_area) is captura


def test_agregar_un_renglon_lo_deja_en_la_matriz(base_sqlite: str) -> None:
    _mundo()
    at = _abrir("01020401", "Capturar")
    at.selectbox(key="mir_nivel").set_value("fin").run()
    at.text_area[0].set_value("Contribuir a la paz <b>social</b>")
    next(b for b in at.main.button if b.label == "Guardar renglón").click().run()
    assert not at.exception
    assert [(r["clave"], r["resumen"]) for r in _leer("01020401")["renglones"]] == [
        ("Fin", "Contribuir a la paz <b>social</b>")
    ]
    st.cache_data.clear()
    assert "&lt;b&gt;social&lt;/b&gt;" in _html(_abrir("01020401"))


def test_un_renglon_sin_resumen_se_dice_y_no_se_guarda(base_sqlite: str) -> None:
    _mundo()
    at = _abrir("01020401", "Capturar")
    next(b for b in at.main.button if b.label == "Guardar renglón").click().run()
    assert "Falta el resumen narrativo" in "".join(e.value for e in at.error)
    assert _leer("01020401")["renglones"] == []


def test_el_arbol_se_captura_y_se_deriva_desde_la_pantalla(base_sqlite: str) -> None:
    _mundo()
    at = _abrir("01020401", "Árbol")
    assert "Todavía no hay árbol" in "".join(i.value for i in at.info)
    at.main.text_input[0].set_value("Hay quejas")
    next(b for b in at.main.button if b.label == "Guardar nodo").click().run()
    assert not at.exception
    with reading() as session:
        assert [n["problema"] for n in arbol(session, programa_id=1, ente_id=1)] == ["Hay quejas"]


def test_derivar_pone_la_mir_como_el_arbol(base_demo: str) -> None:
    at = _abrir("03050103", "Árbol")
    next(b for b in at.main.button if b.label == "Derivar la MIR").click().run()
    assert not at.exception
    resumenes = {r["resumen"] for r in _leer("03050103")["renglones"]}
    assert {"Baches reportados atendidos", "Las vialidades del municipio están en buen estado"} <= resumenes
    assert "ya dice lo que el árbol" in textos(_abrir("03050103", "Árbol"))


def test_un_arbol_sin_terminar_dice_que_le_falta(base_demo: str) -> None:
    assert "en positivo" in "".join(i.value for i in _abrir("01070101", "Árbol").info)


@pytest.mark.parametrize("clave", ["99999999", "<script>", "1' OR '1'='1"])
def test_un_programa_que_no_existe_se_dice(base_demo: str, clave: str) -> None:
    at = _abrir(clave)
    assert "no existe" in "".join(w.value for w in at.warning)


def test_el_ente_y_el_renglon_de_la_direccion_pueden_venir_mal(base_demo: str) -> None:
    at = _abrir("02020301", "Capturar", de="<b>", renglon="-1")
    assert at.title


def test_los_indicadores_que_se_llaman_como_una_ficha_se_proponen(base_sqlite: str) -> None:
    from db.actions.mir import guardar_indicador, guardar_renglon
    from db.models.indicadores import Indicador, NivelMir

    _mundo()
    with writing(LINEA_DE_COMANDOS) as session:
        session.add(
            Indicador(
                id=5, anio=2026, ente_id=1, proyecto_id=1, dependencia_id=11, nombre="Porcentaje de quejas."
            )
        )
        fin = guardar_renglon(
            session, LINEA_DE_COMANDOS, programa_id=1, ente_id=1, nivel=NivelMir.FIN, resumen="Contribuir a"
        )
        fila = guardar_indicador(session, LINEA_DE_COMANDOS, renglon_id=fin, nombre="PORCENTAJE DE QUEJAS")
    with reading() as session:
        assert sugeridas(session, anio=2026, clave="01020401", ente_id=1) == {
            fila: (5, "Porcentaje de quejas.")
        }
    at = _abrir("01020401")
    next(b for b in at.main.button if b.label == "Ligar un indicador con su ficha").click().run()
    assert not at.exception
    assert _leer("01020401")["renglones"][0]["indicadores"][0]["indicador_id"] == 5


def test_el_dibujo_del_arbol_escapa_y_distingue_sus_dos_caras() -> None:
    campos = ("id", "padre_id", "clase", "problema", "objetivo", "elegido")
    nodos = [
        dict(zip(campos, valores, strict=True))
        for valores in (
            (1, None, "problema", "<i>Mal</i>", "Bien", True),
            (2, 1, "causa", "Falta agua", "", False),
            (3, 1, "efecto", "Hay sed", "Hay agua", True),
        )
    ]
    problema, objetivos = hoja_arbol.dibujo(nodos, "problema"), hoja_arbol.dibujo(nodos, "objetivo")
    assert "&lt;i&gt;Mal" in problema and "<i>" not in problema
    assert hoja_arbol.SIN_POSITIVO in objetivos and "fuera de la alternativa" in objetivos
    assert (
        problema.index("Hay sed")
        < problema.index("&lt;i&gt;Mal&lt;/i&gt;</span>")
        < problema.index("Falta agua")
    )
    assert [n["id"] for n in esquema(nodos)] == [1, 3, 2]
    assert hoja_arbol.dibujo([], "problema") == ""


def test_la_hoja_no_deja_pasar_html_ni_ligas_ajenas() -> None:
    liga = hoja_mir.liga("mir", "x", {"programa": '"><script>'}, {"ente": "a b"})
    assert "<script>" not in liga and "ente=a+b" in liga
    renglon = {
        "clave": "Fin", "nivel": "fin", "resumen": "<img src=x>", "supuestos": "", "indicadores": [],
    }  # fmt: skip
    hoja = hoja_mir.matriz("<b>", [renglon], {}, False)
    assert "<img" not in hoja and 'aria-label="&lt;b&gt;"' in hoja
    assert "Sin indicador" in hoja


def test_el_estado_de_una_matriz_lleva_icono_y_palabra() -> None:
    base = {"renglones": 3, "faltas": 0, "avisos": 0}
    assert estado(base) == "✔ Completa"
    assert estado({**base, "avisos": 1}) == "▲ Por revisar"
    assert estado({**base, "faltas": 1}) == "✖ Con faltas"
    assert estado({**base, "renglones": 0}) == "○ Sin MIR"
    assert titulo_de_lista([{**base, "renglones": 0}]) == "Todavía no hay MIR en este ejercicio"
