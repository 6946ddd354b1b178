"""De qué segmentos se compone la clave presupuestaria, y contra qué catálogo se revisa."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.municipio import Ejercicio
from db.models.presupuesto import SegmentoClave
from db.models.programas import Proyecto


@dataclass(frozen=True, slots=True)
class Segmento:
    """Un segmento de la clave; `longitud` vacía es cualquiera."""

    codigo: str
    nombre: str
    longitud: int | None = None
    obligatorio: bool = False


POR_OMISION = (
    Segmento("dependencia_general", "Dependencia general", 3, obligatorio=True),
    Segmento("dependencia_auxiliar", "Dependencia auxiliar", 3),
    Segmento("programa", "Programa", 8),
    Segmento("proyecto", "Proyecto", 12, obligatorio=True),
    Segmento("fuente", "Fuente de financiamiento"),
    Segmento("partida", "Partida", obligatorio=True),
    Segmento("tipo_gasto", "Tipo de gasto"),
)
"""Los del Estado de México, mientras el municipio no configure los suyos."""


def segmentos(session: Session) -> tuple[Segmento, ...]:
    """Los segmentos configurados, en su orden, o los de omisión si no hay ninguno."""
    s = tabla(SegmentoClave).c
    filas = session.execute(select(s.codigo, s.nombre, s.longitud, s.obligatorio).order_by(s.orden))
    return tuple(Segmento(*fila) for fila in filas) or POR_OMISION


def proyectos_del_catalogo(session: Session, anio: int) -> frozenset[str]:
    """Claves de los proyectos de un ejercicio; vacío si su catálogo no se ha cargado."""
    p = tabla(Proyecto).c
    return frozenset(session.execute(select(p.clave).where(p.anio == anio)).scalars())


def momentos_estrictos(session: Session, anio: int) -> bool:
    """Si en el ejercicio una desigualdad rota entre momentos impide cargar."""
    e = tabla(Ejercicio).c
    return bool(session.execute(select(e.momentos_estrictos).where(e.anio == anio)).scalar())
