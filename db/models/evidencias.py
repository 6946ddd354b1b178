"""Evidencias: archivos guardados por su contenido y qué resultado prueba cada uno."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, choice
from db.models.captura import ClaseItem


class Clasificacion(StrEnum):
    PUBLICA = "publica"
    RESERVADA = "reservada"
    CONFIDENCIAL = "confidencial"


class Evidencia(Base, Versionado, table=True):
    """Un archivo ya limpio, nombrado por la huella de su contenido en la carpeta de evidencias."""

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(index=True)
    nombre: str
    """Nombre con que se subió, sin ruta ni signos raros."""
    tipo: str
    """Tipo MIME según su contenido."""
    tamano: int
    """Bytes del archivo guardado."""
    clasificacion: Clasificacion = Field(default=Clasificacion.PUBLICA, sa_type=choice(Clasificacion))
    ente_id: int = Field(foreign_key="ente.id", index=True)
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)
    subio: str
    subida_en: datetime
    retirada_en: datetime | None = None
    motivo_retiro: str = ""


class PruebaDe(Base, table=True):
    """Una evidencia prueba el resultado de una meta o indicador en un periodo; una puede probar varios."""

    id: int | None = Field(default=None, primary_key=True)
    evidencia_id: int = Field(foreign_key="evidencia.id", index=True)
    clase: ClaseItem = Field(sa_type=choice(ClaseItem))
    item_id: int
    anio: int
    mes: int

    __table_args__ = (
        UniqueConstraint("evidencia_id", "clase", "item_id", "mes"),
        Index("ix_prueba_de_item", "clase", "item_id", "mes"),
    )
