"""Bitácora encadenada, versión de los datos, llaves de idempotencia y cargas de archivos."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, Text
from sqlmodel import Field

from db.base import Base, choice


class EstadoCarga(StrEnum):
    VIGENTE = "vigente"
    DESHECHA = "deshecha"


class Bitacora(Base, table=True):
    """Un cambio; `huella` = sha256 de la huella previa y el cuerpo. Sólo se agrega."""

    id: int | None = Field(default=None, primary_key=True)
    momento: datetime
    cuenta: str
    accion: str
    entidad: str
    entidad_id: str = ""
    cuerpo: str = Field(sa_type=Text)
    """JSON canónico de todo lo anterior y de los valores antes y después."""
    previo: str
    huella: str

    __table_args__ = (Index("ix_bitacora_entidad", "entidad", "entidad_id"),)


class DataVersion(Base, table=True):
    """Un renglón que sube en cada transacción que escribe: la llave de lo que se guarda en memoria."""

    id: int | None = Field(default=None, primary_key=True)
    numero: int = 0


class LlaveIdempotencia(Base, table=True):
    """Formulario ya guardado: repetirlo devuelve lo mismo y no escribe dos veces."""

    llave: str = Field(primary_key=True)
    cuenta: str
    accion: str
    resultado: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    creada_en: datetime


class Carga(Base, table=True):
    """Un archivo cargado, con lo necesario para reconocerlo y para deshacerlo."""

    id: int | None = Field(default=None, primary_key=True)
    formato: str
    archivo: str
    sha256: str = Field(index=True)
    tamano: int
    """Bytes del archivo."""
    anio: int | None = None
    ente_id: int | None = Field(default=None, foreign_key="ente.id")
    autor: str
    cargada_en: datetime
    estado: EstadoCarga = Field(default=EstadoCarga.VIGENTE, sa_type=choice(EstadoCarga))
    deshecha_en: datetime | None = None
    deshizo: str = ""
    leidas: int = 0
    guardadas: int = 0
    sin_cambio: int = 0
    avisos: list[str] = Field(default_factory=list, sa_type=JSON)
    reverso: bytes | None = Field(default=None, sa_type=LargeBinary)
    """JSON comprimido con lo que había antes de la carga."""
