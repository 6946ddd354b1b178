"""Chromium frente al sistema de verdad: servidor propio, base propia y sesiones abiertas sin contraseña.

Sin Chromium las pruebas se omiten y dicen por qué; donde `CI=true`, fallan.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from db.engine import motor, writing
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db import mundo
from tests.pages.ayuda import abrir_sesion

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTOS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
SEGUNDOS = 60
ESCRITORIO = {"width": 1280, "height": 800}
TELEFONO = {"width": 390, "height": 844}
RAIZ = Path(__file__).parents[2]
AXE = files("axe_playwright_python") / "axe.min.js"


@pytest.fixture(scope="session")
def navegador() -> Iterator[Any]:
    """Chromium de esta máquina, abierto una vez para todas las pruebas."""
    ruta = next((r for nombre in CHROMIUM if (r := shutil.which(nombre))), None)
    if ruta is None:
        falta = "no hay Chromium en esta máquina (en Debian: apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(falta)
        pytest.skip(falta)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as dramaturgo:
        abierto = dramaturgo.chromium.launch(executable_path=ruta, args=ARGUMENTOS)
        yield abierto
        abierto.close()


@dataclass(frozen=True)
class Servidor:
    """Un sistema corriendo: su dirección y la de su base."""

    direccion: str
    puerto: int
    base: str

    def entrar(
        self,
        navegador: Any,
        *roles: Rol,
        oscuro: bool = False,
        tamano: dict[str, int] = ESCRITORIO,
        medir: bool = False,
    ) -> Any:
        """Una pestaña con la sesión abierta de alguien con esos roles.

        `medir` levanta la política de contenido para poder correr código de prueba (axe, medidas).
        """
        contexto = navegador.new_context(
            viewport=tamano,
            color_scheme="dark" if oscuro else "light",
            locale="es-MX",
            bypass_csp=medir,
        )
        galleta = {
            "name": f"siem_sesion_{self.puerto}",
            "value": abrir_sesion(*roles),
            "url": self.direccion,
        }
        contexto.add_cookies([galleta])
        return contexto.new_page()


@pytest.fixture
def servidor(base_sqlite: str, tmp_path: Path) -> Iterator[Servidor]:
    """El sistema con la base de la prueba, atendiendo en un puerto libre."""
    yield from levantar(base_sqlite, tmp_path)


@pytest.fixture(scope="module")
def con_plan(plantilla_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servidor]:
    """Un solo sistema para las pruebas que sólo leen, con el municipio mínimo a junio."""
    hogar = tmp_path_factory.mktemp("con_plan")
    base = f"sqlite:///{shutil.copy(plantilla_sqlite, hogar / 'siem.sqlite')}"
    with pytest.MonkeyPatch.context() as ambiente:
        ambiente.setenv("SIEM_HOME", str(hogar))
        ambiente.setenv("SIEM_DATABASE_URL", base)
        with writing(LINEA_DE_COMANDOS) as session:
            mundo.fundar(session)
            for mes in (3, 6):
                mundo.cerrar(session, mes)
                mundo.avance(session, 1, mes, 5)
                mundo.avance(session, 2, mes, 10)
            mundo.avance(session, 3, 3, 10)
            mundo.vincular(session, 1, 2, "1")
        yield from levantar(base, hogar)


def levantar(base: str, hogar: Path) -> Iterator[Servidor]:
    """Arranca `dashboard.servidor` en otro proceso y lo detiene al terminar."""
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        puerto = libre.getsockname()[1]
    proceso = subprocess.Popen(
        [sys.executable, "-c", f"from dashboard.servidor import servir; servir({puerto}, navegador=False)"],
        cwd=RAIZ,
        env=os.environ | {"SIEM_HOME": str(hogar), "SIEM_DATABASE_URL": base},
    )
    direccion = f"http://localhost:{puerto}"
    try:
        _esperar(proceso, f"{direccion}/_stcore/health")
        yield Servidor(direccion, puerto, base)
    finally:
        proceso.terminate()
        proceso.wait(SEGUNDOS)
        motor.cache_clear()


def _esperar(proceso: "subprocess.Popen[bytes]", salud: str) -> None:
    limite = time.monotonic() + SEGUNDOS
    while time.monotonic() < limite:
        assert proceso.poll() is None, "el servidor terminó antes de atender"
        try:
            with urllib.request.urlopen(salud, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("el servidor no atendió a tiempo")


def lista(pagina: Any, texto: str) -> None:
    """Espera a que la pantalla termine de dibujarse con `texto` en su título."""
    pagina.get_by_role("heading", name=texto).first.wait_for(timeout=SEGUNDOS * 1000)
    pagina.locator("[data-testid=stSkeleton]").first.wait_for(state="detached", timeout=SEGUNDOS * 1000)


def violaciones(pagina: Any) -> list[str]:
    """Lo serio y lo crítico que axe halla en la pantalla, en una línea cada uno."""
    pagina.evaluate(AXE.read_text("utf-8"))
    hallado = pagina.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:160]}"
        for v in hallado["violations"]
        if v["impact"] in ("serious", "critical")
    ]
