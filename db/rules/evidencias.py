"""Evidencias: qué archivos se admiten, cómo se limpia su nombre y quién puede verlos."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from db.rules.permisos import Accion, Actor, Objeto, puede
from db.rules.problema import Problema

MAXIMO_BYTES = 15 * 2**20
NOMBRE_MAXIMO = 120

TIPOS = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""Extensión → tipo MIME de lo que se admite."""

PALABRA_TIPO = {
    "application/pdf": "PDF",
    "image/jpeg": "Foto",
    "image/png": "Imagen",
    "image/webp": "Imagen",
    TIPOS["xlsx"]: "Excel",
    TIPOS["docx"]: "Word",
}

PALABRA_CLASIFICACION = {
    "publica": ("○", "Pública"),
    "reservada": ("◐", "Reservada"),
    "confidencial": ("●", "Confidencial"),
}
"""Icono y palabra."""

HUELLA = re.compile(r"[0-9a-f]{64}")
_APARATOS = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")
"""Nombres que Windows no deja usar para un archivo."""


@dataclass(frozen=True, slots=True)
class Archivo:
    """Un archivo ya revisado y limpio: nombre para mostrar, tipo MIME según su contenido, y sus bytes."""

    nombre: str
    tipo: str
    contenido: bytes


def extension(nombre: str) -> str:
    """La última extensión, en minúsculas y sin punto; vacía si no tiene."""
    return nombre.rpartition(".")[2].lower() if "." in nombre else ""


def nombre_limpio(nombre: str) -> str:
    """El nombre para mostrar: sin ruta, sin signos de control ni de dirección, de a lo más 120 caracteres.

    Problema (campo «archivo») si su extensión no es de las que se admiten.
    """
    base = re.split(r"[/\\\x00]", unicodedata.normalize("NFC", nombre))[-1]
    visibles = (c for c in re.sub(r"\s", " ", base) if unicodedata.category(c)[0] != "C")
    base = re.sub(r'[<>:"|?*]', "_", " ".join("".join(visibles).split()))
    cual = extension(base)
    if cual not in TIPOS:
        raise Problema(
            f"No se admiten archivos «.{cual[:12]}»." if cual else "El archivo no tiene extensión.",
            "Suba PDF, JPG, PNG, WEBP, XLSX o DOCX.",
            campo="archivo",
        )
    tronco = base[: -len(cual) - 1].strip(". ") or "evidencia"
    if _APARATOS.fullmatch(tronco.split(".")[0].strip()):
        tronco = f"_{tronco}"
    return f"{tronco[: NOMBRE_MAXIMO - len(cual) - 1].rstrip('. ')}.{cual}"


def alcanza(actor: Actor, evidencia: Mapping[str, Any]) -> bool:
    """¿La puede ver? `evidencia` trae clasificacion, ente_id, y las dependencias (ids) con sus superiores:
    `del_area` que la subió y `dependencias`, con las de lo que prueba.

    Lo confidencial sólo lo ven planeación, contraloría y el área que lo subió, aunque pruebe lo de otra.
    """
    reservado = evidencia["clasificacion"] == "confidencial"
    suyas: Collection[int] = evidencia["del_area"] if reservado else evidencia["dependencias"]
    return puede(actor, Accion.VER_EVIDENCIAS, Objeto(evidencia["ente_id"], frozenset(suyas)))


def alcanza_publica(actor: Actor, evidencia: Mapping[str, Any], permisos: Iterable[Accion]) -> bool:
    """¿La puede ver por acompañar a algo que sí puede ver? Sólo lo público; `permisos`, los de esas cosas."""
    return evidencia["clasificacion"] == "publica" and any(puede(actor, p) for p in permisos)


def tamano_en_palabras(tamano: int) -> str:
    """«340 KB», «2.4 MB»."""
    return f"{tamano / 2**20:,.1f} MB" if tamano >= 2**20 else f"{max(1, round(tamano / 1024)):,} KB"
