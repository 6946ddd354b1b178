"""Sesiones de un comité: convocatoria, orden del día, asistencia, intervenciones, votos y acta."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, choice


class TipoSesion(StrEnum):
    INSTALACION = "instalacion"
    ORDINARIA = "ordinaria"
    EXTRAORDINARIA = "extraordinaria"


class EstadoSesion(StrEnum):
    PROGRAMADA = "programada"
    CONVOCADA = "convocada"
    EN_CURSO = "en_curso"
    CERRADA = "cerrada"
    CANCELADA = "cancelada"


class ClasePunto(StrEnum):
    LISTA_QUORUM = "lista_quorum"
    ORDEN_DEL_DIA = "orden_del_dia"
    ACTA_ANTERIOR = "acta_anterior"
    SEGUIMIENTO_ACUERDOS = "seguimiento_acuerdos"
    ASUNTO = "asunto"
    ASUNTOS_GENERALES = "asuntos_generales"
    CLAUSURA = "clausura"


class EstadoPunto(StrEnum):
    PENDIENTE = "pendiente"
    EN_CURSO = "en_curso"
    CONCLUIDO = "concluido"
    RETIRADO = "retirado"


class ClaseMaterial(StrEnum):
    NODO = "nodo"
    PROGRAMA = "programa"
    INDICADOR = "indicador"
    PROYECTO = "proyecto"
    PESOS = "pesos"
    RECONDUCCION = "reconduccion"
    OBRAS = "obras"
    ARCHIVO = "archivo"


class Medio(StrEnum):
    SECRETARIO = "secretario"
    TELEFONO = "telefono"


class ModoVotacion(StrEnum):
    MANO_ALZADA = "mano_alzada"
    NOMINAL = "nominal"
    TELEFONO = "telefono"


class EstadoVotacion(StrEnum):
    ABIERTA = "abierta"
    CERRADA = "cerrada"
    ANULADA = "anulada"


class SentidoVoto(StrEnum):
    FAVOR = "favor"
    CONTRA = "contra"
    ABSTENCION = "abstencion"


class EstadoActa(StrEnum):
    BORRADOR = "borrador"
    REVISADA = "revisada"
    APROBADA = "aprobada"
    FIRMADA = "firmada"


class SesionComite(Base, Versionado, table=True):
    """Una reunión: del calendario anual a su cierre. Los instantes van en UTC."""

    id: int | None = Field(default=None, primary_key=True)
    comite_id: int = Field(foreign_key="comite.id", index=True)
    anio: int
    numero: int
    """Consecutivo dentro de su tipo y año."""
    tipo: TipoSesion = Field(sa_type=choice(TipoSesion))
    estado: EstadoSesion = Field(default=EstadoSesion.PROGRAMADA, sa_type=choice(EstadoSesion))
    prevista: datetime
    """Cuándo debe empezar."""
    lugar: str = ""
    convocada_en: datetime | None = None
    aviso_corto: str = ""
    """Razón de convocar con menos aviso que el de las reglas; vacía si hubo el debido."""
    convocatoria: int = 1
    """1 o 2: en cuál se declaró el quórum."""
    abierta_en: datetime | None = None
    """Cuándo se declaró el quórum."""
    cerrada_en: datetime | None = None
    codigo: str = ""
    """Lo que cada integrante escribe en su teléfono; se ve en la pantalla de la sala."""
    punto_id: int | None = None
    """Punto que se trata (PuntoOrden); sin llave foránea porque los puntos ya apuntan a la sesión."""
    reglas: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Las reglas del comité que rigieron, copiadas al convocar."""
    motivo: str = ""
    """Por qué se canceló."""

    __table_args__ = (
        UniqueConstraint("comite_id", "anio", "tipo", "numero"),
        CheckConstraint("convocatoria IN (1, 2)", name="convocatoria"),
    )


class Convocado(Base, Versionado, table=True):
    """La convocatoria de una sesión a un integrante: enviada, recibida y confirmada."""

    id: int | None = Field(default=None, primary_key=True)
    sesion_id: int = Field(foreign_key="sesion_comite.id", index=True)
    integrante_id: int = Field(foreign_key="integrante.id", index=True)
    enviada_en: datetime | None = None
    recibida_en: datetime | None = None
    respondida_en: datetime | None = None
    asistira: bool | None = None

    __table_args__ = (UniqueConstraint("sesion_id", "integrante_id"),)


class PuntoOrden(Base, Versionado, table=True):
    """Un punto del orden del día; los que el sistema llena se reconocen por su clase."""

    id: int | None = Field(default=None, primary_key=True)
    sesion_id: int = Field(foreign_key="sesion_comite.id", index=True)
    orden: int
    clase: ClasePunto = Field(default=ClasePunto.ASUNTO, sa_type=choice(ClasePunto))
    titulo: str
    descripcion: str = ""
    presenta: str = ""
    """Quién lo presenta."""
    se_vota: bool = False
    estado: EstadoPunto = Field(default=EstadoPunto.PENDIENTE, sa_type=choice(EstadoPunto))
    iniciado_en: datetime | None = None
    concluido_en: datetime | None = None
    sintesis: str = ""
    """Lo tratado, en breve, para el acta."""


