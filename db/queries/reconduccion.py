"""Las solicitudes de reconducción: la lista, lo que piden y lo que espera a cada quien."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import ProgramacionMeta, Reconduccion
from db.models.acuerdos import Acuerdo
from db.models.estructura import Dependencia
from db.models.indicadores import ProgramacionVariable
from db.models.municipio import Ente
from db.models.reconduccion import (
    ClaseRenglon,
    DineroSolicitud,
    LadoDinero,
    RenglonSolicitud,
    SolicitudReconduccion,
)
from db.models.usuarios import Usuario
from db.queries.municipio import ejercicio_actual
from db.queries.reconducible import Llave
from db.queries.usuarios import en_utc
from db.rules.permisos import Actor
from db.rules.solicitud import EN_TRAMITE, EstadoSolicitud, toca

Datos = dict[str, Any]


def lista(
    session: Session, *, anio: int, ente_id: int | None = None, solicitud_id: int | None = None
) -> list[Datos]:
    """Las solicitudes del ejercicio, la más nueva primero, con lo que cambian y mueven (centavos).

    `acuerdo` y `acordado_en` son del acuerdo del comité que la aprobó, o None.
    """
    s, d, e = tabla(SolicitudReconduccion), tabla(Dependencia), tabla(Ente)
    a = tabla(Acuerdo)
    quien, opina, resuelve = (tabla(Usuario).alias(n) for n in ("quien", "opina", "resuelve"))
    consulta = (
        select(
            s,
            d.c.padre_id,
            d.c.clave,
            d.c.nombre,
            e.c.nombre.label("ente"),
            a.c.numero.label("acuerdo"),
            a.c.tomado_en.label("acordado_en"),
            func.coalesce(quien.c.nombre, s.c.solicito).label("solicitante"),
            func.coalesce(opina.c.nombre, s.c.opino).label("opinante"),
            func.coalesce(resuelve.c.nombre, s.c.resolvio).label("resolutor"),
        )
        .join(d, d.c.id == s.c.dependencia_id)
        .join(e, e.c.id == s.c.ente_id)
        .join(a, a.c.id == s.c.acuerdo_id, isouter=True)
        .join(quien, quien.c.cuenta == s.c.solicito, isouter=True)
        .join(opina, opina.c.cuenta == s.c.opino, isouter=True)
        .join(resuelve, resuelve.c.cuenta == s.c.resolvio, isouter=True)
        .where(s.c.anio == anio)
        .order_by(s.c.id.desc())
    )
    if ente_id is not None:
        consulta = consulta.where(s.c.ente_id == ente_id)
    if solicitud_id is not None:
        consulta = consulta.where(s.c.id == solicitud_id)
    filas = [fila._asdict() for fila in session.execute(consulta)]
    ids = [fila["id"] for fila in filas]
    dinero, cuantos = dinero_de(session, ids), _cuantos(session, ids)
    return [_llana(fila, dinero[fila["id"]], cuantos.get(fila["id"], 0)) for fila in filas]


def _llana(fila: Datos, dinero: list[Datos], cuantos: int) -> Datos:
    for instante in ("solicitada_en", "opinada_en", "resuelta_en"):
        fila[instante] = en_utc(fila[instante]) if fila[instante] else None
    for enumerado in ("tipo", "ambito", "estado"):
        fila[enumerado] = str(fila[enumerado])
    sumas = {cual.value: sum(m["importe"] for m in dinero if m["lado"] == cual.value) for cual in LadoDinero}
    return {
        **fila,
        "dependencia": f"{fila['clave']} {fila['nombre']}",
        "dependencias": tuple(i for i in (fila["dependencia_id"], fila["padre_id"]) if i is not None),
        "items": cuantos,
        "mueve_dinero": bool(dinero),
        **sumas,
    }


def dinero_de(session: Session, ids: Sequence[int]) -> dict[int, list[Datos]]:
    """Solicitud → lo que reduce (primero) y amplía, por clave."""
    d = tabla(DineroSolicitud).c
    juntos: dict[int, list[Datos]] = defaultdict(list)
    consulta = select(tabla(DineroSolicitud)).where(d.solicitud_id.in_(ids)).order_by(d.lado.desc(), d.clave)
    for f in session.execute(consulta):
        juntos[f.solicitud_id].append({"lado": str(f.lado), "clave": f.clave, "importe": f.importe})
    return juntos


def _cuantos(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Metas y variables distintas de cada solicitud."""
    r = tabla(RenglonSolicitud).c
    distintos = (
        select(r.solicitud_id, r.clase, r.item_id).where(r.solicitud_id.in_(ids)).distinct().subquery()
    )
    consulta = select(distintos.c.solicitud_id, func.count()).group_by(distintos.c.solicitud_id)
    return {f[0]: int(f[1]) for f in session.execute(consulta)}


