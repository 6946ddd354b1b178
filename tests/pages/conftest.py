"""La demostración, hecha una vez por corrida y copiada para cada prueba que la pida."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.engine import motor
from seed.demo import crear_demo


@pytest.fixture(scope="session")
def plantilla_demo(plantilla_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Base SQLite con la demostración entera; nadie la abre, sólo se copia."""
    ruta = tmp_path_factory.mktemp("demo") / "siem.sqlite"
    shutil.copy(plantilla_sqlite, ruta)
    with pytest.MonkeyPatch.context() as parche:
        parche.setenv("SIEM_HOME", str(ruta.parent))
        parche.setenv("SIEM_DATABASE_URL", f"sqlite:///{ruta}")
        crear_demo()
        _soltar(f"sqlite:///{ruta}")
    return ruta


@pytest.fixture
def base_demo(plantilla_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """La demostración, puesta como la base del sistema."""
    shutil.copy(plantilla_demo, tmp_path / "siem.sqlite")
    url = f"sqlite:///{tmp_path / 'siem.sqlite'}"
    monkeypatch.setenv("SIEM_HOME", str(tmp_path))
    monkeypatch.setenv("SIEM_DATABASE_URL", url)
    yield url
    _soltar(url)


def _soltar(url: str) -> None:
    for escribe in (True, False):
        motor(url, escribe).dispose()
    motor.cache_clear()
