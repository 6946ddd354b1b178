"""Adecuaciones presupuestarias: el documento que sustenta las ampliaciones y reducciones de cada clave."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, centavos, choice


class TipoAdecuacion(StrEnum):
    TRASPASO = "traspaso"
    """Compensada: lo ampliado es igual a lo reducido."""
    AMPLIACION = "ampliacion"
    REDUCCION = "reduccion"


class Adecuacion(Base, Versionado, table=True):
    """Un documento (oficio, dictamen, acta de cabildo) que mueve presupuesto."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int
    ente_id: int = Field(foreign_key="ente.id", index=True)
    folio: str
    tipo: TipoAdecuacion = Field(sa_type=choice(TipoAdecuacion))
    documento: str = ""
    """Qué documento la autoriza, con su número."""
    fecha: date
    motivo: str = ""

    __table_args__ = (UniqueConstraint("anio", "ente_id", "folio"),)


class RenglonAdecuacion(Base, table=True):
    """Lo que una adecuación amplía o reduce en una clave y mes, en centavos."""

    id: int | None = Field(default=None, primary_key=True)
    adecuacion_id: int = Field(foreign_key="adecuacion.id", index=True)
    clave: str = Field(index=True)
    """Clave presupuestaria completa; puede no estar aún en el presupuesto cargado."""
    mes: int
    ampliacion: int = centavos()
    reduccion: int = centavos()

    __table_args__ = (
        UniqueConstraint("adecuacion_id", "clave", "mes"),
        CheckConstraint("mes BETWEEN 1 AND 12", name="mes"),
        CheckConstraint("ampliacion >= 0 AND reduccion >= 0", name="signo"),
    )