def por_atender(session: Session, actor: Actor, anio: int | None = None) -> list[Datos]:
    """Las solicitudes que esperan a esa persona, con `toca` (corregir, opinar o autorizar); la vieja primero.

    Sin año, las del ejercicio en curso.
    """
    cual = anio or ejercicio_actual(session)
    if cual is None:
        return []
    suyas = [{**s, "toca": toca(actor, s)} for s in reversed(lista(session, anio=cual))]
    return [s for s in suyas if s["toca"] is not None]


def renglones(session: Session, solicitud_id: int) -> dict[Llave, dict[int, Decimal]]:
    """Por meta o variable: último mes del periodo → cantidad pedida."""
    r = tabla(RenglonSolicitud).c
    juntos: dict[Llave, dict[int, Decimal]] = defaultdict(dict)
    for f in session.execute(
        select(r.clase, r.item_id, r.mes, r.cantidad).where(r.solicitud_id == solicitud_id).order_by(r.id)
    ):
        juntos[ClaseRenglon(f.clase), f.item_id][f.mes] = f.cantidad
    return dict(juntos)


def en_solicitud(session: Session, anio: int) -> dict[Llave, tuple[int, EstadoSolicitud]]:
    """Meta o variable → la última solicitud sin rechazar que la cambia y en qué va."""
    s, r = tabla(SolicitudReconduccion).c, tabla(RenglonSolicitud).c
    consulta = (
        select(r.clase, r.item_id, s.id, s.estado)
        .join(tabla(SolicitudReconduccion), s.id == r.solicitud_id)
        .where(s.anio == anio, s.estado != EstadoSolicitud.RECHAZADA)
        .distinct()
        .order_by(s.id)
    )
    return {
        (ClaseRenglon(f.clase), f.item_id): (f.id, EstadoSolicitud(f.estado))
        for f in session.execute(consulta)
    }


def en_tramite(session: Session, anio: int, llaves: Collection[Llave], salvo: int | None) -> Llave | None:
    """Una de esas metas o variables que ya está en otra solicitud presentada y sin resolver."""
    s, r = tabla(SolicitudReconduccion).c, tabla(RenglonSolicitud).c
    consulta = (
        select(r.clase, r.item_id)
        .join(tabla(SolicitudReconduccion), s.id == r.solicitud_id)
        .where(s.anio == anio, s.estado.in_(EN_TRAMITE), s.id != salvo)
    )
    otras = {(ClaseRenglon(f.clase), f.item_id) for f in session.execute(consulta)}
    return next((llave for llave in llaves if llave in otras), None)


def que_rigen(session: Session, clase: ClaseRenglon, ids: Sequence[int], mes: int) -> list[Datos]:
    """Las reconducciones que cambiaron esas metas o variables: folio, fecha, mes_vigencia, motivo, `rige` (ya
    valen en el corte) y `solicitud_id` (None si llegó de un archivo)."""
    r, s = tabla(Reconduccion), tabla(SolicitudReconduccion).c
    g = tabla(ProgramacionMeta).c if clase is ClaseRenglon.META else tabla(ProgramacionVariable).c
    cosa = g.meta_id if clase is ClaseRenglon.META else g.variable_id
    suyas = select(g.reconduccion_id).where(cosa.in_(list(ids)), g.reconduccion_id.is_not(None))
    consulta = (
        select(r.c.folio, r.c.fecha, r.c.mes_vigencia, r.c.motivo, s.id.label("solicitud_id"))
        .join(tabla(SolicitudReconduccion), s.reconduccion_id == r.c.id, isouter=True)
        .where(r.c.id.in_(suyas))
        .order_by(r.c.mes_vigencia, r.c.folio)
    )
    return [{**fila._asdict(), "rige": fila.mes_vigencia <= mes} for fila in session.execute(consulta)]
