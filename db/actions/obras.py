"""Priorizar obras en un comité: criterios, obras propuestas, sus calificaciones y el orden que se votó."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.actions.municipio import obligatorio
from db.base import tabla
from db.models.comites import Comite
from db.models.plan import NodoPlan
from db.models.propuestas import CalificacionObra, CriterioObra, EstadoObra, ObraPropuesta, Propuesta
from db.models.sesiones import EstadoVotacion, PuntoOrden, SesionComite, Votacion
from db.rules import obras as reglas
from db.rules.permisos import Accion, Actor, SinPermiso, exigir
from db.rules.problema import Problema

NOMBRE_MAXIMO, TEXTO_MAXIMO = 200, 2_000


def fijar_criterios(
    session: Session, actor: Actor, *, comite_id: int, anio: int, criterios: Sequence[tuple[str, Decimal]]
) -> None:
    """Deja exactamente esos criterios (nombre, peso); los que ya estaban conservan sus calificaciones.

    SinPermiso; `Problema` (campo «criterios») si no suman 100 o si ya hay obras votadas.
    """
    exigir(actor, Accion.COORDINAR_COMITES)
    if session.get(Comite, comite_id) is None:
        raise SinPermiso(Accion.COORDINAR_COMITES)
    reglas.exigir_criterios(criterios)
    _exigir_sin_votar(session, comite_id, anio, "criterios")
    c, k = tabla(CriterioObra).c, tabla(CalificacionObra).c
    previos = {
        fila.nombre: fila
        for cual in session.execute(select(c.id).where(c.comite_id == comite_id, c.anio == anio)).scalars()
        if (fila := session.get(CriterioObra, cual)) is not None
    }
    for orden, (nombre, peso) in enumerate(criterios, start=1):
        limpio = obligatorio(nombre, "criterios", "el nombre del criterio", NOMBRE_MAXIMO)
        fila = previos.pop(limpio, None) or CriterioObra(
            comite_id=comite_id, anio=anio, nombre=limpio, peso=peso
        )
        fila.orden, fila.peso = orden, peso
        session.add(fila)
    for sobra in previos.values():
        for cual in session.execute(select(k.id).where(k.criterio_id == sobra.id)).scalars().all():
            session.delete(session.get_one(CalificacionObra, cual))
        session.flush()
        session.delete(sobra)
    session.flush()


def _exigir_sin_votar(session: Session, comite_id: int, anio: int, campo: str) -> None:
    o = tabla(ObraPropuesta).c
    votadas = select(o.id).where(o.comite_id == comite_id, o.anio == anio, o.votacion_id.is_not(None))
    if session.execute(votadas.limit(1)).scalar() is not None:
        raise Problema(
            f"Las obras de {anio} ya se votaron.", "Lo que se calificó para votarlas no cambia.", campo
        )


def proponer(session: Session, actor: Actor, *, comite_id: int, anio: int, datos: Mapping[str, Any]) -> int:
    """Agrega una obra; `datos`: nombre, localidad, descripcion, fondo, costo (centavos), beneficiarios,
    dependencia_id, nodo_id y propuesta_id. Devuelve su id. SinPermiso; `Problema` del campo."""
    exigir(actor, Accion.COORDINAR_COMITES)
    if session.get(Comite, comite_id) is None:
        raise SinPermiso(Accion.COORDINAR_COMITES)
    costo, beneficiarios = int(datos.get("costo") or 0), int(datos.get("beneficiarios") or 0)
    if costo <= 0:
        raise Problema("Falta el costo de la obra.", "Escríbalo en pesos.", "costo")
    if beneficiarios < 0:
        raise Problema("Los beneficiarios no pueden ser menos de cero.", "Corríjalo.", "beneficiarios")
    _exigir_sin_votar(session, comite_id, anio, "nombre")
    for campo, modelo in (("nodo_id", NodoPlan), ("propuesta_id", Propuesta)):
        if datos.get(campo) is not None and session.get(modelo, datos[campo]) is None:
            raise Problema("Eso ya no existe.", "Elija otra opción de la lista.", campo)
    fila = ObraPropuesta(
        comite_id=comite_id,
        anio=anio,
        nombre=obligatorio(str(datos["nombre"]), "nombre", "la obra", NOMBRE_MAXIMO),
        localidad=obligatorio(str(datos["localidad"]), "localidad", "la localidad", NOMBRE_MAXIMO),
        descripcion=str(datos.get("descripcion") or "").strip()[:TEXTO_MAXIMO],
        fondo=str(datos.get("fondo") or "").strip()[:NOMBRE_MAXIMO],
        costo=costo,
        beneficiarios=beneficiarios,
        dependencia_id=datos.get("dependencia_id"),
        nodo_id=datos.get("nodo_id"),
        propuesta_id=datos.get("propuesta_id"),
    )
    session.add(fila)
    session.flush()
    return fila.id or 0


def calificar(
    session: Session,
    actor: Actor,
    *,
    comite_id: int,
    anio: int,
    valores: Mapping[tuple[int, int], Decimal | None],
) -> None:
    """Escribe las calificaciones (obra, criterio) → 0 a 100; vacía, la quita.

    SinPermiso; `Problema` (campo «calificaciones») fuera de rango, de otro comité o si ya se votaron.
    """
    exigir(actor, Accion.COORDINAR_COMITES)
    _exigir_sin_votar(session, comite_id, anio, "calificaciones")
    o, c, k = tabla(ObraPropuesta).c, tabla(CriterioObra).c, tabla(CalificacionObra).c
    obras = set(session.execute(select(o.id).where(o.comite_id == comite_id, o.anio == anio)).scalars())
    criterios = set(session.execute(select(c.id).where(c.comite_id == comite_id, c.anio == anio)).scalars())
    previas = {
        (f.obra_id, f.criterio_id): f.id
        for f in session.execute(select(k.id, k.obra_id, k.criterio_id).where(k.obra_id.in_(obras)))
    }
    for (obra, criterio), valor in valores.items():
        if obra not in obras or criterio not in criterios:
            raise Problema("Esa obra o criterio ya no está.", "Vuelva a abrir la pantalla.", "calificaciones")
        previa = previas.get((obra, criterio))
        fila = session.get(CalificacionObra, previa) if previa else None
        if valor is None:
            if fila is not None:
                session.delete(fila)
            continue
        reglas.exigir_calificacion(valor)
        fila = fila or CalificacionObra(obra_id=obra, criterio_id=criterio, valor=valor)
        fila.valor = valor
        session.add(fila)
    session.flush()


def priorizar(
    session: Session,
    actor: Actor,
    *,
    comite_id: int,
    anio: int,
    votacion_id: int,
    obras: Collection[int],
) -> None:
    """Deja priorizadas las obras que se votaron, y no priorizadas las demás del comité en ese año.

    SinPermiso; `Problema` (campo «votacion» u «obras») si la votación no es del comité o no se aprobó, si no
    se elige ninguna o si el año ya se votó.
    """
    exigir(actor, Accion.COORDINAR_COMITES)
    _exigir_sin_votar(session, comite_id, anio, "votacion")
    votacion = session.get(Votacion, votacion_id)
    if votacion is None or _comite_de(session, votacion) != comite_id:
        raise Problema("Esa votación no es de este comité.", "Elija otra.", "votacion")
    if votacion.estado is not EstadoVotacion.CERRADA or not votacion.aprobada:
        raise Problema("La votación no aprobó las obras.", "Elija la que las aprobó.", "votacion")
    o = tabla(ObraPropuesta).c
    todas = session.execute(select(o.id).where(o.comite_id == comite_id, o.anio == anio)).scalars().all()
    if not obras or set(obras) - set(todas):
        raise Problema("Falta elegir las obras que se aprobaron.", "Elija de la lista.", "obras")
    for cual in todas:
        fila = session.get_one(ObraPropuesta, cual)
        fila.estado = EstadoObra.PRIORIZADA if cual in obras else EstadoObra.NO_PRIORIZADA
        fila.votacion_id = votacion_id
        session.add(fila)
    session.flush()


def _comite_de(session: Session, votacion: Votacion) -> int:
    punto = session.get_one(PuntoOrden, votacion.punto_id)
    return session.get_one(SesionComite, punto.sesion_id).comite_id
