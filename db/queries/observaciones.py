"""Las observaciones de un asunto, con sus respuestas, y las que siguen sin cerrarse."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session

from db.base import tabla
from db.models.estructura import Dependencia
from db.models.municipio import Ente
from db.models.observaciones import EstadoObservacion, Observacion, RespuestaObservacion
from db.models.usuarios import Usuario
from db.queries.municipio import hoy
from db.queries.usuarios import en_utc

Fila = dict[str, Any]
"""`id`, `ente_id`, `asunto`, `referencia`, `texto`, `estado`, `dependencia` (escrita), `dependencias` (ids
de quien debe contestar y de la que la contiene), `autor`, `creada_en`, `vence`, `vencida`, `cerro`,
`cerrada_en`, `version` y `respuestas` (texto, autor, creada_en). Los instantes van en UTC."""

PENDIENTES = (EstadoObservacion.ABIERTA, EstadoObservacion.RESPONDIDA)


def de_asunto(session: Session, anio: int, asunto: str, referencia: str) -> list[Fila]:
    """Todas las de una cosa (un programa, un indicador, un hallazgo): primero las abiertas y las nuevas."""
    o = tabla(Observacion).c
    filas = _leer(session, o.anio == anio, o.asunto == asunto, o.referencia == referencia)
    orden = {estado.value: n for n, estado in enumerate(EstadoObservacion)}
    return sorted(filas, key=lambda f: (orden[f["estado"]], -f["id"]))


def abiertas(
    session: Session,
    anio: int,
    *,
    asunto: str | None = None,
    ente_id: int | None = None,
    dependencias: tuple[int, ...] | None = None,
) -> list[Fila]:
    """Las que no se han cerrado, la de plazo más cercano primero y las que no tienen plazo al final.

    Con `dependencias`, sólo las que alguna de ellas (o de sus áreas) debe contestar.
    """
    o = tabla(Observacion).c
    condiciones = [o.anio == anio, o.estado.in_(PENDIENTES)]
    if asunto is not None:
        condiciones.append(o.asunto == asunto)
    if ente_id is not None:
        condiciones.append(o.ente_id.is_(None) | (o.ente_id == ente_id))
    filas = _leer(session, *condiciones)
    if dependencias is not None:
        filas = [f for f in filas if set(f["dependencias"]) & set(dependencias)]
    return sorted(filas, key=lambda f: (f["vence"] is None, f["vence"] or f["creada_en"].date(), f["id"]))


def pendientes_por_referencia(session: Session, anio: int, asunto: str) -> dict[str, int]:
    """Cuántas siguen sin cerrarse de cada cosa del asunto; no aparece la que no tiene ninguna."""
    o = tabla(Observacion).c
    consulta = (
        select(o.referencia, func.count())
        .where(o.anio == anio, o.asunto == asunto, o.estado.in_(PENDIENTES))
        .group_by(o.referencia)
    )
    return {fila[0]: int(fila[1]) for fila in session.execute(consulta)}


def _leer(session: Session, *condiciones: ColumnElement[bool]) -> list[Fila]:
    o, d, u = tabla(Observacion), tabla(Dependencia), tabla(Usuario)
    cerro = u.alias("quien_cerro")
    consulta = (
        select(
            *(c for c in o.c if c.key not in ("autor", "cerro")),
            func.coalesce(u.c.nombre, o.c.autor).label("autor"),
            func.coalesce(cerro.c.nombre, o.c.cerro).label("cerro"),
            d.c.clave,
            d.c.nombre,
            d.c.padre_id,
        )
        .join(d, d.c.id == o.c.dependencia_id, isouter=True)
        .join(u, u.c.cuenta == o.c.autor, isouter=True)
        .join(cerro, cerro.c.cuenta == o.c.cerro, isouter=True)
        .where(*condiciones)
        .order_by(o.c.id)
    )
    filas = session.execute(consulta).all()
    respuestas = _respuestas(session, [f.id for f in filas])
    dia = hoy(session)
    return [
        {
            "id": f.id,
            "ente_id": f.ente_id,
            "asunto": f.asunto.value,
            "referencia": f.referencia,
            "texto": f.texto,
            "estado": f.estado.value,
            "dependencia": f"{f.clave} {f.nombre}" if f.clave else "",
            "dependencias": tuple(i for i in (f.dependencia_id, f.padre_id) if i is not None),
            "autor": f.autor,
            "creada_en": en_utc(f.creada_en),
            "vence": f.vence,
            "vencida": bool(f.vence and f.vence < dia and f.estado in PENDIENTES),
            "cerro": f.cerro,
            "cerrada_en": en_utc(f.cerrada_en) if f.cerrada_en else None,
            "version": f.version,
            "respuestas": respuestas[f.id],
        }
        for f in filas
    ]


def _respuestas(session: Session, ids: Sequence[int]) -> dict[int, list[Fila]]:
    r, u = tabla(RespuestaObservacion), tabla(Usuario)
    consulta = (
        select(
            r.c.observacion_id,
            r.c.texto,
            r.c.creada_en,
            func.coalesce(u.c.nombre, r.c.autor).label("autor"),
        )
        .join(u, u.c.cuenta == r.c.autor, isouter=True)
        .where(r.c.observacion_id.in_(ids))
        .order_by(r.c.id)
    )
    juntas: dict[int, list[Fila]] = defaultdict(list)
    for f in session.execute(consulta):
        juntas[f.observacion_id].append(
            {"texto": f.texto, "autor": f.autor, "creada_en": en_utc(f.creada_en)}
        )
    return juntas


def responsables(session: Session, ente_id: int | None = None) -> list[tuple[int, str]]:
    """Las dependencias a quienes se puede pedir respuesta: (id, «A00 Presidencia»), las generales activas."""
    d, e = tabla(Dependencia), tabla(Ente)
    consulta = (
        select(d.c.id, d.c.clave, d.c.nombre, e.c.nombre.label("ente"))
        .join(e, e.c.id == d.c.ente_id)
        .where(d.c.activa, d.c.padre_id.is_(None))
        .order_by(d.c.ente_id, d.c.clave)
    )
    if ente_id is not None:
        consulta = consulta.where(d.c.ente_id == ente_id)
    filas = session.execute(consulta).all()
    varios = len({f.ente for f in filas}) > 1
    return [(f.id, f"{f.clave} {f.nombre}" + (f" · {f.ente}" if varios else "")) for f in filas]
