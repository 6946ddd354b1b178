"""El municipio y lo que sus pantallas ofrecen escoger: ejercicios, entes y corte."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import AvanceMeta, MetaActividad
from db.models.captura import EstadoPeriodo, Periodo
from db.models.municipio import Administracion, Banda, Ejercicio, Ente, Municipio
from db.models.plan import NodoPlan, Plan
from db.rules import banda as reglas_banda
from db.rules.captura import OFICIALES as OFICIALES
from db.rules.estado import Estado
from db.rules.periodo import Corte, corte_por_defecto

FIJADO = "fijado por planeación"
AVISO = 15
"""Días de aviso mientras no hay municipio."""


def zona(session: Session) -> ZoneInfo:
    """Zona horaria del municipio."""
    nombre = session.execute(select(tabla(Municipio).c.zona_horaria)).scalar()
    return ZoneInfo(nombre or "America/Mexico_City")


def hoy(session: Session) -> date:
    """La fecha de hoy en la zona del municipio."""
    return datetime.now(UTC).astimezone(zona(session)).date()


def aviso_de_plazo(session: Session) -> int:
    """Días antes de su plazo en que algo ya pide atención."""
    dias = session.execute(select(tabla(Municipio).c.aviso_plazo_dias)).scalar()
    return AVISO if dias is None else dias


def bandas(session: Session, anio: int) -> tuple[reglas_banda.Banda, ...]:
    """Las bandas generales del ejercicio; si no tiene propias, las generales del sistema."""
    b = tabla(Banda).c
    filas = session.execute(
        select(b.codigo, b.palabra, b.icono, b.color, b.inferior, b.superior, b.equivale)
        .where(b.anio == anio, b.indicador_id.is_(None))
        .order_by(b.orden)
    )
    propias = tuple(
        reglas_banda.Banda(f.codigo, f.palabra, f.icono, f.color, f.inferior, f.superior, Estado(f.equivale))
        for f in filas
    )
    return propias or reglas_banda.GENERAL


def corte(session: Session, anio: int, mes: int | None = None) -> tuple[Corte, str]:
    """El corte pedido, o el que toca al ejercicio, y de dónde sale (`calculo` §1)."""
    p, e = tabla(Periodo).c, tabla(Ejercicio).c
    cerrados = set(
        session.execute(select(p.mes).where(p.anio == anio, p.estado == EstadoPeriodo.CERRADO)).scalars()
    )
    if mes is not None:
        return Corte(anio, mes), "último periodo cerrado" if mes in cerrados else "elegido en pantalla"
    fijado = session.execute(select(e.corte_mes).where(e.anio == anio)).scalar()
    if fijado:
        return Corte(anio, fijado), FIJADO
    # Lo validado sólo decide cuando nada se ha cerrado, y buscarlo recorre todos los avances.
    validados = set() if cerrados else _meses_validados(session, anio)
    return corte_por_defecto(anio, cerrados, validados, hoy(session))


def _meses_validados(session: Session, anio: int) -> set[int]:
    a, m = tabla(AvanceMeta), tabla(MetaActividad)
    consulta = (
        select(a.c.mes)
        .distinct()
        .join(m, m.c.id == a.c.meta_id)
        .where(m.c.anio == anio, a.c.estado.in_(OFICIALES))
    )
    return set(session.execute(consulta).scalars())


def contexto(session: Session) -> dict[str, Any]:
    """Lo que el marco de la aplicación necesita: quién es el municipio y qué se puede escoger."""
    u = tabla(Municipio).c
    municipio = session.execute(
        select(u.nombre, u.estado, u.color, u.escudo.is_not(None).label("tiene_escudo"))
    ).first()
    e, j, p = tabla(Ente).c, tabla(Ejercicio).c, tabla(Plan).c
    entes = [
        {"id": fila.id, "clave": fila.clave, "nombre": fila.nombre}
        for fila in session.execute(select(e.id, e.clave, e.nombre).where(e.activo).order_by(e.id))
    ]
    anios = list(session.execute(select(j.anio).order_by(j.anio.desc())).scalars())
    plan = session.execute(select(p.nombre).order_by(p.id.desc())).scalar()
    return {
        "municipio": {
            "nombre": municipio.nombre if municipio else "",
            "estado": municipio.estado if municipio else "",
            "color": municipio.color if municipio else "#9D2449",
            "tiene_escudo": bool(municipio and municipio.tiene_escudo),
        },
        "entes": entes,
        "ejercicios": anios,
        "cortes": {anio: _corte_llano(session, anio) for anio in anios},
        "plan": plan,
        "vacio": not anios or session.execute(select(func.count(tabla(NodoPlan).c.id))).scalar_one() == 0,
    }


def _corte_llano(session: Session, anio: int) -> dict[str, Any]:
    actual, origen = corte(session, anio)
    return {"mes": actual.mes, "origen": origen}


def ejercicio_actual(session: Session) -> int | None:
    """El ejercicio más nuevo con metas; si ninguno tiene, el más nuevo."""
    m, j = tabla(MetaActividad).c, tabla(Ejercicio).c
    con_metas = session.execute(select(func.max(m.anio))).scalar()
    return con_metas or session.execute(select(func.max(j.anio))).scalar()


def plan_del_ejercicio(session: Session, anio: int) -> Any | None:
    """El plan de la administración a la que pertenece el ejercicio: id, nombre, niveles y versión."""
    p, a, j = tabla(Plan), tabla(Administracion), tabla(Ejercicio)
    return session.execute(
        select(p.c.id, p.c.nombre, p.c.niveles, p.c.version_plan, a.c.nombre.label("administracion"))
        .join(a, a.c.id == p.c.administracion_id)
        .join(j, j.c.administracion_id == a.c.id)
        .where(j.c.anio == anio)
    ).first()
