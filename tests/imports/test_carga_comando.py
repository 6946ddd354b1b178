"""`siem cargar`: la misma revisión desde la terminal, con su código de salida y su JSON."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from dashboard.comando import app
from db.engine import writing
from db.models.usuarios import RolUsuario, Usuario
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.imports.ayuda import DATOS, consultar, escribir, leer_csv, poner_hasta, uno


def siem(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *orden: str
) -> tuple[int, str, str]:
    """Corre la orden en este proceso: código, salida y errores."""
    monkeypatch.setattr(sys, "argv", ["siem", *orden])
    with pytest.raises(SystemExit) as fin:
        app()
    salida = capsys.readouterr()
    codigo = fin.value.code
    return (codigo if isinstance(codigo, int) else 0), salida.out, salida.err


def _json(resultado: tuple[int, str, str]) -> dict[str, Any]:
    leido: dict[str, Any] = json.loads(resultado[1])
    return leido


def test_una_base_que_no_existe_se_crea_y_se_carga(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIEM_HOME", str(tmp_path))
    monkeypatch.delenv("SIEM_DATABASE_URL", raising=False)
    codigo, salida, _ = siem(capsys, monkeypatch, "cargar", "plan", str(DATOS / "plan.xlsx"))
    assert codigo == 0
    assert "Se supuso" in salida and "5 guardados" in salida


def test_el_json_trae_lo_prometido(
    base_sqlite: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    poner_hasta("actividades")
    filas = leer_csv("actividades.csv")
    filas[1][8] = "1300"
    ruta = escribir(tmp_path / "mal.csv", filas)
    mala = siem(capsys, monkeypatch, "cargar", "actividades", str(ruta), "--json")
    assert mala[0] == 1
    informe = _json(mala)
    assert (informe["leidas"], informe["guardadas"]) == (4, 0)
    assert informe["rechazadas"][0].keys() >= {"hoja", "celda", "valor", "regla", "remedio"}
    buena = siem(capsys, monkeypatch, "cargar", "actividades", str(DATOS / "actividades.csv"), "--json")
    assert buena[0] == 0
    assert _json(buena)["guardadas"] == 4
    otra = _json(siem(capsys, monkeypatch, "cargar", "actividades", str(DATOS / "actividades.csv"), "--json"))
    assert (otra["guardadas"], otra["sin_cambio"], otra["ya_cargado"]["autor"]) == (0, 4, "línea de comandos")


def test_probar_no_guarda(
    base_sqlite: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    codigo, salida, _ = siem(capsys, monkeypatch, "cargar", "plan", str(DATOS / "plan.xlsx"), "--probar")
    assert codigo == 0
    assert "se guardarían 5" in salida
    assert uno("SELECT count(*) FROM nodo_plan") == 0


def test_los_problemas_se_leen_en_la_terminal(
    base_sqlite: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    ruta = escribir(tmp_path / "mal.csv", [["clave", "nombre"], ["[red]X", "a"]])
    codigo, salida, _ = siem(capsys, monkeypatch, "cargar", "estructura", str(ruta))
    assert codigo == 1
    assert "A2" in salida and "[red]X" in salida and "No se guardó nada" in salida


@pytest.mark.parametrize(
    ("orden", "dice"),
    [
        (("cargar", "otro", "x.csv"), "No existe el formato «otro»"),
        (("cargar", "plan", "no-esta.csv"), "No existe el archivo"),
        (("cargar", "plan", str(DATOS / "plan.xlsx"), "--ente", "luna"), "No existe el ente «luna»"),
        (("cargar", "plan", str(DATOS / "plan.xlsx"), "--como", "nadie"), "No hay una cuenta activa «nadie»"),
        (("cargar", "actividades", str(DATOS / "plan.xlsx")), "No se encontró la fila de encabezados"),
    ],
)
def test_un_error_se_dice_en_espanol_con_codigo_uno(
    base_sqlite: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    orden: tuple[str, ...],
    dice: str,
) -> None:
    codigo, _, error = siem(capsys, monkeypatch, *orden)
    assert codigo == 1
    assert dice in error
    informe = _json(siem(capsys, monkeypatch, *orden, "--json")) if "otro" not in orden else None
    assert informe is None or dice in informe["rechazadas"][0]["regla"]


def test_como_una_cuenta_valen_sus_permisos_y_queda_su_nombre(
    base_sqlite: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from db.base import ahora

    with writing(LINEA_DE_COMANDOS) as session:
        for cuenta, rol in (("ana", Rol.PLANEACION), ("beto", Rol.TESORERIA)):
            persona = Usuario(cuenta=cuenta, nombre=cuenta, creada_en=ahora())
            session.add(persona)
            session.flush()
            session.add(RolUsuario(usuario_id=persona.id, rol=rol))
    orden = ("cargar", "plan", str(DATOS / "plan.xlsx"), "--como")
    codigo, _, error = siem(capsys, monkeypatch, *orden, "beto")
    assert codigo == 1 and "no tiene permiso" in error
    assert siem(capsys, monkeypatch, *orden, "ana")[0] == 0
    assert consultar("SELECT autor FROM carga") == [("ana",)]
