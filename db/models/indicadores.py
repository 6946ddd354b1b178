"""Indicadores (PbRM-01d): ficha, variables con su operación, y sus avances por trimestre."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Cantidad, Versionado, cantidad, choice
from db.models.actividad import EstadoAvance, OperacionMeta


class SentidoIndicador(StrEnum):
    ASCENDENTE = "ascendente"
    DESCENDENTE = "descendente"
    REGULAR = "regular"
    NOMINAL = "nominal"


class Frecuencia(StrEnum):
    MENSUAL = "mensual"
    TRIMESTRAL = "trimestral"
    SEMESTRAL = "semestral"
    ANUAL = "anual"


class TipoIndicador(StrEnum):
    ESTRATEGICO = "estrategico"
    GESTION = "gestion"


class NivelMir(StrEnum):
    FIN = "fin"
    PROPOSITO = "proposito"
    COMPONENTE = "componente"
    ACTIVIDAD = "actividad"


class Indicador(Base, Versionado, table=True):
    """Ficha técnica de un indicador en un ejercicio."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int
    ente_id: int = Field(foreign_key="ente.id")
    proyecto_id: int = Field(foreign_key="proyecto.id", index=True)
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)
    nodo_id: int | None = Field(default=None, foreign_key="nodo_plan.id", index=True)
    area: str = ""
    nombre: str
    tipo: TipoIndicador = Field(default=TipoIndicador.GESTION, sa_type=choice(TipoIndicador))
    nivel_mir: NivelMir | None = Field(default=None, sa_type=choice(NivelMir))
    dimension: str = ""
    frecuencia: Frecuencia = Field(default=Frecuencia.TRIMESTRAL, sa_type=choice(Frecuencia))
    formula_texto: str = ""
    """La fórmula como está impresa en la ficha."""
    formula: str | None = None
    """Expresión sobre A, B, C…; vacía es «fórmula por confirmar»."""
    sentido: SentidoIndicador = Field(default=SentidoIndicador.ASCENDENTE, sa_type=choice(SentidoIndicador))
    sentido_confirmado: bool = False
    usa_linea_base: bool = False
    """Método «con base» para el cumplimiento descendente."""
    interpretacion: str = ""
    factor_comparacion: str = ""
    descripcion_factor: str = ""
    linea_base_texto: str = ""
    linea_base: Decimal | None = cantidad()
    medios_verificacion: str = ""
    unidad: str = ""
    """Unidad del resultado (porcentaje, tasa…), que no es la de sus variables."""
    anio_base: int | None = None
    """Año de la línea base."""
    meta_descripcion: str = ""
    fuente: str = ""
    """De dónde salen los datos."""
    responsable: str = ""
    """Cargo de quien lo reporta."""
    ambito_geografico: str = ""
    cobertura: str = ""
    busqueda: str = ""

    __table_args__ = (
        UniqueConstraint("anio", "ente_id", "dependencia_id", "proyecto_id", "area", "nombre"),
        Index("ix_indicador_anio_ente", "anio", "ente_id"),
    )


class VariableIndicador(Base, table=True):
    """Una variable de la fórmula; su operación dice cómo se acumula."""

    id: int | None = Field(default=None, primary_key=True)
    indicador_id: int = Field(foreign_key="indicador.id", index=True)
    letra: str
    nombre: str
    unidad: str = ""
    operacion: OperacionMeta = Field(default=OperacionMeta.SUMA, sa_type=choice(OperacionMeta))

    __table_args__ = (UniqueConstraint("indicador_id", "letra"),)


class ProgramacionVariable(Base, table=True):
    """Valor prometido de una variable en un trimestre; sin reconducción es el original."""

    id: int | None = Field(default=None, primary_key=True)
    variable_id: int = Field(foreign_key="variable_indicador.id", index=True)
    reconduccion_id: int | None = Field(default=None, foreign_key="reconduccion.id", index=True)
    trimestre: int
    cantidad: Decimal = Field(sa_type=Cantidad)

    __table_args__ = (CheckConstraint("trimestre BETWEEN 1 AND 4", name="trimestre"),)


class AvanceVariable(Base, Versionado, table=True):
    """Valor alcanzado de una variable en un trimestre. Oficial sólo si está validado."""

    id: int | None = Field(default=None, primary_key=True)
    variable_id: int = Field(foreign_key="variable_indicador.id")
    trimestre: int
    alcanzado: Decimal = Field(sa_type=Cantidad)
    justificacion: str = ""
    estado: EstadoAvance = Field(default=EstadoAvance.EN_REVISION, sa_type=choice(EstadoAvance))
    capturo: str = ""
    capturado_en: datetime
    valido: str = ""
    validado_en: datetime | None = None
    documento: str = ""
    extemporaneo: bool = False

    __table_args__ = (
        UniqueConstraint("variable_id", "trimestre"),
        CheckConstraint("trimestre BETWEEN 1 AND 4", name="trimestre"),
    )


class AlineacionIndicador(Base, table=True):
    """Un indicador contribuye a una entrada de ODS, meta ODS, PND o PED."""

    id: int | None = Field(default=None, primary_key=True)
    indicador_id: int = Field(foreign_key="indicador.id", index=True)
    entrada_id: int = Field(foreign_key="entrada_catalogo.id", index=True)

    __table_args__ = (UniqueConstraint("indicador_id", "entrada_id"),)


class ReferenciaIndicador(Base, table=True):
    """Lo que otro municipio (o el estado) reporta de un indicador en un periodo: sólo para comparar."""

    id: int | None = Field(default=None, primary_key=True)
    indicador_id: int = Field(foreign_key="indicador.id", index=True)
    serie: str
    """De quién es: nombre del municipio, estado o promedio."""
    anio: int
    trimestre: int | None = None
    """Vacío: valor del año."""
    valor: Decimal = Field(sa_type=Cantidad)
    fuente: str = ""

    __table_args__ = (
        UniqueConstraint("indicador_id", "serie", "anio", "trimestre"),
        CheckConstraint("trimestre BETWEEN 1 AND 4", name="trimestre"),
    )
