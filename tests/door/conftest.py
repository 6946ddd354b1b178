"""La puerta sin Streamlit detrás (rápida), y el servidor entero en otro proceso (de verdad)."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from dashboard.gate.entrada import RUTAS
from dashboard.gate.guardia import Guardia
from db.actions.usuarios import cifrar_clave, crear_usuario
from db.base import tabla
from db.engine import motor, writing
from db.models.usuarios import Usuario
from db.rules.permisos import LINEA_DE_COMANDOS, Asignacion, Rol

CLAVE = "caballo verde lluvia norte"
CUENTA = "maria.lopez"
ORIGEN = "http://localhost:8501"


def crear_persona(cuenta: str = CUENTA, rol: Rol = Rol.ADMINISTRACION, clave: str | None = CLAVE) -> int:
    """Una cuenta lista para entrar."""
    with writing(LINEA_DE_COMANDOS) as session:
        creado = crear_usuario(
            session, LINEA_DE_COMANDOS, cuenta=cuenta, nombre="María Prueba", asignaciones=[Asignacion(rol)]
        )
        if clave:
            creado.clave_hash = cifrar_clave(clave)
        assert creado.id is not None
        return creado.id


async def _eco(request: Request) -> Response:
    respuesta = JSONResponse({k: v for k, v in request.headers.items() if k.startswith("x-siem")})
    respuesta.set_cookie("_streamlit_xsrf", "dos")
    return respuesta


async def _canal(canal: WebSocket) -> None:
    await canal.accept()
    await canal.send_json({k: v for k, v in canal.headers.items() if k.startswith("x-siem")})
    await canal.close()


def cliente(origen: str = ORIGEN) -> TestClient:
    """Un navegador ante la guardia; detrás, una aplicación que repite lo que le llega."""
    rutas = [*RUTAS, Route("/{todo:path}", _eco, methods=["GET", "POST", "PUT", "DELETE"])]
    aplicacion = Starlette(
        routes=[WebSocketRoute("/_stcore/stream", _canal), *rutas], middleware=[Middleware(Guardia)]
    )
    return TestClient(aplicacion, base_url=origen, follow_redirects=False, headers={"Origin": origen})


def sello(quien: TestClient | httpx.Client, ruta: str = "/entrar") -> str:
    """El valor oculto del formulario de esa hoja."""
    return quien.get(ruta).text.split('name="sello" value="')[1].split('"')[0]


def entrar(quien: TestClient | httpx.Client, cuenta: str = CUENTA, clave: str = CLAVE, ir: str = "/"):
    """Llena y envía la hoja de entrada."""
    datos = {"sello": sello(quien), "cuenta": cuenta, "clave": clave, "ir": ir}
    return quien.post("/entrar", data=datos)


@pytest.fixture
def puerta(base_sqlite: str) -> TestClient:
    return cliente()


@pytest.fixture
def dentro(puerta: TestClient) -> TestClient:
    crear_persona()
    assert entrar(puerta).status_code == 303
    return puerta


@dataclass
class Servidor:
    """El sistema corriendo en otro proceso, con su propia base."""

    origen: str
    hogar: Path
    proceso: "subprocess.Popen[str]"

    @property
    def canal(self) -> str:
        return self.origen.replace("http", "ws", 1) + "/_stcore/stream"

    def navegador(self) -> httpx.Client:
        return httpx.Client(base_url=self.origen, headers={"Origin": self.origen}, timeout=30)


def puerto_libre() -> int:
    with socket.socket() as conector:
        conector.bind(("127.0.0.1", 0))
        return int(conector.getsockname()[1])


def arrancar(
    orden: list[str], ambiente: dict[str, str], carpeta: Path, origen: str
) -> "subprocess.Popen[str]":
    """Arranca un servidor desde otra carpeta y espera a que conteste."""
    proceso = subprocess.Popen(
        [sys.executable, *orden], env=ambiente, cwd=carpeta, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    limite = time.monotonic() + 90
    while time.monotonic() < limite and proceso.poll() is None:
        try:
            if httpx.get(f"{origen}/_stcore/health", timeout=2).status_code == 200:
                return proceso
        except httpx.TransportError:
            time.sleep(0.1)
    proceso.kill()
    raise AssertionError(f"el servidor no arrancó: {proceso.communicate()[0]}")


def parar(proceso: "subprocess.Popen[str]") -> str:
    """Lo detiene como Ctrl+C y devuelve lo que dijo."""
    proceso.send_signal(signal.SIGINT)
    try:
        return proceso.communicate(timeout=20)[0]
    except subprocess.TimeoutExpired:
        proceso.kill()
        raise


ORDEN_SIEM = ["-c", "from dashboard.comando import app; app()"]


def ambiente_limpio(hogar: Path) -> dict[str, str]:
    """Las variables de este proceso, sin las del sistema, con ese hogar."""
    propias = {clave: valor for clave, valor in os.environ.items() if not clave.startswith("SIEM_")}
    return propias | {"SIEM_HOME": str(hogar)}


@pytest.fixture(scope="module")
def servidor(plantilla_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servidor]:
    """Un servidor con una cuenta `maria.lopez` de administración; la base es también la de la prueba."""
    hogar = tmp_path_factory.mktemp("hogar")
    shutil.copy(plantilla_sqlite, hogar / "siem.sqlite")
    puerto = puerto_libre()
    origen = f"http://localhost:{puerto}"
    with pytest.MonkeyPatch.context() as parche:
        parche.setenv("SIEM_HOME", str(hogar))
        parche.delenv("SIEM_DATABASE_URL", raising=False)
        crear_persona()
        orden = [*ORDEN_SIEM, "iniciar", "--puerto", str(puerto), "--sin-navegador"]
        proceso = arrancar(orden, ambiente_limpio(hogar), tmp_path_factory.mktemp("otra"), origen)
        yield Servidor(origen, hogar, proceso)
        parar(proceso)
        for escribe in (False, True):
            motor(f"sqlite:///{hogar / 'siem.sqlite'}", escribe).dispose()


def borrar_clave(cuenta: str) -> None:
    """Deja la cuenta como nunca estrenada."""
    with writing(LINEA_DE_COMANDOS) as session:
        u = tabla(Usuario)
        session.execute(u.update().where(u.c.cuenta == cuenta).values(clave_hash=None))
