"""Lo que un programa dice de su problema: descripción del PbRM-01b e involucrados de la MML."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, choice


class PosturaInvolucrado(StrEnum):
    A_FAVOR = "a_favor"
    INDIFERENTE = "indiferente"
    EN_CONTRA = "en_contra"


class DescripcionPrograma(Base, Versionado, table=True):
    """PbRM-01b de una dependencia general en un programa: FODA, objetivo y estrategias."""

    id: int | None = Field(default=None, primary_key=True)
    programa_id: int = Field(foreign_key="programa.id", index=True)
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)
    fortalezas: str = ""
    oportunidades: str = ""
    debilidades: str = ""
    amenazas: str = ""
    estrategias: str = ""
    poblacion_potencial: str = ""
    poblacion_objetivo: str = ""

    __table_args__ = (UniqueConstraint("programa_id", "dependencia_id"),)


class Involucrado(Base, Versionado, table=True):
    """Grupo u organización con interés en el problema de un programa."""

    id: int | None = Field(default=None, primary_key=True)
    programa_id: int = Field(foreign_key="programa.id", index=True)
    ente_id: int = Field(foreign_key="ente.id", index=True)
    orden: int
    grupo: str
    interes: str = ""
    problema: str = ""
    """El problema como ese grupo lo percibe."""
    recursos: str = ""
    postura: PosturaInvolucrado = Field(
        default=PosturaInvolucrado.INDIFERENTE, sa_type=choice(PosturaInvolucrado)
    )
    fuerza: int = 3
    """De 1 a 5, cuánto puede influir."""

    __table_args__ = (CheckConstraint("fuerza BETWEEN 1 AND 5", name="fuerza"),)
