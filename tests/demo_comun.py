"""La demostración, hecha una sola vez por corrida aunque corran varios procesos de prueba."""

import os
import shutil
import time
from pathlib import Path

import pytest

from db.engine import motor
from seed.demo import crear_demo

ESPERA_S = 300


def carpeta_de_la_corrida(temporales: pytest.TempPathFactory) -> Path:
    """La que comparten todos los procesos de esta corrida, y ninguna otra."""
    base = temporales.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def demo_hecha(plantilla: Path, temporales: pytest.TempPathFactory) -> Path:
    """Base SQLite con la demostración entera: nadie la abre, sólo se copia. La hace quien llega primero."""
    carpeta = carpeta_de_la_corrida(temporales) / "demostracion"
    lista = carpeta / "siem.sqlite"
    try:
        carpeta.mkdir()
    except FileExistsError:
        return _esperar(lista)
    en_obra = carpeta / "obra.sqlite"
    shutil.copy(plantilla, en_obra)
    url = f"sqlite:///{en_obra}"
    with pytest.MonkeyPatch.context() as parche:
        parche.setenv("SIEM_HOME", str(carpeta))
        parche.setenv("SIEM_DATABASE_URL", url)
        crear_demo()
        soltar(url)
    return en_obra.rename(lista)


def _esperar(lista: Path) -> Path:
    limite = time.monotonic() + ESPERA_S
    while not lista.exists():
        assert time.monotonic() < limite, "quien hacía la demostración no la terminó"
        time.sleep(0.2)
    return lista


def soltar(url: str) -> None:
    """Cierra las conexiones a una base que se va a copiar o a mover."""
    for escribe in (True, False):
        motor(url, escribe).dispose()
    motor.cache_clear()
