"""El acuerdo mientras se redacta: lo que quien lleva la sesión va escribiendo, para la pantalla de la sala.

Vive en la memoria del servidor y no en la base: no es un acuerdo hasta que se asienta. Si el servidor se
reinicia se pierde la vista previa, no lo asentado.
"""

_TEXTOS: dict[int, str] = {}
"""Punto → lo escrito. De dos que redactan a la vez se ve lo último."""

LARGO = 2_000


def escribir(punto_id: int, texto: str) -> None:
    """Lo que se ve; vacío, lo quita."""
    if texto.strip():
        _TEXTOS[punto_id] = texto.strip()[:LARGO]
    else:
        _TEXTOS.pop(punto_id, None)


def leer(punto_id: int) -> str:
    """Lo que se redacta de ese punto; vacío si nada."""
    return _TEXTOS.get(punto_id, "")
