"""Metas de actividad por proyecto (PbRM-01c/02a): lo prometido por mes y lo alcanzado."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Cantidad, Versionado, cantidad, choice
from db.rules.captura import EstadoAvance as EstadoAvance


class OperacionMeta(StrEnum):
    SUMA = "suma"
    CONSTANTE = "constante"
    VALOR_ACTUAL = "valor_actual"
    PROMEDIO = "promedio"
    MAXIMO = "maximo"
    MINIMO = "minimo"


class Reconduccion(Base, table=True):
    """Adecuación autorizada de metas: rige en los cortes desde su mes; nunca reprograma lo cerrado."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int = Field(index=True)
    ente_id: int = Field(foreign_key="ente.id")
    folio: str
    fecha: date
    mes_vigencia: int
    motivo: str

    __table_args__ = (UniqueConstraint("anio", "ente_id", "folio"),)


class MetaActividad(Base, Versionado, table=True):
    """Meta de actividad sustantiva de un proyecto en una dependencia auxiliar."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int
    ente_id: int = Field(foreign_key="ente.id")
    proyecto_id: int = Field(foreign_key="proyecto.id", index=True)
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)
    area: str = ""
    numero: int
    nombre: str
    unidad: str = ""
    operacion: OperacionMeta = Field(default=OperacionMeta.SUMA, sa_type=choice(OperacionMeta))
    pide_beneficiarios: bool = False
    """Al capturarla se pide a cuántas mujeres y hombres atendió, y dónde."""
    busqueda: str = ""

    __table_args__ = (
        UniqueConstraint("anio", "ente_id", "dependencia_id", "proyecto_id", "numero"),
        Index("ix_meta_actividad_anio_ente", "anio", "ente_id"),
    )


class CitaLinea(Base, table=True):
    """Nodo del plan al que dice servir una meta; sin participación, las citas pesan igual."""

    id: int | None = Field(default=None, primary_key=True)
    meta_id: int = Field(foreign_key="meta_actividad.id", index=True)
    nodo_id: int = Field(foreign_key="nodo_plan.id", index=True)
    participacion: Decimal | None = cantidad()

    __table_args__ = (UniqueConstraint("meta_id", "nodo_id"),)


class ProgramacionMeta(Base, table=True):
    """Cantidad prometida en un mes; sin reconducción es la original, y un mes sin renglón está vacío."""

    id: int | None = Field(default=None, primary_key=True)
    meta_id: int = Field(foreign_key="meta_actividad.id")
    reconduccion_id: int | None = Field(default=None, foreign_key="reconduccion.id", index=True)
    mes: int
    cantidad: Decimal = Field(sa_type=Cantidad)

    __table_args__ = (
        Index("ix_programacion_meta_meta_mes", "meta_id", "mes"),
        CheckConstraint("mes BETWEEN 1 AND 12", name="mes"),
    )


class AvanceMeta(Base, Versionado, table=True):
    """Lo alcanzado en un periodo; `mes` es el último del periodo. Oficial sólo si está validado."""

    id: int | None = Field(default=None, primary_key=True)
    meta_id: int = Field(foreign_key="meta_actividad.id")
    mes: int
    alcanzado: Decimal = Field(sa_type=Cantidad)
    justificacion: str = ""
    estado: EstadoAvance = Field(default=EstadoAvance.EN_REVISION, sa_type=choice(EstadoAvance))
    capturo: str = ""
    capturado_en: datetime
    valido: str = ""
    validado_en: datetime | None = None
    documento: str = ""
    """Archivo u oficio que lo sustenta."""
    extemporaneo: bool = False
    """Se registró con el periodo ya cerrado: la cifra congelada no cambia."""

    __table_args__ = (
        UniqueConstraint("meta_id", "mes"),
        CheckConstraint("mes BETWEEN 1 AND 12", name="mes"),
    )
