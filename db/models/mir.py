"""La MIR de un programa, los árboles de que sale y las preguntas CREMAA de sus indicadores."""

from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, choice
from db.models.indicadores import NivelMir


class ClaseNodoArbol(StrEnum):
    PROBLEMA = "problema"
    CAUSA = "causa"
    EFECTO = "efecto"


class CriterioCremaa(StrEnum):
    CLARIDAD = "claridad"
    RELEVANCIA = "relevancia"
    ECONOMIA = "economia"
    MONITOREABLE = "monitoreable"
    ADECUADO = "adecuado"
    APORTACION = "aportacion"


class RenglonMir(Base, Versionado, table=True):
    """Renglón del PbRM-01e: nivel, lo que se logra y su supuesto; la actividad cuelga de su componente."""

    id: int | None = Field(default=None, primary_key=True)
    programa_id: int = Field(foreign_key="programa.id", index=True)
    ente_id: int = Field(foreign_key="ente.id", index=True)
    padre_id: int | None = Field(default=None, foreign_key="renglon_mir.id", index=True)
    nivel: NivelMir = Field(sa_type=choice(NivelMir))
    orden: int
    """Lugar entre sus hermanos, desde 1."""
    resumen: str
    supuestos: str = ""
    tipo: bool = False
    """Viene de la MIR tipo oficial y nadie lo ha cambiado."""


class IndicadorMir(Base, Versionado, table=True):
    """Un indicador de un renglón: la ficha del ejercicio si existe, o lo que la MIR tipo dice de él."""

    id: int | None = Field(default=None, primary_key=True)
    renglon_id: int = Field(foreign_key="renglon_mir.id", index=True)
    indicador_id: int | None = Field(default=None, foreign_key="indicador.id", index=True)
    orden: int = 1
    nombre: str = ""
    formula: str = ""
    frecuencia: str = ""
    tipo: str = ""
    medios: str = ""


class NodoArbol(Base, Versionado, table=True):
    """Una causa o efecto del problema, y el medio o fin en que se convierte al redactarlo en positivo."""

    id: int | None = Field(default=None, primary_key=True)
    programa_id: int = Field(foreign_key="programa.id", index=True)
    ente_id: int = Field(foreign_key="ente.id", index=True)
    padre_id: int | None = Field(default=None, foreign_key="nodo_arbol.id", index=True)
    """Hacia el problema: una causa cuelga de lo que causa, un efecto de lo que lo produce."""
    clase: ClaseNodoArbol = Field(sa_type=choice(ClaseNodoArbol))
    orden: int
    problema: str
    objetivo: str = ""
    """El mismo nodo en positivo; vacío: aún no se redacta."""
    elegido: bool = True
    """Entra en la alternativa de que se deriva la MIR."""


class RespuestaCremaa(Base, Versionado, table=True):
    """Lo que se contestó a una pregunta CREMAA sobre un indicador."""

    id: int | None = Field(default=None, primary_key=True)
    indicador_id: int = Field(foreign_key="indicador.id", index=True)
    criterio: CriterioCremaa = Field(sa_type=choice(CriterioCremaa))
    cumple: bool
    nota: str = ""

    __table_args__ = (UniqueConstraint("indicador_id", "criterio"),)
