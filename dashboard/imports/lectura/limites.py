"""Topes de lo que se acepta leer; cada formato puede traer los suyos."""

from dataclasses import dataclass

LINEA_MAXIMA = 1 << 20
"""Bytes de la línea más larga que se acepta en un CSV."""

CELDA_MAXIMA = 1 << 18
"""Bytes del texto compartido más largo: Excel no escribe más de 32,767 caracteres en una celda."""


@dataclass(frozen=True, slots=True)
class Limites:
    """Bytes, filas, columnas, partes del zip, razón de compresión, segundos y megabytes."""

    max_bytes: int = 15 * 2**20
    max_filas: int = 20_000
    max_columnas: int = 200
    max_descomprimido: int = 120 * 2**20
    max_partes: int = 2000
    max_razon: int = 200
    segundos: int = 60
    memoria_mb: int = 1024
