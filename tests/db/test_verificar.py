"""`verificar` dice la primera falta: en la bitácora, en el sello, en las llaves o en los candados."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from db.actions.sello import sellar
from db.engine import reading, writing
from db.models.municipio import Municipio
from db.queries.verificar import (
    COMPROBACIONES,
    archivo_del_sello,
    llave_de_la_base,
    sello_guardado,
    verificar,
)
from db.rules.permisos import LINEA_DE_COMANDOS


def _faltas() -> dict[str, str]:
    with reading() as session:
        return {c.nombre: c.falta for c in verificar(session) if c.falta}


def _cambiar(veces: int) -> None:
    for numero in range(veces):
        with writing(LINEA_DE_COMANDOS) as session:
            session.add(Municipio(nombre=f"Prueba {numero}"))


@contextmanager
def _intruso(url: str) -> Iterator[sqlite3.Connection]:
    """Quien tiene el archivo y quita los candados."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as conexion:
        conexion.execute("DROP TRIGGER bitacora_sin_editar")
        conexion.execute("DROP TRIGGER bitacora_sin_borrar")
        yield conexion
        conexion.execute("CREATE TRIGGER bitacora_sin_editar BEFORE UPDATE ON bitacora BEGIN SELECT 1; END")
        conexion.execute("CREATE TRIGGER bitacora_sin_borrar BEFORE DELETE ON bitacora BEGIN SELECT 1; END")


def test_una_base_sana_no_tiene_faltas(base: str) -> None:
    _cambiar(3)
    sellar()
    assert _faltas() == {}


def test_avanza_de_cero_a_uno_nombrando_cada_comprobacion(base_sqlite: str) -> None:
    pasos: list[tuple[float, str]] = []
    with reading() as session:
        verificar(session, lambda parte, nombre: pasos.append((parte, nombre)))
    assert [nombre for _, nombre in pasos] == [nombre for nombre, _ in COMPROBACIONES]
    assert pasos == sorted(pasos, key=lambda paso: paso[0])


def test_un_renglon_editado_se_nombra(base_sqlite: str) -> None:
    _cambiar(3)
    with _intruso(base_sqlite) as conexion:
        conexion.execute("UPDATE bitacora SET cuerpo = replace(cuerpo, 'Prueba 1', 'Prueba 9') WHERE id = 2")
    assert "renglón 2" in _faltas()["Cadena de la bitácora"]


def test_un_renglon_borrado_en_medio_se_nota(base_sqlite: str) -> None:
    _cambiar(3)
    with _intruso(base_sqlite) as conexion:
        conexion.execute("DELETE FROM bitacora WHERE id = 2")
    assert "entre el 1 y el 3" in _faltas()["Cadena de la bitácora"]


def test_la_cola_recortada_solo_la_delata_el_sello(base_sqlite: str) -> None:
    _cambiar(3)
    sellar()
    with _intruso(base_sqlite) as conexion:
        conexion.execute("DELETE FROM bitacora WHERE id = 3")
    faltas = _faltas()
    assert "Cadena de la bitácora" not in faltas
    assert "llega al renglón 3" in faltas["Sello de la bitácora"]
    assert "sólo al 2" in faltas["Sello de la bitácora"]


def test_una_copia_anterior_repuesta_a_mano_se_nota(base_sqlite: str, tmp_path: Path) -> None:
    _cambiar(1)
    with closing(sqlite3.connect(base_sqlite.removeprefix("sqlite:///"))) as viva:
        with closing(sqlite3.connect(tmp_path / "vieja")) as vieja:
            viva.backup(vieja)
        _cambiar(2)
        sellar()
        with closing(sqlite3.connect(tmp_path / "vieja")) as vieja:
            vieja.backup(viva)
    assert "Sello de la bitácora" in _faltas()


def test_una_historia_reescrita_no_es_la_que_se_sello(base_sqlite: str) -> None:
    _cambiar(2)
    sellar()
    with _intruso(base_sqlite) as conexion:
        conexion.execute("DELETE FROM bitacora")
        conexion.execute("DELETE FROM sqlite_sequence") if _tiene_secuencia(conexion) else None
    _cambiar(2)
    assert "no es el que se selló" in _faltas()["Sello de la bitácora"]


def _tiene_secuencia(conexion: sqlite3.Connection) -> bool:
    return bool(conexion.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").fetchone())


def test_sin_candados_se_dice_cual_falta(base_sqlite: str) -> None:
    with closing(sqlite3.connect(base_sqlite.removeprefix("sqlite:///"))) as conexion:
        conexion.execute("DROP TRIGGER bitacora_sin_borrar")
    assert "bitacora_sin_borrar" in _faltas()["Candados de lo que sólo crece"]


def test_una_llave_rota_se_nombra(base_sqlite: str) -> None:
    with closing(sqlite3.connect(base_sqlite.removeprefix("sqlite:///"))) as conexion:
        conexion.execute(
            "INSERT INTO banda (anio, orden, codigo, palabra, icono, color, equivale) "
            "VALUES (2026, 1, 'x', 'x', 'x', 'x', 'x')"
        )
        conexion.commit()
    assert "«banda»" in _faltas()["Llaves foráneas"]


def test_un_sello_ilegible_es_una_falta(base_sqlite: str) -> None:
    for texto in ("{", "[]", json.dumps({llave_de_la_base(): {"id": 1}})):
        archivo_del_sello().write_text(texto, encoding="utf-8")
        assert "no se puede leer" in _faltas()["Sello de la bitácora"]


def test_cada_base_tiene_su_sello_y_no_revela_la_contrasena(base_sqlite: str) -> None:
    _cambiar(1)
    sellar()
    assert sello_guardado() is not None
    una, otra = "postgresql://u:secreta@h/siem", "postgresql://u:otra@h/siem"
    assert llave_de_la_base(una) == llave_de_la_base(otra) != llave_de_la_base()


@pytest.mark.usefixtures("base_sqlite")
def test_una_base_sin_sello_no_es_una_falta() -> None:
    _cambiar(1)
    assert sello_guardado() is None
    assert _faltas() == {}
