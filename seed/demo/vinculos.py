"""Qué parte del dinero de cada proyecto sirve a qué líneas: sale de lo que citan sus actividades."""

from collections import Counter
from decimal import Decimal
from random import Random

from sqlmodel import Session

from db.models.programas import EstadoVinculo, VinculoPlan
from db.rules.reparto import repartir
from seed.demo.actividades import Actividad
from seed.demo.calendario import MILLON
from seed.demo.estructura import Base
from seed.demo.lote import insertar
from seed.demo.plan import Arbol

SIN_ACEPTAR = 0.12


def crear(
    session: Session,
    azar: Random,
    base: Base,
    arbol: Arbol,
    proyectos: dict[str, int],
    todas: list[Actividad],
) -> None:
    """Escribe los vínculos de un año; los de un proyecto suman 1 y se aceptan juntos."""
    citas: dict[tuple[str, str], Counter[int]] = {}
    for actividad in todas:
        cuenta = citas.setdefault((actividad.unidad.ente, actividad.unidad.proyecto), Counter())
        for tema, posicion in actividad.lineas:
            cuenta[arbol.lineas[tema][posicion]] += 1
    filas = []
    for (ente, proyecto), cuenta in citas.items():
        estado = EstadoVinculo.PROPUESTO if azar.random() < SIN_ACEPTAR else EstadoVinculo.ACEPTADO
        pesos = {str(nodo): Decimal(veces) for nodo, veces in cuenta.items()}
        # Millonésimas por resto mayor: las partes suman exactamente uno.
        partes = repartir(MILLON, pesos) if pesos else {}
        filas += [
            {
                "ente_id": base.entes[ente],
                "proyecto_id": proyectos[proyecto],
                "nodo_id": int(nodo),
                "participacion": Decimal(parte) / MILLON,
                "estado": estado,
            }
            for nodo, parte in partes.items()
        ]
    insertar(session, VinculoPlan, filas)
