"""Lo que comparten las vistas de Inicio y de Plan."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboard.ui import graficas
from dashboard.ui.estado import simple
from db.rules.estado import Estado
from db.rules.formato import numero

Datos = Mapping[str, Any]

SIN_TOPE = Decimal(10**4)
"""Hasta dónde se dibuja una banda sin límite superior, en porcentaje."""


def nombre_de_nodo(nodo: Datos) -> str:
    """«1. Cero corrupción», sin repetir la clave que ya viene en el nombre."""
    clave, nombre = str(nodo["clave"]), str(nodo["nombre"])
    return nombre if not clave or nombre.casefold().startswith(clave.casefold()) else f"{clave}. {nombre}"


def grafica_de_historia(
    titulo: str, puntos: Sequence[Datos], franja: tuple[Decimal, Decimal] | None, oscuro: bool
) -> dict[str, Any]:
    """La gráfica de cumplimiento por cierre, con su título, texto alterno y tabla."""
    hay = any(p["valor"] is not None for p in puntos)
    return {
        "titulo": titulo,
        "subtitulo": "Cumplimiento al cierre de cada trimestre, en porcentaje."
        if hay
        else "Se dibuja cuando algún trimestre tiene cifra.",
        "alt": f"{titulo}. " + "; ".join(f"{p['texto']}: {p['cifra']}" for p in puntos),
        "spec": graficas.a_spec(graficas.historia(puntos, franja, oscuro)) if hay else None,
        "tabla": {
            "Cierre": [p["texto"] for p in puntos],
            "Cumplimiento": [p["cifra"] for p in puntos],
            "Estado": [simple(p) for p in puntos],
            "Evaluados": [f"{numero(p['evaluados'])} de {numero(p['total'])}" for p in puntos],
        },
    }


def en_meta(bandas: Sequence[Datos]) -> tuple[Decimal, Decimal] | None:
    """Los límites de la banda que equivale a En meta; None si no tiene inferior."""
    for b in bandas:
        if b["equivale"] == Estado.adecuado and b["inferior"] is not None:
            return b["inferior"], b["superior"] if b["superior"] is not None else SIN_TOPE
    return None
