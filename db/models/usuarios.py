"""Cuentas, roles, sesiones e intentos de entrada."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, choice
from db.rules.permisos import Rol


class Usuario(Base, Versionado, table=True):
    """Una persona que entra al sistema con su cuenta."""

    id: int | None = Field(default=None, primary_key=True)
    cuenta: str = Field(unique=True)
    nombre: str
    correo: str = ""
    clave_hash: str | None = None
    """Argon2id; vacío mientras no estrene su código de un solo uso."""
    codigo_hash: str | None = None
    codigo_vence: datetime | None = None
    activa: bool = True
    creada_en: datetime


class RolUsuario(Base, table=True):
    """Un rol de una cuenta y su alcance; ente y dependencia vacíos son todo el municipio."""

    id: int | None = Field(default=None, primary_key=True)
    usuario_id: int = Field(foreign_key="usuario.id", index=True)
    rol: Rol = Field(sa_type=choice(Rol))
    ente_id: int | None = Field(default=None, foreign_key="ente.id")
    dependencia_id: int | None = Field(default=None, foreign_key="dependencia.id")

    __table_args__ = (UniqueConstraint("usuario_id", "rol", "ente_id", "dependencia_id"),)


class Sesion(Base, table=True):
    """Sesión abierta; la base guarda la huella del testigo, nunca el testigo."""

    id: int | None = Field(default=None, primary_key=True)
    sid: str = Field(unique=True)
    testigo_hash: str = Field(unique=True)
    usuario_id: int = Field(foreign_key="usuario.id", index=True)
    creada_en: datetime
    usada_en: datetime
    vence_en: datetime
    cerrada_en: datetime | None = None
    ip: str = ""
    agente: str = ""


class IntentoEntrada(Base, table=True):
    """Intento de entrada, para frenar a quien adivina contraseñas."""

    id: int | None = Field(default=None, primary_key=True)
    cuenta: str
    ip: str
    momento: datetime
    exito: bool

    __table_args__ = (
        Index("ix_intento_entrada_cuenta", "cuenta", "momento"),
        Index("ix_intento_entrada_ip", "ip", "momento"),
    )
