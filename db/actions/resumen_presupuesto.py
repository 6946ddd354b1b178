"""Los movimientos de un corte como columnas de enteros, y sus resúmenes calculados sin pasar por la base.

Se suma con enteros de 64 bits sobre los mismos arreglos que se guardan: ni redondeo ni segunda lectura.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from db.models.presupuesto import Dimension
from db.queries.presupuesto import GASTO, MOMENTOS
from db.rules.problema import Problema

Enteros = NDArray[np.int64]
MESES = 13
"""Casillas por código: los doce meses y la cero, que no se usa."""


@dataclass(frozen=True, slots=True)
class Clave:
    """Una clave presupuestaria: su texto y sus segmentos; los que no tienen columna van en `otros`."""

    clave: str
    dependencia_general: str = ""
    dependencia_auxiliar: str = ""
    programa: str = ""
    proyecto: str = ""
    fuente: str = ""
    partida: str = ""
    tipo_gasto: str = ""
    otros: dict[str, str] = field(default_factory=dict)


def _enteros(columna: Sequence[int] | Enteros) -> Enteros:
    arreglo = np.asarray(columna)
    if arreglo.size and arreglo.dtype.kind not in "iu":
        raise TypeError(f"El dinero y los meses van en enteros, no en {arreglo.dtype}.")
    return arreglo.astype(np.int64, copy=False)


@dataclass(frozen=True, slots=True)
class Movimientos:
    """Renglones por columnas: `clave` es el índice en la lista de claves; el dinero va en centavos.

    No puede haber dos renglones con la misma clave y mes. TypeError si una columna no es de enteros.
    """

    clave: Sequence[int] | Enteros
    mes: Sequence[int] | Enteros
    aprobado: Sequence[int] | Enteros
    ampliaciones: Sequence[int] | Enteros
    reducciones: Sequence[int] | Enteros
    comprometido: Sequence[int] | Enteros
    devengado: Sequence[int] | Enteros
    ejercido: Sequence[int] | Enteros
    pagado: Sequence[int] | Enteros

    def __post_init__(self) -> None:
        for campo in fields(self):
            object.__setattr__(self, campo.name, _enteros(getattr(self, campo.name)))

    def __len__(self) -> int:
        return len(self.clave)

    def columna(self, nombre: str) -> Enteros:
        """La columna como arreglo de 64 bits."""
        columna: Enteros = getattr(self, nombre)
        return columna

    def totales(self) -> dict[str, int]:
        """Total de cada momento en centavos. Problema si los importes no caben en 64 bits."""
        totales = {}
        for momento in MOMENTOS:
            valores = self.columna(momento)
            mayor = int(np.abs(valores).max()) if len(valores) else 0
            if mayor * len(valores) >= 2**63:
                raise Problema(
                    f"Los importes de {momento} son demasiado grandes para sumarse.",
                    "Revise que la columna traiga pesos y no otra cosa.",
                )
            totales[momento] = int(valores.sum())
        return totales

    def por_clave(self, claves: int) -> list[list[int]]:
        """Importes del año de cada una de las `claves`, en el orden de `MOMENTOS`."""
        de_clave = self.columna("clave")
        sumas = [_sumar(de_clave, self.columna(momento), claves) for momento in MOMENTOS]
        return [list(fila) for fila in zip(*(suma.tolist() for suma in sumas), strict=True)]

    def ultimo_mes(self) -> int:
        """Último mes con comprometido, devengado, ejercido o pagado; 0 si no hay gasto."""
        con_gasto = np.zeros(len(self), dtype=bool)
        for momento in GASTO:
            con_gasto |= self.columna(momento) != 0
        return int(self.columna("mes")[con_gasto].max()) if con_gasto.any() else 0


def codigos(claves: Sequence[Clave], dimension: Dimension) -> list[str]:
    """Código de cada clave en una dimensión; vacío si no trae el segmento."""
    match dimension:
        case Dimension.TOTAL:
            return [""] * len(claves)
        case Dimension.PROGRAMA:
            return [clave.programa or clave.proyecto[:8] for clave in claves]
        case Dimension.DEPENDENCIA_AUXILIAR:
            pares = ((clave.dependencia_general, clave.dependencia_auxiliar) for clave in claves)
            return [f"{general}-{auxiliar}" if auxiliar else "" for general, auxiliar in pares]
        case Dimension.CAPITULO:
            return [f"{clave.partida[0]}000" if clave.partida else "" for clave in claves]
        case Dimension.PROGRAMA_CAPITULO:
            partes = (codigos(claves, d) for d in (Dimension.PROGRAMA, Dimension.CAPITULO))
            return [f"{programa}|{capitulo}" for programa, capitulo in zip(*partes, strict=True)]
        case _:
            return list(map(attrgetter(dimension.value), claves))


def resumir(claves: Sequence[Clave], movimientos: Movimientos) -> Iterator[tuple[Any, ...]]:
    """Un renglón por dimensión, código y mes: (dimension, codigo, mes, claves, momentos en centavos…)."""
    de_clave, mes = movimientos.columna("clave"), movimientos.columna("mes")
    columnas = [movimientos.columna(momento) for momento in MOMENTOS]
    for dimension in Dimension:
        valor = dimension.value
        vistos: dict[str, int] = {}
        indice = [vistos.setdefault(codigo, len(vistos)) for codigo in codigos(claves, dimension)]
        casilla = np.asarray(indice, dtype=np.int64)[de_clave] * MESES + mes if len(movimientos) else mes
        largo = len(vistos) * MESES
        cuenta = np.bincount(casilla, minlength=largo)
        sumas = [_sumar(casilla, columna, largo) for columna in columnas]
        usadas = np.flatnonzero(cuenta)
        nombres = list(vistos)
        renglones = zip(*(suma[usadas].tolist() for suma in (cuenta, *sumas)), strict=True)
        for posicion, renglon in zip(usadas.tolist(), renglones, strict=True):
            yield valor, nombres[posicion // MESES], posicion % MESES, *renglon


def _sumar(casilla: Enteros, valores: Enteros, largo: int) -> Enteros:
    suma = np.zeros(largo, dtype=np.int64)
    np.add.at(suma, casilla, valores)
    return suma
