"""A qué nodos del plan sirve el dinero de cada proyecto: se propone de las citas y una persona lo acepta."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col
from sqlmodel import select as sqlmodel_select

from db.actions.sincronizar import Fila, sincronizar
from db.base import MILLONESIMAS, tabla
from db.models.actividad import CitaLinea, MetaActividad
from db.models.plan import NodoPlan
from db.models.programas import EstadoVinculo, Proyecto, VinculoPlan
from db.rules.formato import pct
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.problema import Problema
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


def aceptar_vinculos(session: Session, actor: Actor, *, ente_id: int, proyectos: Sequence[int]) -> int:
    """Acepta las participaciones propuestas de unos proyectos; devuelve cuántas. Desde ahí mueven dinero."""
    exigir(actor, Accion.VINCULAR_PLAN, Objeto(ente_id))
    propuestos = session.exec(
        sqlmodel_select(VinculoPlan).where(
            VinculoPlan.ente_id == ente_id,
            col(VinculoPlan.proyecto_id).in_(proyectos),
            VinculoPlan.estado == EstadoVinculo.PROPUESTO,
        )
    ).all()
    for vinculo in propuestos:
        vinculo.estado = EstadoVinculo.ACEPTADO
    return len(propuestos)


def fijar_vinculos(
    session: Session, actor: Actor, *, ente_id: int, proyecto_id: int, partes: Mapping[int, Decimal]
) -> None:
    """Deja las participaciones de un proyecto como se piden (nodo → 0 a 1), ya aceptadas; vacío las quita.

    Lanza `Problema` si no suman 1 o si alguna no es positiva.
    """
    exigir(actor, Accion.VINCULAR_PLAN, Objeto(ente_id))
    if partes and (sum(partes.values()) != 1 or min(partes.values()) <= 0):
        suma = pct(sum(partes.values(), Decimal(0)) * 100, 2)
        raise Problema(
            f"Las participaciones suman {suma} y deben sumar 100 %, cada una mayor que 0.",
            "Corrija los porcentajes y vuelva a guardar.",
        )
    previos = session.exec(
        sqlmodel_select(VinculoPlan).where(
            VinculoPlan.ente_id == ente_id, VinculoPlan.proyecto_id == proyecto_id
        )
    ).all()
    por_nodo = {vinculo.nodo_id: vinculo for vinculo in previos}
    for nodo_id, vinculo in por_nodo.items():
        if nodo_id not in partes:
            session.delete(vinculo)
    for nodo_id, parte in partes.items():
        vinculo = por_nodo.get(nodo_id) or VinculoPlan(
            ente_id=ente_id, proyecto_id=proyecto_id, nodo_id=nodo_id, participacion=parte
        )
        vinculo.participacion, vinculo.estado = parte, EstadoVinculo.ACEPTADO
        session.add(vinculo)
