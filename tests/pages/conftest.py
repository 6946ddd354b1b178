"""La demostración, copiada para cada prueba que la pida."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo_comun import demo_hecha, soltar


@pytest.fixture(scope="session")
def plantilla_demo(plantilla_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Base SQLite con la demostración entera; nadie la abre, sólo se copia."""
    return demo_hecha(plantilla_sqlite, tmp_path_factory)


@pytest.fixture
def base_demo(plantilla_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """La demostración, puesta como la base del sistema."""
    shutil.copy(plantilla_demo, tmp_path / "siem.sqlite")
    url = f"sqlite:///{tmp_path / 'siem.sqlite'}"
    monkeypatch.setenv("SIEM_HOME", str(tmp_path))
    monkeypatch.setenv("SIEM_DATABASE_URL", url)
    yield url
    soltar(url)
