"""La plantilla de un formato y la lista de problemas, como libros de Excel sin nada que se ejecute."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from dashboard.imports.formato import Columna, Formato
from dashboard.imports.lectura.problema_celda import ProblemaCelda

FILA_DE_ENCABEZADOS = 2
"""Desde 0. Los encabezados van bajo el título y los ejemplos: así ningún ejemplo se carga como dato."""

FILAS_CON_LISTA = 2000
INERTE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
COLOR = "#E8EDF3"


def plantilla(formato: Formato, columnas: Sequence[Columna]) -> bytes:
    """Libro con la hoja «Datos», lista para llenar, y la hoja «Instrucciones»."""
    salida = BytesIO()
    libro = xlsxwriter.Workbook(salida, INERTE)
    _datos(libro, formato, columnas)
    _instrucciones(libro, formato, columnas)
    libro.close()
    return salida.getvalue()


def _encabezado(columna: Columna) -> str:
    return columna.titulo or columna.nombre


def _datos(libro: Any, formato: Formato, columnas: Sequence[Columna]) -> None:
    hoja = libro.add_worksheet("Datos")
    titulo = libro.add_format({"bold": True, "font_size": 13})
    ejemplo = libro.add_format({"italic": True, "font_color": "#6B7280"})
    obligatoria = libro.add_format({"bold": True, "bg_color": COLOR, "border": 1})
    opcional = libro.add_format({"bg_color": COLOR, "border": 1})
    texto = libro.add_format({"num_format": "@"})
    hoja.write_string(0, 0, f"{formato.titulo}: llene desde el renglón {FILA_DE_ENCABEZADOS + 2}", titulo)
    for i, columna in enumerate(columnas):
        ancho = min(max(len(_encabezado(columna)), len(columna.ejemplo), 8) + 2, 42)
        hoja.set_column(i, i, ancho, texto if _es_codigo(columna) else None)
        if columna.ejemplo:
            hoja.write_string(FILA_DE_ENCABEZADOS - 1, i, f"Ej.: {columna.ejemplo}", ejemplo)
        estilo = obligatoria if columna.obligatoria else opcional
        hoja.write_string(FILA_DE_ENCABEZADOS, i, _encabezado(columna), estilo)
        hoja.write_comment(FILA_DE_ENCABEZADOS, i, columna.ayuda)
        if columna.opciones:
            hoja.data_validation(
                FILA_DE_ENCABEZADOS + 1,
                i,
                FILA_DE_ENCABEZADOS + FILAS_CON_LISTA,
                i,
                {
                    "validate": "list",
                    "source": list(columna.opciones),
                    "error_title": "No está en la lista",
                    "error_message": f"Elija: {', '.join(columna.opciones)}."[:255],
                },
            )
    hoja.freeze_panes(FILA_DE_ENCABEZADOS + 1, 0)


def _es_codigo(columna: Columna) -> bool:
    """Códigos y claves van como texto: una hoja de cálculo les quitaría los ceros."""
    return columna.nombre.startswith(("clave", "codigo")) or columna.ejemplo[:1] == "0"


def _instrucciones(libro: Any, formato: Formato, columnas: Sequence[Columna]) -> None:
    hoja = libro.add_worksheet("Instrucciones")
    negrita = libro.add_format({"bold": True})
    dobla = libro.add_format({"text_wrap": True, "valign": "top"})
    hoja.set_column(0, 0, 34)
    hoja.set_column(1, 1, 14)
    hoja.set_column(2, 3, 60, dobla)
    hoja.write_string(0, 0, formato.titulo, negrita)
    fila = 1
    for linea in (*formato.para_que.splitlines(), *formato.instrucciones):
        hoja.write_string(fila, 0, linea)
        fila += 1
    fila += 1
    for i, titulo in enumerate(("Columna", "¿Obligatoria?", "Qué lleva", "Ejemplo")):
        hoja.write_string(fila, i, titulo, negrita)
    for columna in columnas:
        fila += 1
        hoja.write_string(fila, 0, _encabezado(columna))
        hoja.write_string(fila, 1, "Sí" if columna.obligatoria else "No")
        hoja.write_string(fila, 2, columna.ayuda, dobla)
        hoja.write_string(fila, 3, columna.ejemplo, dobla)


def libro_de_problemas(problemas: Sequence[ProblemaCelda]) -> bytes:
    """Los problemas, para corregirlos junto al archivo."""
    salida = BytesIO()
    libro = xlsxwriter.Workbook(salida, INERTE)
    hoja = libro.add_worksheet("Problemas")
    negrita = libro.add_format({"bold": True})
    for i, (titulo, ancho) in enumerate(
        (("Hoja", 16), ("Celda", 14), ("Valor", 32), ("Regla", 60), ("Cómo se arregla", 60), ("Impide", 10))
    ):
        hoja.set_column(i, i, ancho)
        hoja.write_string(0, i, titulo, negrita)
    for fila, p in enumerate(problemas, start=1):
        celdas = (p.hoja, p.celda, p.valor, p.regla, p.remedio, "Sí" if p.grave else "No")
        for i, celda in enumerate(celdas):
            hoja.write_string(fila, i, celda)
    libro.close()
    return salida.getvalue()
