"""El dinero que una reconducción puede mover: lo que cada clave tiene por ejercer en el corte vigente."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session

from db.base import tabla
from db.models.presupuesto import ClavePresupuestaria, MovimientoPresupuesto
from db.models.reconduccion import DineroSolicitud, EstadoSolicitud, LadoDinero, SolicitudReconduccion
from db.queries.presupuesto import Monto, al_corte, corte_vigente, monto
from db.rules.solicitud import EN_TRAMITE


@dataclass(frozen=True, slots=True)
class Clave:
    """Una clave del corte vigente con su dinero del año, en centavos."""

    clave: str
    dependencia: str
    auxiliar: str
    programa: str
    proyecto: str
    partida: str
    autorizado: int
    por_ejercer: int


def claves(session: Session, anio: int, ente_id: int, cuales: Collection[str]) -> dict[str, Clave]:
    """Las claves pedidas que están en el corte vigente, con lo modificado y lo que falta por ejercer.

    Por ejercer es lo modificado menos lo que más se haya gastado en cualquiera de sus momentos.
    """
    vigente = corte_vigente(session, anio, ente_id)
    if vigente is None or not cuales:
        return {}
    k, m = tabla(ClavePresupuestaria).c, tabla(MovimientoPresupuesto).c
    segmentos = [
        k[campo]
        for campo in (
            "clave",
            "dependencia_general",
            "dependencia_auxiliar",
            "programa",
            "proyecto",
            "partida",
        )
    ]
    consulta = (
        select(*segmentos, *al_corte(m, 12))
        .join(tabla(MovimientoPresupuesto), m.clave_id == k.id)
        .where(m.corte_id == vigente.id, k.clave.in_(list(cuales)))
        .group_by(k.id, *segmentos)
    )
    return {f.clave: _clave(f[:6], monto(f[6:])) for f in session.execute(consulta)}


def _clave(segmentos: Sequence[str], dinero: Monto) -> Clave:
    gastado = max(dinero[momento] for momento in ("comprometido", "devengado", "ejercido", "pagado"))
    clave, dependencia, auxiliar, programa, proyecto, partida = segmentos
    autorizado = dinero["modificado"]
    return Clave(clave, dependencia, auxiliar, programa, proyecto, partida, autorizado, autorizado - gastado)


def apartado(session: Session, anio: int, ente_id: int, salvo: int | None) -> dict[str, int]:
    """Clave → centavos que otras solicitudes ya van a reducirle: las que están en trámite y las autorizadas
    después de cargarse el corte vigente, que aún no la reflejan."""
    vigente = corte_vigente(session, anio, ente_id)
    s, d = tabla(SolicitudReconduccion).c, tabla(DineroSolicitud).c
    cuentan: ColumnElement[bool] = s.estado.in_(EN_TRAMITE)
    if vigente is not None:
        reciente = (s.estado == EstadoSolicitud.AUTORIZADA) & (s.resuelta_en > vigente.cargado_en)
        cuentan = cuentan | reciente
    consulta = (
        select(d.clave, func.sum(d.importe))
        .join(tabla(SolicitudReconduccion), s.id == d.solicitud_id)
        .where(s.anio == anio, s.ente_id == ente_id, d.lado == LadoDinero.REDUCE, cuentan)
        .group_by(d.clave)
    )
    if salvo is not None:
        consulta = consulta.where(s.id != salvo)
    return {clave: int(total) for clave, total in session.execute(consulta)}


def con_dinero(
    session: Session, *, anio: int, ente_id: int, proyectos: Sequence[str]
) -> list[dict[str, Any]]:
    """Las claves de unos proyectos en el corte vigente; la que más tiene por ejercer, primero."""
    k = tabla(ClavePresupuestaria).c
    suyas = session.execute(
        select(k.clave).where(k.anio == anio, k.ente_id == ente_id, k.proyecto.in_(list(proyectos)))
    ).scalars()
    hallados = claves(session, anio, ente_id, list(suyas))
    return [
        {"clave": c.clave, "partida": c.partida, "autorizado": c.autorizado, "por_ejercer": c.por_ejercer}
        for c in sorted(hallados.values(), key=lambda c: -c.por_ejercer)
    ]
