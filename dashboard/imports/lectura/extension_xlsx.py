"""Hasta dónde llega una hoja de .xlsx, leído de su XML sin abrirla.

Quien lee la hoja reserva memoria para el rectángulo completo: una sola celda en XFD1048576 pide 512 GB.
"""

import re

from dashboard.imports.lectura.direccion import columna_de, letra_de
from dashboard.imports.lectura.limites import Limites
from db.rules.problema import Problema

_ETIQUETA = re.compile(rb"<(?:[\w.-]+:)?(row|c)(?=[\s/>])([^>]*)>")
_REFERENCIA = re.compile(rb"""\sr\s*=\s*["']\s*([^"']*)["']""")
_DIRECCION = re.compile(r"([A-Za-z]*)([0-9]+)\s*$")


def fuera_de_topes(filas: int, columnas: int, limites: Limites) -> Problema:
    """La hoja llega más lejos de lo permitido; `filas` y `columnas` cuentan desde 1."""
    return Problema(
        f"La hoja llega hasta la fila {filas:,} y la columna {letra_de(columnas - 1)}; "
        f"máximo {limites.max_filas:,} filas × {limites.max_columnas:,} columnas.",
        "Borre las filas y columnas vacías con formato (selecciónelas, clic derecho, Eliminar) y guarde.",
    )


def _mayor_que(tope: int) -> str:
    """Expresión regular de los enteros mayores que `tope`, sin ceros a la izquierda."""
    cifras = str(tope)
    partes = [rf"[0-9]{{{len(cifras) + 1},}}"]
    for i, c in enumerate(cifras):
        if c != "9":
            resto = len(cifras) - i - 1
            partes.append(f"{cifras[:i]}[{int(c) + 1}-9]" + (f"[0-9]{{{resto}}}" if resto else ""))
    return "|".join(partes)


def _letras_despues_de(ultima: str) -> str:
    """Expresión regular de las letras de columna posteriores a `ultima`."""
    partes = [rf"[A-Z]{{{len(ultima) + 1},}}"]
    for i, c in enumerate(ultima):
        if c != "Z":
            resto = len(ultima) - i - 1
            partes.append(f"{ultima[:i]}[{chr(ord(c) + 1)}-Z]" + (f"[A-Z]{{{resto}}}" if resto else ""))
    return "|".join(f"(?:{p})[0-9]" for p in partes)


class ExtensionXlsx:
    """Recibe el XML de una hoja en trozos cortados entre etiquetas y vigila filas y columnas."""

    def __init__(self, limites: Limites) -> None:
        self.limites = limites
        self._filas = 0
        self._fila = 0
        self._columna = 0
        ultima, cifras = letra_de(limites.max_columnas - 1), len(str(limites.max_filas))
        letras = rf"(?=[A-Z]{{{len(ultima)}}})(?:{_letras_despues_de(ultima)})"
        numeros = rf"[A-Z]++(?=[0-9]{{{cifras}}})(?:{_mayor_que(limites.max_filas)})"
        # Una celda vacía que sólo tiene formato («/>») no ocupa memoria y no cuenta.
        self._afuera = re.compile(rf'<c r="(?:{letras}|{numeros})[^>]*(?<!/)>'.encode())

    def recibir(self, trozo: bytes) -> None:
        """Problema si el trozo tiene más filas, o celdas más lejos, que los topes."""
        # Lo usual es que toda etiqueta que empieza con «<c» sea una celda con su dirección y sin prefijo.
        usual = trozo.count(b'<c r="')
        if not usual or usual != trozo.count(b"<c") or b":c " in trozo:
            self._despacio(trozo)
            return
        self._filas += trozo.count(b"<row")
        self._fila = max(self._fila, self._filas)
        if self._filas > self.limites.max_filas:
            raise fuera_de_topes(self._filas, 1, self.limites)
        if self._afuera.search(trozo):
            self._despacio(trozo)

    def _despacio(self, trozo: bytes) -> None:
        """Celda por celda, como las cuenta quien lee: la dirección manda; sin ella, la siguiente."""
        mayor_fila = mayor_columna = 0
        for etiqueta in _ETIQUETA.finditer(trozo):
            direccion = _REFERENCIA.search(etiqueta[2])
            if etiqueta[1] == b"row":
                self._filas += 1
                self._fila = int(direccion[1]) if direccion and direccion[1].isdigit() else self._fila + 1
                self._columna = 0
                mayor_fila = max(mayor_fila, self._filas)
                continue
            partes = _DIRECCION.match(direccion[1].decode("latin-1")) if direccion else None
            if partes:
                self._columna = columna_de(partes[1]) + 1 if partes[1] else self._columna + 1
                fila = int(partes[2])
            else:
                self._columna += 1
                fila = self._fila
            if not etiqueta[2].endswith(b"/"):
                mayor_fila, mayor_columna = max(mayor_fila, fila), max(mayor_columna, self._columna)
        if mayor_fila > self.limites.max_filas or mayor_columna > self.limites.max_columnas:
            raise fuera_de_topes(mayor_fila, max(mayor_columna, 1), self.limites)
