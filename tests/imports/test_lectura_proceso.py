"""Promesa: leer ocurre en otro proceso, que puede morir, tardar o llenarse sin llevarse al servidor."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from dashboard.imports.lectura import leer as modulo
from dashboard.imports.lectura.encabezado import Columna
from dashboard.imports.lectura.leer import leer
from dashboard.imports.lectura.limites import Limites
from db.rules.problema import Problema
from tests.imports import hostil

COLUMNAS = (Columna("clave"), Columna("nombre"), Columna("meta", ("meta anual",)))
SIN_RESOURCE = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows no limita la memoria de un proceso"
)


@pytest.fixture
def sano(tmp_path: Path) -> Path:
    ruta = tmp_path / "subido"
    ruta.write_bytes(hostil.sano())
    return ruta


def test_lo_que_lee_el_hijo_llega_completo_y_avisa_su_avance(sano: Path) -> None:
    avances: list[float] = []
    lectura = leer(sano, "a.xlsx", COLUMNAS, al_avanzar=lambda parte, que: avances.append(parte))
    assert lectura.columnas["meta"] == ["12", "1234.5", "3"]
    assert lectura.columnas["nombre"][1] == "Conducción de las políticas"
    assert avances == sorted(avances)
    assert avances[-1] == 1.0


@pytest.mark.parametrize("caso", ["celda_xfd", "cortada", "xls"])
def test_el_mensaje_del_hijo_llega_entero(tmp_path: Path, caso: str) -> None:
    ruta = tmp_path / "subido"
    ruta.write_bytes(hostil.HOSTILES[caso][0]())
    with pytest.raises(Problema) as error:
        leer(ruta, "a.xlsx", COLUMNAS)
    assert hostil.HOSTILES[caso][1] in error.value.mensaje
    assert error.value.remedio


@SIN_RESOURCE
def test_si_el_hijo_se_queda_sin_memoria_hay_un_mensaje(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    filas = "".join(f'<row r="{i}"><c r="A{i}"><v>1</v></c></row>' for i in range(2, 19_000))
    titulos = "".join(
        hostil.texto(f"{c}1", t) for c, t in zip("ABC", ("Clave", "Nombre", "Meta"), strict=True)
    )
    ruta = tmp_path / "subido"
    ruta.write_bytes(hostil.xlsx_crudo(f'<row r="1">{titulos}<c r="GR1"><v>1</v></c></row>{filas}'))
    with pytest.raises(Problema, match="No se pudo leer") as error:
        leer(ruta, "a.xlsx", COLUMNAS, Limites(memoria_mb=80))
    assert error.value.remedio
    assert "Traceback" not in str(error.value)
    assert "terminó con" in caplog.text


def test_si_el_hijo_tarda_demasiado_muere_y_se_dice(sano: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    matar = modulo._matar_en
    monkeypatch.setattr(modulo, "_matar_en", lambda hijo, _s, vencido: matar(hijo, 0.001, vencido))
    with pytest.raises(Problema, match="en 60 segundos"):
        leer(sano, "a.xlsx", COLUMNAS)


def test_solo_se_lee_un_archivo_a_la_vez(sano: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modulo, "ESPERA", 0.05)
    dentro, seguir = threading.Event(), threading.Event()

    def detenerse(_parte: float, _que: str) -> None:
        dentro.set()
        seguir.wait(20)

    primera = threading.Thread(target=leer, args=(sano, "a.xlsx", COLUMNAS, None, detenerse))
    primera.start()
    try:
        assert dentro.wait(20)
        with pytest.raises(Problema, match="otra carga en curso"):
            leer(sano, "b.xlsx", COLUMNAS)
    finally:
        seguir.set()
        primera.join(20)
    assert leer(sano, "c.xlsx", COLUMNAS).filas == [2, 3, 4]


def test_si_quien_espera_se_va_el_hijo_muere_y_el_turno_queda_libre(
    sano: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hijos: list[subprocess.Popen[bytes]] = []
    matar = modulo._matar_en

    def anotar(hijo: subprocess.Popen[bytes], segundos: float, vencido: threading.Event) -> threading.Timer:
        hijos.append(hijo)
        return matar(hijo, segundos, vencido)

    def irse(_parte: float, _que: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(modulo, "_matar_en", anotar)
    with pytest.raises(KeyboardInterrupt):
        leer(sano, "a.xlsx", COLUMNAS, al_avanzar=irse)
    assert hijos[0].poll() is not None
    assert leer(sano, "a.xlsx", COLUMNAS).filas == [2, 3, 4]


def test_el_hijo_no_recibe_los_secretos_del_servidor(sano: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entornos: list[dict[str, str]] = []
    popen = subprocess.Popen

    def espiar(*args: object, **opciones: object) -> object:
        entornos.append(dict(opciones["env"]))  # type: ignore[call-overload]
        return popen(*args, **opciones)  # type: ignore[call-overload]

    monkeypatch.setenv("SIEM_DATABASE_URL", "postgresql://secreto")
    monkeypatch.setattr(modulo.subprocess, "Popen", espiar)
    leer(sano, "a.xlsx", COLUMNAS)
    assert "SIEM_DATABASE_URL" not in entornos[0]


def test_el_hijo_no_carga_ni_pantallas_ni_base() -> None:
    codigo = "import sys, json, dashboard.imports.lectura.hijo; print(json.dumps(sorted(sys.modules)))"
    salida = subprocess.run(
        [sys.executable, "-c", codigo], capture_output=True, check=True, env={**os.environ}
    )
    raices = {m.split(".")[0] for m in json.loads(salida.stdout)}
    assert not raices & {"streamlit", "sqlalchemy", "sqlmodel", "pandas", "pyarrow", "numpy", "babel"}
