"""El servidor de la sala en otro proceso: se mata y se levanta en el mismo puerto, con la misma base."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.bench.servidores import RAIZ, esperar, puerto_libre


@dataclass
class Casa:
    """Un servidor sobre la base de `SIEM_DATABASE_URL`; lo que dice queda en `SIEM_HOME`."""

    puerto: int = field(default_factory=puerto_libre)
    proceso: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.puerto}"

    def levantar(self) -> None:
        """Lo arranca y espera a que conteste."""
        orden = f"from dashboard.servidor import servir; servir({self.puerto}, navegador=False)"
        with (Path(os.environ["SIEM_HOME"]) / "servidor.txt").open("ab") as salida:
            self.proceso = subprocess.Popen(
                [sys.executable, "-c", orden], cwd=RAIZ, stdout=salida, stderr=subprocess.STDOUT
            )
        esperar(self.proceso, self.url)

    def matar(self) -> None:
        """SIGKILL: no alcanza a despedirse ni a guardar nada."""
        assert self.proceso is not None
        self.proceso.kill()
        self.proceso.wait()

    def procesador(self) -> float:
        """Segundos de procesador gastados hasta ahora."""
        assert self.proceso is not None
        gastado = psutil.Process(self.proceso.pid).cpu_times()
        return float(gastado.user + gastado.system)


@contextmanager
def casa() -> Iterator[Casa]:
    """El servidor ya atendiendo; se mata al salir."""
    una = Casa()
    una.levantar()
    try:
        yield una
    finally:
        una.matar()
