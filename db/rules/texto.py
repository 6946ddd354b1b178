"""Texto: limpiarlo al entrar, compararlo, ordenarlo y volverlo inerte al exportar."""

import re
import unicodedata

_ESPACIOS = re.compile(r"\s+")
_INVISIBLES = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]")
_FORMULA = re.compile(r"^\s*[=+\-@\t\r\n＝＋－＠]|^[\t\r\n]")


def normal(s: str) -> str:
    """Un solo renglón en NFC, sin espacios sobrantes, signos invisibles ni el apóstrofo inicial de Excel."""
    limpio = unicodedata.normalize("NFC", _INVISIBLES.sub("", s))
    return _ESPACIOS.sub(" ", limpio).strip().lstrip("' ")


def sin_marcas(s: str) -> str:
    """El texto sin acentos, diéresis ni tilde de la eñe."""
    partes = unicodedata.normalize("NFKD", s)
    return unicodedata.normalize("NFC", "".join(c for c in partes if not unicodedata.combining(c)))


def llave(s: str) -> str:
    """Clave para comparar dos textos sin que cuenten acentos, mayúsculas ni espacios sobrantes."""
    return sin_marcas(normal(s).casefold()).casefold().strip()


def sin_formula(s: str) -> str:
    """Antepone un apóstrofo a lo que una hoja de cálculo ejecutaría como fórmula."""
    return f"'{s}" if _FORMULA.match(s) else s


def orden(s: str) -> str:
    """Clave de orden alfabético español: la ñ va después de la n; el acento sólo desempata.

    Ni SQLite ni PostgreSQL aseguran este orden, por eso se ordena en Python o por una columna con esta clave.
    """
    limpio = normal(s).casefold()
    # «~» va después de la «z» en ASCII: coloca «ñ» tras «nz» y antes de «o».
    base = sin_marcas(limpio.replace("ñ", "n~"))
    return f"{base}\x1f{limpio}"
