"""Ingresos por rubro y mes: estimado, modificado, devengado y recaudado, en cortes con versión."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db.base import Base, centavos


class CorteIngreso(Base, table=True):
    """Una carga de Tesorería; la vigente sustituye a la anterior, que se sigue pudiendo leer."""

    id: int | None = Field(default=None, primary_key=True)
    ente_id: int = Field(foreign_key="ente.id")
    anio: int
    numero: int
    mes: int
    """Último mes con movimiento."""
    vigente: bool = True
    carga_id: int = Field(foreign_key="carga.id", index=True)
    cargado_en: datetime
    autor: str
    archivo: str
    sha256: str
    totales: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    """Totales de control en centavos, por momento."""

    __table_args__ = (
        UniqueConstraint("ente_id", "anio", "numero"),
        Index("ix_corte_ingreso_vigente", "anio", "ente_id", "vigente"),
    )


class RenglonIngreso(Base, table=True):
    """Lo que un concepto de ingreso tuvo en un mes, en centavos; modificado = estimado + amp. − red."""

    id: int | None = Field(default=None, primary_key=True)
    corte_id: int = Field(foreign_key="corte_ingreso.id", index=True)
    rubro: str
    """Clave del Clasificador por Rubros de Ingresos; sus dos primeros dígitos son el rubro."""
    concepto: str
    fuente: str = ""
    mes: int
    estimado: int = centavos()
    ampliaciones: int = centavos()
    reducciones: int = centavos()
    devengado: int = centavos()
    recaudado: int = centavos()

    __table_args__ = (
        UniqueConstraint("corte_id", "rubro", "fuente", "mes"),
        CheckConstraint("mes BETWEEN 1 AND 12", name="mes"),
    )
