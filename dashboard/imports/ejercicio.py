"""Que un archivo de otro ejercicio no se cargue en éste sin querer."""

import re

from dashboard.imports.renglon import Renglon

_ANIO = re.compile(r"(20[0-9]{2})(?:\.0+)?")


def de_otro_ejercicio(renglon: Renglon, anio: int) -> bool:
    """¿El renglón dice otro año? Entonces queda anotado como problema."""
    texto = renglon.texto("anio")
    if not texto:
        return False
    hallado = _ANIO.fullmatch(texto)
    if hallado and int(hallado[1]) == anio:
        return False
    renglon.falla(
        "anio",
        f"el renglón es de «{texto}» y se está cargando el ejercicio {anio}",
        f"Elija el ejercicio del archivo, o deje sólo los renglones de {anio}.",
    )
    return True
