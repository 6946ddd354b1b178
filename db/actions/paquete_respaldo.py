"""El archivo de respaldo: un zip con la copia de la base y su manifiesto, y cómo se comprueba."""

import hashlib
import json
import sqlite3
import zipfile
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy.exc import DatabaseError

from db.actions import respaldo_postgres, respaldo_sqlite
from db.audit import verificar_cadena
from db.migrar import CARPETA
from db.queries.verificar import archivo_sano, filas_por_tabla, llaves_foraneas, sello_actual
from db.rules.evidencias import HUELLA
from db.rules.problema import Problema

COPIA, MANIFIESTO = "base", "manifiesto.json"
BLOQUE = 1 << 20
MAXIMO_MANIFIESTO = 1 << 26
OTRO = "Use otro respaldo; la base no se tocó."


@dataclass(frozen=True, slots=True)
class Manifiesto:
    """Lo que un respaldo dice de sí mismo; `bytes` es el tamaño de la copia sin comprimir."""

    motor: str
    revision: str
    creado: str
    municipio: str
    sha256: str
    bytes: int
    filas: dict[str, int]
    sello: dict[str, Any] | None
    falta: str | None = None
    """Falta que la bitácora ya traía al respaldar: se respalda de todos modos, pero se dice."""
    evidencias: list[str] = field(default_factory=list)
    """Huella de cada archivo de evidencia que quedó junto al respaldo."""


def huella_de(archivo: Path) -> str:
    """sha256 de un archivo, en hexadecimal."""
    with archivo.open("rb") as abierto:
        return hashlib.file_digest(abierto, "sha256").hexdigest()


def sellar_paquete(copia: Path, manifiesto: Manifiesto, destino: Path) -> None:
    """Escribe el zip."""
    with zipfile.ZipFile(destino, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as paquete:
        paquete.writestr(MANIFIESTO, json.dumps(asdict(manifiesto), ensure_ascii=False, indent=1))
        paquete.write(copia, COPIA)


def abrir_paquete(archivo: Path, destino: Path, motor: str) -> Manifiesto:
    """Saca la copia a `destino` y devuelve el manifiesto; `Problema` si algo no cuadra."""
    if not archivo.is_file():
        raise Problema(f"No existe el archivo «{archivo}».", "Revise el nombre y la carpeta.")
    try:
        with zipfile.ZipFile(archivo) as paquete:
            manifiesto = _leer_manifiesto(paquete)
            _comprobar_compatible(manifiesto, motor)
            _sacar(paquete, manifiesto, destino)
    except (zipfile.BadZipFile, EOFError, KeyError, ValueError, TypeError) as error:
        raise Problema(f"«{archivo.name}» está dañado o no es un respaldo del sistema.", OTRO) from error
    if huella_de(destino) != manifiesto.sha256:
        raise Problema(f"«{archivo.name}» está dañado: su contenido no es el que se respaldó.", OTRO)
    return manifiesto


def _leer_manifiesto(paquete: zipfile.ZipFile) -> Manifiesto:
    if sorted(paquete.namelist()) != sorted((COPIA, MANIFIESTO)):
        raise ValueError("piezas")
    if paquete.getinfo(MANIFIESTO).file_size > MAXIMO_MANIFIESTO:
        raise ValueError("manifiesto")
    # Los respaldos de antes de las evidencias no las nombran.
    leido = {"evidencias": []} | json.loads(paquete.read(MANIFIESTO))
    if not all(HUELLA.fullmatch(huella) for huella in leido["evidencias"]):
        raise ValueError("evidencias")
    return Manifiesto(**{campo.name: leido[campo.name] for campo in fields(Manifiesto)})


def _comprobar_compatible(manifiesto: Manifiesto, motor: str) -> None:
    conocidas = {revision.revision for revision in ScriptDirectory(str(CARPETA)).walk_revisions()}
    if manifiesto.revision not in conocidas:
        raise Problema(
            "El respaldo es de una versión más nueva del sistema.",
            "Actualice el sistema y vuelva a restaurar; la base no se tocó.",
        )
    if manifiesto.motor != motor:
        raise Problema(
            f"El respaldo es de {manifiesto.motor} y esta base es de {motor}.",
            "Restáurelo donde la base sea del mismo motor (SIEM_DATABASE_URL); la base no se tocó.",
        )


def _sacar(paquete: zipfile.ZipFile, manifiesto: Manifiesto, destino: Path) -> None:
    """Escribe a lo más los bytes prometidos: un zip tramposo no llena el disco."""
    if paquete.getinfo(COPIA).file_size != manifiesto.bytes:
        raise ValueError("tamaño")
    with paquete.open(COPIA) as origen, destino.open("wb") as salida:
        while bloque := origen.read(BLOQUE):
            salida.write(bloque)


def falta_de_la_bitacora(copia: Path) -> str | None:
    """Primera falta de la cadena en una copia SQLite."""
    with respaldo_sqlite.abrir(copia) as session:
        return verificar_cadena(session)


def comprobar_copia(copia: Path, manifiesto: Manifiesto, url: str) -> None:
    """Abre la copia y la revisa entera contra su manifiesto; lanza `Problema` con la primera falta."""
    if manifiesto.motor != "sqlite":
        respaldo_postgres.comprobar(copia, url)
        return
    try:
        falta = _falta(copia, manifiesto)
    except (DatabaseError, sqlite3.DatabaseError) as error:
        raise Problema("La copia no se puede leer como base de datos.", OTRO) from error
    if falta:
        raise Problema(f"La copia no es buena: {falta}.", OTRO)


def _falta(copia: Path, manifiesto: Manifiesto) -> str | None:
    with respaldo_sqlite.abrir(copia) as session:
        for comprobar in (archivo_sano, llaves_foraneas):
            if falta := comprobar(session):
                return falta
        falta = verificar_cadena(session)
        if falta != manifiesto.falta:
            return falta or "su bitácora no es la que dice el manifiesto"
        sello = sello_actual(session)
        if (sello.a_dict() if sello else None) != manifiesto.sello:
            return "su bitácora no termina donde dice el manifiesto"
        if filas_por_tabla(session) != manifiesto.filas:
            return "no tiene los renglones que dice el manifiesto"
    return None
