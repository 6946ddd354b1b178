"""Documentos que el sistema hace: lo emitido con su folio, y los textos que se corrigen antes de emitir."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, choice


class EstadoDocumento(StrEnum):
    BORRADOR = "borrador"
    """Hecho con faltantes, a sabiendas: lleva la palabra a la vista y no tiene folio oficial."""
    EMITIDO = "emitido"


class DocumentoEmitido(Base, table=True):
    """Un archivo que salió del sistema: de qué datos, con qué sello y su huella; sólo se agrega."""

    id: int | None = Field(default=None, primary_key=True)
    folio: str = Field(unique=True)
    clase: str
    """Clave del documento: «pbrm_08c», «ficha_ejecutiva»…"""
    titulo: str
    estado: EstadoDocumento = Field(sa_type=choice(EstadoDocumento))
    formato: str
    """pdf, docx, xlsx, txt, csv o zip."""
    anio: int
    mes: int | None = None
    ente_id: int | None = Field(default=None, foreign_key="ente.id", index=True)
    dependencia_id: int | None = Field(default=None, foreign_key="dependencia.id", index=True)
    parametros: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Lo elegido: con esto se vuelve a hacer."""
    cierre_id: int | None = Field(default=None, foreign_key="cierre.id", index=True)
    """Periodo cerrado de cuya instantánea salieron las cifras."""
    bitacora_id: int
    """Último renglón de la bitácora al emitir, o al cerrar el periodo."""
    sello: str
    """Huella de ese renglón."""
    huella: str
    """sha256 del archivo."""
    tamano: int
    cuenta: str
    nombre: str
    emitido_en: datetime

    __table_args__ = (Index("ix_documento_emitido_clase", "clase", "anio", "mes"),)


class TextoDocumento(Base, Versionado, table=True):
    """Un párrafo que el sistema redacta y una persona corrigió antes de emitir."""

    id: int | None = Field(default=None, primary_key=True)
    clase: str
    anio: int
    mes: int
    alcance: str = ""
    """Ente, eje o programa del que trata, como «ente/1/eje/2»; vacío: todo el municipio."""
    seccion: str
    texto: str
    autor: str
    guardado_en: datetime

    __table_args__ = (UniqueConstraint("clase", "anio", "mes", "alcance", "seccion"),)


class Adjunto(Base, table=True):
    """Una evidencia que acompaña a algo que no es un resultado: un capítulo, un aspecto, un elemento."""

    id: int | None = Field(default=None, primary_key=True)
    evidencia_id: int = Field(foreign_key="evidencia.id", index=True)
    asunto: str
    """Clase de cosa: «capitulo», «asm», «guia»…"""
    referencia: str
    """Cuál: su id o su clave."""
    pie: str = ""
    lugar: str = ""
    orden: int = 0
    agrego: str
    agregado_en: datetime

    __table_args__ = (
        UniqueConstraint("evidencia_id", "asunto", "referencia"),
        Index("ix_adjunto_asunto", "asunto", "referencia"),
    )
