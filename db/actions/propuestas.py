"""Registrar lo que la ciudadanía y los sectores llevan al comité, y responderles."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.actions.acuerdos import objeto_de
from db.actions.avisos import avisar
from db.actions.idempotencia import exigir_version
from db.actions.municipio import obligatorio
from db.actions.turnos import formarse
from db.base import ahora, tabla
from db.models.avisos import ClaseAviso
from db.models.comites import Sector
from db.models.plan import NodoPlan
from db.models.propuestas import ClasePropuesta, EstadoPropuesta, Propuesta
from db.queries.avisos import destinatarios
from db.queries.municipio import hoy
from db.queries.reconducible import inhabiles
from db.rules import propuestas as reglas
from db.rules.avisos import ruta, una_linea
from db.rules.formato import fecha as fecha_es
from db.rules.permisos import Accion, Actor, Rol, SinPermiso, exigir
from db.rules.problema import Problema

NOMBRE_MAXIMO, TEXTO_MAXIMO = 200, 4_000


def registrar(session: Session, actor: Actor, *, datos: Mapping[str, Any]) -> int:
    """Registra una opinión, propuesta o queja con su folio; devuelve su id.

    `datos`: clase, quien, sector, lugar, tema, texto, comite_id, sesion_id, nodo_id, dependencia_id y fecha
    (vacía, hoy). SinPermiso; `Problema` (campo «quien», «tema», «texto», «fecha» o «nodo_id»).
    """
    exigir(actor, Accion.REGISTRAR_PROPUESTAS)
    dia = hoy(session)
    fecha = datos.get("fecha") or dia
    if fecha > dia:
        raise Problema("La fecha aún no llega.", "Escriba el día en que se recibió.", "fecha")
    nodo_id = datos.get("nodo_id")
    if nodo_id is not None and session.get(NodoPlan, nodo_id) is None:
        raise Problema("Esa línea ya no está en el plan.", "Elija otra.", "nodo_id")
    fila = Propuesta(
        folio=reglas.folio(fecha.year, siguiente_folio(session, fecha.year)),
        clase=ClasePropuesta(datos["clase"]),
        fecha=fecha,
        quien=obligatorio(str(datos["quien"]), "quien", "quién la hace", NOMBRE_MAXIMO),
        sector=Sector(datos["sector"]),
        lugar=str(datos.get("lugar") or "").strip()[:NOMBRE_MAXIMO],
        tema=obligatorio(str(datos["tema"]), "tema", "el tema", NOMBRE_MAXIMO),
        texto=obligatorio(str(datos["texto"]), "texto", "lo que se propone", TEXTO_MAXIMO),
        comite_id=datos.get("comite_id"),
        sesion_id=datos.get("sesion_id"),
        nodo_id=nodo_id,
        dependencia_id=datos.get("dependencia_id"),
    )
    session.add(fila)
    session.flush()
    avisar_turno(session, actor, fila)
    return fila.id or 0


def siguiente_folio(session: Session, anio: int) -> int:
    """El consecutivo que sigue en el año; uno deshecho no hace repetir otro."""
    formarse(session, "folio de propuesta", anio)
    p, prefijo = tabla(Propuesta).c, reglas.folio(anio, 0).rpartition("/")[0]
    usados = session.execute(select(p.folio).where(p.folio.startswith(f"{prefijo}/"))).scalars()
    return max((int(folio.rpartition("/")[2]) for folio in usados), default=0) + 1


def avisar_turno(session: Session, actor: Actor, fila: Propuesta) -> None:
    """A los enlaces de la dependencia a la que se turna, con su plazo."""
    if fila.dependencia_id is None:
        return
    vence = reglas.vencimiento(fila.fecha, inhabiles(session, fila.fecha.year))
    avisar(
        session,
        destinatarios(session, fila.dependencia_id, Rol.ENLACE, salvo=actor.cuenta),
        ClaseAviso.ACUERDO,
        f"propuesta/{fila.id}/{fila.dependencia_id}",
        f"Debe responder {fila.folio} a más tardar el {fecha_es(vence)}: {una_linea(fila.tema)}",
        f"{una_linea(fila.quien)}: {una_linea(fila.texto)[:500]}",
        ruta("propuestas", propuesta=fila.id),
    )


def turnar(
    session: Session, actor: Actor, *, propuesta_id: int, version: int, dependencia_id: int | None
) -> None:
    """Dice qué dependencia debe responder. SinPermiso; `Conflicto`; `Problema` si ya se respondió."""
    exigir(actor, Accion.REGISTRAR_PROPUESTAS)
    fila = session.get(Propuesta, propuesta_id)
    if fila is None:
        raise SinPermiso(Accion.REGISTRAR_PROPUESTAS)
    exigir_version(fila, version)
    reglas.exigir_respuesta(fila.estado.value, EstadoPropuesta.EN_ANALISIS.value, "")
    cambia, fila.dependencia_id = fila.dependencia_id != dependencia_id, dependencia_id
    session.add(fila)
    session.flush()
    if cambia:
        avisar_turno(session, actor, fila)


def responder(
    session: Session, actor: Actor, *, propuesta_id: int, version: int, estado: str, respuesta: str
) -> None:
    """La pone en análisis o la resuelve con su respuesta; lo hace la unidad o el enlace de quien responde.

    SinPermiso; `Conflicto`; `Problema` (campo «estado» o «respuesta»).
    """
    fila = session.get(Propuesta, propuesta_id)
    if fila is None:
        raise SinPermiso(Accion.RESPONDER_PROPUESTAS)
    exigir(actor, Accion.RESPONDER_PROPUESTAS, objeto_de(session, fila.dependencia_id))
    exigir_version(fila, version)
    nuevo = EstadoPropuesta(estado)
    reglas.exigir_respuesta(fila.estado.value, nuevo.value, respuesta)
    fila.estado, fila.respuesta = nuevo, respuesta.strip()[:TEXTO_MAXIMO]
    if nuevo.value not in reglas.ABIERTAS:
        fila.respondio, fila.respondida_en = actor.cuenta, ahora()
    session.add(fila)
    session.flush()
