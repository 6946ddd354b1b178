"""Colores: leerlos y medir si un texto se distingue sobre ellos (WCAG 2.2, criterio 1.4.3)."""

import re

from db.rules.problema import Problema

BLANCO = "#FFFFFF"
LEGIBLE = 4.5
"""Contraste mínimo de un texto normal con su fondo."""

_HEXADECIMAL = re.compile(r"#[0-9A-F]{6}")


def color_valido(texto: str, campo: str = "color") -> str:
    """El color como «#RRGGBB» en mayúsculas. Lanza `Problema` si no lo es."""
    color = texto.strip().upper()
    if not _HEXADECIMAL.fullmatch(color):
        raise Problema(f"«{texto}» no es un color.", "Escríbalo como #9D2449.", campo=campo)
    return color


def _luminancia(color: str) -> float:
    canales = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    rojo, verde, azul = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canales)
    return 0.2126 * rojo + 0.7152 * verde + 0.0722 * azul


def contraste(uno: str, otro: str) -> float:
    """Razón de contraste entre dos colores «#RRGGBB», de 1 a 21."""
    menor, mayor = sorted((_luminancia(uno), _luminancia(otro)))
    return (mayor + 0.05) / (menor + 0.05)


def exigir_legible(color: str, fondo: str = BLANCO, campo: str = "color") -> str:
    """El color, si se lee sobre el fondo; si no, `Problema`."""
    valido = color_valido(color, campo)
    razon = contraste(valido, fondo)
    if razon < LEGIBLE:
        raise Problema(
            f"El color {valido} no se distingue bien del blanco (contraste {razon:.1f} de {LEGIBLE}).",
            "Elija uno más oscuro.",
            campo=campo,
        )
    return valido
