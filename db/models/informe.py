"""El Informe de Gobierno: periodo, capítulos pedidos a cada dependencia, versiones, comentarios y logros."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, centavos, choice


class EstadoInforme(StrEnum):
    EN_PREPARACION = "en_preparacion"
    EMITIDO = "emitido"


class EstadoCapitulo(StrEnum):
    SOLICITADO = "solicitado"
    EN_REDACCION = "en_redaccion"
    ENTREGADO = "entregado"
    EN_CORRECCION = "en_correccion"
    APROBADO = "aprobado"


class ClaseLogro(StrEnum):
    LOGRO = "logro"
    OBRA = "obra"
    ACCION = "accion"


class Informe(Base, Versionado, table=True):
    """Un informe con periodo propio, que puede tocar dos ejercicios; los meses van incluidos."""

    id: int | None = Field(default=None, primary_key=True)
    nombre: str
    desde_anio: int
    desde_mes: int
    hasta_anio: int
    hasta_mes: int
    estado: EstadoInforme = Field(default=EstadoInforme.EN_PREPARACION, sa_type=choice(EstadoInforme))
    rinde_en: date | None = None
    """Fecha en que se rinde ante el ayuntamiento."""
    presentacion: str = ""

    __table_args__ = (
        CheckConstraint("desde_mes BETWEEN 1 AND 12 AND hasta_mes BETWEEN 1 AND 12", name="meses"),
        CheckConstraint("hasta_anio * 12 + hasta_mes >= desde_anio * 12 + desde_mes", name="orden"),
    )


class CapituloInforme(Base, Versionado, table=True):
    """Una parte del informe pedida a una dependencia; el tema cuelga de su eje."""

    id: int | None = Field(default=None, primary_key=True)
    informe_id: int = Field(foreign_key="informe.id", index=True)
    padre_id: int | None = Field(default=None, foreign_key="capitulo_informe.id", index=True)
    orden: int
    titulo: str
    nodo_id: int | None = Field(default=None, foreign_key="nodo_plan.id", index=True)
    """Eje o tema del plan del que trata."""
    dependencia_id: int | None = Field(default=None, foreign_key="dependencia.id", index=True)
    """Quien lo redacta; vacío: la unidad de planeación."""
    estado: EstadoCapitulo = Field(default=EstadoCapitulo.SOLICITADO, sa_type=choice(EstadoCapitulo))
    vence: datetime | None = None
    guia: str = ""
    """Qué debe contar."""
    limite_palabras: int | None = None

    __table_args__ = (CheckConstraint("limite_palabras > 0", name="limite"),)


class VersionCapitulo(Base, table=True):
    """El texto de un capítulo en un momento, con el valor que tenía cada cifra citada; sólo se agrega."""

    id: int | None = Field(default=None, primary_key=True)
    capitulo_id: int = Field(foreign_key="capitulo_informe.id", index=True)
    numero: int
    texto: str
    cifras: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Referencia citada → su valor en palabras y el cierre del que salió, al guardar."""
    estado: EstadoCapitulo = Field(sa_type=choice(EstadoCapitulo))
    """En qué quedó el capítulo al guardarla."""
    autor: str
    guardada_en: datetime

    __table_args__ = (UniqueConstraint("capitulo_id", "numero"),)


class ComentarioCapitulo(Base, Versionado, table=True):
    """Un comentario sobre un párrafo de una versión."""

    id: int | None = Field(default=None, primary_key=True)
    capitulo_id: int = Field(foreign_key="capitulo_informe.id", index=True)
    numero: int
    """Versión que se comentó."""
    parrafo: int
    """Lugar del párrafo, desde 1; 0 es todo el capítulo."""
    texto: str
    autor: str
    momento: datetime
    resuelto_en: datetime | None = None
    resolvio: str = ""


class LogroInforme(Base, Versionado, table=True):
    """Un logro, obra o acción que un capítulo reporta."""

    id: int | None = Field(default=None, primary_key=True)
    capitulo_id: int = Field(foreign_key="capitulo_informe.id", index=True)
    clase: ClaseLogro = Field(sa_type=choice(ClaseLogro))
    orden: int
    titulo: str
    descripcion: str = ""
    lugar: str = ""
    inversion: int = centavos()
    beneficiarios: int = 0
    fecha: date | None = None
    proyecto_id: int | None = Field(default=None, foreign_key="proyecto.id", index=True)

    __table_args__ = (CheckConstraint("inversion >= 0 AND beneficiarios >= 0", name="signo"),)
