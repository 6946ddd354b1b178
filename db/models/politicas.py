"""Políticas públicas: problema, población, objetivo, con qué actúan y a qué sectores sirven."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, choice


class SectorPoblacion(StrEnum):
    MUJERES = "mujeres"
    NINEZ = "ninez"
    JUVENTUD = "juventud"
    MAYORES = "mayores"
    INDIGENAS = "indigenas"
    DISCAPACIDAD = "discapacidad"
    RURAL = "rural"
    MIGRANTES = "migrantes"
    DIVERSIDAD = "diversidad"
    GENERAL = "general"


class Efecto(StrEnum):
    BENEFICIA = "beneficia"
    NEUTRO = "neutro"
    AFECTA = "afecta"


class TipoInstrumento(StrEnum):
    NORMA = "norma"
    SUBSIDIO = "subsidio"
    SERVICIO = "servicio"
    OBRA = "obra"
    CAMPANA = "campana"
    CONVENIO = "convenio"


class Politica(Base, Versionado, table=True):
    """Lo que una política lleva además de lo común."""

    encargo_id: int = Field(primary_key=True, foreign_key="encargo.id")
    problema: str = ""
    poblacion: str = ""
    objetivo: str = ""
    evaluacion: str = ""


class SectorPolitica(Base, Versionado, table=True):
    """Qué le hace una política a un sector de la población y cómo se compensa."""

    id: int | None = Field(default=None, primary_key=True)
    encargo_id: int = Field(foreign_key="politica.encargo_id", index=True)
    sector: SectorPoblacion = Field(sa_type=choice(SectorPoblacion))
    efecto: Efecto = Field(sa_type=choice(Efecto))
    explicacion: str = ""

    __table_args__ = (UniqueConstraint("encargo_id", "sector"),)


class InstrumentoPolitica(Base, Versionado, table=True):
    """Con qué actúa una política: una norma, un subsidio, un servicio…"""

    id: int | None = Field(default=None, primary_key=True)
    encargo_id: int = Field(foreign_key="politica.encargo_id", index=True)
    tipo: TipoInstrumento = Field(sa_type=choice(TipoInstrumento))
    nombre: str
    descripcion: str = ""

    __table_args__ = (UniqueConstraint("encargo_id", "nombre"),)


class SeguimientoPolitica(Base, Versionado, table=True):
    """Cuánto va una política en una fecha, en porcentaje, y qué ha logrado."""

    id: int | None = Field(default=None, primary_key=True)
    encargo_id: int = Field(foreign_key="politica.encargo_id", index=True)
    fecha: date
    avance: int = 0
    resultado: str

    __table_args__ = (
        UniqueConstraint("encargo_id", "fecha"),
        CheckConstraint("avance BETWEEN 0 AND 100", name="avance"),
    )
