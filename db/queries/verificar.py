"""Las comprobaciones de que la base está íntegra, cada una con su falta en palabras."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, inspect, make_url, select, table, text
from sqlmodel import Session

from db.audit import verificar_cadena
from db.base import tabla
from db.engine import hogar, url_de_la_base
from db.models.bitacora import Bitacora
from db.queries.evidencias import falta_de_archivos
from db.queries.presupuesto_version import verificar_resumenes

CONGELADAS = (
    "cierre",
    "envio",
    "instantanea",
    "paso_captura",
    "documento_emitido",
    "version_capitulo",
    "avance_asm",
    "intervencion",
    "voto",
    "cambio_acta",
    "avance_acuerdo",
    "movimiento_encargo",
)
_CONGELAN = tuple(f"{tabla}_sin_{acto}" for tabla in CONGELADAS for acto in ("editar", "borrar"))
DISPARADORES = {
    "sqlite": ("bitacora_sin_borrar", "bitacora_sin_editar", *_CONGELAN),
    "postgresql": ("bitacora_sin_editar", "bitacora_sin_vaciar", *_CONGELAN),
}
"""Los que impiden cambiar la bitácora y lo congelado; una migración que recree su tabla podría perderlos."""


@dataclass(frozen=True, slots=True)
class Comprobacion:
    """Qué se comprobó y la primera falta encontrada; None es «íntegro»."""

    nombre: str
    falta: str | None


@dataclass(frozen=True, slots=True)
class Sello:
    """Último renglón de la bitácora, guardado fuera de la base: delata una cola recortada."""

    id: int
    huella: str
    momento: str

    def a_dict(self) -> dict[str, Any]:
        return asdict(self)


def archivo_del_sello() -> Path:
    """Archivo de los sellos, uno por base, en la carpeta de datos."""
    return hogar() / "sello.json"


def llave_de_la_base(url: str | None = None) -> str:
    """Nombre corto de una base en el archivo de sellos; no revela dirección ni contraseña."""
    direccion = make_url(url or url_de_la_base()).set(password=None).render_as_string()
    return hashlib.sha256(direccion.encode()).hexdigest()[:16]


def sellos() -> dict[str, dict[str, Any]]:
    """Los sellos guardados, por base. Lanza `ValueError` si el archivo no se puede leer."""
    archivo = archivo_del_sello()
    if not archivo.exists():
        return {}
    leidos = json.loads(archivo.read_text(encoding="utf-8"))
    if not isinstance(leidos, dict):
        raise ValueError("el archivo de sellos no es una lista de bases")
    return leidos


def sello_guardado() -> Sello | None:
    """El sello de la base en uso, o None si nunca se ha sellado. Lanza `ValueError` si está dañado."""
    guardado = sellos().get(llave_de_la_base())
    if guardado is None:
        return None
    try:
        return Sello(int(guardado["id"]), str(guardado["huella"]), str(guardado["momento"]))
    except (KeyError, TypeError) as error:
        raise ValueError("al sello le faltan datos") from error


def sello_actual(session: Session) -> Sello | None:
    """El último renglón de la bitácora tal como está en la base."""
    renglon = tabla(Bitacora).c
    fila = session.execute(
        select(renglon.id, renglon.huella, renglon.momento).order_by(renglon.id.desc()).limit(1)
    ).first()
    return Sello(fila.id, fila.huella, fila.momento.isoformat()) if fila else None


def contra_el_sello(session: Session) -> str | None:
    """Compara la bitácora con el sello guardado fuera de la base."""
    try:
        sello = sello_guardado()
    except ValueError as error:
        return f"el archivo {archivo_del_sello().name} no se puede leer ({error})"
    if sello is None:
        return None
    renglon = tabla(Bitacora).c
    huella = session.execute(select(renglon.huella).where(renglon.id == sello.id)).scalar()
    if huella == sello.huella:
        return None
    if huella is None:
        ultimo = sello_actual(session)
        return (
            f"el sello llega al renglón {sello.id} de la bitácora y la base sólo al "
            f"{ultimo.id if ultimo else 0}: se recortó, o se repuso una copia anterior"
        )
    return f"el renglón {sello.id} de la bitácora no es el que se selló el {sello.momento[:10]}"


def archivo_sano(session: Session) -> str | None:
    """Páginas del archivo SQLite; PostgreSQL vigila las suyas."""
    if session.get_bind().dialect.name != "sqlite":
        return None
    dicho = str(session.execute(text("PRAGMA integrity_check(1)")).scalar())
    return None if dicho == "ok" else f"el archivo de la base está dañado: {dicho}"


def llaves_foraneas(session: Session) -> str | None:
    """Renglones que nombran a uno que no existe, o llaves que la base dejó sin validar."""
    if session.get_bind().dialect.name == "sqlite":
        fila = session.execute(text("PRAGMA foreign_key_check")).first()
        if fila is None:
            return None
        return f"en «{fila[0]}», el renglón {fila[1]} nombra a uno que no existe en «{fila[2]}»"
    nombre = session.execute(
        text("SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated ORDER BY 1 LIMIT 1")
    ).scalar()
    return f"la llave foránea «{nombre}» no está validada" if nombre else None


def disparadores(session: Session) -> str | None:
    """Los disparadores que impiden editar y borrar la bitácora y lo congelado."""
    dialecto = session.get_bind().dialect.name
    consulta = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[dialecto]
    hay = {fila[0] for fila in session.execute(text(consulta))}
    faltan = [nombre for nombre in DISPARADORES[dialecto] if nombre not in hay]
    return f"falta el candado «{faltan[0]}» que impide cambiar lo que sólo crece" if faltan else None


COMPROBACIONES: tuple[tuple[str, Callable[[Session], str | None]], ...] = (
    ("Archivo de la base", archivo_sano),
    ("Llaves foráneas", llaves_foraneas),
    ("Candados de lo que sólo crece", disparadores),
    ("Cadena de la bitácora", verificar_cadena),
    ("Sello de la bitácora", contra_el_sello),
    ("Presupuesto: identidades y resúmenes", verificar_resumenes),
    ("Archivos de evidencia", falta_de_archivos),
)


def verificar(session: Session, al_avanzar: Callable[[float, str], None] | None = None) -> list[Comprobacion]:
    """Corre todas las comprobaciones en orden. `al_avanzar` recibe (parte hecha de 0 a 1, nombre)."""
    hechas = []
    for numero, (nombre, comprobar) in enumerate(COMPROBACIONES):
        if al_avanzar:
            al_avanzar(numero / len(COMPROBACIONES), nombre)
        hechas.append(Comprobacion(nombre, comprobar(session)))
    return hechas


def filas_por_tabla(session: Session) -> dict[str, int]:
    """Cuántos renglones tiene cada tabla que hay en la base, sea de la revisión que sea."""
    nombres = sorted(set(inspect(session.connection()).get_table_names()) - {"alembic_version"})
    return {
        nombre: int(session.execute(select(func.count()).select_from(table(nombre))).scalar_one())
        for nombre in nombres
    }
