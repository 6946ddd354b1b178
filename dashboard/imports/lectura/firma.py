"""Qué es un archivo según su contenido; la extensión no decide."""

from pathlib import Path
from typing import Literal

from db.rules.problema import Problema

TipoArchivo = Literal["csv", "xlsx", "ods"]

GUARDAR_XLSX = "Ábralo en Excel o LibreOffice y guárdelo como Libro de Excel (.xlsx)."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AJENOS = (
    (b"%PDF", "un PDF"),
    (b"\x89PNG", "una imagen"),
    (b"\xff\xd8\xff", "una imagen"),
    (b"GIF8", "una imagen"),
    (b"\x1f\x8b", "un archivo comprimido"),
    (b"Rar!", "un archivo comprimido"),
    (b"7z\xbc\xaf", "un archivo comprimido"),
    (b"{\\rtf", "un documento de texto"),
    (b"MZ", "un programa"),
    (b"\x7fELF", "un programa"),
)
_MARCAS_HTML = (b"<html", b"<!doctype", b"<table", b"<head", b"<body", b"<meta", b"<style")


def firma(ruta: Path) -> Literal["zip", "texto"]:
    """Contenedor del archivo: «zip» (xlsx, ods) o «texto» (csv).

    Problema si está vacío o es de otra clase: Excel anterior a 2007, con contraseña, HTML, PDF, imagen…
    """
    with ruta.open("rb") as archivo:
        inicio = archivo.read(4096)
    if not inicio.strip(b"\x00\t\r\n "):
        raise Problema("El archivo está vacío.", "Revise que sea el archivo correcto y que tenga datos.")
    if inicio.startswith(_OLE):
        raise _ole(ruta)
    if inicio.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    for marca, que_es in _AJENOS:
        if inicio.startswith(marca):
            raise Problema(f"El archivo es {que_es}, no una hoja de cálculo.", GUARDAR_XLSX)
    _rechazar_marcado(inicio)
    return "texto"


def _ole(ruta: Path) -> Problema:
    """Un contenedor OLE es un .xls o un libro cifrado con contraseña."""
    cifrado = "EncryptedPackage".encode("utf-16-le")
    if cifrado in ruta.read_bytes():
        return Problema(
            "El archivo está protegido con contraseña.",
            "Quite la contraseña en Excel (Archivo, Información, Proteger libro) y vuelva a guardarlo.",
        )
    return Problema("El archivo es de una versión anterior de Excel (.xls).", GUARDAR_XLSX)


def _rechazar_marcado(inicio: bytes) -> None:
    """Problema si el texto es HTML o XML: sistemas que «exportan a Excel» una página web."""
    texto = inicio.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not texto.startswith(b"<"):
        return
    if any(marca in texto for marca in _MARCAS_HTML):
        raise Problema("El archivo es una página web (HTML) con nombre de hoja de cálculo.", GUARDAR_XLSX)
    raise Problema("El archivo es XML, no una hoja de cálculo.", GUARDAR_XLSX)
