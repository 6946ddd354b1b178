"""Los comités: sus reglas a una fecha, sus asientos y quién ocupa cada uno."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.models.comites import Asiento, Comite, EstadoIntegrante, Integrante, ReglasComite
from db.models.estructura import Dependencia
from db.models.personas import Persona
from db.queries.municipio import hoy

Fila = dict[str, Any]

CARGOS_EN_ORDEN = ("presidente", "coordinador", "secretario_tecnico", "vocal", "invitado")


def comites(session: Session) -> list[Fila]:
    """Los comités, cada uno seguido de los que cuelgan de él: id, clase, nombre, siglas, nivel y asientos."""
    c, a = tabla(Comite), tabla(Asiento).c
    cuantos: dict[int, int] = {
        f[0]: f[1]
        for f in session.execute(
            select(a.comite_id, func.count()).where(a.hasta.is_(None)).group_by(a.comite_id)
        )
    }
    hijos: dict[int | None, list[Any]] = defaultdict(list)
    for f in session.execute(select(c).order_by(c.c.id)):
        hijos[f.padre_id].append(f)
    lista: list[Fila] = []

    def recorrer(padre: int | None, nivel: int) -> None:
        for f in hijos[padre]:
            lista.append(
                f._asdict() | {"clase": f.clase.value, "nivel": nivel, "asientos": cuantos.get(f.id, 0)}
            )
            recorrer(f.id, nivel + 1)

    recorrer(None, 0)
    return lista


def comite(session: Session, *, comite_id: int, fecha: date | None = None) -> Fila | None:
    """Un comité con `reglas` a esa fecha (hoy, si no se dice), su `historia` de reglas e `integrantes`."""
    fila = session.execute(select(tabla(Comite)).where(tabla(Comite).c.id == comite_id)).first()
    if fila is None:
        return None
    dia = fecha or hoy(session)
    return fila._asdict() | {
        "clase": fila.clase.value,
        "dependencia": _dependencia(session, fila.dependencia_id),
        "reglas": reglas_en(session, comite_id, dia),
        "integrantes": integrantes_en(session, comite_id=comite_id, fecha=dia, propuestos=True),
        "asientos": asientos_en(session, comite_id, dia),
    }


def _dependencia(session: Session, dependencia_id: int | None) -> str:
    d = tabla(Dependencia).c
    return str(session.execute(select(d.nombre).where(d.id == dependencia_id)).scalar() or "")


def reglas_en(session: Session, comite_id: int, fecha: date) -> Fila:
    """Las reglas que rigen ese día: las últimas con fecha anterior o igual; sin ninguna, las de omisión."""
    r = tabla(ReglasComite)
    fila = session.execute(
        select(r)
        .where(r.c.comite_id == comite_id, r.c.desde <= fecha)
        .order_by(r.c.desde.desc(), r.c.id.desc())
        .limit(1)
    ).first()
    if fila is None:
        return _llanas(ReglasComite(comite_id=comite_id, desde=fecha).model_dump() | {"version": 0})
    return _llanas(fila._asdict())


def _llanas(reglas: Fila) -> Fila:
    """En tipos de JSON: así se copian a la sesión."""
    return reglas | {"mayoria": str(reglas["mayoria"]), "desde": reglas["desde"].isoformat()}


def asientos_en(session: Session, comite_id: int, fecha: date) -> list[Fila]:
    """Los asientos que existen ese día, en orden de cargo."""
    a = tabla(Asiento)
    filas = session.execute(
        select(a).where(
            a.c.comite_id == comite_id, a.c.desde <= fecha, a.c.hasta.is_(None) | (a.c.hasta >= fecha)
        )
    )
    lista = [f._asdict() | {"cargo": f.cargo.value, "sector": f.sector.value} for f in filas]
    return sorted(lista, key=lambda x: (CARGOS_EN_ORDEN.index(x["cargo"]), x["orden"], x["id"]))


def integrantes_en(session: Session, *, comite_id: int, fecha: date, propuestos: bool = False) -> list[Fila]:
    """Titulares y suplentes que ocupan un asiento ese día, el titular antes que su suplente.

    Cada uno: asiento_id, integrante_id, persona_id, usuario_id, dependencia_id, nombre, sexo, cargo, sector,
    representa, calidad, estado, voz, voto, acreditacion, version. `propuestos` incluye a los no acreditados.
    """
    i, a, p = tabla(Integrante).c, tabla(Asiento).c, tabla(Persona).c
    consulta = (
        select(
            a.id.label("asiento_id"), i.id.label("integrante_id"), p.id.label("persona_id"), p.usuario_id,
            a.dependencia_id, p.nombre, p.sexo, p.cargo.label("puesto"), a.cargo, a.sector, a.representa,
            i.calidad, i.estado, a.voz, a.voto, a.orden, i.acreditacion, i.acreditado_en, i.desde, i.version,
        )
        .join(tabla(Asiento), a.id == i.asiento_id)
        .join(tabla(Persona), p.id == i.persona_id)
        .where(
            a.comite_id == comite_id,
            i.estado != EstadoIntegrante.BAJA,
            i.desde <= fecha,
            i.hasta.is_(None) | (i.hasta >= fecha),
            a.hasta.is_(None) | (a.hasta >= fecha),
        )
    )  # fmt: skip
    if not propuestos:
        consulta = consulta.where(i.estado == EstadoIntegrante.ACREDITADO)
    lista = [
        f._asdict()
        | {campo: getattr(f, campo).value for campo in ("sexo", "cargo", "sector", "calidad", "estado")}
        for f in session.execute(consulta)
    ]
    return sorted(
        lista,
        key=lambda x: (
            CARGOS_EN_ORDEN.index(x["cargo"]),
            x["orden"],
            x["asiento_id"],
            x["calidad"] != "titular",
        ),
    )


def personas(session: Session) -> dict[int, str]:
    """El directorio: id → nombre y a quién representa, en orden alfabético."""
    p = tabla(Persona).c
    filas = session.execute(select(p.id, p.nombre, p.institucion).where(p.activa).order_by(p.nombre, p.id))
    return {f.id: f"{f.nombre}{' · ' + f.institucion if f.institucion else ''}" for f in filas}
