"""Observaciones: lo que alguien pregunta de una cifra o de un programa, lo que se contesta y su cierre."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from db.base import Base, Versionado, choice


class EstadoObservacion(StrEnum):
    ABIERTA = "abierta"
    RESPONDIDA = "respondida"
    CERRADA = "cerrada"


class AsuntoObservacion(StrEnum):
    CONCILIACION = "conciliacion"
    PROGRAMA = "programa"
    INDICADOR = "indicador"
    META = "meta"
    CLAVE = "clave"


class Observacion(Base, Versionado, table=True):
    """Una pregunta o hallazgo sobre algo; vive hasta que se cierra con su respuesta."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int
    ente_id: int | None = Field(default=None, foreign_key="ente.id", index=True)
    asunto: AsuntoObservacion = Field(sa_type=choice(AsuntoObservacion))
    referencia: str
    """De qué se habla dentro del asunto: clave de programa, id de indicador, regla de la conciliación."""
    texto: str
    estado: EstadoObservacion = Field(default=EstadoObservacion.ABIERTA, sa_type=choice(EstadoObservacion))
    dependencia_id: int | None = Field(default=None, foreign_key="dependencia.id", index=True)
    """Quien debe contestar."""
    autor: str
    creada_en: datetime
    vence: date | None = None
    cerro: str = ""
    cerrada_en: datetime | None = None

    __table_args__ = (Index("ix_observacion_asunto", "anio", "asunto", "referencia"),)


class RespuestaObservacion(Base, table=True):
    """Lo que se contestó a una observación; sólo se agrega."""

    id: int | None = Field(default=None, primary_key=True)
    observacion_id: int = Field(foreign_key="observacion.id", index=True)
    texto: str
    autor: str
    creada_en: datetime
