"""De qué metas se compone cada eje en un corte y por qué se apartan: lo que cuenta el reporte del plan."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import AvanceMeta
from db.queries.evaluacion import evaluar
from db.rules.captura import OFICIALES

Datos = dict[str, Any]


def ejes(session: Session, *, anio: int, mes: int, ente_id: int | None = None) -> list[Datos]:
    """Los ejes del plan en su orden, cada uno con sus metas; sin plan, ninguno.

    De cada meta: `id`, `nombre`, `unidad`, `dependencia`, `programa`, `programa_nombre` y `justificacion` (la
    última hasta el mes, de un avance validado). Una meta que sirve a dos ejes aparece en los dos.
    """
    evaluacion = evaluar(session, anio, mes, ente_id)
    if evaluacion.arbol is None:
        return []
    arbol = evaluacion.arbol
    eje_de = {nodo: raiz.id for raiz in arbol.hijos[None] for nodo in arbol.descendencia(raiz.id) | {raiz.id}}
    razones = _justificaciones(session, [m.id for m in evaluacion.metas], mes)
    suyas: dict[int, list[Datos]] = defaultdict(list)
    for meta in evaluacion.metas:
        unidad, proyecto = evaluacion.unidades[meta.dependencia_id], evaluacion.proyectos[meta.proyecto_id]
        renglon = {
            "id": meta.id,
            "nombre": meta.nombre,
            "unidad": meta.unidad,
            "dependencia": unidad.general,
            "programa": proyecto.programa,
            "programa_nombre": proyecto.programa_nombre,
            "justificacion": razones.get(meta.id, ""),
        }
        for eje in sorted({eje_de[nodo] for nodo, _ in meta.citas if nodo in eje_de}):
            suyas[eje].append(renglon)
    return [
        {"id": n.id, "clave": n.clave, "nombre": n.nombre, "metas": suyas[n.id]} for n in arbol.hijos[None]
    ]


def _justificaciones(session: Session, ids: list[int], mes: int) -> dict[int, str]:
    a = tabla(AvanceMeta).c
    consulta = (
        select(a.meta_id, a.justificacion)
        .where(a.meta_id.in_(ids), a.mes <= mes, a.estado.in_(OFICIALES), a.justificacion != "")
        .order_by(a.mes)
    )
    return {fila.meta_id: fila.justificacion for fila in session.execute(consulta)}
