"""CSV ajeno: en qué codificación viene, con qué separador, y sus filas."""

import csv
import io
from itertools import islice
from pathlib import Path

from dashboard.imports.lectura.limites import LINEA_MAXIMA, Limites
from db.rules.problema import Problema

SEPARADORES = (",", ";", "\t", "|")
_GUARDAR_CSV = "Guárdelo como Libro de Excel (.xlsx) o como «CSV UTF-8 (delimitado por comas)»."
_MUESTRA = 200_000
_DANADAS = ("Ã³", "Ã±", "Ã¡", "Ã©", "Ã\xad", "ï¿½", "\ufffd")


def revisar_csv(ruta: Path) -> None:
    """Problema si el texto trae NUL o líneas enormes: no es un CSV."""
    datos = ruta.read_bytes()
    texto = datos if _utf16(datos) is None else decodificar(datos).encode("utf-8")
    if b"\x00" in texto:
        raise Problema("El archivo trae bytes nulos: no es un CSV de texto.", _GUARDAR_CSV)
    if max(map(len, texto.splitlines()), default=0) > LINEA_MAXIMA:
        raise Problema("El archivo trae una línea de más de 1 MB.", _GUARDAR_CSV)
    if sum(texto[:4096].count(b) for b in (b"\x01", b"\x02", b"\x03", b"\x04", b"\x05", b"\x08")) > 4:
        raise Problema("El archivo no es una hoja de cálculo ni un CSV.", _GUARDAR_CSV)


def _utf16(datos: bytes) -> str | None:
    """Codificación UTF-16, por su marca o porque uno de cada dos bytes es nulo; None si no lo es."""
    if datos.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    inicio = datos[:2000]
    if len(inicio) < 4:
        return None
    pares, nones = inicio[0::2].count(0), inicio[1::2].count(0)
    if nones > len(inicio) * 0.3 and not pares:
        return "utf-16-le"
    return "utf-16-be" if pares > len(inicio) * 0.3 and not nones else None


def decodificar(datos: bytes) -> str:
    """Texto en UTF-8 (con o sin marca), UTF-16, Windows-1252 o Latin-1; Problema si está cortado."""
    utf16 = _utf16(datos)
    try:
        if utf16:
            return datos.decode(utf16)
        return datos.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if utf16:
            raise Problema("El archivo está incompleto: su texto está cortado.", _GUARDAR_CSV) from error
    try:
        return datos.decode("cp1252")
    except UnicodeDecodeError:
        return datos.decode("latin-1")


def letras_danadas(texto: str) -> bool:
    """True si los acentos ya venían rotos («Ã³» en vez de «ó»)."""
    return any(marca in texto for marca in _DANADAS)


def separador_de(texto: str) -> str:
    """El separador que parte más filas en el mismo número de columnas; «sep=;» de Excel manda."""
    if texto[:4].lower() == "sep=" and len(texto) > 4:
        return texto[4]
    muestra = texto[:_MUESTRA]
    mejor, marca = ",", 0
    for separador in SEPARADORES:
        try:
            filas = list(islice(csv.reader(io.StringIO(muestra), delimiter=separador), 60))
        except csv.Error:
            continue
        anchos = [len(f) for f in filas if len(f) > 1]
        if not anchos:
            continue
        usual = max(set(anchos), key=anchos.count)
        puntos = anchos.count(usual) * min(usual, 50)
        if puntos > marca:
            mejor, marca = separador, puntos
    return mejor


def filas_csv(texto: str, limites: Limites) -> list[list[str]]:
    """Filas del CSV; Problema si hay comillas sin cerrar o se rebasan los topes."""
    csv.field_size_limit(LINEA_MAXIMA)
    lector = csv.reader(io.StringIO(texto, newline=""), delimiter=separador_de(texto), strict=True)
    filas: list[list[str]] = []
    try:
        for fila in lector:
            filas.append(fila)
            if len(filas) > limites.max_filas or len(fila) > limites.max_columnas:
                raise Problema(
                    f"El archivo tiene más de {limites.max_filas:,} filas o {limites.max_columnas} columnas.",
                    "Divídalo o quite lo que no haga falta.",
                )
    except csv.Error as error:
        raise Problema(
            f"Las comillas de la línea {lector.line_num:,} no cierran o están fuera de lugar.",
            f"Corrija esa línea. {_GUARDAR_CSV}",
        ) from error
    if texto[:4].lower() == "sep=" and filas:
        filas[0] = []
    return filas
