"""Imagen institucional: lineamientos, aplicaciones que se revisan y acciones para fortalecerla."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from db.base import Base, Versionado, cantidad, centavos


class Lineamiento(Base, Versionado, table=True):
    """Una edición de los lineamientos de imagen; el vigente da color y logotipo al sistema."""

    encargo_id: int = Field(primary_key=True, foreign_key="encargo.id")
    edicion: int = 1
    color: str = ""
    """«#RRGGBB»."""
    reglas: str = ""
    vigente_desde: date | None = None

    __table_args__ = (CheckConstraint("edicion > 0", name="edicion"),)


class SolicitudImagen(Base, Versionado, table=True):
    """Una aplicación de la imagen que alguien quiere usar, y el dictamen de la unidad."""

    encargo_id: int = Field(primary_key=True, foreign_key="encargo.id")
    aplicacion: str = ""
    """Lona, vehículo, papelería, publicación…"""
    donde: str = ""
    se_usa_en: date | None = None
    dictamen: str = ""


class AccionImagen(Base, Versionado, table=True):
    """Una acción que fortalece la imagen y cómo se mide lo que logró."""

    encargo_id: int = Field(primary_key=True, foreign_key="encargo.id")
    objetivo: str = ""
    publico: str = ""
    medida: str = ""
    """Qué se mide y en qué unidad."""
    antes: Decimal | None = cantidad()
    meta: Decimal | None = cantidad()
    despues: Decimal | None = cantidad()
    costo: int = centavos()