class MaterialPunto(Base, table=True):
    """Lo que acompaña a un punto: algo del sistema (liga viva) y su copia emitida, o un archivo."""

    id: int | None = Field(default=None, primary_key=True)
    punto_id: int = Field(foreign_key="punto_orden.id", index=True)
    orden: int = 0
    clase: ClaseMaterial = Field(sa_type=choice(ClaseMaterial))
    referencia: str = ""
    """Id o clave de lo que se adjunta."""
    titulo: str
    documento_id: int | None = Field(default=None, foreign_key="documento_emitido.id", index=True)
    """La copia con folio que se repartió."""
    evidencia_id: int | None = Field(default=None, foreign_key="evidencia.id", index=True)
    """El archivo que se subió."""
    agrego: str


class Asistencia(Base, Versionado, table=True):
    """Quién ocupó un asiento en una sesión, desde cuándo y hasta cuándo."""

    id: int | None = Field(default=None, primary_key=True)
    sesion_id: int = Field(foreign_key="sesion_comite.id", index=True)
    asiento_id: int = Field(foreign_key="asiento.id", index=True)
    integrante_id: int = Field(foreign_key="integrante.id", index=True)
    llego_en: datetime
    se_fue_en: datetime | None = None
    medio: Medio = Field(sa_type=choice(Medio))

    __table_args__ = (UniqueConstraint("sesion_id", "asiento_id"),)


class Intervencion(Base, table=True):
    """Lo que alguien dijo en un punto, en breve; sólo se agrega."""

    id: int | None = Field(default=None, primary_key=True)
    punto_id: int = Field(foreign_key="punto_orden.id", index=True)
    integrante_id: int | None = Field(default=None, foreign_key="integrante.id", index=True)
    nombre: str
    texto: str
    momento: datetime
    anoto: str


class Votacion(Base, Versionado, table=True):
    """Una moción sometida a votación y su resultado, escrito al cerrarla."""

    id: int | None = Field(default=None, primary_key=True)
    punto_id: int = Field(foreign_key="punto_orden.id", index=True)
    numero: int
    texto: str
    modo: ModoVotacion = Field(sa_type=choice(ModoVotacion))
    estado: EstadoVotacion = Field(default=EstadoVotacion.ABIERTA, sa_type=choice(EstadoVotacion))
    abierta_en: datetime
    cerrada_en: datetime | None = None
    con_voto: int = 0
    """Presentes con voto al cerrarla."""
    a_favor: int = 0
    en_contra: int = 0
    abstenciones: int = 0
    aprobada: bool | None = None
    de_calidad: bool = False
    """La decidió el voto de calidad de quien preside."""

    __table_args__ = (
        UniqueConstraint("punto_id", "numero"),
        CheckConstraint("a_favor >= 0 AND en_contra >= 0 AND abstenciones >= 0", name="signo"),
    )


class Voto(Base, table=True):
    """El voto de un asiento en una votación; se emite una vez y no se cambia."""

    id: int | None = Field(default=None, primary_key=True)
    votacion_id: int = Field(foreign_key="votacion.id", index=True)
    asiento_id: int = Field(foreign_key="asiento.id", index=True)
    integrante_id: int = Field(foreign_key="integrante.id", index=True)
    sentido: SentidoVoto = Field(sa_type=choice(SentidoVoto))
    medio: Medio = Field(sa_type=choice(Medio))
    momento: datetime

    __table_args__ = (UniqueConstraint("votacion_id", "asiento_id"),)


class Acta(Base, Versionado, table=True):
    """El acta de una sesión; aprobada, su contenido queda fijo con su huella y el sello de la bitácora."""

    id: int | None = Field(default=None, primary_key=True)
    sesion_id: int = Field(foreign_key="sesion_comite.id", unique=True)
    estado: EstadoActa = Field(default=EstadoActa.BORRADOR, sa_type=choice(EstadoActa))
    textos: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Sección → texto que la secretaría corrigió."""
    contenido: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Todo lo que el acta dice, copiado al aprobarla; vacío antes."""
    huella: str = ""
    bitacora_id: int | None = None
    sello: str = ""
    aprobada_en: datetime | None = None
    aprobo: str = ""
    evidencia_id: int | None = Field(default=None, foreign_key="evidencia.id", index=True)
    """La firmada, digitalizada."""


class CambioActa(Base, table=True):
    """Cada paso de un acta: quién la movió de estado y cuándo; sólo se agrega."""

    id: int | None = Field(default=None, primary_key=True)
    acta_id: int = Field(foreign_key="acta.id", index=True)
    estado: EstadoActa = Field(sa_type=choice(EstadoActa))
    nota: str = ""
    autor: str
    momento: datetime

    __table_args__ = (Index("ix_cambio_acta_momento", "momento"),)
