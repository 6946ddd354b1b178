"""Capacitación: qué hace falta, qué cursos se dan, quién los toma y qué aprendió."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, cantidad, centavos, choice


class Modalidad(StrEnum):
    PRESENCIAL = "presencial"
    EN_LINEA = "en_linea"
    MIXTA = "mixta"


class TipoCurso(StrEnum):
    INDUCCION = "induccion"
    ACTUALIZACION = "actualizacion"
    PROFESIONALIZACION = "profesionalizacion"
    CERTIFICACION = "certificacion"


class Prioridad(StrEnum):
    ALTA = "alta"
    MEDIA = "media"
    BAJA = "baja"


class Curso(Base, Versionado, table=True):
    """Un curso del programa anual de capacitación."""

    encargo_id: int = Field(primary_key=True, foreign_key="encargo.id")
    tipo: TipoCurso = Field(default=TipoCurso.ACTUALIZACION, sa_type=choice(TipoCurso))
    modalidad: Modalidad = Field(default=Modalidad.PRESENCIAL, sa_type=choice(Modalidad))
    objetivo: str = ""
    horas: Decimal | None = cantidad()
    instructor: str = ""
    sede: str = ""
    cupo: int = 0
    costo: int = centavos()
    minima: Decimal | None = cantidad()
    """Calificación con que se aprueba, de 0 a 100; vacía, basta asistir."""

    __table_args__ = (CheckConstraint("cupo >= 0 AND costo >= 0", name="signo"),)


class InscripcionCurso(Base, Versionado, table=True):
    """Una persona en un grupo: cuánto asistió, qué sabía antes y después, qué le pareció y su constancia."""

    id: int | None = Field(default=None, primary_key=True)
    encargo_id: int = Field(foreign_key="curso.encargo_id", index=True)
    persona_id: int = Field(foreign_key="persona.id", index=True)
    grupo: str = ""
    horas: Decimal | None = cantidad()
    """Horas a las que asistió."""
    antes: Decimal | None = cantidad()
    despues: Decimal | None = cantidad()
    reaccion: int | None = None
    """Qué le pareció, de 1 a 5."""
    constancia: str | None = Field(default=None, unique=True)
    emitida_en: date | None = None

    __table_args__ = (
        UniqueConstraint("encargo_id", "persona_id"),
        CheckConstraint("reaccion IS NULL OR reaccion BETWEEN 1 AND 5", name="reaccion"),
    )


class NecesidadCapacitacion(Base, Versionado, table=True):
    """Lo que a una unidad o puesto le hace falta aprender en un año, y el curso que lo atiende."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)
    puesto: str = ""
    tema: str
    por_que: str = ""
    prioridad: Prioridad = Field(default=Prioridad.MEDIA, sa_type=choice(Prioridad))
    personas: int = 0
    encargo_id: int | None = Field(default=None, foreign_key="curso.encargo_id", index=True)

    __table_args__ = (
        UniqueConstraint("anio", "dependencia_id", "puesto", "tema"),
        CheckConstraint("personas >= 0", name="signo"),
    )
