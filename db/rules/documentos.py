"""El folio y el nombre de archivo de un documento."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from db.rules.texto import sin_marcas

LETRAS_DE_NOMBRE = 60


def folio(clase: str, anio: int, numero: int, borrador: bool) -> str:
    """«PBRM08C-2026-0007», o «BORRADOR-PBRM08C-2026-0007» para lo que se hizo con faltantes."""
    oficial = f"{clase.replace('_', '').upper()}-{anio}-{numero:04d}"
    return f"BORRADOR-{oficial}" if borrador else oficial


def nombre_de_archivo(escrito: str, extension: str) -> str:
    """Nombre que cualquier sistema de archivos admite: minúsculas sin acento, números y guiones."""
    base = re.sub(r"[^a-z0-9]+", "-", sin_marcas(escrito).casefold()).strip("-")
    return f"{base[:LETRAS_DE_NOMBRE].rstrip('-') or 'documento'}.{extension}"


@dataclass(frozen=True, slots=True)
class Salida:
    """Un archivo hecho y aún sin registrar."""

    folio: str
    clase: str
    titulo: str
    borrador: bool
    formato: str
    anio: int
    huella: str
    tamano: int
    bitacora_id: int
    sello: str
    momento: datetime
    mes: int | None = None
    ente_id: int | None = None
    dependencia_id: int | None = None
    cierre_id: int | None = None
    parametros: Mapping[str, Any] = field(default_factory=dict)
