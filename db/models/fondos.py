"""Fondos etiquetados (FAIS, FORTAMUN y otros): qué se recibió, con qué fuente se gasta y hasta cuándo."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, centavos


class Fondo(Base, Versionado, table=True):
    """Un fondo en un ejercicio; su gasto es el de las claves cuya fuente empieza con `fuente`."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int
    ente_id: int = Field(foreign_key="ente.id", index=True)
    clave: str
    """Como «FISMDF»."""
    nombre: str
    fuente: str
    """Código, o principio del código, de la fuente de financiamiento en la clave presupuestaria."""
    asignado: int = centavos()
    """Lo publicado que corresponde al municipio en el año."""
    limite_compromiso: date | None = None
    limite_devengo: date | None = None
    limite_pago: date | None = None
    reglas: str = ""
    """En qué se puede gastar y con qué norma."""

    __table_args__ = (UniqueConstraint("anio", "ente_id", "clave"),)


class Ministracion(Base, Versionado, table=True):
    """Un depósito del fondo."""

    id: int | None = Field(default=None, primary_key=True)
    fondo_id: int = Field(foreign_key="fondo.id", index=True)
    fecha: date
    importe: int = centavos()
    documento: str = ""
