"""Proceso aparte que dibuja: recibe documentos por la entrada y devuelve archivos, uno tras otro.

Dibujar gráficas ocupa cientos de megas que así se devuelven al terminar, y la pantalla no espera. Lo que
entra viene de nuestro propio servidor; lo que sale son sólo bytes: si se pudo, longitud y contenido.
"""

import pickle
import struct
import sys
from typing import BinaryIO

from dashboard.reports.dibujar import dibujar

LARGO = struct.Struct(">?Q")


def escribir(salida: BinaryIO, bien: bool, contenido: bytes) -> None:
    """Un mensaje con su longitud por delante."""
    salida.write(LARGO.pack(bien, len(contenido)))
    salida.write(contenido)
    salida.flush()


def leer(entrada: BinaryIO) -> tuple[bool, bytes] | None:
    """El siguiente mensaje, o None si ya no hay o quedó a medias."""
    cabeza = entrada.read(LARGO.size)
    if len(cabeza) < LARGO.size:
        return None
    bien, largo = LARGO.unpack(cabeza)
    contenido = entrada.read(largo)
    return (bien, contenido) if len(contenido) == largo else None


def main() -> None:
    """Dibuja hasta que se cierre la entrada; lo que no se pudo se dice y se sigue."""
    salida = sys.stdout.buffer
    while (mensaje := leer(sys.stdin.buffer)) is not None:
        documento, emision, formato = pickle.loads(mensaje[1])
        try:
            hecho = dibujar(documento, emision, formato)
        except Exception as error:
            escribir(salida, False, f"{type(error).__name__}: {error}".encode())
        else:
            escribir(salida, True, hecho)


if __name__ == "__main__":
    main()
