"""Las órdenes que cuidan la base, como se usan desde una terminal."""

import io
import json
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.comando import app
from db.engine import writing
from db.models.municipio import Municipio
from db.rules.permisos import LINEA_DE_COMANDOS


@pytest.fixture
def hogar(base_sqlite: str, tmp_path: Path) -> Path:
    """Carpeta de datos con una base que ya tiene algo."""
    with writing(LINEA_DE_COMANDOS) as session:
        session.add(Municipio(nombre="San Isidro"))
    return tmp_path


@dataclass(frozen=True)
class Hecho:
    returncode: int
    stdout: str
    stderr: str


Siem = Callable[..., Hecho]


@pytest.fixture
def siem(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Siem:
    """Corre una orden en este proceso y devuelve con qué salió y qué dijo."""
    monkeypatch.chdir(tmp_path)

    def correr(*orden: str, entrada: str = "") -> Hecho:
        monkeypatch.setattr(sys, "stdin", io.StringIO(entrada))
        capsys.readouterr()
        with pytest.raises(SystemExit) as salida:
            app(list(orden))
        dicho = capsys.readouterr()
        return Hecho(int(salida.value.code or 0), dicho.out, dicho.err)

    return correr


def test_respaldar_cambiar_restaurar_y_verificar(hogar: Path, siem: Siem) -> None:
    hecho = siem("respaldar")
    assert hecho.returncode == 0, hecho.stderr
    archivo = next((hogar / "respaldos").glob("siem-*.zip"))
    assert archivo.name in hecho.stdout
    assert archivo.stat().st_mode & 0o077 == 0 or os.name == "nt"
    with closing(sqlite3.connect(hogar / "siem.sqlite", isolation_level=None)) as base:
        base.execute("UPDATE municipio SET nombre = 'Otro'")
    assert "San Isidro" in siem("restaurar", str(archivo), "--si").stdout
    with closing(sqlite3.connect(hogar / "siem.sqlite")) as base:
        assert base.execute("SELECT nombre FROM municipio").fetchall() == [("San Isidro",)]
    verificado = siem("verificar", "--json")
    assert verificado.returncode == 0
    leido = json.loads(verificado.stdout)
    assert leido["integra"] is True
    assert leido["sello"]["id"] == 2


def test_restaurar_pregunta_antes(hogar: Path, siem: Siem) -> None:
    siem("respaldar", "copia.zip")
    negado = siem("restaurar", "copia.zip", entrada="n\n")
    assert negado.returncode != 0
    assert not list(hogar.rglob("reemplazada*"))


def test_un_respaldo_malo_sale_con_uno_y_en_espanol(hogar: Path, siem: Siem) -> None:
    (hogar / "malo.zip").write_text("nada")
    hecho = siem("restaurar", "malo.zip", "--si")
    assert hecho.returncode == 1
    assert "dañado" in hecho.stderr
    assert "Traceback" not in hecho.stdout + hecho.stderr


def test_verificar_sale_con_uno_y_la_primera_falta(hogar: Path, siem: Siem) -> None:
    with closing(sqlite3.connect(hogar / "siem.sqlite", isolation_level=None)) as base:
        base.execute("DROP TRIGGER bitacora_sin_editar")
        base.execute("UPDATE bitacora SET cuerpo = '{}'")
    hecho = siem("verificar")
    assert hecho.returncode == 1
    assert "bitacora_sin_editar" in hecho.stderr
    leido = json.loads(siem("verificar", "--json").stdout)
    assert [c["nombre"] for c in leido["comprobaciones"] if c["falta"]] == [
        "Candados de lo que sólo crece",
        "Cadena de la bitácora",
    ]
    assert leido["sello"] is None


def test_sin_base_se_dice_que_hacer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, siem: Siem) -> None:
    monkeypatch.setenv("SIEM_HOME", str(tmp_path))
    monkeypatch.delenv("SIEM_DATABASE_URL", raising=False)
    for orden in ("respaldar", "verificar"):
        hecho = siem(orden)
        assert hecho.returncode == 1
        assert "La base está vacía" in hecho.stderr
