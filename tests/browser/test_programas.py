"""Programas en Chromium: cabe, axe no halla nada serio, se va y se vuelve, y la ficha cabe en una hoja."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.engine import writing
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.browser.conftest import ESCRITORIO, TELEFONO, Servidor, levantar, lista, violaciones
from tests.db import mundo, mundo_gasto

pytestmark = pytest.mark.navegador

FICHA = "/programas?programa=01020401"


@pytest.fixture(scope="module")
def con_gasto(plantilla_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servidor]:
    """Un solo sistema con metas, avances y presupuesto a marzo."""
    hogar = tmp_path_factory.mktemp("con_gasto")
    base = f"sqlite:///{shutil.copy(plantilla_sqlite, hogar / 'siem.sqlite')}"
    with pytest.MonkeyPatch.context() as ambiente:
        ambiente.setenv("SIEM_HOME", str(hogar))
        ambiente.setenv("SIEM_DATABASE_URL", base)
        mundo_gasto.poner()
        with writing(LINEA_DE_COMANDOS) as session:
            mundo.cerrar(session, 3)
            for meta, logrado in ((1, 5), (2, 10), (3, 10)):
                mundo.avance(session, meta, 3, logrado)
        yield from levantar(base, hogar)


def _abrir(pagina: Any, servidor: Servidor, ruta: str, titulo: str) -> None:
    pagina.goto(servidor.direccion + ruta)
    lista(pagina, titulo)


@pytest.mark.parametrize(("tamano", "oscuro"), [(ESCRITORIO, False), (TELEFONO, True)])
def test_nada_se_sale_y_axe_no_halla_nada_serio(
    con_gasto: Servidor, navegador: Any, tamano: dict[str, int], oscuro: bool
) -> None:
    pagina = con_gasto.entrar(navegador, Rol.PLANEACION, oscuro=oscuro, tamano=tamano, medir=True)
    for ruta, titulo in (
        ("/programas", "requiere atención"),
        ("/programas?parte=Cuadrante", "requiere atención"),
        (FICHA, "Derechos humanos"),
    ):
        _abrir(pagina, con_gasto, ruta, titulo)
        sobra = pagina.evaluate(
            "() => { const m = document.querySelector('[data-testid=stMain]');"
            " return m.scrollWidth - m.clientWidth; }"
        )
        assert sobra <= 0, f"{ruta} se sale {sobra} pixeles a lo ancho"
        assert violaciones(pagina) == [], ruta


def test_elegir_un_renglon_abre_su_ficha_y_la_liga_regresa_a_la_lista(
    con_gasto: Servidor, navegador: Any
) -> None:
    pagina = con_gasto.entrar(navegador, Rol.PLANEACION)
    _abrir(pagina, con_gasto, "/programas", "requiere atención")
    pagina.get_by_test_id("stDataFrame").first.click(position={"x": 16, "y": 54})
    lista(pagina, "Derechos humanos")
    pagina.get_by_role("link", name="Todos los programas").click()
    lista(pagina, "requiere atención")
    pagina.wait_for_url(re.compile("/programas$"))


def test_elegir_un_circulo_del_cuadrante_abre_su_ficha(con_gasto: Servidor, navegador: Any) -> None:
    pagina = con_gasto.entrar(navegador, Rol.PRESIDENCIA)
    _abrir(pagina, con_gasto, "/programas?parte=Cuadrante", "requiere atención")
    circulo = pagina.get_by_test_id("stVegaLiteChart").locator("g.mark-symbol path").first
    circulo.scroll_into_view_if_needed()
    circulo.click()
    lista(pagina, "Derechos humanos")
    pagina.wait_for_url(re.compile("programa=01020401"))


@pytest.mark.parametrize("oscuro", [False, True])
def test_la_ficha_sale_en_una_sola_hoja_carta(con_gasto: Servidor, navegador: Any, oscuro: bool) -> None:
    pagina = con_gasto.entrar(navegador, Rol.PRESIDENCIA, oscuro=oscuro)
    _abrir(pagina, con_gasto, FICHA, "Derechos humanos")
    papel = pagina.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", papel)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 612 792\]", papel)
    pagina.emulate_media(media="print")
    assert pagina.locator(".siem-hoja").is_visible()
    assert not pagina.get_by_test_id("stMetric").first.is_visible()
    fondo = "getComputedStyle(document.body).backgroundColor"
    assert pagina.evaluate(fondo) == "rgb(255, 255, 255)"
