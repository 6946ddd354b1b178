"""Revisión de un archivo antes de abrirlo: lo que podría tumbar a quien lee se rechaza aquí."""

import re
import zipfile
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from dashboard.imports.lectura.csv_texto import revisar_csv
from dashboard.imports.lectura.extension_ods import ExtensionOds
from dashboard.imports.lectura.extension_xlsx import ExtensionXlsx
from dashboard.imports.lectura.firma import TipoArchivo, firma
from dashboard.imports.lectura.limites import CELDA_MAXIMA, Limites
from dashboard.imports.lectura.paquete import (
    abrir,
    cortados,
    revisar_entidades,
    revisar_xml,
    sospechoso,
    tipo_de,
    trozos,
)
from db.rules.problema import Problema

_HOJA = re.compile(rb"<(?:[\w.-]+:)?worksheet[\s>]")
_TEXTOS = re.compile(rb"<(?:[\w.-]+:)?sst[\s>]")


@dataclass(slots=True)
class Informe:
    """Lo que averiguó el preescaneo: tipo y partes con fórmulas o errores que se revisan celda a celda."""

    tipo: TipoArchivo
    con_formulas: set[str] = field(default_factory=set)


def preescanear(ruta: Path, nombre: str, limites: Limites) -> TipoArchivo:
    """Tipo del archivo según su contenido, o Problema que dice por qué no se acepta y qué hacer."""
    return informe(ruta, nombre, limites).tipo


def informe(ruta: Path, nombre: str, limites: Limites) -> Informe:
    """Como `preescanear`, con lo demás que se vio de paso. `nombre` sólo sirve para los mensajes."""
    tamano = ruta.stat().st_size
    if tamano > limites.max_bytes:
        raise Problema(
            f"«{nombre}» pesa {tamano / 2**20:,.1f} MB; máximo {limites.max_bytes / 2**20:,.0f} MB.",
            "Quite imágenes y hojas que no hagan falta, o divídalo.",
        )
    if firma(ruta) == "texto":
        revisar_csv(ruta)
        return Informe("csv")
    with abrir(ruta, limites) as paquete:
        resultado = Informe(tipo_de(paquete))
        for parte in paquete.infolist():
            if not parte.is_dir():
                _revisar_parte(paquete, parte.filename, limites, resultado)
    return resultado


def _revisar_parte(paquete: zipfile.ZipFile, nombre: str, limites: Limites, resultado: Informe) -> None:
    """Recorre una parte completa; si es XML vigila entidades y, si es una hoja, sus bordes."""
    origen = trozos(paquete, nombre)
    primero = next(origen, b"")
    if not revisar_xml(primero[:1024], nombre):
        for _ in origen:  # hasta el final: también se comprueba que mida lo que declara
            pass
        return
    es_ods = resultado.tipo == "ods" and nombre == "content.xml"
    extension: ExtensionOds | ExtensionXlsx | None = None
    if es_ods:
        extension = ExtensionOds(limites)
    elif resultado.tipo == "xlsx" and _HOJA.search(primero[:4096]):
        extension = ExtensionXlsx(limites)
    son_textos = bool(_TEXTOS.search(primero[:4096]))
    for trozo in cortados(chain([primero], origen), b"<table:table-row" if es_ods else b"<"):
        revisar_entidades(trozo)
        if extension:
            extension.recibir(trozo)
            if nombre not in resultado.con_formulas and _hay_que_revisar(trozo, resultado.tipo):
                resultado.con_formulas.add(nombre)
        if son_textos and max(map(len, trozo.split(b"<si>"))) > CELDA_MAXIMA:
            raise sospechoso("trae un texto de celda demasiado largo")
    if isinstance(extension, ExtensionOds):
        extension.terminar()


def _hay_que_revisar(trozo: bytes, tipo: TipoArchivo) -> bool:
    """True si hay fórmulas o celdas de error: su valor puede faltar y quien lee valores no lo diría."""
    if tipo == "ods":
        return b"table:formula" in trozo
    return b"</f>" in trozo or b't="e"' in trozo or (b"'" in trozo and b"t='e'" in trozo)
