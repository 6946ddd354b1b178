"""Ventanas de captura con sus prórrogas: cuándo abre y cuándo cierra de verdad para cada dependencia."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import ahora, tabla
from db.models.captura import ClaseCaptura, Prorroga, Ventana
from db.models.estructura import Dependencia
from db.queries.avances import meses_cerrados
from db.queries.municipio import zona
from db.queries.usuarios import en_utc
from db.rules.captura import Situacion, plazo, situacion
from db.rules.formato import fecha_hora
from db.rules.problema import Problema


def ventana(
    session: Session, anio: int, mes: int, clase: ClaseCaptura, dependencias: Collection[int] = ()
) -> dict[str, Any] | None:
    """La ventana de un periodo: id, abre, recuerda, cierra (con la prórroga que alcance a las dependencias),
    prorrogada y situacion. None si no está definida: entonces no hay plazo."""
    v, p = tabla(Ventana).c, tabla(Prorroga).c
    fila = session.execute(
        select(tabla(Ventana)).where(v.anio == anio, v.mes == mes, v.clase == clase)
    ).first()
    if fila is None:
        return None
    prorrogas = session.execute(select(p.dependencia_id, p.cierra).where(p.ventana_id == fila.id)).all()
    alcanzan = [
        en_utc(f.cierra) for f in prorrogas if f.dependencia_id is None or f.dependencia_id in dependencias
    ]
    cierra = plazo(en_utc(fila.cierra), alcanzan)
    return {
        "id": fila.id,
        "abre": en_utc(fila.abre),
        "recuerda": en_utc(fila.recuerda) if fila.recuerda else None,
        "cierra": cierra,
        "prorrogada": cierra != en_utc(fila.cierra),
        "situacion": situacion(ahora(), en_utc(fila.abre), cierra),
    }


def exigir_abierta(
    session: Session, anio: int, mes: int, clase: ClaseCaptura, dependencias: Collection[int]
) -> None:
    """Problema si la ventana está definida y no incluye este instante, con su plazo en hora del municipio."""
    hay = ventana(session, anio, mes, clase, dependencias)
    if hay is None or hay["situacion"] is Situacion.ABIERTA:
        return
    lugar = zona(session).key
    if hay["situacion"] is Situacion.POR_ABRIR:
        raise Problema(f"La captura abre el {fecha_hora(hay['abre'], lugar)}.", "Vuelva entonces.")
    raise Problema(
        f"La captura cerró el {fecha_hora(hay['cierra'], lugar)}.", "Pida una prórroga a planeación."
    )


def plazos(session: Session, anio: int) -> dict[tuple[ClaseCaptura, int, int], datetime]:
    """(clase, mes, dependencia general) → cuándo cierra de verdad, con sus prórrogas."""
    v, p, d = tabla(Ventana).c, tabla(Prorroga).c, tabla(Dependencia).c
    prorrogas: dict[int, list[Any]] = defaultdict(list)
    for f in session.execute(select(p.ventana_id, p.dependencia_id, p.cierra)):
        prorrogas[f.ventana_id].append(f)
    generales = list(session.execute(select(d.id).where(d.padre_id.is_(None))).scalars())
    hallados = {}
    for f in session.execute(select(v.id, v.mes, v.clase, v.cierra).where(v.anio == anio)):
        suyas = prorrogas.get(f.id, [])
        for general in generales:
            alcanzan = [en_utc(s.cierra) for s in suyas if s.dependencia_id in (None, general)]
            hallados[ClaseCaptura(f.clase), f.mes, general] = plazo(en_utc(f.cierra), alcanzan)
    return hallados


def ventanas(session: Session, *, anio: int) -> list[dict[str, Any]]:
    """Las ventanas del ejercicio por mes y clase, con sus fechas, situación y prórrogas; instantes UTC."""
    v, p, d = tabla(Ventana).c, tabla(Prorroga).c, tabla(Dependencia)
    prorrogas: dict[int, list[dict[str, Any]]] = defaultdict(list)
    consulta = select(tabla(Prorroga), d.c.nombre.label("dependencia")).outerjoin(
        d, d.c.id == p.dependencia_id
    )
    for f in session.execute(consulta.order_by(p.id)):
        prorrogas[f.ventana_id].append(
            f._asdict() | {"cierra": en_utc(f.cierra), "autorizada_en": en_utc(f.autorizada_en)}
        )
    orden = list(ClaseCaptura)
    filas = session.execute(select(tabla(Ventana)).where(v.anio == anio))
    lista = []
    for f in sorted(filas, key=lambda f: (f.mes, orden.index(f.clase))):
        abre, cierra = en_utc(f.abre), en_utc(f.cierra)
        para_todos = [s["cierra"] for s in prorrogas[f.id] if s["dependencia_id"] is None]
        efectivo = plazo(cierra, para_todos)
        lista.append(
            {
                "id": f.id,
                "version": f.version,
                "mes": f.mes,
                "clase": ClaseCaptura(f.clase).value,
                "abre": abre,
                "recuerda": en_utc(f.recuerda) if f.recuerda else None,
                "cierra": cierra,
                "plazo": efectivo,
                "situacion": situacion(ahora(), abre, efectivo).value,
                "prorrogas": prorrogas[f.id],
            }
        )
    return lista


def vencimientos(session: Session, anio: int, dependencias: Collection[int] = ()) -> list[dict[str, Any]]:
    """Los plazos en orden, con la prórroga que alcance a esas dependencias: id, mes, clase y cierra."""
    lista = []
    for v in ventanas(session, anio=anio):
        suyas = [s["cierra"] for s in v["prorrogas"] if s["dependencia_id"] in (None, *dependencias)]
        lista.append(
            {"mes": v["mes"], "clase": v["clase"], "cierra": plazo(v["cierra"], suyas), "id": v["id"]}
        )
    return sorted(lista, key=lambda v: (v["cierra"], v["id"]))


def calendario(session: Session, *, anio: int) -> dict[str, Any]:
    """Lo que la pantalla del calendario necesita: zona, ventanas, dependencias generales y meses cerrados."""
    d = tabla(Dependencia).c
    generales = select(d.id, d.clave, d.nombre).where(d.padre_id.is_(None)).order_by(d.ente_id, d.clave)
    return {
        "zona": zona(session).key,
        "ventanas": ventanas(session, anio=anio),
        "generales": {f.id: f"{f.clave} {f.nombre}" for f in session.execute(generales)},
        "cerrados": sorted(meses_cerrados(session, anio)),
    }
