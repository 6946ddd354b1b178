"""Preguntas a la bitácora: buscar renglones y decir si la cadena sigue entera."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session

from db.audit import verificar_cadena
from db.base import tabla
from db.models.bitacora import Bitacora
from db.queries.usuarios import en_utc

POR_HOJA = 200


def buscar(
    session: Session,
    *,
    entidad: str | None = None,
    cuenta: str | None = None,
    desde: datetime | None = None,
    hasta: datetime | None = None,
    hoja: int = 0,
    por_hoja: int = POR_HOJA,
) -> dict[str, Any]:
    """Una hoja de renglones, del más nuevo al más viejo, y cuántos son en total.

    `desde` y `hasta` (excluido) son instantes con zona. Cada renglón trae sus cambios ya leídos.
    """
    b = tabla(Bitacora).c
    condiciones: list[ColumnElement[bool]] = []
    if entidad:
        condiciones.append(b.entidad == entidad)
    if cuenta:
        condiciones.append(b.cuenta == cuenta)
    if desde:
        condiciones.append(b.momento >= desde)
    if hasta:
        condiciones.append(b.momento < hasta)
    total = session.execute(select(func.count(b.id)).where(*condiciones)).scalar_one()
    tamano = min(por_hoja, POR_HOJA)
    filas = session.execute(
        select(b.id, b.momento, b.cuenta, b.accion, b.entidad, b.entidad_id, b.cuerpo)
        .where(*condiciones)
        .order_by(b.id.desc())
        .limit(tamano)
        .offset(hoja * tamano)
    )
    return {"total": total, "renglones": [_renglon(fila) for fila in filas]}


def _renglon(fila: Any) -> dict[str, Any]:
    cuerpo = json.loads(fila.cuerpo)
    sabido = {"momento", "usuario", "cuenta", "roles", "ip", "accion", "entidad", "id", "cambios"}
    return {
        "id": fila.id,
        "momento": en_utc(fila.momento),
        "cuenta": fila.cuenta,
        "accion": fila.accion,
        "entidad": fila.entidad,
        "entidad_id": fila.entidad_id,
        "ip": cuerpo.get("ip", ""),
        "cambios": cuerpo.get("cambios", {}),
        "detalle": {nombre: valor for nombre, valor in cuerpo.items() if nombre not in sabido},
    }


def opciones(session: Session) -> dict[str, list[str]]:
    """Las entidades y cuentas que aparecen en la bitácora."""
    b = tabla(Bitacora).c
    return {
        "entidades": sorted(session.execute(select(b.entidad).distinct()).scalars()),
        "cuentas": sorted(session.execute(select(b.cuenta).distinct()).scalars()),
    }


def estado_de_la_cadena(session: Session) -> dict[str, Any]:
    """La primera falta de la cadena (None si está entera) y su último sello."""
    b = tabla(Bitacora).c
    ultimo = session.execute(select(b.id, b.huella).order_by(b.id.desc()).limit(1)).first()
    return {
        "falta": verificar_cadena(session),
        "sello": {"id": ultimo.id, "huella": ultimo.huella} if ultimo else None,
    }
