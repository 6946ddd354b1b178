"""Las dependencias con quien las encabeza, su historia y quién firma por ellas."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.estructura import Dependencia, Titular
from db.models.municipio import Ente
from db.queries.estructura import entes_activos
from db.rules.texto import llave
from db.rules.titular import TESORERIA, UIPPE, Cargo, dependencia_que_es

Persona = dict[str, Any]


def en_funciones(session: Session, dia: date) -> dict[int, Persona]:
    """Dependencia → su titular ese día: id, nombre, cargo, desde, hasta y versión."""
    t = tabla(Titular).c
    filas = session.execute(
        select(tabla(Titular))
        .where(t.desde <= dia, t.hasta.is_(None) | (t.hasta >= dia))
        .order_by(t.desde, t.id)
    )
    return {fila.dependencia_id: _persona(fila) for fila in filas}


def _persona(fila: Any) -> Persona:
    return {campo: getattr(fila, campo) for campo in ("id", "nombre", "cargo", "desde", "hasta", "version")}


def firma_de(titular: Any | None) -> str:
    """Identidad y versión del último titular, para saber si alguien lo cambió; vacía si no hay."""
    return "" if titular is None else f"{titular.id}.{titular.version}"


def firmantes(session: Session, dependencia_id: int, fecha: date) -> dict[str, Persona | None]:
    """Quiénes firman por una dependencia en una fecha.

    `dependencia` (la auxiliar, o ella misma si es general), `general`, `tesoreria` y `uippe`: cada quien con
    nombre, cargo, dependencia y dependencia_id, o None si no hay titular registrado ese día. La Tesorería y
    la UIPPE son las del mismo ente; si no las tiene, las del ayuntamiento.
    """
    d = tabla(Dependencia).c
    suya = session.execute(select(d.id, d.padre_id, d.ente_id).where(d.id == dependencia_id)).first()
    if suya is None:
        return dict.fromkeys(("dependencia", "general", TESORERIA, UIPPE))
    firman: dict[str, int | None] = {"dependencia": suya.id, "general": suya.padre_id or suya.id}
    for papel in (TESORERIA, UIPPE):
        firman[papel] = la_que_es(session, papel=papel, ente_id=suya.ente_id)
    titulares, nombres = en_funciones(session, fecha), _nombres(session)
    return {
        papel: {**titulares[cual], "dependencia_id": cual, "dependencia": nombres[cual]}
        if cual is not None and cual in titulares
        else None
        for papel, cual in firman.items()
    }


def la_que_es(session: Session, *, papel: str, ente_id: int | None = None) -> int | None:
    """La dependencia de un ente que es su TESORERIA, UIPPE o PRESIDENCIA; si no, la del ayuntamiento."""
    generales = _generales(session)
    ayuntamiento = next((e["id"] for e in entes_activos(session)), 0)
    suyas = generales[ente_id or ayuntamiento]
    return dependencia_que_es(papel, suyas) or dependencia_que_es(papel, generales[ayuntamiento])


def _generales(session: Session) -> dict[int, list[tuple[int, str]]]:
    d = tabla(Dependencia).c
    juntas: dict[int, list[tuple[int, str]]] = defaultdict(list)
    consulta = select(d.id, d.ente_id, d.nombre).where(d.padre_id.is_(None), d.activa).order_by(d.clave)
    for fila in session.execute(consulta):
        juntas[fila.ente_id].append((fila.id, fila.nombre))
    return juntas


def _nombres(session: Session) -> dict[int, str]:
    d = tabla(Dependencia).c
    return {fila.id: fila.nombre for fila in session.execute(select(d.id, d.nombre))}


def dependencias_con_titular(
    session: Session, *, dia: date, ente_id: int | None = None
) -> list[dict[str, Any]]:
    """Las dependencias activas, cada general seguida de sus auxiliares, con su titular ese día (o None)."""
    d, e = tabla(Dependencia), tabla(Ente)
    consulta = (
        select(d.c.id, d.c.padre_id, d.c.ente_id, d.c.clave, d.c.nombre, e.c.nombre.label("ente"))
        .join(e, e.c.id == d.c.ente_id)
        .where(d.c.activa, *([] if ente_id is None else [d.c.ente_id == ente_id]))
        .order_by(d.c.ente_id, d.c.clave)
    )
    hijas: dict[int | None, list[Any]] = defaultdict(list)
    for fila in session.execute(consulta):
        hijas[fila.padre_id].append(fila)
    titulares = en_funciones(session, dia)
    return [
        {
            "id": fila.id,
            "ente_id": fila.ente_id,
            "ente": fila.ente,
            "general_id": general.id,
            "clave": fila.clave if fila is general else f"{general.clave}-{fila.clave}",
            "nombre": fila.nombre,
            "es_general": fila is general,
            "titular": titulares.get(fila.id),
            "busqueda": llave(f"{fila.clave} {fila.nombre} {titulares.get(fila.id, {}).get('nombre', '')}"),
        }
        for general in hijas[None]
        for fila in (general, *hijas.get(general.id, []))
    ]


def ficha_dependencia(session: Session, *, dependencia_id: int, dia: date) -> dict[str, Any] | None:
    """Una dependencia con sus auxiliares, todos sus titulares (el más nuevo primero) y quién firma ese día.

    None si no existe.
    """
    todas = dependencias_con_titular(session, dia=dia)
    suya = next((una for una in todas if una["id"] == dependencia_id), None)
    if suya is None:
        return None
    t = tabla(Titular)
    filas = session.execute(
        select(t).where(t.c.dependencia_id == dependencia_id).order_by(t.c.desde.desc(), t.c.id.desc())
    ).all()
    return {
        **suya,
        "auxiliares": [u for u in todas if u["general_id"] == suya["id"] and not u["es_general"]],
        "superior": None if suya["es_general"] else next(u for u in todas if u["id"] == suya["general_id"]),
        "historia": [
            {**_persona(f), "vigente": Cargo(f.nombre, f.desde, f.hasta).en_funciones(dia)} for f in filas
        ],
        "firma": firma_de(filas[0] if filas else None),
        "firmantes": firmantes(session, dependencia_id, dia),
    }
