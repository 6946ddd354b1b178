"""De las filas de una hoja a columnas de texto por bloques: sin filas en blanco y con los totales aparte."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from dashboard.imports.lectura.celdas import ERRORES, textos
from dashboard.imports.lectura.encabezado import Encabezado, clave_titulo
from dashboard.imports.lectura.formulas import CeldaSinValor
from dashboard.imports.lectura.problema_celda import ProblemaCelda
from db.rules.problema import Problema

BLOQUE = 2000
PROBLEMAS_MAXIMOS = 1000

_TOTAL = re.compile(r"(?:gran |sub ?)?total(?:es)?(?: |$)|sumas?(?: total(?:es)?)?$")
_INICIALES = frozenset("TtSsGg \u00a0'")
_REMEDIO_FORMULA = "Abra el archivo en Excel, guárdelo y vuelva a subirlo; o escriba el valor en la celda."


@dataclass(frozen=True, slots=True)
class FilaTotal:
    """Fila de totales del archivo: no se cuenta, sirve para cuadrar. `celdas` va por campo."""

    fila: int
    celdas: dict[str, str | None]


@dataclass(slots=True)
class Bloque:
    """Unas filas leídas: sus números en la hoja y, en el orden de los campos, sus textos."""

    filas: list[int]
    columnas: list[list[str | None]]


@dataclass(slots=True)
class Extraccion:
    """Recorre una hoja; al terminar, `totales`, `problemas` y `avisos` están completos."""

    encabezado: Encabezado
    sin_valor: Sequence[CeldaSinValor] = ()
    totales: list[FilaTotal] = field(default_factory=list)
    problemas: list[ProblemaCelda] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)
    _omitidos: int = 0
    _sin_titulo: set[int] = field(default_factory=set)

    def bloques(self) -> Iterator[Bloque]:
        """Las filas de datos. Problema si dos columnas del mismo campo traen datos distintos."""
        encabezado = self.encabezado
        filas = islice(encabezado.hoja.filas(), encabezado.fila, None)
        numero = encabezado.fila + 1
        while lote := list(islice(filas, BLOQUE)):
            yield self._bloque(lote, numero)
            numero += len(lote)
        self._reportar_celdas_sin_valor()
        if self._omitidos:
            self.avisos.append(f"Hay otras {self._omitidos:,} celdas con problemas que no se enlistan.")
        if self._sin_titulo:
            letras = ", ".join(encabezado.letra(p) for p in sorted(self._sin_titulo))
            self.avisos.append(f"Hay datos sin encabezado que no se leyeron (columnas {letras}).")

    def _bloque(self, lote: list[Sequence[Any]], numero: int) -> Bloque:
        por_columna = list(zip(*lote, strict=True))
        campos = self.encabezado.campos
        columnas = [self._columna(campo, p, por_columna, numero) for campo, p in campos.items()]
        self._vigilar_sin_titulo(por_columna, lote, numero)
        fuera = {i for i, celdas in enumerate(zip(*columnas, strict=True)) if not any(celdas)}
        for i, fila in enumerate(lote):
            if es_total(fila) and i not in fuera:
                fuera.add(i)
                celdas = {campo: c[i] for campo, c in zip(campos, columnas, strict=True)}
                self.totales.append(FilaTotal(numero + i, celdas))
        quedan = [i for i in range(len(lote)) if i not in fuera]
        if fuera:
            columnas = [[c[i] for i in quedan] for c in columnas]
        return Bloque([numero + i for i in quedan], columnas)

    def _columna(
        self, campo: str, posiciones: list[int], por_columna: list[tuple[Any, ...]], numero: int
    ) -> list[str | None]:
        """Textos de un campo; las celdas de error quedan en None y como problema."""
        columna = textos(por_columna[posiciones[0]])
        bajo_una_celda = self.encabezado.bajo_una_celda(posiciones)
        if bajo_una_celda:
            columna = [
                _junto(partes) for partes in zip(*(textos(por_columna[p]) for p in posiciones), strict=True)
            ]
        for otra in () if bajo_una_celda else posiciones[1:]:
            if textos(por_columna[otra]) != columna:
                letras = " y ".join(self.encabezado.letra(p) for p in posiciones)
                raise Problema(
                    f"Es ambiguo qué columna es «{campo}»: {letras} se llaman igual y traen datos distintos.",
                    "Deje sólo una de ellas o cambie el nombre de la otra.",
                )
        if not ERRORES.isdisjoint(columna):
            for i, texto in enumerate(columna):
                if texto in ERRORES:
                    self._agregar(numero + i, posiciones[0], str(texto), *_error(str(texto)))
                    columna[i] = None
        return columna

    def _vigilar_sin_titulo(
        self, por_columna: list[tuple[Any, ...]], lote: list[Sequence[Any]], numero: int
    ) -> None:
        """Datos bajo ningún título: en un libro se avisa; en un CSV la fila está mal separada."""
        ultima = max(self.encabezado.titulos, default=-1)
        for posicion, valores in enumerate(por_columna):
            if posicion in self.encabezado.titulos or posicion in self._sin_titulo or not any(valores):
                continue
            if self.encabezado.hoja.rectangular or posicion < ultima:
                self._sin_titulo.add(posicion)
        if self.encabezado.hoja.rectangular or len(por_columna) <= ultima + 1:
            return
        for i, fila in enumerate(lote):
            if any(fila[ultima + 1 :]):
                self._agregar(
                    numero + i,
                    ultima + 1,
                    str(next(v for v in fila[ultima + 1 :] if v)),
                    "la fila tiene más columnas que el encabezado",
                    "Escriba entre comillas los textos que llevan comas y los números con comas de millar.",
                )

    def _reportar_celdas_sin_valor(self) -> None:
        """Sólo las de columnas que se leen y filas de datos; en una fila de totales no impiden cargar."""
        posiciones = {p for lista in self.encabezado.campos.values() for p in lista}
        de_totales = {t.fila for t in self.totales}
        for celda in self.sin_valor:
            posicion = celda.columna - self.encabezado.hoja.primera_columna
            if posicion not in posiciones or celda.fila <= self.encabezado.fila:
                continue
            grave = celda.fila not in de_totales
            regla, remedio = _error(celda.error) if celda.error else ("fórmula sin valor", _REMEDIO_FORMULA)
            self._agregar(celda.fila, posicion, celda.error, regla, remedio, grave)

    def _agregar(
        self, fila: int, posicion: int, valor: str, regla: str, remedio: str, grave: bool = True
    ) -> None:
        if len(self.problemas) >= PROBLEMAS_MAXIMOS:
            self._omitidos += 1
            return
        celda = f"{self.encabezado.letra(posicion)}{fila}"
        self.problemas.append(ProblemaCelda(self.encabezado.hoja.nombre, celda, valor, regla, remedio, grave))


def _junto(partes: Sequence[str | None]) -> str | None:
    """Lo repartido bajo un mismo título; un espacio por columna vacía conserva la sangría."""
    sangria = next((i for i, parte in enumerate(partes) if parte), 0)
    return " " * sangria + " ".join(parte for parte in partes if parte) or None


def _error(texto: str) -> tuple[str, str]:
    return f"la celda tiene el error {texto}", "Corrija la fórmula o escriba el valor."


def es_total(fila: Sequence[Any]) -> bool:
    """True si lo primero que dice la fila es «TOTAL…», «Subtotal» o «Suma»; tras un código es un dato."""
    for valor in fila:
        if valor.__class__ is not str:
            return False
        if valor and not valor.isspace():
            return valor[0] in _INICIALES and _TOTAL.match(clave_titulo(valor[:60])) is not None
    return False
