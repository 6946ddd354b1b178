"""Manuales de organización y de procedimientos de cada dependencia, y sus procedimientos paso a paso."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, choice


class TipoManual(StrEnum):
    ORGANIZACION = "organizacion"
    PROCEDIMIENTOS = "procedimientos"


class Manual(Base, Versionado, table=True):
    """Una edición de un manual: con qué acto se aprobó, dónde se publicó, hasta cuándo vale y qué trae."""

    encargo_id: int = Field(primary_key=True, foreign_key="encargo.id")
    tipo: TipoManual = Field(default=TipoManual.ORGANIZACION, sa_type=choice(TipoManual))
    edicion: int = 1
    acto: str = ""
    """Acta de cabildo u oficio con que se aprobó."""
    aprobado_en: date | None = None
    medio: str = ""
    publicado_en: date | None = None
    vigente_hasta: date | None = None
    organigrama: bool = False
    funciones: bool = False
    perfiles: bool = False
    """Trae el perfil de cada puesto."""

    __table_args__ = (CheckConstraint("edicion > 0", name="edicion"),)


class PasoProcedimiento(Base, Versionado, table=True):
    """Un paso de un procedimiento: quién, qué hace y cuánto tarda; si pregunta algo, a dónde va un no."""

    id: int | None = Field(default=None, primary_key=True)
    encargo_id: int = Field(foreign_key="manual.encargo_id", index=True)
    procedimiento: str
    """Nombre del procedimiento al que pertenece."""
    numero: int
    quien: str
    actividad: str
    minutos: int = 0
    regresa_a: int | None = None
    """En una decisión, el número del paso al que se vuelve con un «no»."""

    __table_args__ = (
        UniqueConstraint("encargo_id", "procedimiento", "numero"),
        CheckConstraint("minutos >= 0 AND numero > 0", name="signo"),
    )
