"""Copiar y reponer una base SQLite con su propia API de respaldo; nunca con `cp`.

En modo WAL lo último confirmado vive en un archivo aparte: copiar sólo el principal pierde datos.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlmodel import Session

from db.engine import motor_de_migracion
from db.rules.problema import Problema

ESPERA_S = 10.0


def archivo(url: str) -> Path:
    """Archivo de una dirección `sqlite:///…`."""
    return Path(make_url(url).database or "")


def copiar(url: str, destino: Path) -> None:
    """Copia en caliente, de un solo paso: quien escribe mientras tanto no estorba ni se pierde."""
    with (
        closing(sqlite3.connect(archivo(url), timeout=ESPERA_S)) as origen,
        closing(sqlite3.connect(destino)) as copia,
    ):
        origen.backup(copia)
        # Un solo archivo, sin WAL al lado: es lo que viaja dentro del respaldo.
        copia.execute("PRAGMA journal_mode=DELETE")


def reponer(copia: Path, url: str) -> None:
    """Escribe la copia sobre la base en una transacción; si se interrumpe, la base queda como estaba."""
    with (
        closing(sqlite3.connect(copia)) as origen,
        closing(sqlite3.connect(archivo(url), timeout=ESPERA_S)) as base,
    ):
        try:
            origen.backup(base)
        except sqlite3.OperationalError as error:
            raise Problema(
                "La base está en uso y no se pudo reponer; quedó como estaba.",
                "Detenga el sistema (siem iniciar) y vuelva a intentar.",
            ) from error


def apartar(url: str, aparte: Path) -> Path | None:
    """Guarda aparte la base que se va a reemplazar; None si no había. Una dañada se aparta tal cual."""
    base = archivo(url)
    if not base.exists():
        return None
    try:
        copiar(url, aparte)
    except sqlite3.OperationalError:
        aparte.unlink(missing_ok=True)
        raise
    except sqlite3.DatabaseError:
        aparte.unlink(missing_ok=True)
        for cola in ("-wal", "-shm", ""):
            pedazo = base.with_name(base.name + cola)
            if pedazo.exists():
                pedazo.replace(aparte.with_name(aparte.name + cola))
    return aparte


@contextmanager
def abrir(copia: Path) -> Iterator[Session]:
    """Sesión sobre una copia, fuera de la base en uso."""
    motor = motor_de_migracion(f"sqlite:///{copia}")
    with Session(motor) as session:
        yield session
    motor.dispose()
