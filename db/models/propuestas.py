"""Lo que la ciudadanía y los sectores llevan al comité, y las obras que éste prioriza."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Cantidad, Versionado, centavos, choice
from db.models.comites import Sector


class ClasePropuesta(StrEnum):
    OPINION = "opinion"
    PROPUESTA = "propuesta"
    QUEJA = "queja"


class EstadoPropuesta(StrEnum):
    RECIBIDA = "recibida"
    EN_ANALISIS = "en_analisis"
    ACEPTADA = "aceptada"
    NO_PROCEDE = "no_procede"
    ATENDIDA = "atendida"


class EstadoObra(StrEnum):
    PROPUESTA = "propuesta"
    PRIORIZADA = "priorizada"
    NO_PRIORIZADA = "no_priorizada"


class Propuesta(Base, Versionado, table=True):
    """Una opinión o propuesta: quién, dónde, de qué tema, qué línea toca y qué se le respondió."""

    id: int | None = Field(default=None, primary_key=True)
    folio: str = Field(unique=True)
    clase: ClasePropuesta = Field(sa_type=choice(ClasePropuesta))
    fecha: date
    comite_id: int | None = Field(default=None, foreign_key="comite.id", index=True)
    sesion_id: int | None = Field(default=None, foreign_key="sesion_comite.id", index=True)
    quien: str
    """Persona, grupo u organización que la hace."""
    sector: Sector = Field(sa_type=choice(Sector))
    lugar: str = ""
    tema: str
    texto: str
    nodo_id: int | None = Field(default=None, foreign_key="nodo_plan.id", index=True)
    dependencia_id: int | None = Field(default=None, foreign_key="dependencia.id", index=True)
    """Quien debe responder."""
    estado: EstadoPropuesta = Field(default=EstadoPropuesta.RECIBIDA, sa_type=choice(EstadoPropuesta))
    respuesta: str = ""
    respondio: str = ""
    respondida_en: datetime | None = None


class CriterioObra(Base, Versionado, table=True):
    """Un criterio con que un comité prioriza obras de un ejercicio; su peso entre los demás."""

    id: int | None = Field(default=None, primary_key=True)
    comite_id: int = Field(foreign_key="comite.id", index=True)
    anio: int
    orden: int = 0
    nombre: str
    descripcion: str = ""
    peso: Decimal = Field(sa_type=Cantidad)

    __table_args__ = (UniqueConstraint("comite_id", "anio", "nombre"),)


class ObraPropuesta(Base, Versionado, table=True):
    """Una obra que se propone priorizar (FAIS u otro fondo)."""

    id: int | None = Field(default=None, primary_key=True)
    comite_id: int = Field(foreign_key="comite.id", index=True)
    anio: int
    nombre: str
    localidad: str
    descripcion: str = ""
    fondo: str = ""
    costo: int = centavos()
    beneficiarios: int = 0
    dependencia_id: int | None = Field(default=None, foreign_key="dependencia.id", index=True)
    nodo_id: int | None = Field(default=None, foreign_key="nodo_plan.id", index=True)
    propuesta_id: int | None = Field(default=None, foreign_key="propuesta.id", index=True)
    estado: EstadoObra = Field(default=EstadoObra.PROPUESTA, sa_type=choice(EstadoObra))
    votacion_id: int | None = Field(default=None, foreign_key="votacion.id", index=True)
    """La votación que la priorizó o no."""

    __table_args__ = (CheckConstraint("costo >= 0 AND beneficiarios >= 0", name="signo"),)


class CalificacionObra(Base, Versionado, table=True):
    """Cuánto cumple una obra un criterio, de 0 a 100."""

    id: int | None = Field(default=None, primary_key=True)
    obra_id: int = Field(foreign_key="obra_propuesta.id", index=True)
    criterio_id: int = Field(foreign_key="criterio_obra.id", index=True)
    valor: Decimal = Field(sa_type=Cantidad)

    __table_args__ = (
        UniqueConstraint("obra_id", "criterio_id"),
        CheckConstraint("valor BETWEEN 0 AND 100000000", name="valor"),
    )
