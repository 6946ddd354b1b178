"""Escribe `<revisión>.sql`: una base de la revisión actual con un renglón inventado en cada tabla.

Se corre una vez al terminar una migración nueva: `python -m tests.migraciones.generar`. El archivo se guarda
en el repositorio y ya no cambia: prueba que una base de esa revisión llega hasta la última.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Enum, Integer, LargeBinary, Table, TypeDecorator
from sqlmodel import Session

from db.audit import anotar
from db.base import Base, Cantidad
from db.engine import writing
from db.migrar import migrar, revision_esperada
from db.models.bitacora import Bitacora, DataVersion
from db.rules.permisos import LINEA_DE_COMANDOS

CARPETA = Path(__file__).parent
PROPIAS = {Bitacora.__tablename__, DataVersion.__tablename__}
"""Las llena el sistema, no este guion."""

ESPECIALES: dict[str, Any] = {
    "mes": 6,
    "trimestre": 2,
    "anio": 2026,
    "nivel": None,
    "zona_horaria": "America/Mexico_City",
}
PROPIOS: dict[str, dict[str, Any]] = {
    "acuerdo": {"dependencia_id": 1},
    "participante_encargo": {"dependencia_id": 1},
    "proyecto_estrategico": {"latitud": 19_280_000, "longitud": -99_510_000},
}
"""Lo que exigen los candados de una tabla en particular."""
LISTAS = ("niveles_plan", "avisos", "dias_inhabiles", "votan", "sin_correo")
FECHA, MOMENTO = "2026-01-15", "2026-01-15 12:00:00.000000"


def _valor(columna: Column[Any]) -> Any:
    tipo: Any = columna.type
    if isinstance(tipo, TypeDecorator) and not isinstance(tipo, Cantidad):
        tipo = tipo.impl
    if columna.foreign_keys and columna.name != "anio":
        return None if columna.nullable else 1
    if isinstance(tipo, Enum):
        return tipo.enums[0]
    if isinstance(tipo, JSON):
        return "[]" if columna.name in LISTAS else "{}"
    for clase, valor in ((Boolean, 1), (DateTime, MOMENTO), (Date, FECHA), (LargeBinary, b"\x00\x01")):
        if isinstance(tipo, clase):
            return valor
    if ESPECIALES.get(columna.name) is not None:
        return ESPECIALES[columna.name]
    if isinstance(tipo, Cantidad):
        return 12_500_000
    return 1 if isinstance(tipo, Integer) else f"{columna.name} ñ"


def _renglon(tabla: Table) -> dict[str, Any]:
    renglon = {columna.name: _valor(columna) for columna in tabla.columns}
    if "fin" in renglon:
        renglon["fin"] = "2028-01-15"
    renglon |= PROPIOS.get(tabla.name, {})
    if "cierra" in renglon:
        renglon["cierra"] = "2026-07-10 12:00:00.000000"
    return renglon


def _insertos() -> Iterator[tuple[str, list[Any]]]:
    for tabla in Base.metadata.sorted_tables:
        if tabla.name not in PROPIAS:
            renglon = _renglon(tabla)
            huecos = ", ".join("?" * len(renglon))
            yield f"INSERT INTO {tabla.name} ({', '.join(renglon)}) VALUES ({huecos})", list(renglon.values())  # noqa: S608


def _bitacora(session: Session) -> None:
    for numero in range(3):
        anotar(session, "probar", "fixture", numero)


def generar() -> Path:
    """Escribe el archivo de la última revisión y devuelve su ruta."""
    with tempfile.TemporaryDirectory() as carpeta:
        archivo = Path(carpeta) / "siem.sqlite"
        os.environ["SIEM_DATABASE_URL"] = f"sqlite:///{archivo}"
        migrar()
        with writing(LINEA_DE_COMANDOS) as session:
            _bitacora(session)
        with closing(sqlite3.connect(archivo)) as conexion:
            for sentencia, valores in _insertos():
                conexion.execute(sentencia, valores)
            conexion.commit()
            destino = CARPETA / f"{revision_esperada()}.sql"
            destino.write_text("\n".join(conexion.iterdump()) + "\n", encoding="utf-8")
    return destino


if __name__ == "__main__":
    print(generar())
