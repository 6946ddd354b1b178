"""El motor de la base: la única puerta es `reading()` o `writing(actor)`.

SQLite por omisión (archivo en `SIEM_HOME`), PostgreSQL con `SIEM_DATABASE_URL`. Todo lo que depende del
dialecto vive aquí: los PRAGMA, `BEGIN IMMEDIATE` y la inserción masiva.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool
from sqlmodel import Session

import db.indice  # noqa: F401  (pone al día lo que se busca con cada escritura)
from db.audit import SesionEscritura
from db.rules.permisos import Actor
from db.rules.problema import Problema
from db.turno import Turno

ESPERA_MS = 5000
CONEXIONES = 20
"""De PostgreSQL que se guardan abiertas, para leer y para escribir; otras tantas se abren si hacen falta."""
ESPERA_DE_TURNO = 30.0
"""Segundos que un escritor de este proceso espera a los que llegaron antes."""


def hogar() -> Path:
    """Carpeta de los datos: `SIEM_HOME` o la de datos del usuario en esta plataforma."""
    ruta = Path(os.environ.get("SIEM_HOME") or user_data_path("siem", appauthor=False))
    ruta.mkdir(parents=True, exist_ok=True)
    return ruta


def url_de_la_base() -> str:
    """`SIEM_DATABASE_URL`, o el archivo SQLite del hogar."""
    url = os.environ.get("SIEM_DATABASE_URL", "")
    if url.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    return url or f"sqlite:///{hogar() / 'siem.sqlite'}"


def _preparar_sqlite(motor: Engine, *, escribe: bool) -> None:
    @event.listens_for(motor, "connect")
    def _(conexion: sqlite3.Connection, _registro: object) -> None:
        conexion.isolation_level = None
        cursor = conexion.cursor()
        cursor.execute(f"PRAGMA busy_timeout={ESPERA_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        # WAL con NORMAL puede perder lo último confirmado si se va la luz; FULL no.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA trusted_schema=OFF")
        if not escribe:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(motor, "begin")
    def _(conexion: Connection) -> None:
        # Un escritor que empieza leyendo y luego escribe pierde cambios ajenos sin este candado.
        conexion.exec_driver_sql("BEGIN IMMEDIATE" if escribe else "BEGIN")


@lru_cache
def motor(url: str, escribe: bool, /) -> Engine:
    """El motor de una dirección; uno para leer y otro para escribir.

    Los dos datos van siempre y en orden: la memoria de `lru_cache` tomaría otra forma como otro motor.
    """
    if url.startswith("sqlite"):
        creado = create_engine(url, connect_args={"timeout": ESPERA_MS / 1000})
        _preparar_sqlite(creado, escribe=escribe)
        return creado
    opciones = {} if escribe else {"postgresql_readonly": True}
    return create_engine(
        url, pool_pre_ping=True, pool_size=CONEXIONES, max_overflow=CONEXIONES, execution_options=opciones
    )


def motor_de_migracion(url: str) -> Engine:
    """Motor sin reserva de conexiones ni llaves foráneas: una migración recrea tablas madre."""
    return create_engine(url, poolclass=NullPool)


@contextmanager
def reading() -> Iterator[Session]:
    """Sesión de sólo lectura."""
    with Session(motor(url_de_la_base(), False)) as session:
        yield session


@contextmanager
def writing(actor: Actor) -> Iterator[Session]:
    """Transacción de escritura: confirma al salir, deshace todo ante cualquier error.

    La bitácora y `data_version` se escriben en la misma transacción, con el actor como autor.
    Lanza `Problema` si la base está ocupada o sin espacio; lo demás pasa tal cual.
    """
    url = url_de_la_base()
    with _turno(url), SesionEscritura(motor(url, True), expire_on_commit=False) as session:
        session.info["actor"] = actor
        try:
            yield session
            session.commit()
        except OperationalError as error:
            session.rollback()
            raise _en_palabras(error) from error
        except BaseException:
            session.rollback()
            raise


@lru_cache
def _fila(_url: str) -> Turno:
    return Turno()


@contextmanager
def _turno(url: str) -> Iterator[None]:
    """En SQLite, los escritores del proceso pasan de uno en uno y en orden de llegada.

    SQLite admite un solo escritor y quien espera vuelve a probar a ciegas: con cuarenta a la vez, alguno
    pierde siempre y agota su espera. PostgreSQL no lo necesita.
    """
    if not url.startswith("sqlite"):
        yield
        return
    fila = _fila(url)
    if not fila.tomar(ESPERA_DE_TURNO):
        raise _ocupada()
    try:
        yield
    finally:
        fila.soltar()


def _en_palabras(error: OperationalError) -> Exception:
    texto = str(error.orig).lower()
    if "full" in texto or "no space" in texto:
        return Problema("Sin espacio en disco; no se guardó nada.", "Libere espacio y vuelva a intentar.")
    if "locked" in texto or "busy" in texto or "connection" in texto:
        return _ocupada()
    return error


def _ocupada() -> Problema:
    return Problema("La base está ocupada; no se guardó nada.", "Espere unos segundos y vuelva a intentar.")


def insertar_masivo(
    session: Session, tabla: str, columnas: Sequence[str], filas: Iterable[Sequence[Any]]
) -> None:
    """Inserta muchas filas ya convertidas, por COPY (PostgreSQL) o `executemany` (SQLite).

    `tabla` y `columnas` son nombres del código, nunca texto de una persona. No pasa por la bitácora: quien
    llama anota la carga con `audit.anotar`.
    """
    conexion = session.connection().connection.driver_connection
    assert conexion is not None
    nombres = ", ".join(columnas)
    if isinstance(conexion, sqlite3.Connection):
        huecos = ", ".join("?" * len(columnas))
        conexion.executemany(f"INSERT INTO {tabla} ({nombres}) VALUES ({huecos})", filas)  # noqa: S608
        return
    with conexion.cursor() as cursor, cursor.copy(f"COPY {tabla} ({nombres}) FROM STDIN") as copia:
        for fila in filas:
            copia.write_row(fila)


def insertar_si_falta(session: Session, tabla: Table, filas: Sequence[Mapping[str, Any]]) -> list[int]:
    """Inserta las filas que no choquen con un candado único y devuelve los `id` de las que sí entraron.

    Sirve cuando dos procesos pueden querer escribir lo mismo: el segundo no falla ni repite.
    """
    if not filas:
        return []
    dialecto = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    orden = dialecto.insert(tabla).on_conflict_do_nothing().returning(tabla.c.id)
    return list(session.execute(orden.values([dict(fila) for fila in filas])).scalars())
