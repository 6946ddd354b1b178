"""Opiniones y propuestas que llegaron al comité, con su plazo, y una con su respuesta."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.comites import Comite
from db.models.estructura import Dependencia
from db.models.plan import NodoPlan
from db.models.propuestas import EstadoPropuesta, Propuesta
from db.queries.municipio import hoy
from db.queries.reconducible import inhabiles
from db.queries.usuarios import en_utc
from db.rules.propuestas import ABIERTAS, situacion, vencimiento

Fila = dict[str, Any]


def propuestas(
    session: Session, *, propuesta_id: int | None = None, comite_id: int | None = None
) -> list[Fila]:
    """La última primero: con comité, línea (clave y nombre), quien responde, vencimiento y situación."""
    p, c, n, d = tabla(Propuesta), tabla(Comite).c, tabla(NodoPlan).c, tabla(Dependencia).c
    consulta = (
        select(
            p,
            c.nombre.label("comite"),
            n.clave.label("nodo_clave"),
            n.nombre.label("nodo"),
            c.siglas,
            d.nombre.label("dependencia"),
            d.clave.label("dependencia_clave"),
            d.ente_id,
            d.padre_id.label("general_id"),
        )
        .outerjoin(tabla(Comite), c.id == p.c.comite_id)
        .outerjoin(tabla(NodoPlan), n.id == p.c.nodo_id)
        .outerjoin(tabla(Dependencia), d.id == p.c.dependencia_id)
        .order_by(p.c.fecha.desc(), p.c.id.desc())
    )
    for columna, valor in ((p.c.id, propuesta_id), (p.c.comite_id, comite_id)):
        consulta = consulta if valor is None else consulta.where(columna == valor)
    dia = hoy(session)
    feriados = inhabiles(session, dia.year - 1) | inhabiles(session, dia.year)
    lista = []
    for f in session.execute(consulta):
        vence = vencimiento(f.fecha, feriados)
        estado, palabra = situacion(f.estado.value, vence, dia)
        lista.append(
            f._asdict()
            | {
                "clase": f.clase.value,
                "sector": f.sector.value,
                "estado": f.estado.value,
                "respondida_en": en_utc(f.respondida_en) if f.respondida_en else None,
                "vence": vence,
                "situacion": (str(estado), palabra),
            }
        )
    return lista


def respondidas(session: Session) -> set[tuple[Any, ...]]:
    """(fecha, quién, tema) de las que ya se respondieron."""
    p = tabla(Propuesta).c
    abiertas = [EstadoPropuesta(estado) for estado in ABIERTAS]
    filas = session.execute(select(p.fecha, p.quien, p.tema).where(p.estado.not_in(abiertas)))
    return {(f.fecha, f.quien, f.tema) for f in filas}
