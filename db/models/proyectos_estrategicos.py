"""Proyectos estratégicos y de innovación: dónde, para cuántos, con qué contrato, cómo van y sus riesgos."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Cantidad, Versionado, cantidad, centavos, choice


class ClaseProyecto(StrEnum):
    ESTRATEGICO = "estrategico"
    INNOVACION = "innovacion"


class ClaseGeometria(StrEnum):
    LIMITE = "limite"
    LOCALIDAD = "localidad"
    COLONIA = "colonia"


class ProyectoEstrategico(Base, Versionado, table=True):
    """Lo que un proyecto lleva además de lo común; sus fases e hitos son los pasos del encargo."""

    encargo_id: int = Field(primary_key=True, foreign_key="encargo.id")
    clase: ClaseProyecto = Field(default=ClaseProyecto.ESTRATEGICO, sa_type=choice(ClaseProyecto))
    objetivo: str = ""
    localidad: str = ""
    latitud: Decimal | None = cantidad()
    longitud: Decimal | None = cantidad()
    beneficiarios: int = 0
    monto: int = centavos()
    fuente: str = ""
    contrato: str = ""
    contratista: str = ""
    contratado: int = centavos()

    __table_args__ = (
        CheckConstraint("beneficiarios >= 0 AND monto >= 0 AND contratado >= 0", name="signo"),
        CheckConstraint("latitud IS NULL OR latitud BETWEEN 14000000 AND 33000000", name="latitud"),
        CheckConstraint("longitud IS NULL OR longitud BETWEEN -119000000 AND -86000000", name="longitud"),
    )


class AvanceProyecto(Base, Versionado, table=True):
    """Cómo iba un proyecto en una fecha: avance físico en porcentaje y lo ejercido hasta entonces."""

    id: int | None = Field(default=None, primary_key=True)
    encargo_id: int = Field(foreign_key="proyecto_estrategico.encargo_id", index=True)
    fecha: date
    fisico: Decimal = Field(sa_type=Cantidad)
    ejercido: int = centavos()
    nota: str = ""

    __table_args__ = (
        UniqueConstraint("encargo_id", "fecha"),
        CheckConstraint("fisico BETWEEN 0 AND 100000000 AND ejercido >= 0", name="valor"),
    )


class RiesgoProyecto(Base, Versionado, table=True):
    """Algo que puede salir mal: qué tan probable y qué tan grave (1 a 5), y qué se hará."""

    id: int | None = Field(default=None, primary_key=True)
    encargo_id: int = Field(foreign_key="proyecto_estrategico.encargo_id", index=True)
    riesgo: str
    probabilidad: int
    impacto: int
    respuesta: str = ""
    responsable: str = ""
    cerrado: bool = False

    __table_args__ = (
        UniqueConstraint("encargo_id", "riesgo"),
        CheckConstraint("probabilidad BETWEEN 1 AND 5 AND impacto BETWEEN 1 AND 5", name="escala"),
    )


class GeometriaLocal(Base, table=True):
    """El contorno del municipio, sus localidades o colonias: lo que el mapa dibuja sin pedir nada a nadie."""

    id: int | None = Field(default=None, primary_key=True)
    clase: ClaseGeometria = Field(sa_type=choice(ClaseGeometria))
    nombre: str
    geometria: dict[str, Any] = Field(sa_type=JSON)
    """Geometría GeoJSON en grados (WGS 84)."""

    __table_args__ = (UniqueConstraint("clase", "nombre"),)
