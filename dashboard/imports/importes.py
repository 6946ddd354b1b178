"""Columnas de dinero: de texto a centavos exactos, sin pasar por flotantes y sin una llamada por celda."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.imports.lectura.valores import ValorInvalido, centavos
from dashboard.imports.renglon import Renglon, Revisor
from db.rules.texto import normal

Enteros = NDArray[np.int64]
Mascara = NDArray[np.bool_]

MESES_DEL_ANIO = 12

GUIONES = frozenset({"-", "–", "—", "−", "$-", "$ -"})
"""En un estado financiero un guion es un cero; una celda vacía no."""


@dataclass(frozen=True, slots=True)
class Importes:
    """Una columna en centavos; lo vacío vale 0 y se distingue en `vacias`."""

    campo: str
    valores: Enteros
    vacias: Mascara

    def total(self, cuentan: Mascara) -> int:
        """La suma exacta de los renglones que cuentan."""
        return int(self.valores[cuentan].sum())


def importes(revisor: Revisor, campo: str) -> Importes:
    """La columna `campo` en centavos; cada celda que no se entiende queda como problema y vale 0."""
    textos = revisor.lectura.columnas[campo]
    valores: list[int] = []
    for i, texto in enumerate(textos):
        if texto is None:
            valores.append(0)
            continue
        # Lo usual («1234.5», «1234.56», «1234») se lee sin más; lo demás pasa por el lector con reglas.
        if texto[-3:-2] == ".":
            cuerpo = texto[:-3] + texto[-2:]
        elif texto[-2:-1] == ".":
            cuerpo = f"{texto[:-2]}{texto[-1]}0"
        else:
            cuerpo = f"{texto}00"
        if cuerpo.isascii() and cuerpo.isdecimal() and len(cuerpo) < 18:
            valores.append(int(cuerpo))
        else:
            valores.append(_con_reglas(revisor, campo, i, texto))
    vacias = np.fromiter((texto is None for texto in textos), dtype=np.bool_, count=len(textos))
    return Importes(campo, _acotados(revisor, campo, valores), vacias)


def _acotados(revisor: Revisor, campo: str, valores: list[int]) -> Enteros:
    """Los importes como arreglo; lo que no dejaría sumar el archivo entero en 64 bits es un problema."""
    tope = 2**62 // (MESES_DEL_ANIO * (len(valores) + 1))
    if valores and max(max(valores), -min(valores)) >= tope:
        for i in [i for i, valor in enumerate(valores) if abs(valor) >= tope]:
            Renglon(revisor, i).falla(campo, "el importe es demasiado grande", "Revise la celda: van pesos.")
            valores[i] = 0
    return np.array(valores, dtype=np.int64)


def importe(texto: str | None) -> int | None:
    """Un importe suelto en centavos; None si está vacío. ValorInvalido si no se entiende."""
    return 0 if texto is not None and normal(texto) in GUIONES else centavos(texto)


def _con_reglas(revisor: Revisor, campo: str, i: int, texto: str) -> int:
    try:
        return importe(texto) or 0
    except ValorInvalido as error:
        Renglon(revisor, i).falla(campo, error.regla, error.remedio)
        return 0
