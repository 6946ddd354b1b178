"""Periodos del ejercicio y ventanas de captura."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, choice


class EstadoPeriodo(StrEnum):
    ABIERTO = "abierto"
    CERRADO = "cerrado"


class ClaseCaptura(StrEnum):
    ACTIVIDADES = "actividades"
    INDICADORES = "indicadores"
    PRESUPUESTO = "presupuesto"
    NARRATIVAS = "narrativas"


class Periodo(Base, Versionado, table=True):
    """Trimestre o mes de un ejercicio, nombrado por su último mes."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int = Field(foreign_key="ejercicio.anio", index=True)
    mes: int
    estado: EstadoPeriodo = Field(default=EstadoPeriodo.ABIERTO, sa_type=choice(EstadoPeriodo))
    cerrado_en: datetime | None = None
    cerro: str = ""

    __table_args__ = (UniqueConstraint("anio", "mes"), CheckConstraint("mes BETWEEN 1 AND 12", name="mes"))


class Ventana(Base, Versionado, table=True):
    """Plazo para capturar un periodo; al pasar `cierra`, lo no capturado está vencido."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int = Field(foreign_key="ejercicio.anio", index=True)
    mes: int
    clase: ClaseCaptura = Field(sa_type=choice(ClaseCaptura))
    abre: datetime
    cierra: datetime

    __table_args__ = (
        UniqueConstraint("anio", "mes", "clase"),
        CheckConstraint("cierra > abre", name="orden"),
    )
