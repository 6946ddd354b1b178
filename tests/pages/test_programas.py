"""Programas en pantalla: la lista, sus filtros, el cuadrante, la ficha y su hoja carta."""

import re
from decimal import Decimal
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.ui.hoja_programa import RENGLONES, repartir
from dashboard.ui.tablas_programa import del_periodo, filas_de_mir, tabla_de_indicadores
from dashboard.ui.vista_ficha_programa import vista_ficha_programa
from dashboard.ui.vista_historia_programa import titulo_de_historia
from dashboard.ui.vista_programas import (
    Filtro,
    componer,
    cumple,
    tabla,
    titulo,
    titulo_del_cuadrante,
    vista_programas,
)
from db.engine import reading, writing
from db.models.programas import Programa
from db.queries.lista_programas import lista_programas
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db import mundo, mundo_gasto
from tests.pages.ayuda import abrir, textos

CLAVE = "01020401"
MALO = "<script>alert(1)</script> $x$ **y**"


@pytest.fixture(autouse=True)
def _sin_recuerdos() -> None:
    st.cache_data.clear()


@pytest.fixture
def gasto(base_sqlite: str) -> str:
    mundo_gasto.poner()
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.cerrar(session, 3)
        for meta, logrado in ((1, 5), (2, 10), (3, 10)):
            mundo.avance(session, meta, 3, logrado)
        session.add(Programa(id=9, anio=mundo.ANIO, clave="02020101", nombre=MALO, objetivo=MALO))
    return base_sqlite


def _leer(pregunta: Any, **parametros: Any) -> Any:
    with reading() as session:
        return pregunta(session, anio=mundo.ANIO, mes=3, ente_id=None, **parametros)


def _abrir(*roles: Rol, **parametros: str) -> AppTest:
    at = abrir("programas", *(roles or (Rol.PLANEACION,)), **parametros)
    assert not at.exception
    return at


def _dice(at: AppTest) -> str:
    return textos(at).replace("\\", "").replace("\u00a0", " ")


def _de_demo() -> list[dict[str, Any]]:
    with reading() as session:
        return list(lista_programas(session, anio=2026)["programas"])


def test_el_titulo_dice_cuantos_requieren_atencion(base_demo: str) -> None:
    programas = _de_demo()
    piden = sum(p["atencion"] for p in programas)
    at = _abrir()
    assert at.title[0].value == f"{piden} de {len(programas)} programas requieren atención"
    assert list(at.dataframe[0].value["Clave"])[:piden] == [p["clave"] for p in programas if p["atencion"]]


def test_cada_filtro_de_la_direccion_acorta_la_lista(base_demo: str) -> None:
    programas = _de_demo()
    for parametro, valor, pertenece in (
        ("letra", "K · Proyectos de Inversión", lambda p: "K" in p["letras"]),
        ("responde", "Turismo", lambda p: p["responsable"].startswith("Turismo")),
        ("estado", "riesgo", lambda p: p["estado"] == "riesgo"),
    ):
        at = _abrir(**{parametro: valor})
        assert list(at.dataframe[0].value["Clave"]) == [p["clave"] for p in programas if pertenece(p)], (
            parametro
        )
        assert len(at.dataframe[0].value) > 0


def test_la_fuente_elegida_dice_cuanto_paga_a_cada_programa(base_demo: str) -> None:
    at = _abrir(fuente="250101 · FAIS-FISMDF")
    assert set(at.dataframe[0].value["De esta fuente"]) != {"—"}
    assert len(at.dataframe[0].value) < len(_de_demo())


def test_un_filtro_inventado_no_rompe_ni_filtra(base_demo: str) -> None:
    at = _abrir(letra="Ñ<b>", eje="9999", parte="otra", estado="lindo")
    assert "programas requieren atención" in at.title[0].value or "Ninguno" in at.title[0].value


def test_el_cuadrante_deja_fuera_a_quien_no_tiene_los_dos_lados_y_dice_por_que(base_demo: str) -> None:
    programas = _de_demo()
    at = _abrir(parte="Cuadrante")
    dibujados, fuera = at.dataframe[0].value, at.dataframe[1].value
    assert len(dibujados) + len(fuera) == len(programas)
    assert len(fuera) == sum(bool(p["faltan"]) for p in programas) > 0
    assert all(fuera["Por qué no se dibuja"])
    spec = _vista_de_demo()["cuadrante"]["spec"]
    puntos = [f for capa in spec["layer"] for f in capa["data"]["values"] if "clave" in f]
    assert {f["clave"] for f in puntos} == {p["clave"] for p in programas if not p["faltan"]}


