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


def exigir_paso(de: str, a: str, con_archivo: bool = False) -> None:
    """Problema si de un estado no se pasa al otro, o si se da por firmada sin el archivo de la firmada."""
    if a not in SIGUE[de]:
        raise Problema(f"Un acta {ESTADOS[de][1].lower()} no pasa a {ESTADOS[a][1].lower()}.", "", "estado")
    if a == "firmada" and not con_archivo:
        raise Problema("Falta el acta firmada.", "Digitalícela y súbala.", "archivo")


def exigir_digitalizada(tipo: str) -> None:
    """Problema si el archivo no es un PDF ni una imagen de lo firmado."""
    if tipo != "application/pdf" and not tipo.startswith("image/"):
        raise Problema("El acta firmada se sube digitalizada.", "Suba un PDF o una imagen.", "archivo")


def exigir_editable(estado: str) -> None:
    """Problema si ya quedó fija."""
    if estado in FIJAS:
        raise Problema(
            "El acta aprobada no se cambia.", "Asiente la corrección en la sesión siguiente.", "texto"
        )


def huella_de(canonico: str) -> str:
    """Huella sha256 del contenido, en hexadecimal."""
    return hashlib.sha256(canonico.encode()).hexdigest()
