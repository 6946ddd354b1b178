"""Una pestaña por WebSocket, sin navegador: guarda lo que se le dibuja, toca, escribe y se repite sola.

Hace lo que hace el navegador: conserva el estado de sus controles, vuelve a correr los fragmentos cada tantos
segundos y, si el servidor se cae, insiste hasta volver.
"""

import asyncio
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

ETIQUETAS = re.compile(r"<[^>]+>")
INSISTE = 0.5
"""Segundos entre un intento y otro de volver."""
COMPLETA = 0  # ForwardMsg.FINISHED_SUCCESSFULLY
FRAGMENTO = 3


@dataclass
class Pestana:
    """Una pantalla abierta por una persona; `letrero` es quién es, para decirlo si algo falla."""

    url: str
    pagina: str
    consulta: str
    galletas: str
    letrero: str = ""
    errores: list[str] = field(default_factory=list)
    caidas: int = 0
    corridas: int = 0
    _al_conectar: int = 0
    _enlace: ClientConnection | None = None
    _tarea: asyncio.Task[None] | None = None
    _relojes: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _elementos: dict[tuple[int, ...], tuple[Any, str]] = field(default_factory=dict)
    _vistos: set[tuple[int, ...]] = field(default_factory=set)
    _controles: dict[str, WidgetState] = field(default_factory=dict)
    _hoja: str = ""
    _cambio: asyncio.Event = field(default_factory=asyncio.Event)

    async def abrir(self) -> None:
        """Conecta, pide la primera corrida y se queda oyendo."""
        self._tarea = asyncio.create_task(self._vivir())
        await self.hasta(lambda: self.corridas > 0)

    async def cerrar(self) -> None:
        for tarea in (self._tarea, *self._relojes.values()):
            if tarea is not None:
                tarea.cancel()
        if self._enlace is not None:
            await self._enlace.close()

    @property
    def al_dia(self) -> bool:
        """Si tiene canal y lo que enseña lo dibujó el servidor que ahora atiende."""
        return self._enlace is not None and self.corridas > self._al_conectar

    @property
    def texto(self) -> str:
        """Todo lo que se lee en la pantalla ahora."""
        return "\n".join(_dice(elemento) for elemento, _ in list(self._elementos.values()))

    async def hasta(self, cosa: Callable[[], Any], segundos: float = 60) -> float:
        """Espera a que `cosa()` sea cierto; devuelve el instante en que lo fue. TimeoutError si no llega."""
        limite = time.perf_counter() + segundos
        while not cosa():
            self._cambio.clear()
            resta = limite - time.perf_counter()
            try:
                await asyncio.wait_for(self._cambio.wait(), resta)
            except TimeoutError:
                raise TimeoutError(
                    f"{self.letrero} se quedó esperando; en su pantalla:\n{self.texto}"
                ) from None
        return time.perf_counter()

    async def lee(self, frase: str, segundos: float = 60) -> float:
        """Espera a leer `frase`; devuelve cuándo la leyó."""
        return await self.hasta(lambda: frase in self.texto, segundos)

    async def escribe(self, rotulo: str, valor: str) -> None:
        elemento, fragmento = await self._control("text_input", rotulo)
        await self._mover(WidgetState(id=elemento.id, string_value=valor), fragmento)

    async def elige(self, rotulo: str, opcion: str) -> None:
        """Toca una opción de un control de botones juntos."""
        elemento, fragmento = await self._control("button_group", rotulo)
        estado = WidgetState(id=elemento.id)
        estado.string_array_value.data.append(opcion)
        await self._mover(estado, fragmento)

    async def toca(self, rotulo: str) -> None:
        """Toca un botón encendido; espera a que lo haya."""
        elemento, fragmento = await self._control("button", rotulo)
        await self._pedir(fragmento, WidgetState(id=elemento.id, trigger_value=True))

    async def _control(self, clase: str, rotulo: str) -> tuple[Any, str]:
        hallado: list[tuple[Any, str]] = []

        def esta() -> bool:
            for elemento, fragmento in self._elementos.values():
                if elemento.WhichOneof("type") == clase:
                    suyo = getattr(elemento, clase)
                    if suyo.label.startswith(rotulo) and not suyo.disabled:
                        hallado.append((suyo, fragmento))
                        return True
            return False

        await self.hasta(esta)
        return hallado[-1]

    async def _mover(self, estado: WidgetState, fragmento: str) -> None:
        self._controles[estado.id] = estado
        await self._pedir(fragmento)

    async def _pedir(self, fragmento: str = "", *toques: WidgetState, sola: bool = False) -> None:
        pedido = BackMsg()
        corrida = pedido.rerun_script
        corrida.query_string, corrida.page_name = self.consulta, "" if self._hoja else self.pagina
        corrida.page_script_hash, corrida.fragment_id, corrida.is_auto_rerun = self._hoja, fragmento, sola
        corrida.widget_states.widgets.extend([*self._controles.values(), *toques])
        if self._enlace is not None:
            # Lo que se toca con el canal caído se pierde, como en el teléfono.
            with suppress(ConnectionClosed):
                await self._enlace.send(pedido.SerializeToString())

    async def _vivir(self) -> None:
        """Conecta y oye; si el canal se cae, insiste como el navegador."""
        while True:
            try:
                await self._conectar()
                await self._oir()
            except (ConnectionClosed, OSError, TimeoutError):
                self.caidas += 1
                self._detener_relojes()
                self._enlace = None
                await asyncio.sleep(INSISTE)

    async def _conectar(self) -> None:
        partes = urlsplit(self.url)
        self._enlace = await connect(
            f"ws://{partes.netloc}/_stcore/stream",
            subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],  # type: ignore[list-item]
            origin=f"{partes.scheme}://{partes.netloc}",  # type: ignore[arg-type]
            additional_headers={"Cookie": self.galletas},
            max_size=None,
            ping_interval=None,
        )
        self._al_conectar = self.corridas
        await self._pedir()

    async def _oir(self) -> None:
        assert self._enlace is not None
        async for crudo in self._enlace:
            aviso = ForwardMsg()
            aviso.ParseFromString(crudo)  # type: ignore[arg-type]
            self._atender(aviso)

    def _atender(self, aviso: ForwardMsg) -> None:
        tipo = aviso.WhichOneof("type")
        if tipo == "new_session":
            self._vistos = set()
            if not aviso.metadata.run.fragment_ids:
                self._detener_relojes()
        elif tipo == "navigation":
            self._hoja = aviso.navigation.page_script_hash
        elif tipo == "delta":
            self._dibujar(aviso)
        elif tipo == "auto_rerun":
            self._poner_reloj(aviso.auto_rerun.fragment_id, aviso.auto_rerun.interval)
        elif tipo == "script_finished":
            self._terminar(aviso.script_finished, set(aviso.metadata.run.fragment_ids))

    def _dibujar(self, aviso: ForwardMsg) -> None:
        lugar = tuple(aviso.metadata.delta_path)
        self._vistos.add(lugar)
        if aviso.delta.WhichOneof("type") != "new_element":
            return
        elemento = aviso.delta.new_element
        self._elementos[lugar] = (elemento, aviso.delta.fragment_id)
        if elemento.WhichOneof("type") == "exception" or "Ocurrió un error" in _dice(elemento):
            self.errores.append(f"{self.letrero}: {_dice(elemento) or elemento.exception.message}")

    def _terminar(self, como: int, fragmentos: set[str]) -> None:
        """Quita lo que esta corrida ya no dibujó: todo, o lo de sus fragmentos."""
        if como in (COMPLETA, FRAGMENTO):
            self._elementos = {
                lugar: (elemento, suyo)
                for lugar, (elemento, suyo) in self._elementos.items()
                if lugar in self._vistos or (fragmentos and suyo not in fragmentos)
            }
            self.corridas += 1
        self._cambio.set()

    def _poner_reloj(self, fragmento: str, cada: float) -> None:
        if anterior := self._relojes.pop(fragmento, None):
            anterior.cancel()
        self._relojes[fragmento] = asyncio.create_task(self._repetir(fragmento, cada))

    async def _repetir(self, fragmento: str, cada: float) -> None:
        while True:
            await asyncio.sleep(cada)
            await self._pedir(fragmento, sola=True)

    def _detener_relojes(self) -> None:
        for reloj in self._relojes.values():
            reloj.cancel()
        self._relojes.clear()


def _dice(elemento: Any) -> str:
    tipo = elemento.WhichOneof("type")
    suyo = getattr(elemento, tipo) if tipo else None
    partes = [str(getattr(suyo, campo, "")) for campo in ("label", "body")]
    return ETIQUETAS.sub("", " ".join(parte for parte in partes if parte)).replace("\\", "")