def _vista_de_demo() -> Any:
    sin_filtro = dict.fromkeys(("eje", "dependencia", "letra", "fuente", "estado"))
    with reading() as session:
        return vista_programas(session, anio=2026, mes=None, ente_id=None, oscuro=True, **sin_filtro)


def test_las_dos_diagonales_se_cruzan_en_lo_esperado(base_demo: str) -> None:
    with reading() as session:
        esperado = float(lista_programas(session, anio=2026)["esperado"])
    lineas = [
        c["data"]["values"]
        for c in _vista_de_demo()["cuadrante"]["spec"]["layer"]
        if c["mark"]["type"] == "line"
    ]
    paridad, otra = lineas
    assert all(p["x"] == p["y"] for p in paridad)
    assert all(p["x"] + p["y"] == pytest.approx(2 * esperado) for p in otra)


def test_la_ficha_abre_y_explica_cada_cifra(gasto: str) -> None:
    at = _abrir(programa=CLAVE, corte="Marzo")
    assert at.title[0].value == "Derechos humanos"
    assert [m.label for m in at.metric] == [
        "Cumplimiento",
        "Avance anual",
        "Avance financiero",
        "Brecha, en puntos",
    ]
    assert at.metric[1].value.replace("\u00a0", " ") == "21.9 %"
    at.main.button(key="como_avance_financiero").click().run()
    assert "devengado acumulado ÷ modificado anual" in "".join(m.value for m in at.markdown)


def test_la_ficha_de_un_programa_que_no_existe_lo_dice(gasto: str) -> None:
    for clave in ("99999999", "<b>", "1' OR '1'='1"):
        assert "No existe ese programa" in "".join(w.value for w in _abrir(programa=clave).warning)


def test_lo_escrito_por_personas_no_se_vuelve_codigo_en_la_ficha_ni_en_la_hoja(gasto: str) -> None:
    at = _abrir(programa="02020101", corte="Marzo")
    assert "\\<script\\>" in at.title[0].value
    assert "Este programa no tiene metas ni dinero" in _dice(at)
    hoja = _leer(vista_ficha_programa, programa="02020101", oscuro=False)["hoja"]
    assert "<script" not in hoja and "&lt;script&gt;" in hoja


def test_la_hoja_trae_lo_mismo_que_la_ficha(gasto: str) -> None:
    vista = _leer(vista_ficha_programa, programa=CLAVE, oscuro=False)
    hoja = vista["hoja"].replace("\u00a0", " ")
    for dicho in ("Derechos humanos", "21.9 %", "Meta 1", "5 de 10", "L1.1 Línea uno", mundo_gasto.UNO):
        assert dicho in hoja, dicho
    assert 'style="display:none"' in hoja


def test_quien_no_puede_observar_no_ve_el_formulario(base_demo: str) -> None:
    assert "Hacer una observación" in _rotulos(_abrir(Rol.CONTRALORIA, programa=CLAVE))
    assert "Hacer una observación" not in _rotulos(_abrir(Rol.PRESIDENCIA, programa=CLAVE))


def _rotulos(at: AppTest) -> list[str]:
    return [cajon.label for cajon in at.expander]


@pytest.mark.parametrize(
    ("cuantos", "piden", "filtrados", "dice"),
    [
        (74, 7, False, "7 de 74 programas requieren atención"),
        (74, 1, False, "1 de 74 programas requiere atención"),
        (11, 2, True, "2 de estos 11 programas requieren atención"),
        (74, 0, False, "Ninguno de los 74 programas requiere atención"),
        (3, 0, True, "Ninguno de estos 3 programas requiere atención"),
        (1, 1, True, "Este programa requiere atención"),
        (0, 0, True, "Ningún programa cumple estos filtros"),
    ],
)
def test_el_titulo_concuerda(cuantos: int, piden: int, filtrados: bool, dice: str) -> None:
    assert titulo([{"atencion": n < piden} for n in range(cuantos)], filtrados) == dice


