"""El presupuesto: claves por segmentos, momentos contables por mes, cortes con versión y resúmenes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, Integer, UniqueConstraint
from sqlmodel import Field

from db.base import Base, centavos, choice


class Dimension(StrEnum):
    """Por qué se resume el presupuesto en `ResumenPresupuesto`."""

    TOTAL = "total"
    PROYECTO = "proyecto"
    PROGRAMA = "programa"
    DEPENDENCIA_GENERAL = "dependencia_general"
    DEPENDENCIA_AUXILIAR = "dependencia_auxiliar"
    CAPITULO = "capitulo"
    PARTIDA = "partida"
    FUENTE = "fuente"
    TIPO_GASTO = "tipo_gasto"
    PROGRAMA_CAPITULO = "programa_capitulo"
    """Código como «01020401|1000»."""


class TipoCorte(StrEnum):
    CLAVE = "clave"
    EAEPE = "eaepe"


class ClasificacionEaepe(StrEnum):
    OBJETO_GASTO = "objeto_gasto"
    ADMINISTRATIVA = "administrativa"
    TIPO_GASTO = "tipo_gasto"
    FUNCIONAL = "funcional"
    PROGRAMATICA = "programatica"


class SegmentoClave(Base, table=True):
    """Un segmento de la clave presupuestaria, en su orden; la lista es configuración del municipio."""

    id: int | None = Field(default=None, primary_key=True)
    orden: int
    codigo: str = Field(unique=True)
    """Columna de `ClavePresupuestaria` a la que va, o un nombre propio que va a `otros`."""
    nombre: str
    longitud: int | None = None
    obligatorio: bool = True


class CortePresupuesto(Base, table=True):
    """Una carga de Tesorería: la vigente sustituye a la anterior, que se sigue pudiendo leer."""

    id: int | None = Field(default=None, primary_key=True)
    ente_id: int = Field(foreign_key="ente.id")
    anio: int
    tipo: TipoCorte = Field(default=TipoCorte.CLAVE, sa_type=choice(TipoCorte))
    clasificacion: ClasificacionEaepe | None = Field(default=None, sa_type=choice(ClasificacionEaepe))
    numero: int
    """Versión: 1, 2, 3… dentro de ente, año, tipo y clasificación."""
    mes: int
    """Último mes con movimiento del gasto en el archivo."""
    vigente: bool = True
    carga_id: int = Field(foreign_key="carga.id", index=True)
    cargado_en: datetime
    autor: str
    archivo: str
    sha256: str
    totales: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    """Totales de control en centavos, por momento."""

    __table_args__ = (
        UniqueConstraint("ente_id", "anio", "tipo", "clasificacion", "numero"),
        Index("ix_corte_presupuesto_vigente", "anio", "ente_id", "vigente"),
    )


class ClavePresupuestaria(Base, table=True):
    """Una clave y sus segmentos; los que no tienen columna propia van en `otros`."""

    id: int | None = Field(default=None, primary_key=True)
    ente_id: int = Field(foreign_key="ente.id")
    anio: int
    clave: str
    dependencia_general: str = ""
    dependencia_auxiliar: str = ""
    programa: str = ""
    proyecto: str = ""
    fuente: str = ""
    partida: str = ""
    tipo_gasto: str = ""
    otros: dict[str, str] = Field(default_factory=dict, sa_type=JSON)

    __table_args__ = (
        UniqueConstraint("ente_id", "anio", "clave"),
        # Con la clave al final, las hojas de un proyecto o de un programa salen ya en orden.
        Index("ix_clave_presupuestaria_proyecto", "anio", "ente_id", "proyecto", "clave"),
        Index("ix_clave_presupuestaria_programa", "anio", "ente_id", "programa", "clave"),
    )


class MovimientoPresupuesto(Base, table=True):
    """Lo que una clave tuvo en un mes, en centavos; modificado = aprobado + ampliaciones − reducciones."""

    corte_id: int = Field(primary_key=True, foreign_key="corte_presupuesto.id")
    clave_id: int = Field(primary_key=True, foreign_key="clave_presupuestaria.id")
    mes: int = Field(primary_key=True, sa_type=Integer)
    aprobado: int = centavos()
    ampliaciones: int = centavos()
    reducciones: int = centavos()
    comprometido: int = centavos()
    devengado: int = centavos()
    ejercido: int = centavos()
    pagado: int = centavos()


class ResumenPresupuesto(Base, table=True):
    """Suma de los movimientos de un corte por dimensión, código y mes; se escribe con la carga."""

    corte_id: int = Field(primary_key=True, foreign_key="corte_presupuesto.id")
    dimension: Dimension = Field(primary_key=True, sa_type=choice(Dimension))
    codigo: str = Field(primary_key=True)
    mes: int = Field(primary_key=True)
    claves: int = 0
    aprobado: int = centavos()
    ampliaciones: int = centavos()
    reducciones: int = centavos()
    comprometido: int = centavos()
    devengado: int = centavos()
    ejercido: int = centavos()
    pagado: int = centavos()


class RenglonEaepe(Base, table=True):
    """Un renglón de un EAEPE acumulado a una fecha, en centavos."""

    id: int | None = Field(default=None, primary_key=True)
    corte_id: int = Field(foreign_key="corte_presupuesto.id", index=True)
    orden: int
    clave: str = ""
    concepto: str
    nivel: int = 1
    """1 es el que suma al total (capítulo, dependencia); los demás son su desglose."""
    aprobado: int = centavos()
    ampliaciones_reducciones: int = centavos()
    modificado: int = centavos()
    devengado: int = centavos()
    pagado: int = centavos()
    subejercicio: int = centavos()
