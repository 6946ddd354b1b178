"""El Plan de Desarrollo Municipal: árbol con versiones, pesos con fecha y alineación."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.base import Base, Cantidad, Versionado, choice


class TipoEje(StrEnum):
    PILAR = "pilar"
    TRANSVERSAL = "transversal"


class EstadoJuego(StrEnum):
    PROPUESTO = "propuesto"
    APROBADO = "aprobado"
    RECHAZADO = "rechazado"


class Plan(Base, Versionado, table=True):
    """Un plan por administración; `version_plan` sube cada vez que el árbol cambia."""

    id: int | None = Field(default=None, primary_key=True)
    administracion_id: int = Field(foreign_key="administracion.id", unique=True)
    nombre: str
    niveles: int = 5
    version_plan: int = 0


class VersionPlan(Base, table=True):
    """Por qué y con qué documento cambió el árbol."""

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    numero: int
    fecha: date
    motivo: str

    __table_args__ = (UniqueConstraint("plan_id", "numero"),)


class NodoPlan(Base, Versionado, table=True):
    """Un nodo del árbol. Su `id` no cambia entre versiones: lo citan metas, indicadores y dinero."""

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    padre_id: int | None = Field(default=None, foreign_key="nodo_plan.id", index=True)
    nivel: int
    """1 es el más alto (eje)."""
    clave: str
    nombre: str
    tipo: TipoEje = Field(default=TipoEje.PILAR, sa_type=choice(TipoEje))
    orden: int = 0
    version_alta: int = 1
    version_baja: int | None = None
    """Versión del plan en que dejó de estar vigente."""
    busqueda: str = ""
    """Clave y nombre sin acentos, para buscar igual en los dos motores."""


class TextoNodo(Base, table=True):
    """Lo que un nodo decía antes de una versión del plan; sólo se agrega."""

    id: int | None = Field(default=None, primary_key=True)
    nodo_id: int = Field(foreign_key="nodo_plan.id", index=True)
    version_plan: int
    clave: str
    nombre: str
    padre_id: int | None = None


class JuegoPesos(Base, table=True):
    """Un conjunto de pesos con fecha, razón y quién lo aprobó."""

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    anio: int
    mes: int
    """Primer corte (anio, mes) en que rige."""
    motivo: str
    aprobo: str
    estado: EstadoJuego = Field(default=EstadoJuego.APROBADO, sa_type=choice(EstadoJuego))
    """Sólo el aprobado pesa; el propuesto espera el acuerdo del comité."""
    acuerdo_id: int | None = Field(default=None, foreign_key="acuerdo.id", index=True)
    """El acuerdo que lo aprobó."""


class Peso(Base, table=True):
    """Peso de un nodo entre sus hermanos; un nodo sin renglón pesa igual que los demás."""

    id: int | None = Field(default=None, primary_key=True)
    juego_id: int = Field(foreign_key="juego_pesos.id", index=True)
    nodo_id: int = Field(foreign_key="nodo_plan.id", index=True)
    peso: Decimal = Field(sa_type=Cantidad)

    __table_args__ = (UniqueConstraint("juego_id", "nodo_id"),)


class Alineacion(Base, table=True):
    """Un nodo contribuye a una entrada de ODS, meta ODS, PND o PED."""

    id: int | None = Field(default=None, primary_key=True)
    nodo_id: int = Field(foreign_key="nodo_plan.id", index=True)
    entrada_id: int = Field(foreign_key="entrada_catalogo.id", index=True)

    __table_args__ = (UniqueConstraint("nodo_id", "entrada_id"),)
