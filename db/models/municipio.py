"""El municipio, su administración, sus ejercicios y sus entes."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Cantidad, Versionado, cantidad, choice


class TipoEnte(StrEnum):
    AYUNTAMIENTO = "ayuntamiento"
    DIF = "dif"
    AGUA = "agua"
    DEPORTE = "deporte"
    JUVENTUD = "juventud"
    OTRO = "otro"


class Periodicidad(StrEnum):
    MES = "mes"
    TRIMESTRE = "trimestre"


class Municipio(Base, Versionado, table=True):
    """Un solo renglón: el sistema es de un municipio."""

    id: int | None = Field(default=None, primary_key=True)
    nombre: str = ""
    estado: str = ""
    clave_inegi: str = ""
    zona_horaria: str = "America/Mexico_City"
    color: str = "#9D2449"
    escudo: bytes | None = Field(default=None, sa_type=LargeBinary)
    escudo_tipo: str | None = None
    numero_pbrm: str = ""
    """Número del municipio en el encabezado de los formatos PbRM."""
    logo: bytes | None = Field(default=None, sa_type=LargeBinary)
    """Imagen del lado derecho de los documentos."""
    logo_tipo: str | None = None
    aviso_privacidad: str = ""
    """El que se muestra donde se guardan datos de personas."""
    dias_inhabiles: list[str] = Field(default_factory=list, sa_type=JSON)
    """Días que el municipio declara inhábiles además de los de ley, como «2026-12-24»."""
    aviso_plazo_dias: int = 15
    """Días antes de su plazo en que un acuerdo, un encargo o una acción de mejora ya pide atención."""
    niveles_plan: list[str] = Field(
        default_factory=lambda: ["Eje", "Tema", "Objetivo", "Estrategia", "Línea de acción"], sa_type=JSON
    )


class Administracion(Base, Versionado, table=True):
    """Periodo de gobierno de tres años al que pertenece un plan."""

    id: int | None = Field(default=None, primary_key=True)
    nombre: str
    inicio: date
    fin: date

    __table_args__ = (CheckConstraint("fin > inicio", name="orden"),)


class Ejercicio(Base, Versionado, table=True):
    """Año fiscal con sus reglas de cálculo (`calculo` §1-4)."""

    anio: int = Field(primary_key=True)
    administracion_id: int = Field(foreign_key="administracion.id", index=True)
    periodicidad: Periodicidad = Field(default=Periodicidad.TRIMESTRE, sa_type=choice(Periodicidad))
    corte_mes: int | None = None
    """Mes del corte fijado por planeación; vacío: el que resulte de los periodos cerrados."""
    vencido_cuenta_cero: bool = True
    cobertura_minima: Decimal = Field(default=Decimal(50), sa_type=Cantidad)
    momentos_estrictos: bool = False
    """Si es verdadero, una desigualdad rota entre momentos es error y no aviso."""

    __table_args__ = (CheckConstraint("corte_mes BETWEEN 1 AND 12", name="corte"),)


class Banda(Base, table=True):
    """Un escalón del semáforo de un ejercicio, o el propio de un indicador."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int = Field(foreign_key="ejercicio.anio", index=True)
    indicador_id: int | None = Field(default=None, foreign_key="indicador.id", index=True)
    orden: int
    codigo: str
    palabra: str
    icono: str
    color: str
    inferior: Decimal | None = cantidad()
    superior: Decimal | None = cantidad()
    equivale: str
    """Código del estado general con que cuenta en listas: critico, riesgo, adecuado o sobrecumplido."""

    __table_args__ = (UniqueConstraint("anio", "indicador_id", "codigo"),)


class Ente(Base, Versionado, table=True):
    """Ayuntamiento u organismo descentralizado: de él cuelgan programas, metas, dinero y usuarios."""

    id: int | None = Field(default=None, primary_key=True)
    clave: str = Field(unique=True)
    nombre: str
    tipo: TipoEnte = Field(default=TipoEnte.AYUNTAMIENTO, sa_type=choice(TipoEnte))
    activo: bool = True
    clave_osfem: str = ""
    """Con que el órgano de fiscalización nombra sus archivos de texto."""


class PartidaTransferencia(Base, table=True):
    """Partida con que el ayuntamiento transfiere a sus propios entes: se resta en lo consolidado."""

    id: int | None = Field(default=None, primary_key=True)
    partida: str = Field(unique=True)
    nombre: str = ""
