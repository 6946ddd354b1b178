"""Respaldar la base en un solo archivo comprobado, y reponerla desde él.

Sólo se llama desde la línea de órdenes: quien tiene el servidor tiene la base. El archivo es un zip con la
copia y un manifiesto (huella sha256, revisión, renglones por tabla y sello de la bitácora); las evidencias
van en una carpeta junto a él.
"""

import errno
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url, select, update
from sqlalchemy.exc import DatabaseError, OperationalError

from db import audit
from db.actions import respaldo_postgres, respaldo_sqlite
from db.actions.paquete_respaldo import (
    Manifiesto,
    abrir_paquete,
    comprobar_copia,
    falta_de_la_bitacora,
    huella_de,
    sellar_paquete,
)
from db.actions.respaldo_evidencias import reponer_evidencias, respaldar_evidencias
from db.actions.sello import sellar
from db.base import tabla
from db.engine import hogar, motor, reading, url_de_la_base, writing
from db.migrar import al_dia, migrar, revision_actual
from db.models.bitacora import DataVersion
from db.models.municipio import Municipio
from db.queries.verificar import Sello, filas_por_tabla, sello_actual
from db.rules.permisos import LINEA_DE_COMANDOS
from db.rules.problema import Problema
from db.rules.rotacion import se_conservan

NOMBRE = re.compile(r"siem-(\d{8}T\d{6})Z\.zip")
FECHA = "%Y%m%dT%H%M%S"

AlAvanzar = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Respaldo:
    """Dónde quedó el respaldo, qué contiene y cuántos viejos se retiraron."""

    archivo: Path
    manifiesto: Manifiesto
    retirados: int = 0
    evidencias_perdidas: int = 0
    """Cuántas ya faltaban o estaban alteradas: se respalda lo demás, pero se dice."""


@dataclass(frozen=True, slots=True)
class Restauracion:
    """Qué se repuso, dónde quedó la base reemplazada y hasta qué revisión se migró."""

    manifiesto: Manifiesto
    aparte: Path | None
    migrada: bool
    sin_evidencias: int = 0
    """Cuántos archivos de evidencia no venían con el respaldo."""


def _nada(_parte: float, _paso: str) -> None:
    """Sin barra de avance."""


def _tramo(avance: AlAvanzar, desde: float, hasta: float) -> AlAvanzar:
    """El avance de una parte, dentro del total."""
    return lambda parte, paso: avance(desde + (hasta - desde) * parte, paso)


@contextmanager
def _sin_espacio() -> Iterator[None]:
    """Un disco lleno se dice en palabras, venga del sistema o de SQLite."""
    try:
        yield
    except (OSError, OperationalError, DatabaseError) as error:
        lleno = getattr(error, "errno", None) == errno.ENOSPC or "full" in str(error).lower()
        if not lleno:
            raise
        raise Problema(
            "Sin espacio en disco; no se escribió nada.", "Libere espacio y vuelva a intentar."
        ) from error


def carpeta_de_respaldos() -> Path:
    """Carpeta de los respaldos que se rotan solos."""
    carpeta = hogar() / "respaldos"
    carpeta.mkdir(exist_ok=True)
    return carpeta


def _motor() -> str:
    return make_url(url_de_la_base()).get_backend_name()


def respaldar(destino: Path | None = None, al_avanzar: AlAvanzar | None = None) -> Respaldo:
    """Respalda la base en uso. `destino` es una carpeta o un .zip; sin él va al hogar y se rota.

    La copia se vuelve a abrir y se comprueba entera antes de darla por buena. Lanza `Problema` si la base
    está vacía, si la copia no pasa la comprobación, o si el destino no se puede escribir.
    """
    avance = al_avanzar or _nada
    revision = revision_actual()
    if revision is None:
        raise Problema("La base está vacía: no hay qué respaldar.", "Corra antes «siem iniciar».")
    momento = datetime.now(UTC)
    final = _archivo_final(destino, momento)
    with _sin_espacio(), tempfile.TemporaryDirectory(dir=final.parent, prefix=".siem-") as taller:
        copia = Path(taller) / "base"
        avance(0.05, "Copiando la base")
        filas, sello, nombre = _copiar(copia)
        avance(0.45, "Comprobando la copia")
        falta = _falta_de_la_bitacora(copia)
        evidencias, perdidas = respaldar_evidencias(final.parent, _tramo(avance, 0.5, 0.7))
        manifiesto = Manifiesto(
            motor=_motor(),
            revision=revision,
            creado=momento.isoformat(timespec="seconds"),
            municipio=nombre,
            sha256=huella_de(copia),
            bytes=copia.stat().st_size,
            filas=filas,
            sello=sello.a_dict() if sello else None,
            falta=falta,
            evidencias=evidencias,
        )
        comprobar_copia(copia, manifiesto, url_de_la_base())
        avance(0.7, "Comprimiendo")
        armado = Path(taller) / "respaldo.zip"
        sellar_paquete(copia, manifiesto, armado)
        armado.chmod(0o600)  # lleva huellas de contraseñas: sólo para su dueño
        armado.replace(final)
    if falta is None:
        sellar()
    retirados = rotar() if destino is None else 0
    avance(1.0, "Listo")
    return Respaldo(final, manifiesto, retirados, perdidas)


