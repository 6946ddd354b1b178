"""Migraciones: desde nada y desde cada revisión guardada, con datos, en los dos motores."""

import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, create_engine, inspect, select, text
from sqlmodel import Session

import db.models  # noqa: F401  (registra las tablas)
from db.audit import verificar_cadena
from db.base import Base
from db.migrar import CARPETA, al_dia, comprobar_conocida, migrar, revision_actual, revision_esperada
from db.queries.verificar import disparadores, filas_por_tabla, llaves_foraneas
from db.rules.problema import Problema
from tests.conftest import _ejecutar_pg, _otra_base

FIXTURES = Path(__file__).parent.parent / "migraciones"
REVISIONES = [revision.revision for revision in ScriptDirectory(str(CARPETA)).walk_revisions()]

SALTOS = [
    *(("sqlite", revision) for revision in REVISIONES),
    # La primera pasa por todas las migraciones, y la penúltima por la que se acaba de escribir.
    *(pytest.param("postgresql", r, marks=pytest.mark.postgres) for r in (REVISIONES[-1], REVISIONES[1])),
]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def nueva(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Dirección de una base que existe y está vacía."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'nueva.sqlite'}"
    servidor: str = request.getfixturevalue("servidor_pg")
    nombre = f"siem_migra_{uuid.uuid4().hex[:12]}"
    _ejecutar_pg(servidor, f"CREATE DATABASE {nombre}")
    request.addfinalizer(lambda: _ejecutar_pg(servidor, f"DROP DATABASE {nombre} WITH (FORCE)"))
    return _otra_base(servidor, nombre)


def _sin_diferencias(motor: Engine) -> None:
    with motor.connect() as conexion:
        contexto = MigrationContext.configure(conexion, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(contexto, Base.metadata) == []


def test_de_nada_a_la_ultima_y_los_modelos_no_difieren(nueva: str) -> None:
    migrar(nueva)
    assert al_dia(nueva)
    motor = create_engine(nueva)
    _sin_diferencias(motor)
    with Session(motor) as session:
        assert disparadores(session) is None
        assert llaves_foraneas(session) is None
        assert session.execute(text("SELECT numero FROM data_version")).scalar_one() == 0
    motor.dispose()


def test_hay_una_sola_cabeza_y_una_historia_lineal() -> None:
    guion = ScriptDirectory(str(CARPETA))
    assert len(guion.get_heads()) == 1
    assert all(len(revision.nextrev) <= 1 for revision in guion.walk_revisions())


def test_cada_revision_tiene_su_base_de_prueba() -> None:
    faltan = [revision for revision in REVISIONES if not (FIXTURES / f"{revision}.sql").is_file()]
    assert not faltan, "corra «python -m tests.migraciones.generar» y agregue el archivo"


def _base_de(revision: str, destino: Path) -> None:
    with closing(sqlite3.connect(destino)) as conexion:
        conexion.executescript((FIXTURES / f"{revision}.sql").read_text(encoding="utf-8"))
        conexion.commit()


def _pasar_a(origen: Engine, destino: Engine) -> None:
    """Copia todos los renglones de la base SQLite a otra ya migrada a la misma revisión."""
    esquema = MetaData()
    esquema.reflect(destino)
    with origen.connect() as leer, destino.begin() as escribir:
        for tabla in esquema.sorted_tables:
            if tabla.name in ("alembic_version", "data_version"):
                continue
            viejo = MetaData()
            viejo.reflect(origen, only=[tabla.name])
            filas = [dict(fila._mapping) for fila in leer.execute(select(viejo.tables[tabla.name]))]
            if filas:
                escribir.execute(tabla.insert(), filas)


@pytest.mark.parametrize(("nueva", "revision"), SALTOS, indirect=["nueva"])
def test_una_base_con_datos_de_cada_revision_llega_a_la_ultima(
    nueva: str, revision: str, tmp_path: Path
) -> None:
    fixture = tmp_path / "fixture.sqlite"
    _base_de(revision, fixture)
    origen = create_engine(f"sqlite:///{fixture}")
    if nueva.startswith("sqlite"):
        _base_de(revision, Path(nueva.removeprefix("sqlite:///")))
    else:
        migrar(nueva, revision)
        destino = create_engine(nueva)
        _pasar_a(origen, destino)
        destino.dispose()
    with Session(origen) as session:
        antes = filas_por_tabla(session)
    migrar(nueva)
    motor = create_engine(nueva)
    with Session(motor) as session:
        despues = filas_por_tabla(session)
        # El resumen se deriva del detalle: una revisión puede agregarle dimensiones.
        assert despues["resumen_presupuesto"] >= antes.pop("resumen_presupuesto")
        assert {nombre: despues[nombre] for nombre in antes if nombre in despues} == {
            nombre: cuantas for nombre, cuantas in antes.items() if nombre in despues
        }
        assert verificar_cadena(session) is None
        assert llaves_foraneas(session) is None
        assert disparadores(session) is None
    _sin_diferencias(motor)
    motor.dispose()
    origen.dispose()


@pytest.mark.parametrize("revision", REVISIONES)
def test_la_base_de_prueba_tiene_algo_en_cada_tabla(revision: str, tmp_path: Path) -> None:
    _base_de(revision, tmp_path / "b.sqlite")
    motor = create_engine(f"sqlite:///{tmp_path / 'b.sqlite'}")
    with Session(motor) as session:
        vacias = [nombre for nombre, cuantas in filas_por_tabla(session).items() if cuantas == 0]
    assert vacias == []
    assert len(inspect(motor).get_table_names()) > 30
    motor.dispose()


def test_una_base_mas_nueva_se_rechaza_en_espanol(nueva: str) -> None:
    migrar(nueva)
    motor = create_engine(nueva)
    with motor.begin() as conexion:
        conexion.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    motor.dispose()
    for revisar in (comprobar_conocida, migrar):
        with pytest.raises(Problema, match="más nueva"):
            revisar(nueva)
    assert revision_actual(nueva) == "9999" != revision_esperada()
