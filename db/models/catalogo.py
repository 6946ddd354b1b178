"""Catálogos oficiales que el municipio puede corregir: CONAC, ODS, PND, dependencias y unidades."""

from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.base import Base, choice


class NombreCatalogo(StrEnum):
    OBJETO_GASTO = "objeto_gasto"
    FUNCIONAL = "funcional"
    PROGRAMATICA = "programatica"
    TIPO_GASTO = "tipo_gasto"
    FUENTE = "fuente"
    ADMINISTRATIVA = "administrativa"
    ODS = "ods"
    ODS_META = "ods_meta"
    PND = "pnd"
    PED = "ped"
    UNIDAD_MEDIDA = "unidad_medida"
    DEPENDENCIA_GENERAL = "dependencia_general"
    DEPENDENCIA_AUXILIAR = "dependencia_auxiliar"


class EntradaCatalogo(Base, table=True):
    """Un renglón de un catálogo; `ambito` distingue entradas de igual clave (tipo de ente)."""

    id: int | None = Field(default=None, primary_key=True)
    catalogo: NombreCatalogo = Field(sa_type=choice(NombreCatalogo))
    ambito: str = ""
    clave: str
    padre: str = ""
    nombre: str
    orden: int = 0
    fuente: str = ""

    __table_args__ = (UniqueConstraint("catalogo", "ambito", "clave"),)
