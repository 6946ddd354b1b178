"""Presupuesto en Chromium: un clic baja un nivel sin perder el ente, y en un teléfono cabe y se lee."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.rules.permisos import Rol
from tests.browser.conftest import TELEFONO, Servidor, levantar, lista, violaciones
from tests.db.mundo_gasto import poner

ALTO = {"width": 1280, "height": 2200}
CASILLA, CENTRO, ENCABEZADO, MEDIO_RENGLON = 15, 560, 35, 17
"""Pixeles dentro de la tabla, que se dibuja en un lienzo."""


@pytest.fixture(scope="module")
def servidor(plantilla_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servidor]:
    """Un solo sistema para todas: ninguna escribe."""
    hogar = tmp_path_factory.mktemp("gasto")
    base = f"sqlite:///{shutil.copy(plantilla_sqlite, hogar / 'siem.sqlite')}"
    with pytest.MonkeyPatch.context() as ambiente:
        ambiente.setenv("SIEM_HOME", str(hogar))
        ambiente.setenv("SIEM_DATABASE_URL", base)
        poner()
        yield from levantar(base, hogar)


def _elegir(pagina: Any, x: int, renglon: int = 0) -> None:
    """Clic en la tabla: la columna va en pixeles desde la izquierda."""
    lienzo = pagina.get_by_test_id("stDataFrame").locator("canvas").first
    lienzo.wait_for()
    caja = lienzo.bounding_box()
    alto = ENCABEZADO + MEDIO_RENGLON + 2 * MEDIO_RENGLON * renglon
    pagina.mouse.click(caja["x"] + x, caja["y"] + alto)


def test_bajar_conserva_el_ente_y_recargar_abre_lo_mismo(servidor: Servidor, navegador: Any) -> None:
    pagina = servidor.entrar(navegador, Rol.TESORERIA, tamano=ALTO)
    pagina.goto(f"{servidor.direccion}/presupuesto?corte=Marzo&ente=DIF")
    lista(pagina, "Se ha devengado")
    _elegir(pagina, CASILLA)
    pagina.wait_for_url(re.compile(r"capitulo=1000.*"))
    pagina.wait_for_url(re.compile(r"ente=DIF"))
    pagina.get_by_text("Capítulo 1000").first.wait_for()
    pagina.reload()
    lista(pagina, "Se ha devengado")
    pagina.get_by_text("$0.30").first.wait_for()
    assert "ente=DIF" in pagina.url and "corte=Marzo" in pagina.url


def test_una_celda_de_la_matriz_baja_por_los_dos_lados(servidor: Servidor, navegador: Any) -> None:
    pagina = servidor.entrar(navegador, Rol.PRESIDENCIA, tamano=ALTO)
    pagina.goto(f"{servidor.direccion}/presupuesto?corte=Marzo&ente=Ayuntamiento&por=capitulo&con=fuente")
    lista(pagina, "Se ha devengado")
    _elegir(pagina, CENTRO)
    pagina.wait_for_url(re.compile(r"fuente=250101&capitulo=6000"))


@pytest.mark.parametrize("ruta", ["presupuesto?corte=Marzo", "presupuesto?parte=adecuaciones", "fondos"])
def test_en_un_telefono_cabe_y_axe_no_halla_nada_serio(servidor: Servidor, navegador: Any, ruta: str) -> None:
    pagina = servidor.entrar(navegador, Rol.TESORERIA, oscuro=True, tamano=TELEFONO, medir=True)
    pagina.goto(f"{servidor.direccion}/{ruta}")
    lista(pagina, "")
    assert violaciones(pagina) == []
    assert pagina.get_by_test_id("stMain").evaluate("e => e.scrollWidth - e.clientWidth") <= 0
