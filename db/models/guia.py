"""Guía Consultiva de Desempeño Municipal: indicadores, elementos de evidencia y autodiagnóstico por año."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, cantidad, choice


class TipoGuia(StrEnum):
    GESTION = "gestion"
    DESEMPENO = "desempeno"


class SinVariables(StrEnum):
    """Cómo queda un indicador de desempeño al que le faltan sus variables: la guía lo dice por indicador."""

    REZAGO = "rezago"
    ND = "nd"


class IndicadorGuia(Base, Versionado, table=True):
    """Un indicador de una edición de la guía; los umbrales se guardan como los imprime («>=80»)."""

    id: int | None = Field(default=None, primary_key=True)
    edicion: str
    """Como «2025-2027»."""
    clave: str
    """Como «1.2.4»."""
    modulo: int
    modulo_nombre: str
    tema: str
    tema_nombre: str
    nombre: str
    tipo: TipoGuia = Field(sa_type=choice(TipoGuia))
    revision: str = ""
    formula: str = ""
    variables: str = ""
    optimo: str = ""
    en_proceso: str = ""
    rezago: str = ""
    sin_variables: SinVariables = Field(default=SinVariables.ND, sa_type=choice(SinVariables))
    admite_nm: bool = True
    """Puede declararse «no medible» con evidencia de que el servicio no es del municipio."""
    orden: int = 0
    busqueda: str = ""

    __table_args__ = (UniqueConstraint("edicion", "clave"),)


class ElementoGuia(Base, table=True):
    """Un elemento que la guía pide comprobar en un indicador de gestión."""

    id: int | None = Field(default=None, primary_key=True)
    indicador_guia_id: int = Field(foreign_key="indicador_guia.id", index=True)
    inciso: str
    texto: str

    __table_args__ = (UniqueConstraint("indicador_guia_id", "inciso"),)


class DiagnosticoGuia(Base, Versionado, table=True):
    """Lo que el municipio sabe de un indicador de la guía en un año."""

    id: int | None = Field(default=None, primary_key=True)
    indicador_guia_id: int = Field(foreign_key="indicador_guia.id", index=True)
    anio: int = Field(index=True)
    dependencia_id: int | None = Field(default=None, foreign_key="dependencia.id", index=True)
    """Quien reúne la evidencia."""
    no_medible: bool = False
    motivo: str = ""
    """Por qué no es medible, con qué documento."""
    valor: Decimal | None = cantidad()
    variables: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Valores con que se calculó, como texto decimal, por nombre de variable."""
    nota: str = ""

    __table_args__ = (UniqueConstraint("indicador_guia_id", "anio"),)


class ComprobacionGuia(Base, Versionado, table=True):
    """Si un elemento se comprueba en un año y con qué evidencia."""

    id: int | None = Field(default=None, primary_key=True)
    elemento_id: int = Field(foreign_key="elemento_guia.id", index=True)
    anio: int = Field(index=True)
    cumple: bool = False
    evidencia: str = ""
    """Documento que lo prueba y dónde está."""
    fecha: date | None = None
    """Fecha del documento."""

    __table_args__ = (UniqueConstraint("elemento_id", "anio"),)
