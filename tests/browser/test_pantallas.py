"""Inicio y Plan en Chromium: caben, se leen, se alcanzan en dos toques y la dirección guarda la vista."""

import re
from typing import Any

import pytest

from db.engine import writing
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.browser.conftest import ESCRITORIO, TELEFONO, Servidor, lista, violaciones
from tests.db import mundo

pytestmark = pytest.mark.navegador

CASOS = [
    ("/", "El plan cumple"),
    ("/?como=cumplimiento", "El plan cumple"),
    ("/?vista=presentacion", "El plan cumple"),
    ("/plan", "Plan de prueba"),
    ("/plan?nodo=2", "Línea uno"),
]


@pytest.fixture
def fundado(base_sqlite: str) -> None:
    """Plan y metas, sin un solo avance. Se pide antes que `servidor`, que arranca con lo que haya."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)


def _abrir(pagina: Any, servidor: Servidor, ruta: str, titulo: str) -> None:
    pagina.goto(servidor.direccion + ruta)
    lista(pagina, titulo)


@pytest.mark.parametrize(("tamano", "oscuro"), [(ESCRITORIO, False), (TELEFONO, True)])
def test_nada_se_sale_y_axe_no_halla_nada_serio(
    con_plan: Servidor, navegador: Any, tamano: dict[str, int], oscuro: bool
) -> None:
    pagina = con_plan.entrar(navegador, Rol.PLANEACION, oscuro=oscuro, tamano=tamano, medir=True)
    for ruta, titulo in CASOS:
        _abrir(pagina, con_plan, ruta, titulo)
        sobra = pagina.evaluate(
            "() => { const m = document.querySelector('[data-testid=stMain]');"
            " return m.scrollWidth - m.clientWidth; }"
        )
        assert sobra <= 0, f"{ruta} se sale {sobra} pixeles a lo ancho"
        assert violaciones(pagina) == [], ruta


def test_de_inicio_a_la_hoja_hay_dos_toques(con_plan: Servidor, navegador: Any) -> None:
    pagina = con_plan.entrar(navegador, Rol.PRESIDENCIA, tamano=TELEFONO)
    _abrir(pagina, con_plan, "/", "El plan cumple")
    pagina.get_by_role("link", name="1. Eje uno").click()
    lista(pagina, "1. Eje uno")
    pagina.wait_for_url(re.compile("nodo=1"))
    pagina.get_by_test_id("stMain").get_by_role("link", name="Ver").first.click()
    lista(pagina, "Línea uno")
    pagina.wait_for_url(re.compile("nodo=2"))


def test_la_liga_conserva_el_corte_elegido(con_plan: Servidor, navegador: Any) -> None:
    pagina = con_plan.entrar(navegador, Rol.PRESIDENCIA)
    _abrir(pagina, con_plan, "/?corte=Marzo", "El plan cumple")
    pagina.get_by_text("corte: marzo de 2026").wait_for()
    pagina.get_by_role("link", name="2. Eje dos").click()
    lista(pagina, "2. Eje dos")
    pagina.wait_for_url(re.compile("corte=Marzo"))


def test_cerrar_la_explicacion_la_quita_de_la_direccion(con_plan: Servidor, navegador: Any) -> None:
    pagina = con_plan.entrar(navegador, Rol.PRESIDENCIA)
    _abrir(pagina, con_plan, "/", "El plan cumple")
    pagina.get_by_role("button", name="¿Cómo se calculó?").first.click()
    ventana = pagina.get_by_role("dialog")
    ventana.get_by_text("Fórmula").wait_for()
    pagina.wait_for_url(re.compile("como=cumplimiento"))
    pagina.keyboard.press("Escape")
    ventana.wait_for(state="detached")
    pagina.wait_for_url(re.compile(r"^(?!.*como=).*$"))


def test_las_graficas_se_dibujan_sin_permitir_codigo_evaluado(con_plan: Servidor, navegador: Any) -> None:
    pagina = con_plan.entrar(navegador, Rol.PRESIDENCIA)
    quejas: list[str] = []
    pagina.on("console", lambda m: quejas.append(m.text) if m.type == "error" else None)
    _abrir(pagina, con_plan, "/", "El plan cumple")
    grafica = pagina.get_by_test_id("stVegaLiteChart").first
    grafica.scroll_into_view_if_needed()
    grafica.locator("svg path").first.wait_for(state="attached")
    assert not [q for q in quejas if "Content Security Policy" in q]


def test_la_base_vacia_se_entiende_en_un_telefono(servidor: Servidor, navegador: Any) -> None:
    pagina = servidor.entrar(navegador, Rol.PLANEACION, tamano=TELEFONO, medir=True)
    _abrir(pagina, servidor, "/", "Aún no hay plan")
    assert pagina.get_by_test_id("stMain").get_by_role("link", name="Primeros pasos").is_visible()
    assert violaciones(pagina) == []


def test_con_plan_y_sin_avances_axe_no_halla_nada_serio(
    fundado: None, servidor: Servidor, navegador: Any
) -> None:
    pagina = servidor.entrar(navegador, Rol.PRESIDENCIA, oscuro=True, tamano=TELEFONO, medir=True)
    _abrir(pagina, servidor, "/", "ningún avance validado")
    assert violaciones(pagina) == []
