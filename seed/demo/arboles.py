"""Árboles del problema de unos cuantos programas, escritos a mano: dos de ellos sin terminar."""

from functools import lru_cache

from sqlmodel import Session

from db.models.mir import ClaseNodoArbol, NodoArbol
from db.rules.arbol import NodoArbol as Nodo
from seed.demo.lote import insertar
from seed.demo.vocabulario import leer

NIVELES_DEL_ARBOL = 3
"""El problema, lo que cuelga de él y lo que cuelga de eso."""


@lru_cache
def arboles() -> dict[str, tuple[Nodo, ...]]:
    """Clave de programa → sus nodos, con identidades propias desde 1."""
    por_programa: dict[str, list[dict[str, str]]] = {}
    for r in leer("arboles.csv"):
        por_programa.setdefault(r["programa"], []).append(r)
    return {programa: _nodos(renglones) for programa, renglones in por_programa.items()}


def _nodos(renglones: list[dict[str, str]]) -> tuple[Nodo, ...]:
    ids = {r["nodo"]: n for n, r in enumerate(renglones, start=1)}
    hermanos: dict[tuple[str, str], int] = {}
    nodos = []
    for r in renglones:
        llave = r["padre"], r["clase"]
        hermanos[llave] = hermanos.get(llave, 0) + 1
        nodos.append(
            Nodo(
                ids[r["nodo"]],
                r["clase"],
                hermanos[llave],
                r["problema"],
                r["objetivo"],
                ids.get(r["padre"]),
                r["elegido"] == "si",
            )
        )
    return tuple(nodos)


def crear(session: Session, lugares: dict[str, tuple[int, int]]) -> None:
    """Guarda los árboles; `lugares`: clave de programa → (programa, ente)."""
    puestos: dict[tuple[str, int | None], int] = {}
    for _ in range(NIVELES_DEL_ARBOL):
        tanda = [
            (programa, nodo)
            for programa, nodos in arboles().items()
            for nodo in nodos
            if (programa, nodo.id) not in puestos
            and (nodo.padre_id is None or (programa, nodo.padre_id) in puestos)
        ]
        ids = insertar(
            session,
            NodoArbol,
            [
                {
                    "programa_id": lugares[programa][0],
                    "ente_id": lugares[programa][1],
                    "padre_id": puestos.get((programa, nodo.padre_id)),
                    "clase": ClaseNodoArbol(nodo.clase),
                    "orden": nodo.orden,
                    "problema": nodo.problema,
                    "objetivo": nodo.objetivo,
                    "elegido": nodo.elegido,
                }
                for programa, nodo in tanda
            ],
        )
        puestos |= {(programa, nodo.id): i for (programa, nodo), i in zip(tanda, ids, strict=True)}
