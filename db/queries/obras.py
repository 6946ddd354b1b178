"""Las obras que un comité prioriza en un año: criterios, calificaciones, puntaje, lugar y votaciones."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.estructura import Dependencia
from db.models.plan import NodoPlan
from db.models.propuestas import CalificacionObra, CriterioObra, ObraPropuesta, Propuesta
from db.models.sesiones import EstadoVotacion, PuntoOrden, SesionComite, Votacion
from db.rules.obras import en_orden, puntaje
from db.rules.sesiones import nombre

Fila = dict[str, Any]


def obras(session: Session, *, comite_id: int, anio: int) -> Fila:
    """`criterios` (id, nombre, peso), `obras` en su orden (con valores, puntaje y lugar) y `votadas`."""
    c, k = tabla(CriterioObra).c, tabla(CalificacionObra).c
    criterios = [
        f._asdict()
        for f in session.execute(
            select(c.id, c.nombre, c.peso).where(c.comite_id == comite_id, c.anio == anio).order_by(c.orden)
        )
    ]
    filas = _filas(session, comite_id, anio)
    valores: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for f in session.execute(
        select(k.obra_id, k.criterio_id, k.valor).where(k.obra_id.in_([f.id for f in filas]))
    ):
        valores[f.obra_id][f.criterio_id] = f.valor
    pesos = {f["id"]: f["peso"] for f in criterios}
    lista = [
        f._asdict()
        | {
            "estado": f.estado.value,
            "valores": valores[f.id],
            "puntaje": puntaje(pesos, valores[f.id]),
        }
        for f in filas
    ]
    return {
        "criterios": criterios,
        "obras": en_orden(lista),
        "votadas": any(f.votacion_id is not None for f in filas),
    }


def _filas(session: Session, comite_id: int, anio: int) -> Sequence[Any]:
    """Las obras con quien responde, su línea del plan y el folio de la propuesta de que vienen."""
    o, d, n, p = tabla(ObraPropuesta), tabla(Dependencia).c, tabla(NodoPlan).c, tabla(Propuesta).c
    return session.execute(
        select(
            o,
            d.nombre.label("dependencia"),
            n.clave.label("nodo_clave"),
            n.nombre.label("nodo"),
            p.folio,
        )
        .outerjoin(tabla(Dependencia), d.id == o.c.dependencia_id)
        .outerjoin(tabla(NodoPlan), n.id == o.c.nodo_id)
        .outerjoin(tabla(Propuesta), p.id == o.c.propuesta_id)
        .where(o.c.comite_id == comite_id, o.c.anio == anio)
        .order_by(o.c.id)
    ).all()


def obras_de_propuesta(session: Session, *, propuesta_id: int) -> list[Fila]:
    """Las obras que vienen de una propuesta: nombre, anio, comite_id y estado."""
    o = tabla(ObraPropuesta).c
    filas = session.execute(
        select(o.nombre, o.anio, o.comite_id, o.estado).where(o.propuesta_id == propuesta_id).order_by(o.id)
    )
    return [f._asdict() | {"estado": f.estado.value} for f in filas]


def votaciones_aprobadas(session: Session, *, comite_id: int) -> list[Fila]:
    """Las votaciones que el comité aprobó, la última primero: id, texto, sesión y sesion_id."""
    v, p, s = tabla(Votacion), tabla(PuntoOrden).c, tabla(SesionComite).c
    filas = session.execute(
        select(v.c.id, v.c.texto, s.id.label("sesion_id"), s.tipo, s.numero, s.anio)
        .join(tabla(PuntoOrden), p.id == v.c.punto_id)
        .join(tabla(SesionComite), s.id == p.sesion_id)
        .where(s.comite_id == comite_id, v.c.estado == EstadoVotacion.CERRADA, v.c.aprobada)
        .order_by(v.c.id.desc())
    )
    return [
        {
            "id": f.id,
            "texto": f.texto,
            "sesion_id": f.sesion_id,
            "sesion": nombre({"tipo": f.tipo.value, "numero": f.numero, "anio": f.anio}),
        }
        for f in filas
    ]
