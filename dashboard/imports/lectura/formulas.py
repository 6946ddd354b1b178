"""Celdas con fórmula sin valor guardado o con error, leídas del XML: quien lee valores las da en blanco."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from dashboard.imports.lectura.direccion import fila_y_columna
from dashboard.imports.lectura.firma import TipoArchivo
from dashboard.imports.lectura.paquete import cortados, trozos

_P = rb"(?:[\w.-]+:)?"
_DIRECCION = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+[0-9]+)["']""")
_TEXTO = re.compile(rb"""\bt\s*=\s*["']str["']""")


def _patrones(p: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """(fórmula sin valor, celda de error); `p` es el prefijo de etiqueta, vacío en casi todo archivo."""
    formula = rb"<" + p + rb"f(?:\s[^>]*)?(?:/>|>[^<]*</" + p + rb"f>)\s*"
    sin_valor = rb"(?:</" + p + rb"c>|<" + p + rb"v\s*/>|<" + p + rb"v(?:\s[^>]*)?>\s*</)"
    return (
        re.compile(rb"<" + p + rb"c(\s[^>]*)>\s*" + formula + sin_valor),
        re.compile(
            rb"<" + p + rb"""c(\s[^>]*\bt\s*=\s*["']e["'][^>]*)>\s*(?:"""
            + formula + rb")?<" + p + rb"v[^>]*>([^<]*)<"
        ),
    )  # fmt: skip


_SIN_PREFIJO = _patrones(b"")
_CON_PREFIJO = _patrones(_P)


@dataclass(frozen=True, slots=True)
class CeldaSinValor:
    """Fila desde 1, columna desde 0 y lo que la celda muestra: «#REF!», o vacío si es fórmula sin valor."""

    fila: int
    columna: int
    error: str


def celdas_sin_valor(ruta: Path, tipo: TipoArchivo, parte: str, hoja: str) -> Iterator[CeldaSinValor]:
    """Celdas de `hoja` cuyo valor no se conoce."""
    with zipfile.ZipFile(ruta) as paquete:
        if parte not in paquete.namelist():
            return
        if tipo == "ods":
            yield from _en_ods(b"".join(trozos(paquete, parte)), hoja)
            return
        for trozo in cortados(trozos(paquete, parte), b"<row"):
            yield from _en_xlsx(trozo)


def _en_xlsx(trozo: bytes) -> Iterator[CeldaSinValor]:
    formula, error = _CON_PREFIJO if b":c " in trozo else _SIN_PREFIJO
    for celda in formula.finditer(trozo):
        # Una fórmula que devuelve texto vacío sí tiene valor: t="str" con <v></v>.
        if not (_TEXTO.search(celda[1]) and celda[0].endswith(b"</")):
            yield from _celda(celda[1], "")
    for celda in error.finditer(trozo):
        yield from _celda(celda[1], unescape(celda[2].decode("utf-8", "replace")))


def _celda(atributos: bytes, error: str) -> Iterator[CeldaSinValor]:
    direccion = _DIRECCION.search(atributos)
    lugar = fila_y_columna(direccion[1].decode("ascii")) if direccion else None
    if lugar:
        yield CeldaSinValor(*lugar, error)


_NOMBRE_TABLA = re.compile(rb"""<table:table\s[^>]*table:name\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>""")
_FILA_ODS = re.compile(rb"<table:table-row(\s[^>]*)?(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
_CELDA_ODS = re.compile(
    rb"<table:(?:covered-)?table-cell(\s(?:[^>\"']|\"[^\"]*\"|'[^']*')*?)?(?:/>|>(.*?)</table:(?:covered-)?table-cell>)",
    re.DOTALL,
)
_VECES = re.compile(rb"""table:number-(?:rows|columns)-repeated\s*=\s*["']([0-9]+)""")
_ERROR_ODS = re.compile(rb"<text:p[^>]*>\s*(#[^<\s]{2,20}[!?/AD]|Err:[0-9]+)\s*</text:p>")


def _veces(atributos: bytes | None) -> int:
    repetida = _VECES.search(atributos or b"")
    return int(repetida[1]) if repetida else 1


def _en_ods(xml: bytes, hoja: str) -> Iterator[CeldaSinValor]:
    tablas = list(_NOMBRE_TABLA.finditer(xml))
    for i, tabla in enumerate(tablas):
        if unescape((tabla[1] or tabla[2] or b"").decode("utf-8", "replace")) != hoja:
            continue
        fila = 1
        hasta = tablas[i + 1].start() if tablas[i + 1 :] else len(xml)
        for renglon in _FILA_ODS.finditer(xml, tabla.end(), hasta):
            cuerpo = renglon[2] or b""
            if b"table:formula" in cuerpo:
                yield from _en_fila_ods(cuerpo, fila)
            fila += _veces(renglon[1])


def _en_fila_ods(cuerpo: bytes, fila: int) -> Iterator[CeldaSinValor]:
    columna = 0
    for celda in _CELDA_ODS.finditer(cuerpo):
        atributos, contenido = celda[1] or b"", celda[2] or b""
        if b"table:formula" in atributos:
            error = _ERROR_ODS.search(contenido)
            if error or b"office:value-type" not in atributos:
                yield CeldaSinValor(fila, columna, error[1].decode("utf-8", "replace") if error else "")
        columna += _veces(atributos)
