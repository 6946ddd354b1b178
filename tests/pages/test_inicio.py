"""Inicio dice la verdad en todos los casos, y cada cifra se explica y llega a su hoja."""

import re
from decimal import Decimal
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.ui import frases
from dashboard.ui.texto import contar, corto, enumerar, esc_md
from dashboard.ui.vista_inicio import componer
from db.engine import writing
from db.rules.estado import Estado
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db import mundo
from tests.pages.ayuda import abrir, textos
from tests.pages.datos_inicio import eje, historia, programa, r, tablero_completo, tablero_sin_avances

INGLES = ("None", "nan", "Traceback", "Error", "undefined", "Submit", "Browse")


@pytest.fixture(autouse=True)
def _sin_recuerdos() -> None:
    st.cache_data.clear()


def _con_plan(**plan: Any) -> dict[str, Any]:
    return tablero_completo() | {"cumplimiento": r(**plan)}


def test_la_frase_dice_cifra_corte_y_cuantos_piden_atencion() -> None:
    assert frases.titular(tablero_completo()) == (
        "El plan cumple 86.4\u00a0% de lo programado a junio; 3 de 14 programas requieren atención."
    )


@pytest.mark.parametrize(
    ("atencion", "total", "final"),
    [
        (0, 14, "a junio; ninguno de sus 14 programas requiere atención."),
        (1, 14, "a junio; 1 de 14 programas requiere atención."),
        (1, 1, "a junio; su único programa requiere atención."),
        (0, 0, "a junio."),
    ],
)
def test_la_frase_concuerda_con_cuantos_programas_hay(atencion: int, total: int, final: str) -> None:
    t = tablero_completo() | {"programas": {"atencion": atencion, "total": total, "lista": []}}
    assert frases.titular(t).endswith(final)


@pytest.mark.parametrize(
    ("estado", "dice"),
    [
        (Estado.sin_dato_suficiente, "no hay dato suficiente"),
        (Estado.no_toca, "todavía no toca medir"),
        (Estado.sin_meta, "ninguna meta del plan tiene cantidad programada"),
        (Estado.sin_dato, "no tienen avance validado"),
        (Estado.vencido, "venció la captura"),
        (Estado.en_revision, "está en revisión"),
        (Estado.no_programado, "sólo se reportó lo no programado"),
    ],
)
def test_sin_cifra_la_frase_dice_por_que_y_no_da_ninguna(estado: Estado, dice: str) -> None:
    frase = frases.titular(_con_plan(estado=estado, total=1187))
    assert dice in frase
    assert "%" not in frase


def test_sin_ningun_avance_nada_se_califica() -> None:
    t = tablero_sin_avances()
    assert (
        frases.titular(t) == "El plan tiene 1,202 metas en 2026 y ningún avance validado: nada se califica."
    )
    assert "Falta cargar el presupuesto y los avances." in frases.apoyo(t)


def test_lo_capturado_por_validar_se_dice_aunque_nada_este_validado() -> None:
    t = tablero_sin_avances() | {"cumplimiento": r(None, Estado.en_revision, 0, 1187)}
    assert "está en revisión" in frases.titular(t)


def test_sin_metas_o_sin_citas_la_frase_dice_que_falta() -> None:
    sin_metas = tablero_sin_avances() | {"metas": 0}
    assert "faltan las metas de 2026" in frases.titular(sin_metas)
    sin_citas = tablero_sin_avances() | {"sin_linea": 1202}
    assert "Ninguna de las 1,202 metas de 2026 cita el plan" in frases.titular(sin_citas)


def test_sin_plan_la_frase_lo_dice() -> None:
    assert "falta el plan" in frases.titular(tablero_completo() | {"cumplimiento": None})


def test_el_apoyo_cuenta_lo_que_no_se_reporto() -> None:
    dicho = frases.apoyo(tablero_completo())
    assert "1,045 de 1,187 metas evaluadas; 14 sin reporte cuentan como 0." in dicho
    assert "Una dependencia tiene capturas vencidas." in dicho
    assert "no tiene dato suficiente para calificarse" in dicho


