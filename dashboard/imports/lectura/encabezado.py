"""Dónde está el encabezado y qué columna es cada campo: por nombre, nunca por posición."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Protocol

from dashboard.imports.lectura.celdas import texto_de
from dashboard.imports.lectura.direccion import letra_de
from dashboard.imports.lectura.hojas import Hoja
from db.rules.texto import llave

FILAS_DE_BUSQUEDA = 60
"""Filas desde arriba en las que puede estar el encabezado."""

_NIVELES = 3
_NUMERACION = re.compile(r"\(?\d{1,2}\)?(\s*=\s*[\d\s+\-−–()]+)?")
_SIGNOS = re.compile(r"[^0-9a-z%#]+")


class ColumnaBuscada(Protocol):
    """Lo que el buscador necesita saber de la columna de un formato."""

    @property
    def nombre(self) -> str: ...
    @property
    def alias(self) -> tuple[str, ...]: ...
    @property
    def obligatoria(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Columna:
    """Columna que un formato espera: `nombre` es el campo; `alias`, otros encabezados que se aceptan."""

    nombre: str
    alias: tuple[str, ...] = ()
    obligatoria: bool = True


@dataclass(slots=True)
class Encabezado:
    """Encabezado hallado en una hoja.

    `fila` es la última fila del encabezado (desde 1) y `base` la de los títulos más bajos; `campos`, por
    campo, las posiciones en la fila leída (más de una si la columna está repetida); `titulos`, el
    encabezado completo de cada posición.
    """

    hoja: Hoja
    fila: int
    base: int
    niveles: int
    campos: dict[str, list[int]]
    titulos: dict[int, str]
    faltan: list[str] = field(default_factory=list)

    @property
    def desconocidas(self) -> list[str]:
        """Encabezados que no corresponden a ningún campo."""
        usadas = {p for posiciones in self.campos.values() for p in posiciones}
        return [t for p, t in self.titulos.items() if p not in usadas]

    @property
    def previas(self) -> list[str]:
        """Lo que dicen las filas de títulos de arriba, una por renglón."""
        arriba = islice(self.hoja.filas(), self.base - self.niveles)
        return [texto for fila in arriba if (texto := " ".join(t for v in fila if (t := texto_de(v))))]

    def bajo_una_celda(self, posiciones: Sequence[int]) -> bool:
        """True si comparten una celda combinada por título: son partes de un mismo dato."""
        primera, ultima = (self.hoja.primera_columna + p for p in (posiciones[0], posiciones[-1]))
        return len(posiciones) > 1 and any(
            f0 < self.base <= f1 + 1 and c0 <= primera and ultima <= c1
            for f0, c0, f1, c1 in self.hoja.combinadas or ()
        )

    def letra(self, posicion: int) -> str:
        """Letra de la columna en la hoja."""
        return letra_de(self.hoja.primera_columna + posicion)


@lru_cache(maxsize=8192)
def clave_titulo(titulo: str) -> str:
    """Encabezado sin acentos, mayúsculas ni puntuación: «Clave_Programa:» → «clave programa»; «%» queda."""
    return _SIGNOS.sub(" ", llave(titulo)).strip()


def catalogo(columnas: Sequence[ColumnaBuscada]) -> dict[str, tuple[str, int]]:
    """Clave de título → (campo, 0 si es su nombre o 1 si es alias); el nombre manda sobre el alias ajeno."""
    claves: dict[str, tuple[str, int]] = {}
    for columna in columnas:
        claves[clave_titulo(columna.nombre)] = (columna.nombre, 0)
    for columna in columnas:
        for alias in columna.alias:
            claves.setdefault(clave_titulo(alias), (columna.nombre, 1))
    return claves


def encabezado_de(hoja: Hoja, columnas: Sequence[ColumnaBuscada]) -> Encabezado | None:
    """El mejor encabezado de la hoja, o None si ninguna fila nombra siquiera una columna."""
    rejilla = _rejilla(hoja)
    claves = catalogo(columnas)
    mejor: Encabezado | None = None
    for fila in range(len(rejilla)):
        for niveles in range(1, min(_NIVELES, fila + 1) + 1):
            campos, titulos = _emparejar(rejilla[fila + 1 - niveles : fila + 1], claves)
            if campos and (mejor is None or len(campos) > len(mejor.campos)):
                mejor = Encabezado(hoja, fila + 1, fila + 1, niveles, campos, titulos)
    if mejor is None:
        return None
    mejor.fila = _ultima_fila(mejor, rejilla)
    mejor.faltan = [c.nombre for c in columnas if c.obligatoria and c.nombre not in mejor.campos]
    return mejor


def _rejilla(hoja: Hoja) -> list[list[str]]:
    """Primeras filas como texto, con las celdas combinadas desplegadas."""
    filas = [[texto_de(v) or "" for v in fila] for fila in islice(hoja.filas(), FILAS_DE_BUSQUEDA)]
    for f0, c0, f1, c1 in hoja.combinadas or ():
        if f0 >= len(filas) or f1 - f0 >= _NIVELES + 2:
            continue
        desde = c0 - hoja.primera_columna
        for fila in filas[f0 : f1 + 1]:
            for posicion in range(max(desde, 0), min(c1 - hoja.primera_columna + 1, len(fila))):
                if 0 <= desde < len(filas[f0]):
                    fila[posicion] = filas[f0][desde]
    return filas


def _extendida(fila: list[str], abajo: list[str]) -> list[str]:
    """Un grupo sin combinar cubre las celdas vacías a su derecha mientras haya título debajo."""
    resultado, ultimo = list(fila), ""
    for i, titulo in enumerate(fila):
        ultimo = titulo or (ultimo if i < len(abajo) and abajo[i] else "")
        resultado[i] = ultimo
    return resultado


def _emparejar(
    niveles: list[list[str]], claves: dict[str, tuple[str, int]]
) -> tuple[dict[str, list[int]], dict[int, str]]:
    """Campo → posiciones, y posición → título completo, para un encabezado de uno o más niveles."""
    extendidos = [_extendida(a, niveles[-1]) for a in niveles[:-1]] + [niveles[-1]]
    hallados: dict[str, list[tuple[int, int]]] = {}
    titulos: dict[int, str] = {}
    for posicion in range(len(niveles[-1])):
        pila = [f[posicion].strip() for f in extendidos if posicion < len(f) and f[posicion].strip()]
        pila = [t for i, t in enumerate(pila) if i == 0 or t != pila[i - 1]]
        if not pila:
            continue
        titulos[posicion] = " ".join(" · ".join(pila).split())
        for candidato in _candidatos(pila):
            if candidato in claves:
                campo, prioridad = claves[candidato]
                hallados.setdefault(campo, []).append((prioridad, posicion))
                break
    campos = {}
    for campo, opciones in hallados.items():
        preferida = min(p for p, _ in opciones)
        campos[campo] = [posicion for p, posicion in opciones if p == preferida]
    return campos, titulos


def _candidatos(pila: list[str]) -> list[str]:
    """Claves posibles de una columna, de la más específica a la menos: «primer trimestre abs», «abs»."""
    uniones = [pila[i:] for i in range(len(pila))]
    if len(pila) > 2:
        uniones.insert(1, [pila[0], pila[-1]])
    return [clave_titulo(" ".join(u)) for u in uniones]


def _ultima_fila(encabezado: Encabezado, rejilla: list[list[str]]) -> int:
    """Última fila del encabezado: lo alarga una celda combinada hacia abajo o una numeración «3=(1+2)»."""
    hoja, fila = encabezado.hoja, encabezado.fila
    usadas = {hoja.primera_columna + p for posiciones in encabezado.campos.values() for p in posiciones}
    for f0, c0, f1, _ in hoja.combinadas or ():
        if f0 < fila <= f1 < f0 + _NIVELES + 2 and c0 in usadas:
            fila = f1 + 1
    if fila < len(rejilla) and es_numeracion(rejilla[fila]):
        fila += 1
    return fila


def es_numeracion(fila: Sequence[str]) -> bool:
    """True si la fila sólo numera las columnas, como pide el EAEPE: «1», «2», «3=(1+2)»."""
    textos = [t for t in fila if t]
    return any("=" in t for t in textos) and all(_NUMERACION.fullmatch(t.strip()) for t in textos)
