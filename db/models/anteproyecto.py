"""Presupuesto por programa anual: etapas, techos, partidas con calendario y firmas."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, centavos, choice


class NombreEtapa(StrEnum):
    ANTEPROYECTO = "anteproyecto"
    PROYECTO = "proyecto"
    APROBADO = "aprobado"


class EstadoEtapa(StrEnum):
    ABIERTA = "abierta"
    CERRADA = "cerrada"


class EtapaPresupuesto(Base, Versionado, table=True):
    """Una etapa de la integración del presupuesto de un ente; cerrada, ya no cambia."""

    id: int | None = Field(default=None, primary_key=True)
    anio: int
    ente_id: int = Field(foreign_key="ente.id", index=True)
    etapa: NombreEtapa = Field(sa_type=choice(NombreEtapa))
    estado: EstadoEtapa = Field(default=EstadoEtapa.ABIERTA, sa_type=choice(EstadoEtapa))
    abierta_en: datetime
    cerrada_en: datetime | None = None
    cerro: str = ""
    huella: str = ""
    """sha256 de techos y partidas al cerrar."""
    totales: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    """Centavos por capítulo al cerrar."""
    motivo: str = ""
    """Por qué se cerró con comprobaciones sin cumplir o firmas pendientes."""

    __table_args__ = (UniqueConstraint("anio", "ente_id", "etapa"),)


class TechoPresupuesto(Base, Versionado, table=True):
    """Lo más que una dependencia general puede proponer en una etapa, en todo o en un capítulo."""

    id: int | None = Field(default=None, primary_key=True)
    etapa_id: int = Field(foreign_key="etapa_presupuesto.id", index=True)
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)
    capitulo: str = ""
    """Como «1000»; vacío es el techo total."""
    importe: int = centavos()

    __table_args__ = (UniqueConstraint("etapa_id", "dependencia_id", "capitulo"),)


class PartidaPropuesta(Base, Versionado, table=True):
    """Lo que un área propone gastar en una partida de un proyecto, por mes y en centavos (PbRM-04a)."""

    id: int | None = Field(default=None, primary_key=True)
    etapa_id: int = Field(foreign_key="etapa_presupuesto.id", index=True)
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)
    """Dependencia auxiliar que ejecuta."""
    proyecto_id: int = Field(foreign_key="proyecto.id", index=True)
    fuente: str
    partida: str
    tipo_gasto: str = ""
    justificacion: str = ""
    enero: int = centavos()
    febrero: int = centavos()
    marzo: int = centavos()
    abril: int = centavos()
    mayo: int = centavos()
    junio: int = centavos()
    julio: int = centavos()
    agosto: int = centavos()
    septiembre: int = centavos()
    octubre: int = centavos()
    noviembre: int = centavos()
    diciembre: int = centavos()

    __table_args__ = (UniqueConstraint("etapa_id", "dependencia_id", "proyecto_id", "fuente", "partida"),)


class FirmaPresupuesto(Base, table=True):
    """Quien firmó lo de una dependencia general en una etapa; sólo se agrega."""

    id: int | None = Field(default=None, primary_key=True)
    etapa_id: int = Field(foreign_key="etapa_presupuesto.id", index=True)
    dependencia_id: int | None = Field(default=None, foreign_key="dependencia.id", index=True)
    """Vacía: firma de la etapa entera."""
    papel: str
    """Como lo imprime el formato: ELABORÓ, REVISÓ, Vo.Bo., AUTORIZÓ."""
    nombre: str
    cargo: str
    cuenta: str
    firmado_en: datetime
    huella: str
    """sha256 de lo firmado."""
