"""La huella de un ejercicio: cambia si cambia algo de lo que sale su cumplimiento, y sólo entonces.

Con ella se recuerda la historia de los años anteriores mientras otros capturan el de hoy.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import Session

from db.base import ahora, tabla
from db.models.actividad import AvanceMeta, CitaLinea, MetaActividad, ProgramacionMeta, Reconduccion
from db.models.captura import Prorroga, Ventana
from db.models.municipio import Banda, Ejercicio
from db.models.plan import EstadoJuego, JuegoPesos, NodoPlan, Peso, Plan


def huella_del_ejercicio(session: Session, anio: int) -> str:
    """Un texto que resume cuántos renglones hay de cada cosa y cuánto suman sus versiones y cantidades."""
    partes: list[str] = []
    for consulta in _consultas(anio):
        partes.append(",".join(str(valor) for valor in session.execute(consulta).one()))
    return f"{anio};" + ";".join(partes)


def _suma(columna: Any) -> ColumnElement[Any]:
    return func.coalesce(func.sum(columna), 0)


def _consultas(anio: int) -> list[Select[Any]]:
    m, a, g, c = tabla(MetaActividad), tabla(AvanceMeta), tabla(ProgramacionMeta), tabla(CitaLinea)
    r, v, e, b = tabla(Reconduccion).c, tabla(Ventana).c, tabla(Ejercicio).c, tabla(Banda).c
    x = tabla(Prorroga).c
    n, j, p, plan = tabla(NodoPlan).c, tabla(JuegoPesos).c, tabla(Peso).c, tabla(Plan).c
    del_anio = m.c.anio == anio
    cuantos = func.count()
    return [
        select(cuantos, _suma(m.c.id), _suma(m.c.version)).where(del_anio),
        select(cuantos, _suma(a.c.id), _suma(a.c.version))
        .join_from(a, m, m.c.id == a.c.meta_id)
        .where(del_anio),
        select(cuantos, _suma(g.c.id), _suma(g.c.cantidad))
        .join_from(g, m, m.c.id == g.c.meta_id)
        .where(del_anio),
        select(cuantos, _suma(c.c.id), _suma(c.c.participacion))
        .join_from(c, m, m.c.id == c.c.meta_id)
        .where(del_anio),
        select(cuantos, _suma(r.id), _suma(r.mes_vigencia)).where(r.anio == anio),
        select(cuantos, _suma(v.version), func.max(v.cierra)).where(v.anio == anio, v.cierra <= ahora()),
        select(cuantos, _suma(x.id), func.max(x.cierra))
        .join_from(tabla(Prorroga), tabla(Ventana), v.id == x.ventana_id)
        .where(v.anio == anio, x.cierra <= ahora()),
        select(cuantos, _suma(x.id))
        .join_from(tabla(Prorroga), tabla(Ventana), v.id == x.ventana_id)
        .where(v.anio == anio),
        select(e.version, e.periodicidad).where(e.anio == anio),
        select(cuantos, _suma(b.id), _suma(b.inferior), _suma(b.superior)).where(b.anio == anio),
        select(cuantos, _suma(n.id), _suma(n.version), _suma(n.padre_id)),
        select(cuantos, _suma(j.id), _suma(j.anio * 12 + j.mes)).where(j.estado == EstadoJuego.APROBADO),
        select(cuantos, _suma(p.id), _suma(p.peso)),
        select(cuantos, _suma(plan.version_plan), _suma(plan.version)),
    ]