def _archivo_final(destino: Path | None, momento: datetime) -> Path:
    if destino is not None and destino.suffix == ".zip" and not destino.is_dir():
        final = destino
    else:
        final = (destino or carpeta_de_respaldos()) / f"siem-{momento.strftime(FECHA)}Z.zip"
    if not final.parent.is_dir():
        raise Problema(f"No existe la carpeta «{final.parent}».", "Créela o escriba otro destino.")
    if final.exists():
        raise Problema(f"Ya existe «{final.name}».", "Escriba otro nombre: un respaldo no se encima en otro.")
    return final


def _copiar(copia: Path) -> tuple[dict[str, int], Sello | None, str]:
    """Copia la base; devuelve renglones por tabla, sello y nombre del municipio."""
    if _motor() == "sqlite":
        respaldo_sqlite.copiar(url_de_la_base(), copia)
        with respaldo_sqlite.abrir(copia) as session:
            nombre = session.execute(select(tabla(Municipio).c.nombre)).scalar() or ""
            return filas_por_tabla(session), sello_actual(session), nombre
    with reading() as session:
        sello = sello_actual(session)
        nombre = session.execute(select(tabla(Municipio).c.nombre)).scalar() or ""
    return respaldo_postgres.copiar(url_de_la_base(), copia), sello, nombre


def _falta_de_la_bitacora(copia: Path) -> str | None:
    """La falta que la bitácora ya traiga: se dice, pero no impide respaldar los datos."""
    if _motor() == "sqlite":
        return falta_de_la_bitacora(copia)
    with reading() as session:
        return audit.verificar_cadena(session)


def rotar() -> int:
    """Retira de la carpeta de respaldos los que la rotación no conserva; devuelve cuántos."""
    fechados = {}
    for archivo in carpeta_de_respaldos().iterdir():
        if partes := NOMBRE.fullmatch(archivo.name):
            fechados[datetime.strptime(partes[1], FECHA).replace(tzinfo=UTC)] = archivo
    sobran = fechados.keys() - se_conservan(fechados)
    for momento in sobran:
        fechados[momento].unlink()
    return len(sobran)


def restaurar(
    archivo: Path, al_avanzar: AlAvanzar | None = None, *, sin_evidencias: bool = False
) -> Restauracion:
    """Repone la base y sus evidencias desde un respaldo, después de comprobarlo entero.

    Con `sin_evidencias` no exige que estén todas. Lanza `Problema`, sin haber tocado nada, si el archivo
    está dañado o incompleto, si es de otro motor o de una versión más nueva. La base reemplazada queda
    aparte, y el hecho en la bitácora de la repuesta.
    """
    avance = al_avanzar or _nada
    url = url_de_la_base()
    with _sin_espacio(), tempfile.TemporaryDirectory(dir=hogar(), prefix=".siem-") as taller:
        copia = Path(taller) / "base"
        avance(0.05, "Abriendo el respaldo")
        manifiesto = abrir_paquete(archivo, copia, _motor())
        avance(0.3, "Comprobando la copia")
        comprobar_copia(copia, manifiesto, url)
        avance(0.4, "Reponiendo las evidencias")
        faltan = reponer_evidencias(manifiesto.evidencias, archivo.parent, incompletas=sin_evidencias)
        avance(0.5, "Guardando aparte la base actual")
        version = _version_de_los_datos()
        aparte = _apartar(url)
        avance(0.7, "Reponiendo")
        _soltar(url)
        if _motor() == "sqlite":
            respaldo_sqlite.reponer(copia, url)
        else:
            respaldo_postgres.reponer(copia, url)
        migrada = not al_dia()
        migrar()
    _anotar(archivo, manifiesto, version)
    sellar()
    avance(1.0, "Listo")
    return Restauracion(manifiesto, aparte, migrada, faltan)


def _apartar(url: str) -> Path | None:
    momento = datetime.now(UTC).strftime(FECHA)
    if _motor() == "sqlite":
        return respaldo_sqlite.apartar(url, carpeta_de_respaldos() / f"reemplazada-{momento}Z.sqlite")
    if revision_actual() is None:
        return None
    aparte = carpeta_de_respaldos() / f"reemplazada-{momento}Z.dump"
    respaldo_postgres.copiar(url, aparte)
    return aparte


def _version_de_los_datos() -> int:
    """La versión de los datos de la base que se va; 0 si no se puede leer (vacía o dañada)."""
    try:
        with reading() as session:
            return session.execute(select(tabla(DataVersion).c.numero)).scalar() or 0
    except DatabaseError:
        return 0


def _soltar(url: str) -> None:
    """Cierra las conexiones de este proceso para que no guarden nada de la base anterior."""
    for escribe in (False, True):
        motor(url, escribe).dispose()


def _anotar(archivo: Path, manifiesto: Manifiesto, version: int) -> None:
    """Deja el hecho en la bitácora y sube la versión por encima de la anterior.

    Si la base repuesta trajera el mismo número que la reemplazada, las pantallas abiertas seguirían
    mostrando lo que guardaron en memoria.
    """
    numero = tabla(DataVersion).c.numero
    with writing(LINEA_DE_COMANDOS) as session:
        session.execute(update(tabla(DataVersion)).where(numero < version).values(numero=version))
        audit.anotar(
            session, "restaurar", "base", archivo.name, creado=manifiesto.creado, sha256=manifiesto.sha256
        )