def test_el_titulo_de_los_ejes_nombra_a_los_que_frenan_del_peor_al_menos_malo() -> None:
    ejes = [eje(1, "Bienestar", "95"), eje(2, "Territorio", "73.4"), eje(3, "Seguridad", "61")]
    assert frases.titulo_ejes(ejes) == "Seguridad y Territorio frenan el plan"
    assert frases.titulo_ejes(ejes[:2]) == "Territorio frena el plan"
    assert frases.titulo_ejes(ejes[:1]) == "Todos los ejes van en meta"


def test_el_titulo_de_los_ejes_no_presume_de_los_que_no_tienen_dato() -> None:
    con_hueco = [eje(1, "Bienestar", "95"), eje(2, "Empleo", None, estado=Estado.sin_dato_suficiente)]
    assert frases.titulo_ejes(con_hueco) == "Los ejes con dato van en meta"
    assert frases.titulo_ejes(con_hueco[1:]) == "Ningún eje tiene cifra todavía"
    assert frases.titulo_ejes([]) == "El plan no tiene ejes"


def test_el_titulo_de_la_historia_compara_los_dos_ultimos_cierres_con_cifra() -> None:
    puntos = historia()
    assert frases.titulo_historia(puntos) == "El plan sube 4.4 puntos desde T1 2026"
    assert frases.titulo_historia(puntos[:4]) == "El plan sube 13.0 puntos desde T2 2025"
    assert frases.titulo_historia(puntos[:1]) == "T1 2025 es el primer cierre con cifra"
    assert frases.titulo_historia(puntos[2:3]) == "Todavía no hay historia que comparar"
    assert frases.titulo_historia([]) == "Todavía no hay historia que comparar"


@pytest.mark.parametrize(
    ("brecha", "dice"),
    [
        ("-22", "se ha gastado 22.0 puntos más de lo que se ha logrado"),
        ("8.5", "se ha logrado 8.5 puntos más de lo que se ha gastado"),
        ("0.4", "gasto y logro a la par"),
    ],
)
def test_la_brecha_lleva_su_signo_en_palabras(brecha: str, dice: str) -> None:
    assert frases.brecha_en_palabras(eje(1, "Eje", "80", brecha)) == dice


def test_la_brecha_sin_un_lado_dice_cual_falta() -> None:
    sin_fisico = eje(1, "Eje", None)
    sin_dinero = eje(1, "Eje", "80") | {"avance_financiero": r()}
    assert frases.brecha_en_palabras(sin_fisico) == "sin dato físico"
    assert frases.brecha_en_palabras(sin_dinero) == "sin dato financiero"


def test_el_titulo_de_los_programas_cuenta_los_que_gastan_de_mas() -> None:
    lista = [programa("1", "Uno", "41", "78", 9), programa("2", "Dos", "50", "51", 9)]
    assert frases.titulo_programas(lista) == "Un programa gasta mucho más de lo que logra"
    assert frases.titulo_programas(lista[1:]) == "Ningún programa gasta mucho más de lo que logra"
    assert "Falta" in frases.titulo_programas([programa("3", "Tres", None, "5", 9)])


def test_el_texto_de_personas_no_se_vuelve_formato() -> None:
    assert esc_md("**a** [b](c) :red[d] $x$\n# e") == (
        "\\*\\*a\\*\\* \\[b\\]\\(c\\) \\:red\\[d\\] \\$x\\$ \\# e"
    )


def test_los_numeros_chicos_van_con_letra_y_concuerdan() -> None:
    assert contar(1, "meta", "metas") == "una meta"
    assert contar(0, "programa", "programas", False) == "ningún programa"
    assert contar(4, "meta", "metas") == "cuatro metas"
    assert contar(1045, "meta", "metas") == "1,045 metas"
    assert enumerar(["Agua", "Drenaje", "Igualdad"]) == "Agua, Drenaje e Igualdad"


def test_un_nombre_largo_se_corta_en_palabra_entera() -> None:
    assert corto("Pilar 1: Bienestar social y muchas otras cosas") == "Pilar 1: Bienestar social…"
    assert corto("Territorio: ordenado y sustentable") == "Territorio"


def test_cada_cifra_con_valor_tiene_su_explicacion() -> None:
    vista = componer(tablero_completo(), historia(), oscuro=False)
    con_explicacion = set(vista["explica"]) | {"vencidos"}
    assert {c["clave"] for c in vista["cifras"]} <= con_explicacion
    for _, resultado in vista["explica"].values():
        assert resultado["detalle"]["formula"]
    assert len(vista["ejes"]["explica"]) == len(vista["ejes"]["lista"])


