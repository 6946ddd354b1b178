"""El árbol del problema y su espejo, el de objetivos: qué se admite y cómo se deriva de él la MIR."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.rules.problema import Problema

PROBLEMA, CAUSA, EFECTO = "problema", "causa", "efecto"

HONDO_MAXIMO = 6
"""Niveles de causas o de efectos: más no se pueden leer ni dibujar."""

_CONTRIBUYE = re.compile(r"^contribu(?:ir|ye)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NodoArbol:
    """Un nodo: en negativo (`problema`) y en positivo (`objetivo`, vacío si falta redactarlo).

    Cuelga hacia el problema: una causa, de lo que causa; un efecto, de lo que lo produce.
    """

    id: int
    clase: str
    orden: int
    problema: str
    objetivo: str = ""
    padre_id: int | None = None
    elegido: bool = True


@dataclass(frozen=True, slots=True)
class Derivado:
    """Un renglón de MIR que sale del árbol; `componente`: de una actividad, la posición del suyo desde 1."""

    nivel: str
    resumen: str
    nodo_id: int
    orden: int = 1
    componente: int | None = None


def hijos_de(nodos: Sequence[NodoArbol]) -> dict[int | None, list[NodoArbol]]:
    """Los nodos por su padre, en orden."""
    hijos: dict[int | None, list[NodoArbol]] = {}
    for nodo in sorted(nodos, key=lambda n: (n.orden, n.id)):
        hijos.setdefault(nodo.padre_id, []).append(nodo)
    return hijos


def central(nodos: Sequence[NodoArbol]) -> NodoArbol | None:
    """El problema; None si aún no se escribe."""
    return next((n for n in nodos if n.clase == PROBLEMA), None)


def ruta(nodos: Mapping[int, NodoArbol], nodo_id: int | None) -> list[int]:
    """De un nodo hasta el problema; se detiene si el árbol se muerde la cola."""
    camino: list[int] = []
    while nodo_id is not None and nodo_id in nodos and nodo_id not in camino:
        camino.append(nodo_id)
        nodo_id = nodos[nodo_id].padre_id
    return camino


def exigir_lugar(
    nodos: Sequence[NodoArbol], *, nodo_id: int | None, clase: str, padre_id: int | None
) -> None:
    """Problema si un nodo (None: nuevo) de esa clase no puede colgar de ese padre."""
    por_id = {n.id: n for n in nodos}
    if clase == PROBLEMA:
        actual = central(nodos)
        if actual is not None and actual.id != nodo_id:
            raise Problema("El árbol ya tiene su problema central.", "Corrija el que está.", campo="clase")
        return
    padre = por_id.get(padre_id or 0)
    if padre is None:
        raise Problema(
            "Falta de qué cuelga.", "Escriba primero el problema central y elíjalo aquí.", campo="padre"
        )
    if padre.clase not in (PROBLEMA, clase):
        raise Problema(
            "Una causa cuelga del problema o de otra causa; un efecto, del problema o de otro efecto.",
            "Elija otro lugar.",
            campo="padre",
        )
    camino = ruta(por_id, padre.id)
    if nodo_id in camino:
        raise Problema("Un nodo no puede colgar de sí mismo.", "Elija otro lugar.", campo="padre")
    if len(camino) > HONDO_MAXIMO:
        raise Problema(f"El árbol admite {HONDO_MAXIMO} niveles.", "Cuélguelo más arriba.", campo="padre")


def derivar(nodos: Sequence[NodoArbol]) -> list[Derivado]:
    """La MIR del árbol de objetivos, en el orden Fin, Propósito, Componentes y Actividades.

    Fin: el fin más alto. Propósito: el objetivo central. Componentes: los medios directos elegidos.
    Actividades: los medios elegidos de cada uno. Problema si falta el árbol o algún nodo en positivo.
    """
    problema = central(nodos)
    if problema is None:
        raise Problema("Todavía no hay árbol.", "Escriba el problema central, sus causas y sus efectos.")
    hijos = hijos_de(nodos)
    medios = [n for n in hijos.get(problema.id, []) if n.clase == CAUSA and n.elegido]
    if not medios:
        raise Problema(
            "El árbol no tiene medios elegidos.", "Agregue causas directas y elija su alternativa."
        )
    ultimo = _fin_mas_alto(hijos, problema)
    if ultimo is None:
        raise Problema("El árbol no tiene fines.", "Agregue al menos un efecto del problema.")
    actividades = [
        (n, componente, medio)
        for componente, directo in enumerate(medios, start=1)
        for n, medio in enumerate((m for m in hijos.get(directo.id, []) if m.elegido), start=1)
    ]
    _exigir_positivos([ultimo, problema, *medios, *(medio for _, _, medio in actividades)])
    return [
        Derivado("fin", contribuir(ultimo.objetivo), ultimo.id),
        Derivado("proposito", problema.objetivo, problema.id),
        *(Derivado("componente", m.objetivo, m.id, orden) for orden, m in enumerate(medios, start=1)),
        *(Derivado("actividad", m.objetivo, m.id, n, componente) for n, componente, m in actividades),
    ]


def _fin_mas_alto(hijos: Mapping[int | None, list[NodoArbol]], problema: NodoArbol) -> NodoArbol | None:
    """El efecto elegido más lejano del problema; entre iguales, el primero."""
    mejor: tuple[int, NodoArbol] | None = None
    pendientes = [(1, n) for n in hijos.get(problema.id, []) if n.clase == EFECTO]
    while pendientes:
        hondo, nodo = pendientes.pop(0)
        if nodo.elegido and (mejor is None or hondo > mejor[0]):
            mejor = hondo, nodo
        pendientes += [(hondo + 1, hijo) for hijo in hijos.get(nodo.id, [])]
    return mejor[1] if mejor else None


def _exigir_positivos(nodos: Sequence[NodoArbol]) -> None:
    faltan = [n.problema for n in nodos if not n.objetivo.strip()]
    if faltan:
        nombres = ", ".join(f"«{texto}»" for texto in faltan[:3])
        raise Problema(
            f"Falta redactar en positivo {nombres}{' y otros' if len(faltan) > 3 else ''}.",
            "Escriba el objetivo de cada nodo elegido.",
        )


def contribuir(objetivo: str) -> str:
    """El objetivo como Fin: «Contribuir a que…» según cómo empiece."""
    texto = objetivo.strip()
    if _CONTRIBUYE.match(texto):
        return texto
    primera = texto.split()[0] if texto else ""
    # Una sigla o un nombre propio conserva su mayúscula.
    inicio = texto if primera[1:] != primera[1:].lower() else texto[:1].lower() + texto[1:]
    return re.sub(r"^Contribuir a el ", "Contribuir al ", f"Contribuir a {inicio}")
