"""Hasta dónde llega cada hoja de un .ods, sumando filas y columnas repetidas antes de desplegarlas."""

import re
from xml.parsers import expat

from dashboard.imports.lectura.extension_xlsx import fuera_de_topes
from dashboard.imports.lectura.limites import Limites
from dashboard.imports.lectura.paquete import danado

_REPETIDAS = re.compile(rb"""table:number-columns-repeated\s*=\s*["']\s*\+?([0-9]+)""")
_FILAS_REPETIDAS = re.compile(rb"""table:number-rows-repeated\s*=\s*["']\s*\+?([0-9]+)""")
_FILA = re.compile(rb"<(/?)table:(table|table-row)(?=[\s/>])([^>]*)>")
_CELDA = re.compile(rb"<table:(?:covered-)?table-cell(?=[\s/>])([^>]*)>")


class ExtensionOds:
    """Recibe content.xml en trozos cortados antes de una fila y vigila filas y columnas de cada hoja.

    LibreOffice rellena hasta la fila 1,048,576 con una fila vacía repetida: lo vacío al final no cuenta.
    """

    def __init__(self, limites: Limites) -> None:
        self.limites = limites
        self._filas = 0
        self._vacias = 0
        self._xml = expat.ParserCreate()

    def recibir(self, trozo: bytes) -> None:
        """Problema si alguna hoja rebasa los topes o el XML no está bien formado."""
        self._bien_formado(trozo)
        etiquetas = list(_FILA.finditer(trozo))
        for i, etiqueta in enumerate(etiquetas):
            cierre, nombre, atributos = etiqueta.groups()
            if nombre == b"table":
                self._filas = self._vacias = 0
            elif not cierre:
                hasta = etiquetas[i + 1].start() if i + 1 < len(etiquetas) else len(trozo)
                self._fila(atributos, trozo[etiqueta.end() : hasta])

    def terminar(self) -> None:
        """Problema si el XML quedó abierto: python-calamine 0.9 daría vueltas sin fin buscando el cierre."""
        self._bien_formado(b"", final=True)

    def _bien_formado(self, trozo: bytes, final: bool = False) -> None:
        try:
            self._xml.Parse(trozo, final)
        except expat.ExpatError as error:
            raise danado() from error

    def _fila(self, atributos: bytes, cuerpo: bytes) -> None:
        veces = _FILAS_REPETIDAS.search(atributos)
        repetidas = int(veces[1]) if veces else 1
        columnas = self._columnas(cuerpo)
        if not columnas:
            self._vacias += repetidas
            return
        self._filas += self._vacias + repetidas
        self._vacias = 0
        if self._filas > self.limites.max_filas or columnas > self.limites.max_columnas:
            raise fuera_de_topes(self._filas, columnas, self.limites)

    def _columnas(self, cuerpo: bytes) -> int:
        """Última columna con dato en la fila, contando desde 1; 0 si está vacía."""
        if b"office:value-type" not in cuerpo and b"text:p" not in cuerpo and b"table:formula" not in cuerpo:
            return 0
        cuenta = ultima = 0
        celdas = list(_CELDA.finditer(cuerpo))
        for i, celda in enumerate(celdas):
            repetida = _REPETIDAS.search(celda[1])
            cuenta += int(repetida[1]) if repetida else 1
            hasta = celdas[i + 1].start() if i + 1 < len(celdas) else len(cuerpo)
            con_texto = cuerpo.find(b"text:p", celda.end(), hasta) != -1
            if con_texto or b"office:value-type" in celda[1] or b"table:formula" in celda[1]:
                ultima = cuenta
        return ultima
