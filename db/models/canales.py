"""Canales entre unidades: temas que se discuten, circulares que se acusan y líneas de trabajo publicadas."""

from enum import StrEnum

from sqlmodel import Field

from db.base import Base, Versionado, choice


class ClaseTema(StrEnum):
    TEMA = "tema"
    CIRCULAR = "circular"
    LINEA_TRABAJO = "linea_trabajo"


class Tema(Base, Versionado, table=True):
    """Lo que un tema lleva además de lo común; sus mensajes son los movimientos del encargo."""

    encargo_id: int = Field(primary_key=True, foreign_key="encargo.id")
    clase: ClaseTema = Field(default=ClaseTema.TEMA, sa_type=choice(ClaseTema))
    para_todas: bool = False
    """Va a todas las dependencias, no sólo a las que participan."""
    pide_acuse: bool = False
    conclusion: str = ""
    """Lo que se acordó o se difunde."""
