"""Un árbol de problemas o de objetivos dibujado: efectos arriba, el problema en medio y causas abajo."""

from collections.abc import Mapping, Sequence
from html import escape
from textwrap import wrap
from typing import Any

Nodo = Mapping[str, Any]

ANCHO, SEPARA, RENGLON, LETRAS = 190, 22, 15, 27
MARGEN, BAJA = 12, 46
FUENTE = "Public Sans"


class _Lienzo:
    def __init__(self) -> None:
        self.cajas: list[tuple[float, float, float, list[str], bool]] = []
        self.rayas: list[tuple[float, float, float, float]] = []


def dibujar(nodos: Sequence[Nodo], campo: str) -> bytes | None:
    """El SVG; `campo` es «problema» u «objetivo». None si no hay un nodo central.

    Cada nodo trae id, padre_id, clase (problema, causa o efecto), orden y los dos textos.
    """
    centro = next((n for n in nodos if n["clase"] == "problema"), None)
    if centro is None:
        return None
    lienzo = _Lienzo()
    ramas = {clase: _hijos(nodos, clase) for clase in ("efecto", "causa")}
    anchos = {clase: _ancho(ramas[clase], centro["id"]) for clase in ramas}
    ancho = max(*anchos.values(), ANCHO * 2.0)
    x = ancho / 2
    medio = _renglones(centro, campo, LETRAS * 2)
    alto = _alto(medio)
    lienzo.cajas.append((x, 0, ANCHO * 2, medio, True))
    _rama(lienzo, ramas["efecto"], centro["id"], (x, 0), (ancho - anchos["efecto"]) / 2, campo, -1, alto)
    _rama(lienzo, ramas["causa"], centro["id"], (x, 0), (ancho - anchos["causa"]) / 2, campo, 1, alto)
    return _svg(lienzo, ancho)


def _hijos(nodos: Sequence[Nodo], clase: str) -> dict[int, list[Nodo]]:
    hijos: dict[int, list[Nodo]] = {}
    for nodo in sorted(nodos, key=lambda n: (n["orden"], n["id"])):
        if nodo["clase"] == clase and nodo["padre_id"] is not None:
            hijos.setdefault(nodo["padre_id"], []).append(nodo)
    return hijos


def _ancho(hijos: Mapping[int, Sequence[Nodo]], cual: int) -> float:
    suyos = hijos.get(cual, ())
    return sum(_ancho(hijos, n["id"]) for n in suyos) if suyos else float(ANCHO + SEPARA)


def _rama(
    lienzo: _Lienzo,
    hijos: Mapping[int, Sequence[Nodo]],
    cual: int,
    desde: tuple[float, float],
    izquierda: float,
    campo: str,
    sentido: int,
    alto: float,
) -> None:
    """Los hijos de un nodo, cada uno centrado sobre (o bajo) los suyos."""
    for nodo in hijos.get(cual, ()):
        propio = _ancho(hijos, nodo["id"])
        renglones = _renglones(nodo, campo, LETRAS)
        suyo = _alto(renglones)
        x = izquierda + propio / 2
        y = desde[1] + sentido * (alto / 2 + BAJA + suyo / 2)
        lienzo.rayas.append((desde[0], desde[1] + sentido * alto / 2, x, y - sentido * suyo / 2))
        lienzo.cajas.append((x, y, ANCHO, renglones, False))
        _rama(lienzo, hijos, nodo["id"], (x, y), izquierda, campo, sentido, suyo)
        izquierda += propio


def _renglones(nodo: Nodo, campo: str, letras: int) -> list[str]:
    return wrap(nodo[campo] or "Sin redactar en positivo", letras) or [""]


def _alto(renglones: Sequence[str]) -> float:
    return len(renglones) * RENGLON + 2 * MARGEN


def _svg(lienzo: _Lienzo, ancho: float) -> bytes:
    arriba = min(y - _alto(r) / 2 for _, y, _, r, _ in lienzo.cajas) - MARGEN
    abajo = max(y + _alto(r) / 2 for _, y, _, r, _ in lienzo.cajas) + MARGEN
    partes = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {arriba:.0f} {ancho:.0f} {abajo - arriba:.0f}" '
        f'font-family="{FUENTE}" font-size="12">'
    ]
    for x1, y1, x2, y2 in lienzo.rayas:
        medio = (y1 + y2) / 2
        partes.append(
            f'<path d="M{x1:.1f} {y1:.1f} V{medio:.1f} H{x2:.1f} V{y2:.1f}" fill="none" stroke="#667085"/>'
        )
    for x, y, caja, renglones, central in lienzo.cajas:
        partes.append(_caja(x, y, caja, renglones, central))
    return ("".join(partes) + "</svg>").encode()


def _caja(x: float, y: float, ancho: float, renglones: Sequence[str], central: bool) -> str:
    alto = _alto(renglones)
    fondo, grosor, peso = ("#E8EDF3", 2, 700) if central else ("#FFFFFF", 1, 400)
    textos = "".join(
        f'<text x="{x:.1f}" y="{y - alto / 2 + MARGEN + RENGLON * (n + 0.75):.1f}" text-anchor="middle" '
        f'font-weight="{peso}" fill="#101828">{escape(renglon)}</text>'
        for n, renglon in enumerate(renglones)
    )
    return (
        f'<rect x="{x - ancho / 2:.1f}" y="{y - alto / 2:.1f}" width="{ancho:.1f}" height="{alto:.1f}" '
        f'rx="6" fill="{fondo}" stroke="#344054" stroke-width="{grosor}"/>{textos}'
    )
