"""El presupuesto aprobado que a un 01a le toca, esté o no registrado a quién y en qué se asignó."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.estructura import Dependencia
from db.models.programas import Proyecto
from db.queries.matriz import Alcance, agrupar

Datos = dict[str, Any]


def aprobado_por_proyecto(
    session: Session, *, anio: int, ente_id: int | None, dependencia_id: int | None, programa: str
) -> list[Datos]:
    """Lo aprobado (centavos) por programa, proyecto y dependencia general, según las claves del presupuesto.

    `dependencia` es su código y `general_id` va vacío si no está registrada; `registrado` dice si el proyecto
    está en el catálogo del ejercicio. Con `dependencia_id` o `programa`, sólo lo suyo.
    """
    d, y = tabla(Dependencia).c, tabla(Proyecto).c
    generales = {
        f"{f.clave}@{f.ente_id}": f.id
        for f in session.execute(select(d.id, d.clave, d.ente_id).where(d.padre_id.is_(None)))
    }
    proyectos = set(session.execute(select(y.clave).where(y.anio == anio)).scalars())
    alcance = Alcance(anio, 12, None if ente_id is None else (ente_id,))
    sumas = agrupar(session, alcance, ("programa", "proyecto", "dependencia"), {})
    hallados = []
    for (suyo, proyecto, de), monto in sorted(sumas.items()):
        general_id = generales.get(de)
        if programa not in ("", suyo) or dependencia_id not in (None, general_id):
            continue
        hallados.append(
            {
                "programa": suyo,
                "proyecto": proyecto,
                "registrado": proyecto in proyectos,
                "dependencia": de.partition("@")[0],
                "general_id": general_id,
                "aprobado": monto["aprobado"],
            }
        )
    return hallados
