"""El cruce de dos clasificaciones como tabla: qué va en cada celda, en qué orden y con qué totales."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

Monto = Mapping[str, int]
"""Dinero al corte por momento, en centavos, con `modificado` y `subejercicio`."""

COLUMNAS_MAXIMAS = 24
"""Las que se alcanzan a leer; las menores se juntan en «Otros»."""

OTROS = "otros"

MEDIDAS = {
    "devengado": "Devengado",
    "modificado": "Modificado",
    "pct": "Devengado ÷ modificado",
    "subejercicio": "Subejercicio",
}


@dataclass(frozen=True, slots=True)
class Cruce:
    """Filas y columnas de mayor a menor modificado. Las celdas sin dinero no están: no son 0."""

    filas: list[str]
    columnas: list[str]
    celdas: dict[tuple[str, str], dict[str, int]]
    por_fila: dict[str, dict[str, int]]
    por_columna: dict[str, dict[str, int]]
    total: dict[str, int]


def juntar(montos: Iterable[Monto]) -> dict[str, int]:
    """La suma de varios montos, cifra por cifra; sin montos va vacía."""
    lista = list(montos)
    if len(lista) < 2:
        return dict(lista[0]) if lista else {}
    # Todos traen las mismas cifras: sumarlas por nombre cuesta menos que acumularlas una por una.
    return {nombre: sum(monto[nombre] for monto in lista) for nombre in lista[0]}


def ordenar(montos: Mapping[str, Monto]) -> list[str]:
    """Los códigos de mayor a menor modificado; a igual dinero, por código."""
    return sorted(montos, key=lambda codigo: (-montos[codigo]["modificado"], codigo))


def cruzar(celdas: Mapping[tuple[str, str], Monto], tope: int = COLUMNAS_MAXIMAS) -> Cruce:
    """La tabla de (fila, columna) → dinero. La suma de sus celdas es el total, también con «Otros»."""
    grandes = _sumar_por(celdas, 1)
    orden = ordenar(grandes)
    if len(orden) <= tope:
        puestas = {lugar: dict(monto) for lugar, monto in celdas.items()}
        por_fila = _sumar_por(puestas, 0)
        return Cruce(ordenar(por_fila), orden, puestas, por_fila, grandes, juntar(por_fila.values()))
    quedan = set(orden[: tope - 1])
    vistas: dict[tuple[str, str], list[Monto]] = {}
    for (fila, columna), monto in celdas.items():
        vistas.setdefault((fila, columna if columna in quedan else OTROS), []).append(monto)
    puestas = {lugar: juntar(montos) for lugar, montos in vistas.items()}
    por_fila, por_columna = _sumar_por(puestas, 0), _sumar_por(puestas, 1)
    columnas = [c for c in orden if c in quedan] + ([OTROS] if OTROS in por_columna else [])
    return Cruce(ordenar(por_fila), columnas, puestas, por_fila, por_columna, juntar(puestas.values()))


def _sumar_por(celdas: Mapping[tuple[str, str], Monto], lado: int) -> dict[str, dict[str, int]]:
    grupos: dict[str, list[Monto]] = {}
    for lugar, monto in celdas.items():
        grupos.setdefault(lugar[lado], []).append(monto)
    return {codigo: juntar(montos) for codigo, montos in grupos.items()}


def mayores(montos: Mapping[str, Monto], signo: int) -> list[str]:
    """Los códigos con subejercicio (signo 1) o sobreejercicio (−1), de mayor a menor importe."""
    presentes = [codigo for codigo, monto in montos.items() if monto["subejercicio"] * signo > 0]
    return sorted(presentes, key=lambda codigo: (-signo * montos[codigo]["subejercicio"], codigo))


def parte_gastada(monto: Monto) -> Decimal | None:
    """Devengado ÷ modificado × 100; None si no hay modificado del que decirlo."""
    if monto["modificado"] <= 0:
        return None
    return Decimal(monto["devengado"]) / monto["modificado"] * 100


def medida(monto: Monto | None, cual: str) -> int | Decimal | None:
    """Lo que se pide de una celda: centavos, o porcentaje si es `pct`. Sin dinero, None."""
    if monto is None:
        return None
    return parte_gastada(monto) if cual == "pct" else monto[cual]