def test_sin_avances_nada_lleva_color_de_semaforo() -> None:
    vista = componer(tablero_sin_avances(), historia()[2:3], oscuro=False)
    escrito = " ".join(
        [*(c["renglon"] for c in vista["cifras"]), *(e["texto"] for e in vista["ejes"]["lista"])]
    )
    for color in (":red[", ":orange[", ":green["):
        assert color not in escrito
    assert vista["historia"]["spec"] is None
    assert vista["programas"]["spec"] is None
    for uno in vista["ejes"]["lista"]:
        assert "dashed" in uno["barra"], "sin valor sólo quedan el riel y la raya"


def test_las_graficas_van_listas_y_con_sus_datos_en_las_capas() -> None:
    vista = componer(tablero_completo(), historia(), oscuro=True)
    for spec in (vista["historia"]["spec"], vista["programas"]["spec"]):
        assert "data" not in spec
        assert "datasets" not in spec
        assert all(capa["data"]["values"] for capa in spec["layer"])


def test_el_hueco_de_la_historia_no_se_dibuja_como_cero() -> None:
    spec = componer(tablero_completo(), historia(), oscuro=False)["historia"]["spec"]
    filas = next(c["data"]["values"] for c in spec["layer"] if "cierre" in c["data"]["values"][0])
    assert [f["valor"] for f in filas] == [71.0, 78.0, None, 91.0, 82.0, 86.4]


def _fundar(con_avances: bool) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        mundo.cerrar(session, 3)
        if con_avances:
            for meta, alcanzado in ((1, 5), (2, 10), (3, 10)):
                mundo.avance(session, meta, 3, alcanzado)


def _inicio(**parametros: str) -> AppTest:
    at = abrir("inicio", Rol.PRESIDENCIA, **parametros)
    assert not at.exception
    return at


def _dice(at: AppTest) -> str:
    dicho = textos(at).replace("\\", "")
    assert not re.search(rf"\b({'|'.join(INGLES)})\b", dicho)
    return dicho


def test_la_base_vacia_explica_por_donde_se_empieza(base_sqlite: str) -> None:
    dicho = _dice(_inicio())
    assert "Aún no hay plan, metas ni presupuesto cargados." in dicho
    assert "%" not in dicho


def test_inicio_con_plan_y_sin_avances_no_califica(base_sqlite: str) -> None:
    _fundar(con_avances=False)
    dicho = _dice(_inicio())
    assert "El plan tiene 4 metas en 2026 y ningún avance validado: nada se califica." in dicho
    assert "En meta**" not in dicho.split("Bandas:")[0]


def test_inicio_con_avances_da_la_cifra_hecha_a_mano(base_sqlite: str) -> None:
    _fundar(con_avances=True)
    at = _inicio()
    # Eje uno: (50 + 100) ÷ 2 = 75; eje dos: 100; plan: (75 + 100) ÷ 2 = 87.5.
    assert "# El plan cumple 87\\.5" in at.markdown[0].value
    assert at.metric[0].value == "87.5\u00a0%"
    assert "3 de 3 evaluados" in _dice(at)


def test_como_se_calculo_tiene_direccion_y_se_abre_con_el_boton(base_sqlite: str) -> None:
    _fundar(con_avances=True)
    at = _inicio()
    assert "Fórmula" not in _ventana(at)
    at.main.button(key="como_cumplimiento").click().run()
    assert not at.exception
    assert at.query_params["como"] == "cumplimiento"
    assert "Fórmula" in _ventana(at)
    assert "Fórmula" in _ventana(_inicio(como="avance_anual"))


def test_una_explicacion_desconocida_no_abre_nada(base_sqlite: str) -> None:
    _fundar(con_avances=True)
    assert "Fórmula" not in _ventana(_inicio(como="<script>"))


def _ventana(at: AppTest) -> str:
    """Todo el Markdown de la pantalla, también el de la ventana abierta."""
    return "\n".join(m.value for m in at.markdown)


def test_el_redondeo_no_cambia_de_banda() -> None:
    t = _con_plan(valor="89.96", evaluados=1, total=1)
    assert "89.9\u00a0%" in frases.titular(t)
    assert t["cumplimiento"]["valor"] == Decimal("89.96")
