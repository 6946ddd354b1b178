"""Lo escrito en un campo, vuelto dato; lo que no se entiende es un `Problema` de ese campo."""

from datetime import date

from dashboard.imports.lectura import valores
from dashboard.imports.lectura.valores import ValorInvalido
from db.rules.formato import leer_moneda
from db.rules.problema import Problema


def leer_fecha(texto: str, campo: str) -> date | None:
    """Una fecha dd/mm/aaaa; None si está vacía."""
    try:
        return valores.fecha(texto)
    except ValorInvalido as error:
        raise Problema(f"{error.regla}.", error.remedio, campo) from error


def leer_importe(texto: str, campo: str) -> int | None:
    """Pesos, en centavos; None si está vacío."""
    try:
        return leer_moneda(texto)
    except ValueError as error:
        raise Problema(str(error), "Escriba pesos, por ejemplo 1,250,000.00.", campo) from error
