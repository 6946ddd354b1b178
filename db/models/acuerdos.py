"""Acuerdos: lo que un cuerpo decidió, quién responde, para cuándo y cómo va."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, choice


class EstadoAcuerdo(StrEnum):
    PENDIENTE = "pendiente"
    EN_PROCESO = "en_proceso"
    CUMPLIDO = "cumplido"
    CANCELADO = "cancelado"


class Acuerdo(Base, Versionado, table=True):
    """Un acuerdo numerado, con responsable y fecha; `avance` es el último registrado, en porcentaje."""

    id: int | None = Field(default=None, primary_key=True)
    numero: str = Field(unique=True)
    """«COPLADEMUN/2026/ORD-02/03»."""
    comite_id: int | None = Field(default=None, foreign_key="comite.id", index=True)
    sesion_id: int | None = Field(default=None, foreign_key="sesion_comite.id", index=True)
    punto_id: int | None = Field(default=None, foreign_key="punto_orden.id", index=True)
    votacion_id: int | None = Field(default=None, foreign_key="votacion.id", index=True)
    texto: str
    dependencia_id: int | None = Field(default=None, foreign_key="dependencia.id", index=True)
    persona_id: int | None = Field(default=None, foreign_key="persona.id", index=True)
    """Responde una dependencia, una persona o las dos."""
    tomado_en: date
    vence: date
    estado: EstadoAcuerdo = Field(default=EstadoAcuerdo.PENDIENTE, sa_type=choice(EstadoAcuerdo))
    avance: int = 0
    motivo: str = ""
    """Por qué se canceló."""
    cumplido_en: date | None = None

    __table_args__ = (
        CheckConstraint("dependencia_id IS NOT NULL OR persona_id IS NOT NULL", name="responsable"),
        CheckConstraint("avance BETWEEN 0 AND 100", name="avance"),
        Index("ix_acuerdo_estado", "estado", "vence"),
    )


class LigaAcuerdo(Base, table=True):
    """A qué programa, nodo del plan, indicador o proyecto toca un acuerdo."""

    id: int | None = Field(default=None, primary_key=True)
    acuerdo_id: int = Field(foreign_key="acuerdo.id", index=True)
    asunto: str
    """«nodo», «programa», «indicador» o «proyecto»."""
    referencia: str

    __table_args__ = (
        UniqueConstraint("acuerdo_id", "asunto", "referencia"),
        Index("ix_liga_acuerdo_asunto", "asunto", "referencia"),
    )


class AvanceAcuerdo(Base, table=True):
    """Un paso en la vida de un acuerdo: cuánto va, en qué estado queda y qué se dijo; sólo se agrega."""

    id: int | None = Field(default=None, primary_key=True)
    acuerdo_id: int = Field(foreign_key="acuerdo.id", index=True)
    momento: datetime
    avance: int
    estado: EstadoAcuerdo = Field(sa_type=choice(EstadoAcuerdo))
    texto: str = ""
    autor: str

    __table_args__ = (CheckConstraint("avance BETWEEN 0 AND 100", name="avance"),)
