"""Dependencias generales y auxiliares, y quién las encabeza."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from db.base import Base, Versionado, choice


class NivelDependencia(StrEnum):
    GENERAL = "general"
    AUXILIAR = "auxiliar"


class Dependencia(Base, Versionado, table=True):
    """Unidad con clave oficial (A00…, 100…); la auxiliar cuelga de una general."""

    id: int | None = Field(default=None, primary_key=True)
    ente_id: int = Field(foreign_key="ente.id", index=True)
    padre_id: int | None = Field(default=None, foreign_key="dependencia.id", index=True)
    nivel: NivelDependencia = Field(sa_type=choice(NivelDependencia))
    clave: str
    nombre: str
    activa: bool = True

    __table_args__ = (
        UniqueConstraint("ente_id", "padre_id", "clave"),
        # Un UNIQUE deja pasar repetidas las generales, cuyo padre es nulo.
        Index(
            "uq_dependencia_general",
            "ente_id",
            "clave",
            unique=True,
            sqlite_where=text("padre_id IS NULL"),
            postgresql_where=text("padre_id IS NULL"),
        ),
    )


class Titular(Base, Versionado, table=True):
    """Quien encabeza una dependencia entre dos fechas; un cambio de persona es un renglón nuevo."""

    id: int | None = Field(default=None, primary_key=True)
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)
    nombre: str
    cargo: str
    desde: date
    hasta: date | None = None
