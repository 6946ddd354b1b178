"""Sesiones reales de Streamlit por WebSocket, sin navegador: piden una corrida y esperan que termine."""

import asyncio
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect


@dataclass
class Sesion:
    """Una pestaña abierta en una dirección."""

    url: str
    galletas: str = ""
    pagina: str = ""
    consulta: str = ""
    enlace: ClientConnection | None = None
    errores: list[str] = field(default_factory=list)
    elementos: int = 0

    async def abrir(self) -> None:
        partes = urlsplit(self.url)
        encabezados = {"Cookie": self.galletas} if self.galletas else {}
        self.enlace = await connect(
            f"ws://{partes.netloc}/_stcore/stream",
            subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],  # type: ignore[list-item]
            origin=f"{partes.scheme}://{partes.netloc}",  # type: ignore[arg-type]
            additional_headers=encabezados,
            max_size=None,
            ping_interval=None,
        )

    async def correr(self) -> float:
        """Pide una corrida y devuelve los segundos hasta que termina."""
        assert self.enlace is not None
        pedido = BackMsg()
        pedido.rerun_script.query_string = self.consulta
        pedido.rerun_script.page_name = self.pagina
        inicio = time.perf_counter()
        await self.enlace.send(pedido.SerializeToString())
        self.elementos = 0
        while True:
            aviso = ForwardMsg()
            aviso.ParseFromString(await self.enlace.recv())  # type: ignore[arg-type]
            tipo = aviso.WhichOneof("type")
            if tipo == "delta":
                self.elementos += 1
                if aviso.delta.new_element.WhichOneof("type") == "exception":
                    self.errores.append(aviso.delta.new_element.exception.message)
            if tipo == "script_finished":
                return time.perf_counter() - inicio

    async def cerrar(self) -> None:
        if self.enlace:
            await self.enlace.close()


def entrar_demo(url: str, cuenta: str = "presidencia") -> str:
    """Entra a la demostración con un botón y devuelve las galletas."""
    with httpx.Client(base_url=url) as cliente:
        hoja = cliente.get("/entrar").text
        sello = re.search(r'name="sello" value="([^"]+)"', hoja)
        assert sello, "la hoja de entrada no trae su sello"
        datos = {"sello": sello[1], "ir": "/", "demo": cuenta}
        respuesta = cliente.post("/entrar", data=datos, headers={"Origin": url})
        assert respuesta.status_code == 303, respuesta.status_code
        return "; ".join(f"{nombre}={valor}" for nombre, valor in cliente.cookies.items())


async def actuar(sesion: Sesion, cada: float, hasta: float, tiempos: list[tuple[float, float]]) -> None:
    """Una persona que actúa cada tantos segundos; guarda (instante, duración)."""
    while time.perf_counter() < hasta:
        inicio = time.perf_counter()
        duracion = await sesion.correr()
        tiempos.append((inicio, duracion))
        await asyncio.sleep(max(0.0, cada - duracion))
