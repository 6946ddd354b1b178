"""Un GeoJSON que alguien sube: se queda con los polígonos, dentro de México y sin pesar de más."""

import json
from typing import Any

from db.rules.problema import Problema

BYTES_MAXIMOS = 2_000_000
FORMAS_MAXIMAS, PUNTOS_MAXIMOS = 500, 60_000
OESTE, ESTE, SUR, NORTE = -119, -86, 14, 33
DECIMALES = 5
"""Un metro, más o menos."""


def leer(contenido: bytes) -> list[tuple[str, dict[str, Any]]]:
    """(nombre, geometría) de cada polígono, con las coordenadas redondeadas y el giro que pide el dibujo.

    `Problema` (campo «archivo») si no es GeoJSON, si pesa de más, si no trae polígonos o si no son grados.
    """
    if len(contenido) > BYTES_MAXIMOS:
        raise _malo("El archivo pesa más de 2 MB.", "Simplifique los contornos.")
    try:
        todo = json.loads(contenido)
        formas = todo["features"] if todo.get("type") == "FeatureCollection" else [todo]
        leidas = [_forma(n, f) for n, f in enumerate(formas[: FORMAS_MAXIMAS + 1], start=1)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _malo("No es un archivo GeoJSON.", "Expórtelo como GeoJSON, en grados (WGS 84).") from error
    utiles = [f for f in leidas if f is not None]
    if not utiles:
        raise _malo("El archivo no trae ningún polígono.", "Suba contornos, no puntos ni líneas.")
    if len(utiles) > FORMAS_MAXIMAS or sum(_cuenta(g["coordinates"]) for _, g in utiles) > PUNTOS_MAXIMOS:
        raise _malo("El archivo trae demasiado detalle.", "Simplifique los contornos.")
    return utiles


def _malo(mensaje: str, remedio: str) -> Problema:
    return Problema(mensaje, remedio, "archivo")


def _forma(lugar: int, forma: dict[str, Any]) -> tuple[str, dict[str, Any]] | None:
    geometria = forma.get("geometry", forma)
    if geometria is None or geometria.get("type") not in ("Polygon", "MultiPolygon"):
        return None
    datos = forma.get("properties") or {}
    nombre = next((str(datos[c]) for c in ("nombre", "NOMBRE", "NOMGEO", "name") if datos.get(c)), "")
    partes = geometria["coordinates"]
    poligonos = [partes] if geometria["type"] == "Polygon" else partes
    limpios = [[_anillo(a, n > 0) for n, a in enumerate(poligono)] for poligono in poligonos]
    return (nombre.strip()[:120] or f"Contorno {lugar}"), {"type": "MultiPolygon", "coordinates": limpios}


def _anillo(anillo: list[list[float]], es_hueco: bool) -> list[list[float]]:
    """El de afuera gira con el reloj y los huecos al revés: al contrario, el dibujo llena todo el planeta."""
    puntos = [[round(float(p[0]), DECIMALES), round(float(p[1]), DECIMALES)] for p in anillo]
    if not all(OESTE <= x <= ESTE and SUR <= y <= NORTE for x, y in puntos):
        raise _malo("Sus coordenadas no están en México.", "Expórtelo en grados (WGS 84).")
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(puntos, [*puntos[1:], puntos[0]], strict=True))
    con_el_reloj = area < 0
    return puntos if con_el_reloj != es_hueco else puntos[::-1]


def _cuenta(partes: Any) -> int:
    return sum(len(anillo) for poligono in partes for anillo in poligono)
