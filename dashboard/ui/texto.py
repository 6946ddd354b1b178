"""Texto de personas y archivos dentro de textos de pantalla: se muestra tal cual, nunca como Markdown."""

import re
from typing import Final

_MARCAS: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&=^@/])")
_ESPACIOS: Final = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")


def esc_md(texto: object) -> str:
    """`texto` en un renglón, con cada signo que Markdown, LaTeX o las ligas leerían puesto como signo.

    El espacio que no se parte se conserva: es el que une una cifra con su «%».
    """
    return _MARCAS.sub(r"\\\1", _ESPACIOS.sub(" ", str(texto)).strip())


def mayuscula(texto: str) -> str:
    """La primera letra en mayúscula; lo demás igual."""
    return texto[:1].upper() + texto[1:]


def enumerar(partes: list[str]) -> str:
    """«a», «a y b», «a, b y c»; «e» ante el sonido i."""
    if len(partes) < 2:
        return "".join(partes)
    y = "e" if re.match(r"h?[ií](?!e)", partes[-1].casefold()) else "y"
    return f"{', '.join(partes[:-1])} {y} {partes[-1]}"


_UNO_A_DIEZ: Final = (
    "ninguna", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
)  # fmt: skip


def contar(n: int, uno: str, varios: str, femenino: bool = True) -> str:
    """«una meta», «cuatro metas», «1,045 metas»: con letra hasta diez."""
    nombre = uno if n == 1 else varios
    if n > 10:
        return f"{n:,} {nombre}"
    palabra = _UNO_A_DIEZ[n]
    if n < 2 and not femenino:
        palabra = "ningún" if n == 0 else "un"
    return f"{palabra} {uno if n == 0 else nombre}"


def corto(nombre: str, letras: int = 34) -> str:
    """El nombre hasta su primera pausa, y si aún es largo, hasta la palabra que quepa, con «…»."""
    primero = re.split(r"[:;(]| [–—-] ", nombre)[0].strip()
    elegido = primero if len(primero) > 3 and not re.fullmatch(r"(?i)(pilar|eje)( \w+)?", primero) else nombre
    if len(elegido) <= letras:
        return elegido
    entero = elegido[:letras].rsplit(" ", 1)[0]
    return re.sub(r"( (de|del|la|las|el|los|y|e|en|a|para|con|por))+$", "", entero).rstrip(",;: ") + "…"
