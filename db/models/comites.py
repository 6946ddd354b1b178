"""Cuerpos colegiados: el COPLADEMUN y lo que cuelga de él, sus reglas con fecha, asientos e integrantes."""

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado, choice


class ClaseComite(StrEnum):
    COPLADEMUN = "coplademun"
    COMISION_PERMANENTE = "comision_permanente"
    SUBCOMITE_SECTORIAL = "subcomite_sectorial"
    SUBCOMITE_REGIONAL = "subcomite_regional"
    SUBCOMITE_ESPECIAL = "subcomite_especial"
    GRUPO_TRABAJO = "grupo_trabajo"


class Sector(StrEnum):
    PUBLICO = "publico"
    SOCIAL = "social"
    PRIVADO = "privado"
    ACADEMICO = "academico"


class CargoComite(StrEnum):
    PRESIDENTE = "presidente"
    COORDINADOR = "coordinador"
    SECRETARIO_TECNICO = "secretario_tecnico"
    VOCAL = "vocal"
    INVITADO = "invitado"


class Mayoria(StrEnum):
    SIMPLE = "simple"
    """Más votos a favor que en contra."""
    ABSOLUTA = "absoluta"
    """Más de la mitad de los presentes con voto."""
    DOS_TERCIOS = "dos_tercios"
    """Dos terceras partes de los presentes con voto."""


class Calidad(StrEnum):
    TITULAR = "titular"
    SUPLENTE = "suplente"


class EstadoIntegrante(StrEnum):
    PROPUESTO = "propuesto"
    ACREDITADO = "acreditado"
    BAJA = "baja"


class Comite(Base, Versionado, table=True):
    """Un cuerpo colegiado; los subcomités y grupos cuelgan de otro."""

    id: int | None = Field(default=None, primary_key=True)
    clase: ClaseComite = Field(sa_type=choice(ClaseComite))
    nombre: str
    siglas: str = Field(unique=True)
    """Van en el número de sus acuerdos: «COPLADEMUN»."""
    padre_id: int | None = Field(default=None, foreign_key="comite.id", index=True)
    dependencia_id: int | None = Field(default=None, foreign_key="dependencia.id", index=True)
    """Dependencia que lo coordina."""
    nodo_id: int | None = Field(default=None, foreign_key="nodo_plan.id", index=True)
    """Eje o tema del que se ocupa."""
    objeto: str = ""
    fundamento: str = ""
    instalado_en: date | None = None
    activo: bool = True


class ReglasComite(Base, Versionado, table=True):
    """Las reglas de un comité desde una fecha: quórum, segunda convocatoria, aviso, mayoría y quién vota."""

    id: int | None = Field(default=None, primary_key=True)
    comite_id: int = Field(foreign_key="comite.id", index=True)
    desde: date
    quorum_numerador: int = 1
    quorum_denominador: int = 2
    quorum_mas_uno: bool = True
    """Más de la fracción («la mitad más uno»), no sólo la fracción."""
    segunda_minutos: int = 30
    """Espera para la segunda convocatoria; 0: no hay."""
    segunda_numerador: int = 0
    segunda_denominador: int = 1
    """Fracción en segunda convocatoria; 0/1 es «con los que asistan»."""
    aviso_ordinaria_dias: int = 3
    """Días hábiles entre la convocatoria y una sesión ordinaria."""
    aviso_extraordinaria_horas: int = 24
    mayoria: Mayoria = Field(default=Mayoria.SIMPLE, sa_type=choice(Mayoria))
    voto_calidad: bool = True
    """En un empate decide quien preside."""
    suplentes: bool = True
    votan: list[str] = Field(default_factory=lambda: ["presidente", "coordinador", "vocal"], sa_type=JSON)
    """Cargos con voto si su asiento no dice otra cosa."""
    fundamento: str = ""

    __table_args__ = (
        UniqueConstraint("comite_id", "desde"),
        CheckConstraint(
            "quorum_denominador > 0 AND quorum_numerador BETWEEN 0 AND quorum_denominador", name="quorum"
        ),
        CheckConstraint(
            "segunda_denominador > 0 AND segunda_numerador BETWEEN 0 AND segunda_denominador", name="segunda"
        ),
        CheckConstraint(
            "segunda_minutos >= 0 AND aviso_ordinaria_dias >= 0 AND aviso_extraordinaria_horas >= 0",
            name="signo",
        ),
    )


class Asiento(Base, Versionado, table=True):
    """Un lugar en el comité: a quién representa, con qué cargo, voz y voto."""

    id: int | None = Field(default=None, primary_key=True)
    comite_id: int = Field(foreign_key="comite.id", index=True)
    orden: int = 0
    cargo: CargoComite = Field(sa_type=choice(CargoComite))
    sector: Sector = Field(sa_type=choice(Sector))
    representa: str
    """Dependencia, organización o institución representada."""
    dependencia_id: int | None = Field(default=None, foreign_key="dependencia.id", index=True)
    voz: bool = True
    voto: bool = True
    desde: date
    hasta: date | None = None

    __table_args__ = (CheckConstraint("hasta IS NULL OR hasta >= desde", name="orden"),)


class Integrante(Base, Versionado, table=True):
    """Quien ocupa un asiento, como titular o suplente, entre dos fechas y con qué acreditación."""

    id: int | None = Field(default=None, primary_key=True)
    asiento_id: int = Field(foreign_key="asiento.id", index=True)
    persona_id: int = Field(foreign_key="persona.id", index=True)
    calidad: Calidad = Field(default=Calidad.TITULAR, sa_type=choice(Calidad))
    estado: EstadoIntegrante = Field(default=EstadoIntegrante.PROPUESTO, sa_type=choice(EstadoIntegrante))
    acreditacion: str = ""
    """Oficio o documento que lo acredita."""
    acreditado_en: date | None = None
    desde: date
    hasta: date | None = None

    __table_args__ = (CheckConstraint("hasta IS NULL OR hasta >= desde", name="orden"),)
