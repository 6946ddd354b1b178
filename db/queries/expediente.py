"""El expediente de marco lógico de un programa en un ente: diagnóstico, involucrados, calendario y dinero."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.programas import Programa, Proyecto
from db.queries import actividad
from db.queries.diagnostico import descripciones, involucrados
from db.queries.matriz import Alcance, agrupar
from db.queries.municipio import corte as corte_de
from db.queries.nombres_gasto import nombres
from db.rules.periodo import acumular

Datos = dict[str, Any]

POR_TRIMESTRE = ((1, 2, 3), (4, 5, 6), (7, 8, 9), (10, 11, 12))


def expediente(
    session: Session, *, anio: int, clave: str, ente_id: int, mes: int | None = None
) -> Datos | None:
    """Lo que el expediente lleva además de la MIR y los árboles; None si el programa no existe.

    `descripciones` (FODA por dependencia), `involucrados`, `actividades` (con sus cuatro trimestres) y
    `capitulos` (código, nombre y montos en centavos al corte).
    """
    p = tabla(Programa).c
    programa = session.execute(
        select(p.id, p.nombre, p.objetivo).where(p.anio == anio, p.clave == clave)
    ).first()
    if programa is None:
        return None
    corte, _ = corte_de(session, anio, mes)
    gasto = agrupar(session, Alcance(anio, corte.mes, (ente_id,)), ("capitulo",), {"programa": clave})
    como = nombres(session, anio, "capitulo", [codigo for (codigo,) in gasto])
    return {
        "id": programa.id,
        "nombre": programa.nombre,
        "objetivo": programa.objetivo,
        "descripciones": descripciones(session, programa_id=programa.id, ente_id=ente_id),
        "involucrados": involucrados(session, programa_id=programa.id, ente_id=ente_id),
        "actividades": _actividades(session, anio, programa.id, ente_id, corte.mes),
        "capitulos": [
            {"codigo": codigo, "nombre": como.get(codigo, ""), **gasto[(codigo,)]}
            for (codigo,) in sorted(gasto)
        ],
    }


def _actividades(session: Session, anio: int, programa_id: int, ente_id: int, mes: int) -> list[Datos]:
    y = tabla(Proyecto).c
    proyectos = {
        f.id: f.nombre for f in session.execute(select(y.id, y.nombre).where(y.programa_id == programa_id))
    }
    suyas: dict[int, list[Datos]] = defaultdict(list)
    for meta in actividad.metas(session, anio, entes=(ente_id,)):
        if meta.proyecto_id in proyectos:
            meses = meta.programado(mes)
            trimestres = [acumular([meses[m - 1] for m in tres], meta.operacion) for tres in POR_TRIMESTRE]
            suyas[meta.proyecto_id].append(
                {"nombre": meta.nombre, "unidad": meta.unidad, "trimestres": trimestres}
            )
    return [{"proyecto": proyectos[cual], "metas": metas} for cual, metas in sorted(suyas.items())]
