"""La rueda instalada trae todo: pantallas, migraciones, catálogos, tema; y arranca desde otra carpeta."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

RAIZ = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def rueda(tmp_path_factory: pytest.TempPathFactory) -> Path:
    destino = tmp_path_factory.mktemp("rueda")
    return Path(next(iter(WheelBuilder(str(RAIZ)).build(directory=str(destino), versions=["standard"]))))


@pytest.fixture(scope="module")
def instalada(rueda: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """La rueda desempacada donde no hay repositorio al lado."""
    destino = tmp_path_factory.mktemp("sitio")
    with zipfile.ZipFile(rueda) as paquete:
        paquete.extractall(destino)
    return destino


def _correr(instalada: Path, hogar: Path, *orden: str) -> subprocess.CompletedProcess[str]:
    ambiente = {k: v for k, v in os.environ.items() if not k.startswith(("SIEM_", "COV_", "PYTEST"))}
    ambiente |= {"PYTHONPATH": str(instalada), "SIEM_HOME": str(hogar), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *orden],
        cwd=hogar,
        env=ambiente,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_trae_lo_que_no_es_codigo(rueda: Path) -> None:
    with zipfile.ZipFile(rueda) as paquete:
        nombres = set(paquete.namelist())
    for esperado in (
        "db/migrations/env.py",
        "db/migrations/versions/0001_inicio.py",
        "dashboard/tema.toml",
        "dashboard/router.py",
        "dashboard/static/siem.js",
        "seed/catalogos/objeto_gasto.csv",
    ):
        assert esperado in nombres
    assert {f"pages/{p.name}" for p in (RAIZ / "pages").glob("*.py")} <= nombres
    assert {f"seed/catalogos/{p.name}" for p in (RAIZ / "seed" / "catalogos").glob("*.csv")} <= nombres
    assert not [nombre for nombre in nombres if nombre.startswith("tests/") or ".sqlite" in nombre]


def test_se_importa_y_migra_desde_otra_carpeta(instalada: Path, tmp_path: Path) -> None:
    programa = (
        "import db, dashboard.pages_map as m, db.migrar as g\n"
        f"assert db.__file__.startswith({str(instalada)!r}), db.__file__\n"
        "assert all(p.ruta.is_file() for p in m.PAGES)\n"
        "g.migrar(); assert g.al_dia()\n"
    )
    hecho = _correr(instalada, tmp_path, "-c", programa)
    assert hecho.returncode == 0, hecho.stderr
    assert (tmp_path / "siem.sqlite").is_file()


def test_la_orden_siem_responde_en_espanol(instalada: Path, tmp_path: Path) -> None:
    hecho = _correr(instalada, tmp_path, "-c", "from dashboard.comando import app; app(['--help'])")
    assert hecho.returncode == 0, hecho.stderr
    assert "respaldar" in hecho.stdout
    assert "Usage" not in hecho.stdout
