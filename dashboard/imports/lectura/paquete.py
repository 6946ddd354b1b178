"""Revisión de un zip sin confiar en lo que declara: partes, nombres, cifrado, tamaño y razón."""

import copy
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from dashboard.imports.lectura.firma import GUARDAR_XLSX, TipoArchivo
from dashboard.imports.lectura.limites import Limites
from db.rules.problema import Problema

_TROZO = 1 << 20
_CORTE_MAXIMO = 32 << 20
_ROTO = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_CODIFICACION = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""")
_COMPRESIONES = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def danado() -> Problema:
    """El archivo está cortado o dañado."""
    return Problema(
        "El archivo está incompleto o dañado.",
        "Ábralo en Excel o LibreOffice, guárdelo de nuevo como Libro de Excel (.xlsx) y vuelva a subirlo.",
    )


def sospechoso(que: str) -> Problema:
    """El archivo trae algo que una hoja de cálculo ordinaria no trae."""
    return Problema(f"El archivo no se abrió por seguridad: {que}.", GUARDAR_XLSX)


def abrir(ruta: Path, limites: Limites) -> zipfile.ZipFile:
    """Abre el zip si su índice es sano. Problema si está roto, cifrado o es demasiado grande."""
    try:
        paquete = zipfile.ZipFile(ruta)
    except _ROTO as error:
        raise danado() from error
    partes = paquete.infolist()
    if len(partes) > limites.max_partes:
        raise sospechoso(f"tiene {len(partes):,} partes; máximo {limites.max_partes:,}")
    if len({p.filename for p in partes}) != len(partes):
        raise sospechoso("trae partes repetidas")
    for parte in partes:
        if ".." in parte.filename.replace("\\", "/").split("/") or parte.filename.startswith(("/", "\\")):
            raise sospechoso("trae nombres que salen de su carpeta")
        if parte.flag_bits & 0x1:
            raise Problema(
                "El archivo está protegido con contraseña.", "Quite la contraseña y vuelva a guardarlo."
            )
        if parte.compress_type not in _COMPRESIONES:
            raise danado()
    _revisar_tamano(sum(p.file_size for p in partes), ruta, limites)
    return paquete


def _revisar_tamano(descomprimido: int, ruta: Path, limites: Limites) -> None:
    if descomprimido > limites.max_descomprimido:
        raise Problema(
            f"El archivo ocupa {descomprimido / 2**20:,.0f} MB descomprimido; máximo "
            f"{limites.max_descomprimido / 2**20:,.0f} MB.",
            "Borre hojas, imágenes y filas que no hagan falta, o divida el archivo.",
        )
    if descomprimido > limites.max_razon * max(ruta.stat().st_size, 1):
        raise sospechoso(f"se expande más de {limites.max_razon} veces al abrirlo")


def tipo_de(paquete: zipfile.ZipFile) -> TipoArchivo:
    """«xlsx» u «ods» según las partes del zip; Problema si es otra cosa (.xlsm, .xlsb, Word, zip…)."""
    nombres = {p.filename.lower() for p in paquete.infolist()}
    if "xl/workbook.bin" in nombres:
        raise Problema("El archivo es un libro binario de Excel (.xlsb).", GUARDAR_XLSX)
    contenido = _texto(paquete, "[Content_Types].xml")
    if "macroEnabled" in contenido or any(n.endswith("vbaproject.bin") for n in nombres):
        raise Problema("El archivo trae macros (.xlsm).", GUARDAR_XLSX)
    if "xl/workbook.xml" in nombres:
        return "xlsx"
    if "content.xml" in nombres and "mimetype" in nombres:
        mime = b"".join(trozos(paquete, "mimetype"))
        if mime.strip().startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            if "manifest:encryption-data" in _texto(paquete, "META-INF/manifest.xml"):
                raise Problema("El archivo está protegido con contraseña.", "Guárdelo sin contraseña.")
            return "ods"
    if "spreadsheetml.worksheet" in contenido:
        return "xlsx"
    raise Problema("El archivo es un comprimido, no una hoja de cálculo.", GUARDAR_XLSX)


def _texto(paquete: zipfile.ZipFile, nombre: str) -> str:
    if nombre not in paquete.namelist():
        return ""
    return b"".join(trozos(paquete, nombre)).decode("utf-8", "replace")


def trozos(paquete: zipfile.ZipFile, nombre: str) -> Iterator[bytes]:
    """Contenido real de una parte por trozos de 1 MB. Problema si no mide lo que el índice declara.

    `zipfile` deja de leer en el tamaño declarado, y quien lea después no tiene por qué hacerlo: se lee con
    un tope un byte mayor para descubrir al que miente.
    """
    info = paquete.getinfo(nombre)
    real = copy.copy(info)
    real.file_size = info.file_size + 1
    leido = 0
    try:
        with paquete.open(real) as parte:
            while trozo := parte.read(_TROZO):
                leido += len(trozo)
                yield trozo
    except _ROTO as error:
        raise danado() from error
    if leido != info.file_size:
        raise danado()


def cortados(origen: Iterable[bytes], marca: bytes) -> Iterator[bytes]:
    """Los mismos bytes, cortados siempre justo antes de una `marca`: ninguna etiqueta queda partida."""
    resto = b""
    for trozo in origen:
        junto = resto + trozo
        corte = junto.rfind(marca)
        if corte > 0:
            yield junto[:corte]
            junto = junto[corte:]
        if len(junto) > _CORTE_MAXIMO:
            raise sospechoso("trae una fila o una etiqueta demasiado larga")
        resto = junto
    if resto:
        yield resto


def revisar_xml(inicio: bytes, nombre: str) -> bool:
    """True si la parte es XML en UTF-8. Problema si es XML en otra codificación, que escondería entidades."""
    if inicio.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<", b"\x00\x00\xfe\xff")):
        raise sospechoso("trae XML que no está en UTF-8")
    texto = inicio.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not texto.startswith(b"<"):
        if nombre.lower().endswith((".xml", ".rels", ".vml")) and texto:
            raise sospechoso("trae XML que no está en UTF-8")
        return False
    declarada = _CODIFICACION.match(texto)
    if declarada and declarada[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise sospechoso("trae XML que no está en UTF-8")
    return True


def revisar_entidades(trozo: bytes) -> None:
    """Problema si el XML declara DOCTYPE o ENTITY: una hoja de cálculo nunca los necesita."""
    if b"!" not in trozo:  # un solo byte se busca diez veces más rápido que dos
        return
    desde = trozo.find(b"<!")
    while desde != -1:
        if trozo[desde + 2 : desde + 3] not in (b"-", b"["):
            raise sospechoso("trae declaraciones DOCTYPE o ENTITY")
        desde = trozo.find(b"<!", desde + 2)
