"""Programa Anual de Evaluación y los aspectos susceptibles de mejora que dejan sus evaluaciones."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Cantidad, Versionado, centavos, choice


class TipoEvaluacion(StrEnum):
    DISENO = "diseno"
    CONSISTENCIA = "consistencia"
    PROCESOS = "procesos"
    DESEMPENO = "desempeno"
    INDICADORES = "indicadores"
    IMPACTO = "impacto"
    ESTRATEGICA = "estrategica"
    COMPLEMENTARIA = "complementaria"


class EstadoEvaluacion(StrEnum):
    PROGRAMADA = "programada"
    EN_PROCESO = "en_proceso"
    CONCLUIDA = "concluida"
    CANCELADA = "cancelada"


class ClaseAsm(StrEnum):
    ESPECIFICO = "especifico"
    INSTITUCIONAL = "institucional"
    INTERINSTITUCIONAL = "interinstitucional"
    INTERGUBERNAMENTAL = "intergubernamental"


class PrioridadAsm(StrEnum):
    ALTA = "alta"
    MEDIA = "media"
    BAJA = "baja"


class EstadoAsm(StrEnum):
    POR_OPINAR = "por_opinar"
    ACEPTADO = "aceptado"
    RECHAZADO = "rechazado"
    CUMPLIDO = "cumplido"


class Pae(Base, Versionado, table=True):
    """El programa de un ejercicio: cuándo se publicó y con qué fundamento."""

    anio: int = Field(primary_key=True)
    fundamento: str = ""
    publicado_en: date | None = None
    medio: str = ""
    """Dónde se publicó."""


class EvaluacionPae(Base, Versionado, table=True):
    """Una evaluación del programa anual: a qué programa, de qué tipo, quién y cuándo."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int = Field(foreign_key="pae.anio", index=True)
    programa_id: int | None = Field(default=None, foreign_key="programa.id", index=True)
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)
    """Unidad responsable de lo evaluado."""
    nombre: str
    tipo: TipoEvaluacion = Field(sa_type=choice(TipoEvaluacion))
    externa: bool = False
    evaluador: str = ""
    costo: int = centavos()
    inicio: date
    fin: date
    estado: EstadoEvaluacion = Field(default=EstadoEvaluacion.PROGRAMADA, sa_type=choice(EstadoEvaluacion))
    concluida_en: date | None = None
    difundida_en: date | None = None
    objetivo: str = ""
    hallazgos: str = ""
    motivo: str = ""
    """Por qué se canceló."""

    __table_args__ = (
        CheckConstraint("fin >= inicio", name="orden"),
        CheckConstraint("costo >= 0", name="signo"),
    )


class Asm(Base, Versionado, table=True):
    """Una recomendación y lo que la dependencia opinó de ella."""

    id: int | None = Field(default=None, primary_key=True)
    evaluacion_id: int = Field(foreign_key="evaluacion_pae.id", index=True)
    numero: int
    recomendacion: str
    clase: ClaseAsm = Field(default=ClaseAsm.ESPECIFICO, sa_type=choice(ClaseAsm))
    prioridad: PrioridadAsm = Field(default=PrioridadAsm.MEDIA, sa_type=choice(PrioridadAsm))
    estado: EstadoAsm = Field(default=EstadoAsm.POR_OPINAR, sa_type=choice(EstadoAsm))
    opinion: str = ""
    indicador_id: int | None = Field(default=None, foreign_key="indicador.id", index=True)
    """Indicador en que debe verse el efecto."""

    __table_args__ = (UniqueConstraint("evaluacion_id", "numero"),)


class AccionAsm(Base, Versionado, table=True):
    """Lo que se hará para atender un aspecto: qué, quién, cuándo y qué producto lo prueba."""

    id: int | None = Field(default=None, primary_key=True)
    asm_id: int = Field(foreign_key="asm.id", index=True)
    orden: int
    accion: str
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)
    producto: str = ""
    inicio: date
    fin: date

    __table_args__ = (CheckConstraint("fin >= inicio", name="orden"),)


class AvanceAsm(Base, table=True):
    """Cuánto va una acción a una fecha, en porcentaje; sólo se agrega."""

    id: int | None = Field(default=None, primary_key=True)
    accion_id: int = Field(foreign_key="accion_asm.id", index=True)
    fecha: date
    avance: Decimal = Field(sa_type=Cantidad)
    texto: str = ""
    autor: str

    __table_args__ = (CheckConstraint("avance BETWEEN 0 AND 100000000", name="avance"),)
