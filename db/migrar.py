"""Llevar la base a la última revisión, y saber si ya lo está."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import Session

from db import indice
from db.engine import motor_de_migracion, url_de_la_base
from db.rules.problema import Problema

CARPETA = Path(__file__).parent / "migrations"
INDICE = "0006"
"""La revisión en que nació el índice de lo que se busca."""


def _configuracion(url: str) -> Config:
    configuracion = Config()
    configuracion.set_main_option("script_location", str(CARPETA))
    configuracion.attributes["url"] = url
    return configuracion


def revision_actual(url: str | None = None) -> str | None:
    """Revisión de la base; None si está vacía."""
    with motor_de_migracion(url or url_de_la_base()).connect() as conexion:
        return MigrationContext.configure(conexion).get_current_revision()


def revision_esperada() -> str:
    """La última revisión que este programa conoce."""
    actual = ScriptDirectory(str(CARPETA)).get_current_head()
    assert actual is not None
    return actual


def migrar(url: str | None = None, hasta: str = "head") -> None:
    """Sube la base hasta una revisión. Lanza `Problema` si la base es de un programa más nuevo."""
    destino = url or url_de_la_base()
    comprobar_conocida(destino)
    previa = revision_actual(destino)
    command.upgrade(_configuracion(destino), hasta)
    if previa is not None and previa < INDICE <= (revision_actual(destino) or ""):
        _indexar(destino)


def _indexar(url: str) -> None:
    """Lo que ya estaba en una base de antes del índice también se busca."""
    motor = motor_de_migracion(url)
    with Session(motor) as session:
        indice.todo(session)
        session.commit()


def comprobar_conocida(url: str | None = None) -> None:
    """Lanza `Problema` si la revisión de la base no está entre las de este programa."""
    actual = revision_actual(url)
    conocidas = {revision.revision for revision in ScriptDirectory(str(CARPETA)).walk_revisions()}
    if actual is not None and actual not in conocidas:
        raise Problema(
            "La base es de una versión más nueva del sistema.", "Actualice el sistema y vuelva a abrirlo."
        )


def al_dia(url: str | None = None) -> bool:
    """¿La base está en la última revisión?"""
    return revision_actual(url) == revision_esperada()
