"""A qué nodos del plan dicen servir las metas de actividad: muchas a la vez, con un renglón de bitácora."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select, tuple_, update
from sqlmodel import Session

from db import audit
from db.actions.reverso import en_bloques
from db.actions.vinculos import proponer_vinculos
from db.base import tabla
from db.models.actividad import CitaLinea, MetaActividad
from db.models.municipio import Ejercicio
from db.models.plan import NodoPlan, Plan
from db.rules.alineacion import Par, exigir_pares
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.problema import Problema

BLOQUE = 500


def citar(session: Session, actor: Actor, *, pares: Iterable[Par], quitar: bool = False) -> list[Par]:
    """Agrega (o quita) citas (meta, nodo) y rehace las participaciones propuestas de sus proyectos.

    Devuelve las que de verdad cambiaron: con ellas y el `quitar` contrario se deshace. Las citas de una meta
    que cambia vuelven a pesar igual. SinPermiso; `Problema` si algo no existe o es de otro plan.
    """
    lista = exigir_pares(pares)
    metas = _metas(session, actor, {meta for meta, _ in lista})
    if not quitar:
        _exigir_nodos(session, {(metas[meta][0], nodo) for meta, nodo in lista})
    guardadas = _guardadas(session, metas)
    cambian = [par for par in lista if (par in guardadas) == quitar]
    if not cambian:
        return []
    _escribir(session, cambian, quitar)
    for anio, ente_id in sorted({metas[meta] for meta, _ in cambian}):
        proponer_vinculos(session, anio, ente_id)
    audit.anotar(session, "quitar" if quitar else "agregar", "cita_linea", "", metas_y_nodos=cambian)
    return cambian


def _metas(session: Session, actor: Actor, pedidas: set[int]) -> dict[int, tuple[int, int]]:
    """(ejercicio, ente) de cada meta pedida."""
    m = tabla(MetaActividad).c
    halladas: dict[int, tuple[int, int]] = {}
    for bloque in en_bloques(sorted(pedidas)):
        filas = session.execute(select(m.id, m.anio, m.ente_id).where(m.id.in_(bloque)))
        halladas |= {fila.id: (fila.anio, fila.ente_id) for fila in filas}
    for ente_id in {ente for _, ente in halladas.values()}:
        exigir(actor, Accion.VINCULAR_PLAN, Objeto(ente_id))
    if not halladas:
        exigir(actor, Accion.VINCULAR_PLAN)
    if len(halladas) < len(pedidas):
        raise Problema("Alguna de esas actividades ya no existe.", "Vuelva a abrir la lista.")
    return halladas


def _exigir_nodos(session: Session, pedidos: set[tuple[int, int]]) -> None:
    """Cada nodo está vigente en el plan del ejercicio de la meta."""
    n, p, j = tabla(NodoPlan), tabla(Plan), tabla(Ejercicio)
    anios = {anio for anio, _ in pedidos}
    consulta = (
        select(j.c.anio, n.c.id)
        .join(p, p.c.id == n.c.plan_id)
        .join(j, j.c.administracion_id == p.c.administracion_id)
        .where(j.c.anio.in_(anios), n.c.version_baja.is_(None))
    )
    vigentes = {(fila.anio, fila.id) for fila in session.execute(consulta)}
    if pedidos - vigentes:
        raise Problema(
            "Alguno de esos nodos no está vigente en el plan del ejercicio.", "Elija otro de la lista."
        )


def _guardadas(session: Session, metas: Iterable[int]) -> set[Par]:
    c = tabla(CitaLinea).c
    return {
        (fila.meta_id, fila.nodo_id)
        for bloque in en_bloques(sorted(metas))
        for fila in session.execute(select(c.meta_id, c.nodo_id).where(c.meta_id.in_(bloque)))
    }


def _escribir(session: Session, cambian: Sequence[Par], quitar: bool) -> None:
    destino = tabla(CitaLinea)
    tocadas = sorted({meta for meta, _ in cambian})
    if quitar:
        for bloque in en_bloques(cambian, BLOQUE):
            pares = tuple_(destino.c.meta_id, destino.c.nodo_id)
            session.execute(delete(destino).where(pares.in_(bloque)))
    else:
        session.execute(insert(destino), [{"meta_id": meta, "nodo_id": nodo} for meta, nodo in cambian])
    for bloque in en_bloques(tocadas):
        session.execute(update(destino).where(destino.c.meta_id.in_(bloque)).values(participacion=None))
