"""Trámites del municipio y las mejoras que los grupos de trabajo les hacen, con su antes y su después."""

from datetime import date
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from db.base import Base, Versionado, centavos, choice


class TipoMejora(StrEnum):
    MEJORA = "mejora"
    SIMPLIFICACION = "simplificacion"
    REINGENIERIA = "reingenieria"


class Tramite(Base, Versionado, table=True):
    """Un trámite o servicio que la gente pide: quién lo da, qué pide, cuánto tarda y cuánto cuesta hoy."""

    id: int | None = Field(default=None, primary_key=True)
    clave: str = Field(unique=True)
    """Homoclave del registro municipal de trámites."""
    nombre: str
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)
    pasos: int = 0
    requisitos: int = 0
    dias: int = 0
    """Días hábiles hasta la respuesta."""
    costo: int = centavos()
    veces_al_anio: int = 0
    en_linea: bool = False
    activo: bool = True

    __table_args__ = (
        CheckConstraint(
            "pasos >= 0 AND requisitos >= 0 AND dias >= 0 AND costo >= 0 AND veces_al_anio >= 0", name="signo"
        ),
    )


class Mejora(Base, Versionado, table=True):
    """Una propuesta para un trámite: qué grupo la hace y sus medidas antes y después."""

    encargo_id: int = Field(primary_key=True, foreign_key="encargo.id")
    tipo: TipoMejora = Field(default=TipoMejora.MEJORA, sa_type=choice(TipoMejora))
    tramite_id: int | None = Field(default=None, foreign_key="tramite.id", index=True)
    comite_id: int | None = Field(default=None, foreign_key="comite.id", index=True)
    """El grupo de trabajo que la propone."""
    diagnostico: str = ""
    propuesta: str = ""
    pasos_antes: int | None = None
    pasos_despues: int | None = None
    requisitos_antes: int | None = None
    requisitos_despues: int | None = None
    dias_antes: int | None = None
    dias_despues: int | None = None
    costo_antes: int | None = Field(default=None, sa_type=BigInteger)
    costo_despues: int | None = Field(default=None, sa_type=BigInteger)
    veces_al_anio: int | None = None
    medido_en: date | None = None
    """Cuándo se midió el después, ya en marcha; vacío, es una estimación."""
