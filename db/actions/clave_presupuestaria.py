"""Las claves presupuestarias de un ente y un año: se crean al cargar y se borran cuando nadie las usa."""

import json
from collections.abc import Sequence
from operator import attrgetter

from sqlalchemy import delete, select
from sqlmodel import Session

from db.actions.resumen_presupuesto import Clave
from db.base import tabla
from db.engine import insertar_masivo
from db.models.presupuesto import ClavePresupuestaria, CortePresupuesto, MovimientoPresupuesto
from db.queries.presupuesto import SEGMENTOS
from db.rules.problema import Problema

_TODOS = attrgetter(*SEGMENTOS)


def ids_de_claves(session: Session, ente_id: int, anio: int, claves: Sequence[Clave]) -> list[int]:
    """Id de cada clave, en su orden; crea las que faltan. Problema si una ya existe con otros segmentos."""
    propios = {clave.clave: _segmentos(clave) for clave in claves}
    existentes = _guardadas(session, ente_id, anio)
    for texto, segmentos in propios.items():
        if existentes.get(texto, (0, segmentos))[1] != segmentos:
            raise Problema(
                f"La clave {texto} ya está guardada en {anio} con otros segmentos.",
                "Revise el orden de los segmentos en Configuración, o deshaga la carga que la creó.",
            )
    faltan = [clave for clave in claves if clave.clave not in existentes]
    if faltan:
        insertar_masivo(
            session,
            "clave_presupuestaria",
            ("ente_id", "anio", "clave", *SEGMENTOS, "otros"),
            (
                (ente_id, anio, c.clave, *propios[c.clave], json.dumps(c.otros) if c.otros else "{}")
                for c in faltan
            ),
        )
        existentes = _guardadas(session, ente_id, anio)
    return [existentes[clave.clave][0] for clave in claves]


def quitar_sin_uso(session: Session, ente_id: int, anio: int) -> None:
    """Borra las claves que ningún corte del ente y el año usa ya."""
    k, c, m = tabla(ClavePresupuestaria).c, tabla(CortePresupuesto).c, tabla(MovimientoPresupuesto).c
    cortes = select(c.id).where(c.ente_id == ente_id, c.anio == anio)
    usadas = select(m.clave_id).where(m.corte_id.in_(cortes))
    session.execute(
        delete(tabla(ClavePresupuestaria)).where(k.ente_id == ente_id, k.anio == anio, k.id.not_in(usadas))
    )


def _segmentos(clave: Clave) -> tuple[str, ...]:
    """Los segmentos en el orden de `SEGMENTOS`; sin programa, los ocho dígitos del proyecto."""
    general, auxiliar, programa, proyecto, *resto = _TODOS(clave)
    return (general, auxiliar, programa or proyecto[:8], proyecto, *resto)


def _guardadas(session: Session, ente_id: int, anio: int) -> dict[str, tuple[int, tuple[str, ...]]]:
    k = tabla(ClavePresupuestaria).c
    consulta = select(k.id, k.clave, *(k[segmento] for segmento in SEGMENTOS))
    filas = session.execute(consulta.where(k.ente_id == ente_id, k.anio == anio))
    return {fila[1]: (fila[0], tuple(fila[2:])) for fila in filas}
