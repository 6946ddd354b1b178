"""Correr lo asíncrono desde una prueba: Playwright ya tiene su ciclo en el hilo de las pruebas."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def aparte(tarea: Coroutine[Any, Any, Any]) -> Any:
    """Lo que devuelve `tarea`, corrida en un ciclo y un hilo propios."""
    with ThreadPoolExecutor(1) as hilo:
        return hilo.submit(asyncio.run, tarea).result()
