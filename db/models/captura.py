"""El ciclo de captura: periodos y su cierre, ventanas y prórrogas, envíos, pasos y borradores."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, choice
from db.models.actividad import EstadoAvance


class EstadoPeriodo(StrEnum):
    ABIERTO = "abierto"
    CERRADO = "cerrado"


class ClaseCaptura(StrEnum):
    ACTIVIDADES = "actividades"
    INDICADORES = "indicadores"
    PRESUPUESTO = "presupuesto"
    NARRATIVAS = "narrativas"


class ClaseItem(StrEnum):
    """Qué se captura: una meta de actividad o un indicador con todas sus variables."""

    META = "meta"
    INDICADOR = "indicador"


class AsuntoInstantanea(StrEnum):
    MUNICIPIO = "municipio"
    NODO = "nodo"
    PROGRAMA = "programa"
    DEPENDENCIA = "dependencia"
    META = "meta"
    INDICADOR = "indicador"
    BANDAS = "bandas"
    PESOS = "pesos"
    DINERO = "dinero"


class Periodo(Base, Versionado, table=True):
    """Trimestre o mes de un ejercicio, nombrado por su último mes."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int = Field(foreign_key="ejercicio.anio", index=True)
    mes: int
    estado: EstadoPeriodo = Field(default=EstadoPeriodo.ABIERTO, sa_type=choice(EstadoPeriodo))
    cerrado_en: datetime | None = None
    cerro: str = ""

    __table_args__ = (UniqueConstraint("anio", "mes"), CheckConstraint("mes BETWEEN 1 AND 12", name="mes"))


class Ventana(Base, Versionado, table=True):
    """Plazo para capturar un periodo; al pasar `cierra`, lo no capturado está vencido."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int = Field(foreign_key="ejercicio.anio", index=True)
    mes: int
    clase: ClaseCaptura = Field(sa_type=choice(ClaseCaptura))
    abre: datetime
    recuerda: datetime | None = None
    """Cuándo se avisa a quien aún debe."""
    cierra: datetime

    __table_args__ = (
        UniqueConstraint("anio", "mes", "clase"),
        CheckConstraint("cierra > abre", name="orden"),
    )


class Prorroga(Base, table=True):
    """Más plazo para todos o para una dependencia general, con su razón; rige la que cierra más tarde."""

    id: int | None = Field(default=None, primary_key=True)
    ventana_id: int = Field(foreign_key="ventana.id", index=True)
    dependencia_id: int | None = Field(default=None, foreign_key="dependencia.id", index=True)
    cierra: datetime
    motivo: str
    autorizo: str
    autorizada_en: datetime


class Envio(Base, table=True):
    """Acuse de lo que un área entregó de un periodo; sólo se agrega."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int
    mes: int
    ente_id: int = Field(foreign_key="ente.id", index=True)
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)
    folio: str = Field(unique=True)
    enviado_en: datetime
    cuenta: str
    nombre: str
    huella: str
    """sha256 de los renglones."""
    renglones: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """Lo entregado, en palabras: clase, id, nombre, valores y justificación."""

    __table_args__ = (Index("ix_envio_periodo", "anio", "mes", "dependencia_id"),)


class PasoCaptura(Base, table=True):
    """Un paso o comentario sobre lo capturado de una meta o indicador en un periodo; sólo se agrega."""

    id: int | None = Field(default=None, primary_key=True)
    clase: ClaseItem = Field(sa_type=choice(ClaseItem))
    item_id: int
    """Id de la meta o del indicador."""
    anio: int
    mes: int
    antes: str = ""
    """Estado en que estaba; vacío: no había nada capturado."""
    despues: EstadoAvance = Field(sa_type=choice(EstadoAvance))
    """Igual que `antes`: es un comentario."""
    texto: str = ""
    extemporaneo: bool = False
    autor: str
    momento: datetime

    __table_args__ = (Index("ix_paso_captura_item", "clase", "item_id", "mes"),)


class PlanMejora(Base, Versionado, table=True):
    """Qué se hará con un resultado por debajo de lo programado, quién y cómo se comprueba."""

    id: int | None = Field(default=None, primary_key=True)
    clase: ClaseItem = Field(sa_type=choice(ClaseItem))
    item_id: int
    anio: int
    mes: int
    accion: str
    responsable: str
    prueba: str
    inicio: date
    fin: date

    __table_args__ = (
        UniqueConstraint("clase", "item_id", "mes"),
        CheckConstraint("fin >= inicio", name="orden"),
    )


class Beneficiarios(Base, Versionado, table=True):
    """Personas atendidas por una meta en un periodo y lugar."""

    id: int | None = Field(default=None, primary_key=True)
    meta_id: int = Field(foreign_key="meta_actividad.id", index=True)
    mes: int
    lugar: str = ""
    mujeres: int = 0
    hombres: int = 0

    __table_args__ = (
        UniqueConstraint("meta_id", "mes", "lugar"),
        CheckConstraint("mujeres >= 0 AND hombres >= 0", name="signo"),
    )


class Borrador(Base, table=True):
    """Lo que una persona lleva escrito y no ha enviado, por cosa y periodo."""

    id: int | None = Field(default=None, primary_key=True)
    usuario_id: int = Field(foreign_key="usuario.id", index=True)
    llave: str
    """De qué: «captura/2026/9/dependencia/12/meta/345»."""
    datos: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    guardado_en: datetime

    __table_args__ = (UniqueConstraint("usuario_id", "llave"),)


class Cierre(Base, table=True):
    """Un cierre de periodo con su sello; reabrir y volver a cerrar agrega otra versión."""

    id: int | None = Field(default=None, primary_key=True)
    periodo_id: int = Field(foreign_key="periodo.id", index=True)
    numero: int
    cerrado_en: datetime
    cerro: str
    motivo: str = ""
    """Por qué se cerró con faltantes, o por qué se reabrió el anterior."""
    bitacora_id: int
    """Último renglón de la bitácora al cerrar."""
    sello: str
    """Huella de ese renglón."""
    huella: str
    """sha256 de las instantáneas."""

    __table_args__ = (UniqueConstraint("periodo_id", "numero"),)


class Instantanea(Base, table=True):
    """Un resultado congelado al cerrar, con su explicación; sólo se agrega."""

    id: int | None = Field(default=None, primary_key=True)
    cierre_id: int = Field(foreign_key="cierre.id")
    ente_id: int | None = Field(default=None, foreign_key="ente.id")
    """Vacío: consolidado."""
    asunto: AsuntoInstantanea = Field(sa_type=choice(AsuntoInstantanea))
    referencia: str
    nombre: str
    resultado: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)

    __table_args__ = (
        UniqueConstraint("cierre_id", "ente_id", "asunto", "referencia"),
        Index("ix_instantanea_asunto", "cierre_id", "asunto"),
    )
