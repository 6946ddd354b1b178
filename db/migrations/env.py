"""Alembic: corre las migraciones con el motor del sistema, en los dos dialectos."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON, text
from sqlmodel.sql.sqltypes import AutoString

import db.models  # noqa: F401  (registra las tablas)
from db.base import Base, Cantidad
from db.engine import motor_de_migracion, url_de_la_base


def escribir_tipo(tipo: str, objeto: Any, _contexto: Any) -> str | Literal[False]:
    """Las migraciones no importan nada nuestro: los tipos propios se escriben como los de SQLAlchemy."""
    if tipo != "type":
        return False
    if isinstance(objeto, Cantidad):
        return "sa.BigInteger()"
    if isinstance(objeto, AutoString):
        return "sa.String()"
    if isinstance(objeto, JSON):
        return "sa.JSON()"
    if type(objeto).__name__ == "UTCDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def correr() -> None:
    url = context.config.attributes.get("url") or url_de_la_base()
    with motor_de_migracion(url).connect() as conexion:
        es_sqlite = conexion.dialect.name == "sqlite"
        if es_sqlite:
            # Recrear una tabla madre con llaves activas borraría a sus hijas.
            conexion.exec_driver_sql("PRAGMA foreign_keys=OFF")
            conexion.commit()
        context.configure(
            connection=conexion,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=escribir_tipo,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if es_sqlite and conexion.execute(text("PRAGMA foreign_key_check")).first():
            raise RuntimeError("Una migración dejó renglones sin su renglón madre.")
        conexion.commit()


correr()
