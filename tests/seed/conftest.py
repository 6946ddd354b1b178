"""La demostración se crea una sola vez y se lee con SQL llano."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from db.engine import motor
from seed.demo import crear_demo

Consulta = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def ruta_demo(plantilla_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    carpeta = tmp_path_factory.mktemp("demo")
    ruta = carpeta / "siem.sqlite"
    shutil.copy(plantilla_sqlite, ruta)
    url = f"sqlite:///{ruta}"
    with pytest.MonkeyPatch.context() as ambiente:
        ambiente.setenv("SIEM_HOME", str(carpeta))
        ambiente.setenv("SIEM_DATABASE_URL", url)
        crear_demo()
    for escribe in (False, True):
        motor(url, escribe).dispose()
    motor.cache_clear()
    yield ruta


@pytest.fixture(scope="session")
def consulta(ruta_demo: Path) -> Iterator[Consulta]:
    """`consulta(sql, *parametros)` → renglones."""
    conexion = sqlite3.connect(ruta_demo)
    yield lambda sql, *parametros: conexion.execute(sql, parametros).fetchall()
    conexion.close()
