"""Solicitudes de reconducción: lo que el área pide cambiar, la opinión de Tesorería y lo que se resuelve."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Cantidad, Versionado, centavos, choice
from db.rules.solicitud import EstadoSolicitud as EstadoSolicitud


class TipoReconduccion(StrEnum):
    PROGRAMATICA = "programatica"
    PRESUPUESTAL = "presupuestal"


class AmbitoReconduccion(StrEnum):
    INTERNA = "interna"
    """Entre proyectos de la misma dependencia general."""
    EXTERNA = "externa"


class ClaseRenglon(StrEnum):
    META = "meta"
    VARIABLE = "variable"


class LadoDinero(StrEnum):
    REDUCE = "reduce"
    AMPLIA = "amplia"


class SolicitudReconduccion(Base, Versionado, table=True):
    """Una adecuación pedida por un área; autorizada, crea la reconducción que rige."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int
    ente_id: int = Field(foreign_key="ente.id", index=True)
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)
    tipo: TipoReconduccion = Field(sa_type=choice(TipoReconduccion))
    ambito: AmbitoReconduccion = Field(default=AmbitoReconduccion.INTERNA, sa_type=choice(AmbitoReconduccion))
    estado: EstadoSolicitud = Field(default=EstadoSolicitud.BORRADOR, sa_type=choice(EstadoSolicitud))
    mes_vigencia: int
    """Primer mes que reprograma."""
    justificacion: str = ""
    """De la cancelación o reducción."""
    justificacion_destino: str = ""
    """De la creación, ampliación o reasignación."""
    origen_recursos: str = ""
    solicito: str = ""
    solicitada_en: datetime | None = None
    favorable: bool | None = None
    opinion: str = ""
    opino: str = ""
    opinada_en: datetime | None = None
    resolucion: str = ""
    resolvio: str = ""
    resuelta_en: datetime | None = None
    oficio: str = ""
    reconduccion_id: int | None = Field(default=None, foreign_key="reconduccion.id", index=True)
    acuerdo_id: int | None = Field(default=None, foreign_key="acuerdo.id", index=True)
    """El acuerdo del comité que la aprobó, si pasó por él."""

    __table_args__ = (CheckConstraint("mes_vigencia BETWEEN 1 AND 12", name="mes"),)


class RenglonSolicitud(Base, table=True):
    """Lo que una solicitud pide programar en un mes de una meta, o en un trimestre de una variable."""

    id: int | None = Field(default=None, primary_key=True)
    solicitud_id: int = Field(foreign_key="solicitud_reconduccion.id", index=True)
    clase: ClaseRenglon = Field(sa_type=choice(ClaseRenglon))
    item_id: int
    mes: int
    """Mes de la meta, o último mes del trimestre de la variable."""
    cantidad: Decimal = Field(sa_type=Cantidad)

    __table_args__ = (UniqueConstraint("solicitud_id", "clase", "item_id", "mes"),)


class DineroSolicitud(Base, table=True):
    """Lo que una solicitud reduce o amplía en una clave presupuestaria, en centavos."""

    id: int | None = Field(default=None, primary_key=True)
    solicitud_id: int = Field(foreign_key="solicitud_reconduccion.id", index=True)
    lado: LadoDinero = Field(sa_type=choice(LadoDinero))
    clave: str
    importe: int = centavos()

    __table_args__ = (
        UniqueConstraint("solicitud_id", "lado", "clave"),
        CheckConstraint("importe > 0", name="signo"),
    )
