"""La demostración se crea una sola vez y se lee con SQL llano."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.demo_comun import demo_hecha

Consulta = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def ruta_demo(plantilla_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Una copia de la demostración, sólo para leerla."""
    hecha = demo_hecha(plantilla_sqlite, tmp_path_factory)
    return Path(shutil.copy(hecha, tmp_path_factory.mktemp("demo") / "siem.sqlite"))


@pytest.fixture(scope="session")
def consulta(ruta_demo: Path) -> Iterator[Consulta]:
    """`consulta(sql, *parametros)` → renglones."""
    conexion = sqlite3.connect(ruta_demo)
    yield lambda sql, *parametros: conexion.execute(sql, parametros).fetchall()
    conexion.close()
