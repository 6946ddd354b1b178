"""El servidor entero, en otro proceso y desde otra carpeta."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from dashboard.pages_map import PAGES
from dashboard.servidor import abrir_puerto
from db.migrar import migrar
from db.rules.problema import Problema
from tests.door.conftest import (
    ORDEN_SIEM,
    Servidor,
    ambiente_limpio,
    arrancar,
    crear_persona,
    entrar,
    parar,
    puerto_libre,
    sello,
)

RAIZ = Path(__file__).parents[2]


def conectar(servidor: Servidor, navegador: httpx.Client | None = None, **cabeceras: str) -> ClientConnection:
    if navegador:
        cabeceras["Cookie"] = "; ".join(f"{nombre}={valor}" for nombre, valor in navegador.cookies.items())
    return connect(
        servidor.canal, origin=servidor.origen, additional_headers=cabeceras, subprotocols=["streamlit"],
        max_size=None,
    )  # fmt: skip


def correr(canal: ClientConnection, pagina: str = "") -> list[ForwardMsg]:
    """Pide una corrida y junta lo que contesta."""
    pedido = BackMsg()
    pedido.rerun_script.page_name = pagina
    canal.send(pedido.SerializeToString())
    mensajes: list[ForwardMsg] = []
    while not mensajes or mensajes[-1].WhichOneof("type") != "script_finished":
        mensaje = ForwardMsg()
        mensaje.ParseFromString(canal.recv(timeout=60))
        mensajes.append(mensaje)
    return mensajes


def dibujado(mensajes: list[ForwardMsg]) -> str:
    """Los elementos y el menú que llegaron, como texto."""
    partes = [
        str(m) for m in mensajes if m.WhichOneof("type") in ("delta", "navigation", "page_config_changed")
    ]
    return "\n".join(partes)


@pytest.fixture(scope="module")
def adentro(servidor: Servidor) -> httpx.Client:
    navegador = servidor.navegador()
    assert entrar(navegador).status_code == 303
    return navegador


def test_la_aplicacion_contesta_a_quien_entro(servidor: Servidor, adentro: httpx.Client) -> None:
    hoja = adentro.get("/")
    assert hoja.status_code == 200 and "es-MX" in hoja.text
    with conectar(servidor, adentro) as canal:
        assert "Usuarios" in dibujado(correr(canal, "usuarios"))


@pytest.mark.parametrize("falsa", [{}, {"X-Siem-Id": "maria.lopez|1|abc"}, {"Cookie": "siem_sesion=x"}])
def test_al_desconocido_no_se_le_dibuja_nada(servidor: Servidor, falsa: dict[str, str]) -> None:
    with conectar(servidor, **falsa) as canal:
        for pagina in ("", *(pagina.direccion for pagina in PAGES)):
            assert dibujado(correr(canal, pagina)) == ""


@pytest.mark.parametrize("origen", ["http://malo.test", "http://localhost:9", None])
def test_un_canal_ajeno_recibe_403(servidor: Servidor, origen: str | None) -> None:
    with pytest.raises(InvalidStatus) as rechazo, connect(servidor.canal, origin=origen):
        pass
    assert rechazo.value.response.status_code == 403


def test_la_pantalla_abierta_se_vacia_al_terminar_la_sesion(servidor: Servidor) -> None:
    navegador = servidor.navegador()
    entrar(navegador)
    with conectar(servidor, navegador) as canal:
        assert "navigation" in str(correr(canal))
        otra_pestana = {"sello": sello(navegador, "/salir")}
        assert navegador.post("/salir", data=otra_pestana).headers["location"] == "/entrar"
        mensajes = correr(canal)
        avisos = [m.delta.new_element.html.body for m in mensajes if m.WhichOneof("type") == "delta"]
        assert "Su sesión terminó" in "".join(avisos)
        visto = dibujado(mensajes)
        assert "navigation" not in visto and "Salir" not in visto


def test_los_puntos_de_vigilancia_no_existen(servidor: Servidor, adentro: httpx.Client) -> None:
    for ruta in ("metrics", "agent/openapi.json", "agent/interact", "agent/mcp", "script-health-check"):
        assert adentro.get(f"/_stcore/{ruta}").status_code == 404
    assert adentro.request("TRACE", "/").status_code == 405
    assert servidor.navegador().get("/_stcore/health").status_code == 200
    assert servidor.navegador().put("/_stcore/upload_file/a/b", content=b"x").status_code == 401


def test_la_primera_pantalla_baja_comprimida(adentro: httpx.Client) -> None:
    hoja = adentro.get("/", headers={"Accept-Encoding": "br"})
    piezas = re.findall(r'(?:src|href)="\.(/static/[^"]+\.(?:js|css))"', hoja.text)
    assert len(piezas) > 30
    bajado = entero = 0
    for pieza in piezas:
        respuesta = adentro.get(pieza, headers={"Accept-Encoding": "br"})
        assert (
            respuesta.headers["content-encoding"] == "br"
            and "immutable" in respuesta.headers["cache-control"]
        )
        bajado += int(respuesta.headers["content-length"])
        entero += len(respuesta.content)
    assert bajado < 0.3 * entero and bajado < 600_000


def test_ninguna_opcion_depende_de_la_carpeta(tmp_path: Path) -> None:
    """Una configuración ajena en la carpeta desde donde se arranca no cambia nada."""
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text(
        "[server]\nenableAgentApi = true\nmaxUploadSize = 999\nenableXsrfProtection = false\n"
        '[client]\nshowErrorDetails = "full"\n[browser]\ngatherUsageStats = true\n'
        '[theme]\nprimaryColor = "#00ff00"\n'
    )
    codigo = (
        "from dashboard import config; config.aplicar(); from streamlit import config as s\n"
        "for n, v in config.opciones().items(): print(n, s.get_option(n) == v)\n"
        "print(s.get_option('theme.primaryColor'))\n"
        "print(s.get_option('server.enableAgentApi'), s.get_option('server.maxUploadSize'),"
        " s.get_option('client.showErrorDetails'), s.get_option('browser.gatherUsageStats'),"
        " s.get_option('runner.postScriptGC'), s.get_option('server.trustedUserHeaders'))"
    )
    salida = subprocess.run(
        [sys.executable, "-c", codigo], cwd=tmp_path, env=ambiente_limpio(tmp_path), text=True,
        capture_output=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    assert [linea for linea in salida if linea.endswith(" False")] == []
    assert salida[-2] != "#00ff00"
    assert salida[-1] == "False 15 none False False {'X-Siem-Id': 'id'}"


def test_un_error_de_pantalla_solo_dice_su_folio(tmp_path: Path) -> None:
    secreto = "contraseña-de-la-base"
    (tmp_path / "falla.py").write_text(f"raise RuntimeError('{secreto}')\n")
    puerto = puerto_libre()
    origen = f"http://localhost:{puerto}"
    guion = (
        "import streamlit as st, uvicorn\nfrom dashboard.app import al_fallar\n"
        f"app = st.App(r'{tmp_path / 'falla.py'}', on_script_error=al_fallar)\n"
        f"uvicorn.run(app, port={puerto}, log_level='warning')"
    )
    ambiente = ambiente_limpio(tmp_path) | {"SIEM_PUERTO": str(puerto)}
    proceso = arrancar(["-c", guion], ambiente, tmp_path, origen)
    with connect(f"ws://localhost:{puerto}/_stcore/stream", origin=origen, max_size=None) as canal:
        visto = "\n".join(str(mensaje) for mensaje in correr(canal))
    parar(proceso)
    folio = re.search(r"Folio: ([0-9a-f]{8})", visto)
    assert folio, visto
    for fuga in (secreto, "RuntimeError", "Traceback", 'falla.py\\", line'):
        assert fuga not in visto
    registro = (tmp_path / "registro" / "siem.log").read_text(encoding="utf-8")
    assert folio[1] in registro and secreto in registro


def siem(*orden: str, hogar: Path, **extra: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *ORDEN_SIEM, *orden], env=ambiente_limpio(hogar) | extra, cwd=hogar, text=True,
        capture_output=True, timeout=90,
    )  # fmt: skip


def test_una_base_mas_nueva_se_rechaza_en_espanol(tmp_path: Path) -> None:
    import sqlite3

    migrar(f"sqlite:///{tmp_path / 'siem.sqlite'}")
    with sqlite3.connect(tmp_path / "siem.sqlite") as base:
        base.execute("UPDATE alembic_version SET version_num = '9999'")
    base.close()
    terminada = siem("iniciar", "--sin-navegador", hogar=tmp_path)
    assert terminada.returncode == 1
    assert "versión más nueva" in terminada.stderr and "Traceback" not in terminada.stderr


def test_una_direccion_publica_mal_escrita_se_dice(tmp_path: Path) -> None:
    terminada = siem("iniciar", "--sin-navegador", hogar=tmp_path, SIEM_URL_PUBLICA="siem.gob.mx")
    assert terminada.returncode == 1 and "SIEM_URL_PUBLICA" in terminada.stderr


def test_el_puerto_pedido_y_ocupado_se_dice_y_sin_pedirlo_toma_el_siguiente() -> None:
    ocupado, puerto = abrir_puerto("127.0.0.1", puerto_libre(), fijo=True)
    ocupado.listen()
    with ocupado:
        with pytest.raises(Problema, match=f"{puerto} está ocupado"):
            abrir_puerto("127.0.0.1", puerto, fijo=True)
        otro, tomado = abrir_puerto("127.0.0.1", puerto, fijo=False)
        otro.close()
    assert tomado > puerto
    # asyncio pone TCP_NODELAY sólo si el conector declara el protocolo.
    assert otro.proto == socket.IPPROTO_TCP


def test_ctrl_c_termina_sin_trazas(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("SIEM_HOME", str(tmp_path))
    monkeypatch.delenv("SIEM_DATABASE_URL", raising=False)
    migrar()
    crear_persona()
    puerto = puerto_libre()
    orden = [*ORDEN_SIEM, "iniciar", "--puerto", str(puerto), "--sin-navegador"]
    proceso = arrancar(orden, ambiente_limpio(tmp_path), RAIZ, f"http://localhost:{puerto}")
    os.kill(proceso.pid, signal.SIGINT)
    dicho = proceso.communicate(timeout=20)[0]
    assert "Traceback" not in dicho and f"http://localhost:{puerto}" in dicho
