"""Los encargos de la unidad: lo común a estudios, manuales, políticas públicas y demás registros.

Cada registro agrega su propia tabla, con la misma llave, para lo que sólo él lleva.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado


class Encargo(Base, Versionado, table=True):
    """Un asunto de la unidad: qué es, quién responde, desde cuándo, para cuándo y en qué etapa va."""

    id: int | None = Field(default=None, primary_key=True)
    registro: str
    """Clave del registro: «estudio», «manual», «politica»…"""
    folio: str = Field(unique=True)
    anio: int
    titulo: str
    resumen: str = ""
    etapa: str
    """Una de las etapas de su registro."""
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)
    """Quien responde."""
    persona_id: int | None = Field(default=None, foreign_key="persona.id", index=True)
    inicio: date
    vence: date | None = None
    concluido_en: date | None = None
    actualizado_en: datetime
    """El último cambio, suyo o de cualquiera de sus renglones."""

    __table_args__ = (
        CheckConstraint("vence IS NULL OR vence >= inicio", name="orden"),
        Index("ix_encargo_registro", "registro", "etapa"),
    )


class ParticipanteEncargo(Base, Versionado, table=True):
    """Una dependencia o persona que participa, y a qué se compromete."""

    id: int | None = Field(default=None, primary_key=True)
    encargo_id: int = Field(foreign_key="encargo.id", index=True)
    dependencia_id: int | None = Field(default=None, foreign_key="dependencia.id", index=True)
    persona_id: int | None = Field(default=None, foreign_key="persona.id", index=True)
    compromiso: str = ""
    cumplido_en: date | None = None

    __table_args__ = (
        UniqueConstraint("encargo_id", "dependencia_id", "persona_id"),
        CheckConstraint("dependencia_id IS NOT NULL OR persona_id IS NOT NULL", name="quien"),
    )


class PasoEncargo(Base, Versionado, table=True):
    """Un paso del calendario de un encargo: entregable, fase, hito o actividad, y cuándo se hizo."""

    id: int | None = Field(default=None, primary_key=True)
    encargo_id: int = Field(foreign_key="encargo.id", index=True)
    orden: int = 0
    titulo: str
    inicio: date
    fin: date
    hecho_en: date | None = None

    __table_args__ = (CheckConstraint("fin >= inicio", name="orden"),)


class LigaEncargo(Base, table=True):
    """A qué nodo, programa, indicador, proyecto o acuerdo toca un encargo."""

    id: int | None = Field(default=None, primary_key=True)
    encargo_id: int = Field(foreign_key="encargo.id", index=True)
    asunto: str
    referencia: str

    __table_args__ = (
        UniqueConstraint("encargo_id", "asunto", "referencia"),
        Index("ix_liga_encargo_asunto", "asunto", "referencia"),
    )


class MovimientoEncargo(Base, table=True):
    """Un cambio de etapa o un comentario, con quién y cuándo; sólo se agrega."""

    id: int | None = Field(default=None, primary_key=True)
    encargo_id: int = Field(foreign_key="encargo.id", index=True)
    momento: datetime
    etapa: str
    """En qué etapa quedó; la misma, si sólo se comentó."""
    texto: str = ""
    autor: str


class LecturaEncargo(Base, table=True):
    """Hasta qué movimiento leyó una persona y cuándo acusó de enterada."""

    id: int | None = Field(default=None, primary_key=True)
    encargo_id: int = Field(foreign_key="encargo.id", index=True)
    usuario_id: int = Field(foreign_key="usuario.id", index=True)
    leido_hasta: int = 0
    """Id del último movimiento que vio; 0, sólo el encargo."""
    leido_en: datetime
    acuse_en: datetime | None = None

    __table_args__ = (UniqueConstraint("encargo_id", "usuario_id"),)
