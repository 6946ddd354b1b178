"""Qué signos se pueden escribir: PDF/UA no admite uno sin dibujo, ni uno que voltee el renglón."""

import re
import unicodedata
from bisect import bisect_right
from pathlib import Path

FUENTES = Path(__file__).parent / "fuentes"
LETRA = "Public Sans"
FAMILIAS = (LETRA, "Libertinus Serif", "DejaVu Sans Mono")
"""La letra de la pantalla y, para lo que le falte, las que typst trae dentro."""

SIN_DIBUJO = "□"

_TRAMOS = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x36F), (0x384, 0x38A), (0x38E, 0x3A1), (0x3A3, 0x3CE),
    (0x400, 0x477), (0x48C, 0x4C4), (0x1E00, 0x1F15), (0x2000, 0x200A), (0x2010, 0x2027),
    (0x202F, 0x2037), (0x2039, 0x203F), (0x2070, 0x2071), (0x2074, 0x208E), (0x20A0, 0x20B5),
    (0x2153, 0x2184), (0x2190, 0x222E), (0x2234, 0x223D), (0x2241, 0x226B), (0x2300, 0x2306),
    (0x2460, 0x2487), (0x24B6, 0x262F), (0x2638, 0x268B), (0x2690, 0x269C), (0x26A0, 0x26A7),
    (0x2701, 0x2704), (0x2706, 0x2709), (0x270C, 0x2727), (0x2729, 0x274B),
)  # fmt: skip
"""Intervalos que alguna de las tres letras dibuja completos; una prueba los imprime todos."""
_INICIOS = tuple(desde for desde, _ in _TRAMOS)
_CONTROLES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def limpio(escrito: str) -> str:
    """`escrito` en NFC, sin controles ni signos que cambian el sentido de lectura; conserva renglones."""
    parejo = unicodedata.normalize("NFC", escrito.replace("\r\n", "\n").replace("\r", "\n"))
    visible = _CONTROLES.sub("", parejo.replace("\t", " "))
    return "".join(c for c in visible if unicodedata.category(c) != "Cf")


def se_dibuja(signo: str) -> bool:
    """¿Alguna de las letras lo trae?"""
    punto = ord(signo)
    lugar = bisect_right(_INICIOS, punto) - 1
    return signo == "\n" or (lugar >= 0 and punto <= _TRAMOS[lugar][1])


def imprimible(escrito: str) -> str:
    """Como `limpio`, con «□» en el lugar de cada signo que no se puede dibujar."""
    base = limpio(escrito)
    if base.isascii():
        return base
    return "".join(c if se_dibuja(c) else SIN_DIBUJO for c in base)
