"""Avisos a las personas, su entrega por correo y lo que cada quien prefiere."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, choice


class ClaseAviso(StrEnum):
    VENTANA_ABRE = "ventana_abre"
    RECORDATORIO = "recordatorio"
    VENCIDO = "vencido"
    DEVUELTO = "devuelto"
    CRITICO = "critico"
    RECONDUCCION = "reconduccion"
    PERIODO = "periodo"
    INFORME = "informe"
    SESION = "sesion"
    ACUERDO = "acuerdo"
    REGISTRO = "registro"


class EstadoEntrega(StrEnum):
    PENDIENTE = "pendiente"
    ENTREGADO = "entregado"
    FALLIDO = "fallido"


class Aviso(Base, table=True):
    """Algo que una persona debe saber; `llave` evita decírselo dos veces."""

    id: int | None = Field(default=None, primary_key=True)
    usuario_id: int = Field(foreign_key="usuario.id")
    clase: ClaseAviso = Field(sa_type=choice(ClaseAviso))
    llave: str
    titulo: str
    texto: str = ""
    ruta: str = ""
    """Dirección dentro del sistema."""
    creado_en: datetime
    leido_en: datetime | None = None

    __table_args__ = (
        UniqueConstraint("usuario_id", "llave"),
        Index("ix_aviso_usuario", "usuario_id", "leido_en"),
    )


class EntregaAviso(Base, table=True):
    """Un correo con uno o varios avisos: cuándo salió o por qué no."""

    id: int | None = Field(default=None, primary_key=True)
    aviso_id: int = Field(foreign_key="aviso.id", index=True)
    correo: str
    estado: EstadoEntrega = Field(default=EstadoEntrega.PENDIENTE, sa_type=choice(EstadoEntrega))
    intentos: int = 0
    error: str = ""
    momento: datetime

    __table_args__ = (UniqueConstraint("aviso_id", "correo"),)


class PreferenciaAviso(Base, Versionado, table=True):
    """Si la persona quiere correo, si lo quiere junto una vez al día y de qué no lo quiere."""

    usuario_id: int = Field(primary_key=True, foreign_key="usuario.id")
    correo: bool = True
    resumen_diario: bool = False
    sin_correo: list[str] = Field(default_factory=list, sa_type=JSON)
    """Clases de aviso que sólo quiere en pantalla."""
