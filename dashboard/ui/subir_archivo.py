"""Subir un archivo suelto: revisarlo y escribirlo antes de abrir la transacción, que así es corta."""

from typing import Any

from dashboard.evidencias.limpiar import limpiar
from db.actions.almacen import depositar
from db.rules.evidencias import Archivo
from db.rules.problema import Problema

MAXIMO_MB = 15


def revisado(subido: Any, campo: str, que: str) -> Archivo | Problema:
    """El archivo limpio y ya escrito, o por qué no se acepta; `que` lo nombra si falta («la fotografía»)."""
    if subido is None:
        return Problema(f"Falta {que}.", "Elija un archivo.", campo)
    try:
        archivo = limpiar(subido.name, subido.getvalue())
        depositar(archivo.contenido)
    except Problema as problema:
        return Problema(problema.mensaje, problema.remedio, campo)
    return archivo
