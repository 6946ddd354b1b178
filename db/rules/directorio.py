"""El directorio: quién aparece, con qué datos, y el aviso de privacidad que los acompaña."""

from collections.abc import Mapping, Sequence
from typing import Any

AVISO = (
    "Los datos de este directorio se usan sólo para integrar comités y grupos, capacitar y comunicarse con "
    "quien atiende cada asunto. No se publican ni se entregan a terceros. Quien aparece puede pedir que se "
    "corrijan o se retiren."
)
"""Aviso de privacidad mientras el municipio no escriba el suyo."""
SEXOS = {"mujer": "Mujer", "hombre": "Hombre", "no_dice": "No dice"}


def arbol_de_puestos(puestos: Sequence[Mapping[str, Any]]) -> list[tuple[int, Mapping[str, Any]]]:
    """(profundidad, puesto) de arriba abajo según a quién reportan; lo que reporta a nadie encabeza."""
    ids = {p["id"] for p in puestos}
    hijos: dict[int | None, list[Mapping[str, Any]]] = {}
    for p in sorted(puestos, key=lambda p: (p["nivel"], p["nombre"])):
        jefe = p["reporta_a_id"] if p["reporta_a_id"] in ids else None
        hijos.setdefault(jefe, []).append(p)
    orden: list[tuple[int, Mapping[str, Any]]] = []
    vistos: set[int] = set()

    def bajar(jefe: int | None, hondo: int) -> None:
        for p in hijos.get(jefe, []):
            if p["id"] not in vistos:
                vistos.add(p["id"])
                orden.append((hondo, p))
                bajar(p["id"], hondo + 1)

    bajar(None, 0)
    return orden
