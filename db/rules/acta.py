"""El acta de una sesión: sus pasos y su huella; aprobada, ya no cambia."""

import hashlib

from db.rules.problema import Problema

ESTADOS = {
    "borrador": ("▷", "Borrador"),
    "revisada": ("◐", "Revisada"),
    "aprobada": ("✔", "Aprobada"),
    "firmada": ("✔", "Firmada"),
}
SIGUE = {
    "borrador": ("revisada",),
    "revisada": ("aprobada", "borrador"),
    "aprobada": ("firmada",),
    "firmada": (),
}
FIJAS = ("aprobada", "firmada")


def exigir_paso(de: str, a: str) -> None:
    """Problema si de un estado no se pasa al otro."""
    if a not in SIGUE[de]:
        raise Problema(f"Un acta {ESTADOS[de][1].lower()} no pasa a {ESTADOS[a][1].lower()}.", "", "estado")


def exigir_editable(estado: str) -> None:
    """Problema si ya quedó fija."""
    if estado in FIJAS:
        raise Problema(
            "El acta aprobada no se cambia.", "Asiente la corrección en la sesión siguiente.", "texto"
        )


def huella_de(canonico: str) -> str:
    """Huella sha256 del contenido, en hexadecimal."""
    return hashlib.sha256(canonico.encode()).hexdigest()
