"""Obras que un comité prioriza: criterios que suman cien, calificaciones y el orden que de ellas sale."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from db.rules.problema import Problema

CIEN = Decimal(100)
ESTADOS = {
    "propuesta": ("▷", "Propuesta"),
    "priorizada": ("✔", "Priorizada"),
    "no_priorizada": ("–", "No priorizada"),
}


def exigir_criterios(criterios: Sequence[tuple[str, Decimal]]) -> None:
    """Problema (campo «criterios») sin criterios, con nombres repetidos o si los pesos no suman 100."""
    if not criterios:
        raise Problema("Faltan los criterios.", "Escriba al menos uno, con su peso.", "criterios")
    nombres = [nombre.strip().casefold() for nombre, _ in criterios]
    if not all(nombres) or len(set(nombres)) < len(nombres):
        raise Problema("Cada criterio lleva un nombre distinto.", "Corríjalos.", "criterios")
    if any(peso <= 0 for _, peso in criterios):
        raise Problema("Cada criterio pesa más de cero.", "Corríjalos o quítelo.", "criterios")
    suma = sum((peso for _, peso in criterios), Decimal(0))
    if suma != CIEN:
        raise Problema(f"Los pesos suman {suma.normalize():f}, no 100.", "Ajústelos.", "criterios")


def exigir_calificacion(valor: Decimal) -> None:
    """Problema (campo «calificaciones») fuera de 0 a 100."""
    if not 0 <= valor <= CIEN:
        raise Problema("Una calificación va de 0 a 100.", "Corríjala.", "calificaciones")


def puntaje(pesos: Mapping[int, Decimal], valores: Mapping[int, Decimal]) -> Decimal | None:
    """Suma de peso por calificación, de 0 a 100; None sin criterios o si falta calificar alguno."""
    if not pesos or pesos.keys() - valores.keys():
        return None
    return sum((peso * valores[cual] for cual, peso in pesos.items()), Decimal(0)) / CIEN


def en_orden(obras: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Las obras con su `lugar`: mayor puntaje primero; en empate, más beneficiarios; sin puntaje, al final.

    Con el mismo puntaje y los mismos beneficiarios comparten lugar; sin puntaje no lo tienen.
    """
    filas = sorted(
        obras, key=lambda o: (o["puntaje"] is None, -(o["puntaje"] or 0), -o["beneficiarios"], o["id"])
    )
    ordenadas: list[dict[str, Any]] = []
    for n, obra in enumerate(filas, start=1):
        lugar: int | None = n
        if obra["puntaje"] is None:
            lugar = None
        elif ordenadas and all(ordenadas[-1][c] == obra[c] for c in ("puntaje", "beneficiarios")):
            lugar = ordenadas[-1]["lugar"]
        ordenadas.append({**obra, "lugar": lugar})
    return ordenadas
