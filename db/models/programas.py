"""Estructura programática: programas (8 dígitos), proyectos (12) y su vínculo con el plan."""

from decimal import Decimal
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.base import Base, Cantidad, Versionado, choice


class EstadoVinculo(StrEnum):
    PROPUESTO = "propuesto"
    ACEPTADO = "aceptado"


class Programa(Base, Versionado, table=True):
    """Programa presupuestario de un ejercicio: finalidad, función, subfunción y programa."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int = Field(index=True)
    clave: str
    nombre: str
    objetivo: str = ""
    pilar: str = ""
    tema: str = ""
    dependencia_sugerida: str = ""
    """La dependencia general que nombra la Gaceta."""
    busqueda: str = ""

    __table_args__ = (UniqueConstraint("anio", "clave"),)


class Proyecto(Base, Versionado, table=True):
    """Proyecto de un programa; `letra_conac` es su clasificación programática."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int = Field(index=True)
    programa_id: int = Field(foreign_key="programa.id", index=True)
    clave: str
    nombre: str
    descripcion: str = ""
    letra_conac: str = ""
    busqueda: str = ""

    __table_args__ = (UniqueConstraint("anio", "clave"),)


class ResponsablePrograma(Base, Versionado, table=True):
    """Dependencia que responde por un programa en un ente."""

    id: int | None = Field(default=None, primary_key=True)
    ente_id: int = Field(foreign_key="ente.id")
    programa_id: int = Field(foreign_key="programa.id", index=True)
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)

    __table_args__ = (UniqueConstraint("ente_id", "programa_id"),)


class ProyectoEjecutado(Base, table=True):
    """«Proyectos ejecutados» del PbRM-01a: qué área de qué dependencia auxiliar ejecuta un proyecto."""

    id: int | None = Field(default=None, primary_key=True)
    ente_id: int = Field(foreign_key="ente.id", index=True)
    proyecto_id: int = Field(foreign_key="proyecto.id", index=True)
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)
    area: str = ""

    __table_args__ = (UniqueConstraint("ente_id", "proyecto_id", "dependencia_id", "area"),)


class VinculoPlan(Base, Versionado, table=True):
    """Parte del dinero de un proyecto que sirve a un nodo del plan; las partes aceptadas suman 1."""

    id: int | None = Field(default=None, primary_key=True)
    ente_id: int = Field(foreign_key="ente.id", index=True)
    proyecto_id: int = Field(foreign_key="proyecto.id", index=True)
    nodo_id: int = Field(foreign_key="nodo_plan.id", index=True)
    participacion: Decimal = Field(sa_type=Cantidad)
    estado: EstadoVinculo = Field(default=EstadoVinculo.PROPUESTO, sa_type=choice(EstadoVinculo))

    __table_args__ = (UniqueConstraint("ente_id", "proyecto_id", "nodo_id"),)
