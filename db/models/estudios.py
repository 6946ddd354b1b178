"""Estudios, análisis e investigaciones: lo que un encargo de estudio lleva además de lo común."""

from sqlmodel import Field

from db.base import Base, Versionado, centavos


class Estudio(Base, Versionado, table=True):
    """Por qué se pide, para qué, quién lo hace, cuánto cuesta, qué halló y qué decisión alimentó."""

    encargo_id: int = Field(primary_key=True, foreign_key="encargo.id")
    necesidad: str = ""
    uso: str = ""
    externo: bool = False
    realiza: str = ""
    costo: int = centavos()
    hallazgos: str = ""
    decision: str = ""
    """Qué se decidió con él."""
