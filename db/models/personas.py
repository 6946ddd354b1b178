"""Directorio de personas: quienes integran cuerpos colegiados y grupos, con los datos que hacen falta."""

from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from db.base import Base, Versionado, choice


class Sexo(StrEnum):
    MUJER = "mujer"
    HOMBRE = "hombre"
    NO_DICE = "no_dice"


class Persona(Base, Versionado, table=True):
    """Alguien que participa; con cuenta, entra al sistema y vota desde su teléfono."""

    id: int | None = Field(default=None, primary_key=True)
    nombre: str
    sexo: Sexo = Field(default=Sexo.NO_DICE, sa_type=choice(Sexo))
    """Sólo para contar la paridad de los cuerpos."""
    cargo: str = ""
    institucion: str = ""
    dependencia_id: int | None = Field(default=None, foreign_key="dependencia.id", index=True)
    correo: str = ""
    telefono: str = ""
    usuario_id: int | None = Field(default=None, foreign_key="usuario.id", unique=True)
    activa: bool = True

    __table_args__ = (Index("ix_persona_nombre", "nombre"),)
