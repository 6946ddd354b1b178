"""Lo que pasa en una sesión ahora: una lectura para quien la lleva, la pantalla y los teléfonos."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.sesiones import Asistencia, Intervencion, PuntoOrden, Votacion, Voto
from db.queries.acuerdos import acuerdos
from db.queries.comites import integrantes_en, reglas_en
from db.queries.sesiones import sesion
from db.queries.usuarios import en_utc
from db.rules.formato import en_zona
from db.rules.quorum import quorum
from db.rules.sesiones import admitidos

Fila = dict[str, Any]


def estado(session: Session, *, sesion_id: int, ahora: datetime) -> Fila | None:
    """La sesión con `asientos` (quién puede ocupar cada uno y si está), `quorum`, `punto`, `votaciones`,
    `abierta` (la votación en curso, con quién falta), `intervenciones` y `acuerdos`; None si no existe.

    `ahora` (con zona) sólo decide la segunda convocatoria.
    """
    una = sesion(session, sesion_id=sesion_id)
    if una is None:
        return None
    dia = en_zona(una["prevista"]).date()
    reglas = una["reglas"] or reglas_en(session, una["comite_id"], dia)
    asientos = _asientos(session, una, dia, reglas)
    con_voto = [a for a in asientos if a["voto"]]
    presentes = [a for a in con_voto if a["presente"]]
    hay = quorum(reglas, len(con_voto), len(presentes), una["prevista"], ahora)
    votaciones = _votaciones(session, sesion_id)
    abierta = next((v for v in votaciones if v["estado"] == "abierta"), None)
    if abierta is not None:
        votaron = {voto["asiento_id"] for voto in abierta["votos"]}
        abierta["faltan"] = [a["nombre"] for a in presentes if a["asiento_id"] not in votaron]
    return una | {
        "reglas": reglas,
        "asientos": asientos,
        "con_voto": len(con_voto),
        "presentes": len(presentes),
        "quorum": {campo: getattr(hay, campo) for campo in hay.__slots__},
        "punto": next((p for p in una["puntos"] if p["id"] == una["punto_id"]), None),
        "votaciones": votaciones,
        "abierta": abierta,
        "intervenciones": _intervenciones(session, sesion_id),
        "acuerdos": acuerdos(session, sesion_id=sesion_id),
    }


def _asientos(session: Session, una: Fila, dia: Any, reglas: Fila) -> list[Fila]:
    """Un renglón por asiento: quién lo ocupa (el presente, o su titular), y quiénes pueden ocuparlo."""
    a = tabla(Asistencia)
    estan = {f.asiento_id: f for f in session.execute(select(a).where(a.c.sesion_id == una["id"]))}
    por_asiento: dict[int, list[Fila]] = defaultdict(list)
    for i in admitidos(reglas, integrantes_en(session, comite_id=una["comite_id"], fecha=dia)):
        por_asiento[i["asiento_id"]].append(i)
    asientos = []
    for asiento_id, pueden in por_asiento.items():
        esta = estan.get(asiento_id)
        ocupa = next((i for i in pueden if esta and i["integrante_id"] == esta.integrante_id), pueden[0])
        asientos.append(
            ocupa
            | {
                "pueden": pueden,
                "presente": esta is not None and esta.se_fue_en is None,
                "llego_en": en_utc(esta.llego_en) if esta else None,
                "se_fue_en": en_utc(esta.se_fue_en) if esta and esta.se_fue_en else None,
                "medio": esta.medio.value if esta else "",
            }
        )
    return asientos


def _votaciones(session: Session, sesion_id: int) -> list[Fila]:
    v, p, o = tabla(Votacion), tabla(PuntoOrden).c, tabla(Voto).c
    consulta = (
        select(v)
        .join(tabla(PuntoOrden), p.id == v.c.punto_id)
        .where(p.sesion_id == sesion_id)
        .order_by(v.c.id)
    )
    filas = list(session.execute(consulta))
    votos: dict[int, list[Fila]] = defaultdict(list)
    cuales = [f.id for f in filas]
    for f in session.execute(select(tabla(Voto)).where(o.votacion_id.in_(cuales)).order_by(o.id)):
        votos[f.votacion_id].append(f._asdict() | {"sentido": f.sentido.value, "medio": f.medio.value})
    return [
        f._asdict()
        | {
            "modo": f.modo.value,
            "estado": f.estado.value,
            "votos": votos[f.id],
            "cuenta": _cuenta(f, votos[f.id]),
        }
        for f in filas
    ]


def _cuenta(f: Any, votos: list[Fila]) -> dict[str, int]:
    """Cómo va: lo escrito al cerrarla, o los votos emitidos hasta ahora."""
    if f.estado.value == "cerrada" or f.modo.value == "mano_alzada":
        return {"favor": f.a_favor, "contra": f.en_contra, "abstencion": f.abstenciones}
    return {s: sum(v["sentido"] == s for v in votos) for s in ("favor", "contra", "abstencion")}


def _intervenciones(session: Session, sesion_id: int) -> list[Fila]:
    i, p = tabla(Intervencion), tabla(PuntoOrden).c
    consulta = (
        select(i)
        .join(tabla(PuntoOrden), p.id == i.c.punto_id)
        .where(p.sesion_id == sesion_id)
        .order_by(i.c.id)
    )
    return [f._asdict() | {"momento": en_utc(f.momento)} for f in session.execute(consulta)]