def test_el_titulo_del_cuadrante_concuerda() -> None:
    uno, otro = {"cuadrante": "gasta_sin_lograr"}, {"cuadrante": "logra_sin_gastar"}
    assert titulo_del_cuadrante([uno]) == "Un programa gasta más de lo que logra"
    assert titulo_del_cuadrante([uno, uno, otro]) == (
        "Dos programas gastan más de lo que logran y uno logra más de lo que gasta"
    )
    assert titulo_del_cuadrante([otro, otro]) == "Dos programas logran más de lo que gastan"
    assert titulo_del_cuadrante([]) == "Falta gasto o avance para comparar los programas"
    assert "van cerca" in titulo_del_cuadrante([{"cuadrante": "avanza_en_los_dos"}])


def test_los_filtros_se_suman_y_el_estado_solo_acorta_la_lista(gasto: str) -> None:
    todo = _leer(lista_programas)
    (p,) = todo["programas"]
    assert cumple(p, Filtro(eje=p["ejes"][0], dependencia=p["dependencia_id"]), None)
    assert not cumple(p, Filtro(eje=p["ejes"][0], dependencia=-1), None)
    assert not cumple(p, Filtro(), {})
    vista = componer(todo, Filtro(estado="sobrecumplido"), None, oscuro=False)
    assert vista["claves"] == [] and vista["por_estado"] == {p["estado"]: 1}
    assert tabla([p], {CLAVE: 407_000_00})["De esta fuente"] == ["0.4 mdp"]


@pytest.mark.parametrize(
    "cuantos", [[66, 42, 6, 0, 0], [1, 0, 0, 0, 0], [50, 50, 50, 50, 50], [0] * 5, [9, 3, 9, 9, 9]]
)
def test_la_hoja_reparte_sus_renglones_sin_pasarse_ni_dejar_lugar(cuantos: list[int]) -> None:
    dados = repartir(cuantos)
    incompletas = sum(d < c for d, c in zip(dados, cuantos, strict=True))
    assert all(d <= c for d, c in zip(dados, cuantos, strict=True))
    assert sum(dados) + incompletas <= RENGLONES
    assert not incompletas or sum(dados) + incompletas == RENGLONES


def test_un_periodo_sin_dato_no_es_cero() -> None:
    assert del_periodo({"programado": Decimal(10), "alcanzado": None}) == "— de 10"
    assert del_periodo({"programado": Decimal(10), "alcanzado": Decimal(0)}) == "0 de 10"
    assert del_periodo({"programado": None, "alcanzado": None}) == "—"


def test_un_renglon_de_la_mir_sin_indicador_tambien_se_ve() -> None:
    fin = {"clave": "Fin", "resumen": "Contribuir", "indicadores": [], "ente_id": 1}
    assert tabla_de_indicadores(filas_de_mir([fin], {1: "Ayuntamiento"}))["Indicador"] == ["sin indicador"]


def test_la_mir_de_varios_entes_dice_de_cual_es_cada_renglon() -> None:
    renglones: list[dict[str, Any]] = [
        {"clave": "Fin", "resumen": "", "indicadores": [], "ente_id": ente} for ente in (1, 2)
    ]
    niveles = [fila[0] for fila in filas_de_mir(renglones, {1: "Ayuntamiento", 2: "DIF"})]
    assert niveles == ["Fin · Ayuntamiento", "Fin · DIF"]


def test_la_historia_se_compara_con_el_mismo_trimestre_de_hace_un_anio() -> None:
    def cierre(anio: int, mes: int, fisico: str) -> dict[str, Any]:
        return {"anio": anio, "mes": mes, "fisico": Decimal(fisico)}

    previos = [cierre(2025, 9, "63.5"), cierre(2025, 12, "88")]
    assert titulo_de_historia([*previos, cierre(2026, 9, "41.3")]) == (
        "A septiembre ha logrado 22.2 puntos menos que hace un año"
    )
    assert titulo_de_historia([*previos, cierre(2026, 6, "41.3")]).replace("\u00a0", " ") == (
        "A junio lleva 41.3 % de su meta anual"
    )
    assert "lo mismo" in titulo_de_historia([*previos, cierre(2026, 9, "63.9")])
    assert titulo_de_historia([]) == "Todavía no hay avance físico que comparar"


def test_inicio_lleva_al_cuadrante_y_un_caso_a_su_ficha(base_demo: str) -> None:
    ligas = [liga.proto for liga in abrir("inicio", Rol.PRESIDENCIA).get("page_link")]
    consultas = " ".join(f"{liga.page}?{liga.query_string}" for liga in ligas)
    assert re.search(r"programas\?\S*parte=Cuadrante", consultas)
    assert re.search(r"programas\?\S*programa=\d{8}", consultas)
