"""Proponer a qué nodos del plan sirve el dinero de cada proyecto, según las citas de sus metas."""

from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.actions.sincronizar import Fila, sincronizar
from db.base import MILLONESIMAS, tabla
from db.models.actividad import CitaLinea, MetaActividad
from db.models.plan import NodoPlan
from db.models.programas import EstadoVinculo, Proyecto, VinculoPlan
from db.rules.reparto import repartir


def proponer_vinculos(session: Session, anio: int, ente_id: int) -> None:
    """Rehace las participaciones «propuestas» del ente y ejercicio; las aceptadas no se tocan.

    Un proyecto con alguna participación aceptada ya fue decidido por una persona: no se le propone nada.
    """
    v, p = tabla(VinculoPlan), tabla(Proyecto)
    guardados = [
        fila._asdict()
        for fila in session.execute(
            select(v).join(p, p.c.id == v.c.proyecto_id).where(p.c.anio == anio, v.c.ente_id == ente_id)
        )
    ]
    decididos = {f["proyecto_id"] for f in guardados if f["estado"] is EstadoVinculo.ACEPTADO}
    filas: list[Fila] = []
    for proyecto_id, citas in groupby(_citas(session, anio, ente_id), key=lambda c: c.proyecto_id):
        if proyecto_id not in decididos:
            filas += _participaciones(ente_id, proyecto_id, list(citas))
    propuestos = [f for f in guardados if f["estado"] is EstadoVinculo.PROPUESTO]
    sincronizar(session, VinculoPlan, ("proyecto_id", "nodo_id"), filas, propuestos, quitar=True)


def _citas(session: Session, anio: int, ente_id: int) -> list[Any]:
    """Por proyecto y nodo vigente: la suma de lo que pesan sus citas (una meta reparte 1 entre las suyas)."""
    c, m, n = tabla(CitaLinea), tabla(MetaActividad), tabla(NodoPlan)
    cuantas = select(c.c.meta_id, func.count().label("total")).group_by(c.c.meta_id).subquery()
    return list(
        session.execute(
            select(m.c.proyecto_id, c.c.nodo_id, n.c.clave, cuantas.c.total, func.count().label("veces"))
            .join(m, m.c.id == c.c.meta_id)
            .join(n, n.c.id == c.c.nodo_id)
            .join(cuantas, cuantas.c.meta_id == c.c.meta_id)
            .where(m.c.anio == anio, m.c.ente_id == ente_id, n.c.version_baja.is_(None))
            .group_by(m.c.proyecto_id, c.c.nodo_id, n.c.clave, cuantas.c.total)
            .order_by(m.c.proyecto_id, c.c.nodo_id)
        )
    )


def _participaciones(ente_id: int, proyecto_id: int, citas: list[Any]) -> list[Fila]:
    """Las participaciones de un proyecto: millonésimas enteras que suman exactamente 1."""
    pesos: dict[str, Decimal] = {}
    for cita in citas:
        nodo = f"{cita.nodo_id:012d}"
        pesos[nodo] = pesos.get(nodo, Decimal(0)) + Decimal(cita.veces) / Decimal(cita.total)
    return [
        {
            "ente_id": ente_id,
            "proyecto_id": proyecto_id,
            "nodo_id": int(nodo),
            "participacion": Decimal(millonesimas) / MILLONESIMAS,
            "estado": EstadoVinculo.PROPUESTO,
        }
        for nodo, millonesimas in repartir(int(MILLONESIMAS), pesos).items()
        if millonesimas
    ]
