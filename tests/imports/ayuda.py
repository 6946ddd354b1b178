"""Cargar los archivos inventados de `tests/datos` y mirar lo que dejaron."""

import csv
import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import make_url, select, text
from sqlmodel import Session

from dashboard.imports.carga import Informe, cargar, exigir_formato
from dashboard.imports.formato import Contexto
from dashboard.imports.registro import FORMATS
from db.base import Base
from db.engine import reading, url_de_la_base
from db.rules.permisos import LINEA_DE_COMANDOS, Actor

DATOS = Path(__file__).parents[1] / "datos"

EN_ORDEN = (
    ("estructura", "estructura_catalogo.csv"),
    ("estructura", "estructura_areas.csv"),
    ("programas", "programas.csv"),
    ("programas", "proyectos.csv"),
    ("plan", "plan.xlsx"),
    ("actividades", "actividades.csv"),
    ("indicadores", "indicadores.csv"),
    ("avances", "avances.ods"),
)
"""Los archivos inventados, en el orden en que un municipio los carga."""

DE_TRAMITE = ("bitacora", "data_version", "carga", "llave_idempotencia")


def poner(formato: str, ruta: Path, actor: Actor = LINEA_DE_COMANDOS, **contexto: Any) -> Informe:
    """Carga un archivo como lo haría `siem cargar`."""
    return cargar(exigir_formato(FORMATS, formato), ruta, ruta.name, Contexto(actor, ruta.name, **contexto))


def poner_hasta(formato: str) -> None:
    """Carga los archivos inventados anteriores al primero de `formato`; en SQLite, una vez por proceso."""
    base = make_url(url_de_la_base())
    if base.get_backend_name() != "sqlite":
        _cargar_hasta(formato)
        return
    with closing(sqlite3.connect(str(base.database))) as suya:
        if formato in _HECHAS:
            _HECHAS[formato].backup(suya)
            return
        _cargar_hasta(formato)
        _HECHAS[formato] = sqlite3.connect(":memory:")
        suya.backup(_HECHAS[formato])


_HECHAS: dict[str, sqlite3.Connection] = {}
"""Formato → la base con lo anterior a él ya cargado."""


def _cargar_hasta(formato: str) -> None:
    for nombre, archivo in EN_ORDEN:
        if nombre == formato:
            return
        poner(nombre, DATOS / archivo)


def escribir(ruta: Path, filas: list[list[str]]) -> Path:
    """Escribe un CSV de prueba."""
    with ruta.open("w", encoding="utf-8", newline="") as archivo:
        csv.writer(archivo).writerows(filas)
    return ruta


def leer_csv(nombre: str) -> list[list[str]]:
    """Las celdas de un CSV inventado en UTF-8."""
    with (DATOS / nombre).open(encoding="utf-8", newline="") as archivo:
        return list(csv.reader(archivo))


def consultar(sql: str, **parametros: Any) -> list[tuple[Any, ...]]:
    """El resultado de una consulta directa."""
    with reading() as session:
        return [tuple(fila) for fila in session.execute(text(sql), parametros)]


def uno(sql: str, **parametros: Any) -> Any:
    """El único valor de una consulta."""
    return consultar(sql, **parametros)[0][0]


def huella(session: Session) -> dict[str, str]:
    """sha256 de cada tabla de datos, sin las versiones de los renglones."""
    huellas = {}
    for tabla in Base.metadata.sorted_tables:
        if tabla.name in DE_TRAMITE:
            continue
        columnas = [columna for columna in tabla.c if columna.name != "version"]
        filas = sorted(repr(tuple(fila)) for fila in session.execute(select(*columnas)))
        huellas[tabla.name] = hashlib.sha256("\n".join(filas).encode()).hexdigest()
    return huellas


def huella_de_la_base() -> dict[str, str]:
    """La huella de la base puesta."""
    with reading() as session:
        return huella(session)
