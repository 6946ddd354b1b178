"""Direcciones de celda: de «AB12» a números y de regreso."""

import re

_DIRECCION = re.compile(r"([A-Za-z]{1,7})([0-9]{1,10})$")


def letra_de(columna: int) -> str:
    """0 → «A», 25 → «Z», 26 → «AA»."""
    letras = ""
    columna += 1
    while columna:
        columna, resto = divmod(columna - 1, 26)
        letras = chr(65 + resto) + letras
    return letras


def columna_de(letras: str) -> int:
    """«A» → 0, «XFD» → 16383."""
    numero = 0
    for letra in letras.upper():
        numero = numero * 26 + ord(letra) - 64
    return numero - 1


def fila_y_columna(direccion: str) -> tuple[int, int] | None:
    """«D14» → (14, 3): fila desde 1 y columna desde 0; None si no es una dirección."""
    partes = _DIRECCION.match(direccion)
    return (int(partes[2]), columna_de(partes[1])) if partes else None
