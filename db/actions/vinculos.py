"""A qué nodos del plan sirve el dinero de cada proyecto: se propone de las citas y una persona lo acepta."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col
from sqlmodel import select as sqlmodel_select

from db import audit
from db.actions.idempotencia import exigir_firma
from db.actions.sincronizar import Fila, sincronizar
from db.base import MILLONESIMAS, tabla
from db.models.actividad import CitaLinea, MetaActividad
from db.models.plan import NodoPlan
from db.models.programas import EstadoVinculo, Proyecto, VinculoPlan
from db.queries.vinculos import firma_de_vinculos
from db.rules.alineacion import exigir_partes
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
    session: Session,
    actor: Actor,
    *,
    proyectos: Sequence[tuple[int, int]],
    partes: Mapping[int, Decimal],
    firma: str,
) -> None:
    """Deja como se piden las participaciones (nodo → 0 a 1) de unos (ente, proyecto), ya aceptadas.

    Todas o ninguna; vacías, se quitan. `firma` es la de las que se tuvieron a la vista (`firma_de_vinculos`):
    si alguien las movió, `Conflicto`. `Problema` si no suman 1 o alguna no es positiva. La bitácora guarda un
    renglón con cómo estaban.
    """
    entes: set[int | None] = {ente for ente, _ in proyectos}
    for ente_id in entes or {None}:
        exigir(actor, Accion.VINCULAR_PLAN, Objeto(ente_id))
    if not proyectos:
        raise Problema("No se eligió ningún proyecto.", "Elija al menos uno.")
    exigir_partes(partes)
    _exigir_vigentes(session, proyectos, partes)
    v = tabla(VinculoPlan)
    previos = [
        fila._asdict()
        for fila in session.execute(
            select(v).where(v.c.proyecto_id.in_({proyecto for _, proyecto in proyectos}))
        )
        if (fila.ente_id, fila.proyecto_id) in set(proyectos)
    ]
    exigir_firma(
        firma_de_vinculos(
            (f["ente_id"], f["proyecto_id"], f["nodo_id"], f["participacion"], f["estado"]) for f in previos
        ),
        firma,
    )
    filas: list[Fila] = [
        {
            "ente_id": ente,
            "proyecto_id": proyecto_id,
            "nodo_id": nodo,
            "participacion": parte,
            "estado": EstadoVinculo.ACEPTADO,
        }
        for ente, proyecto_id in dict.fromkeys(proyectos)
        for nodo, parte in partes.items()
    ]
    llave = ("ente_id", "proyecto_id", "nodo_id")
    hecho = sincronizar(session, VinculoPlan, llave, filas, previos, quitar=True, al_crear={"version": 1})
    if hecho.tocadas:
        audit.anotar(
            session,
            "fijar",
            "vinculo_plan",
            "",
            proyectos=sorted(dict.fromkeys(proyectos)),
            partes={str(nodo): str(parte) for nodo, parte in partes.items()},
            antes=[
                [f["ente_id"], f["proyecto_id"], f["nodo_id"], str(f["participacion"]), f["estado"].value]
                for f in previos
            ],
        )


def _exigir_vigentes(
    session: Session, proyectos: Sequence[tuple[int, int]], partes: Mapping[int, Decimal]
) -> None:
    """Los proyectos existen y los nodos están vigentes."""
    n, p = tabla(NodoPlan).c, tabla(Proyecto).c
    vigentes = set(session.execute(select(n.id).where(n.id.in_(partes), n.version_baja.is_(None))).scalars())
    pedidos = {proyecto for _, proyecto in proyectos}
    hallados = set(session.execute(select(p.id).where(p.id.in_(pedidos))).scalars())
    if partes.keys() - vigentes:
        raise Problema("Alguno de esos nodos ya no está vigente en el plan.", "Elija otro de la lista.")
    if pedidos - hallados:
        raise Problema("Alguno de esos proyectos ya no existe.", "Vuelva a abrir la lista.")
