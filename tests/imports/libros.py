"""Libros pequeños para las pruebas de formatos: filas tal cual, con celdas combinadas si se piden."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

Combinada = tuple[int, int, int, int, str]
"""(fila, columna, última fila, última columna, texto), desde 0."""


def libro(
    ruta: Path, filas: Sequence[Sequence[Any]], *, hoja: str = "Hoja1", combinadas: Sequence[Combinada] = ()
) -> Path:
    """Escribe las filas en `ruta` (.xlsx) y la devuelve."""
    with xlsxwriter.Workbook(ruta, {"strings_to_numbers": False}) as documento:
        destino = documento.add_worksheet(hoja)
        for numero, fila in enumerate(filas):
            destino.write_row(numero, 0, fila)
        for combinada in combinadas:
            destino.merge_range(*combinada)
    return ruta
