"""Guardar las opiniones y propuestas de un archivo, sin repetir las que ya están."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session

from db.actions.cargas import Cuenta
from db.actions.propuestas import avisar_turno, siguiente_folio
from db.actions.sincronizar import Fila, sincronizar
from db.base import tabla
from db.models.bitacora import Carga
from db.models.comites import Sector
from db.models.propuestas import ClasePropuesta, EstadoPropuesta, Propuesta
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.propuestas import folio

LLAVE = ("fecha", "quien", "tema")


@dataclass(frozen=True, slots=True)
class FilaPropuesta:
    """Una opinión o propuesta de un archivo; se reconoce por fecha, quién y tema."""

    clase: str
    fecha: date
    quien: str
    sector: str
    lugar: str
    tema: str
    texto: str
    comite_id: int | None
    nodo_id: int | None
    dependencia_id: int | None


def guardar_propuestas(
    session: Session, actor: Actor, carga: Carga, filas: Sequence[FilaPropuesta]
) -> Cuenta:
    """Registra las nuevas con su folio, corrige las que siguen abiertas y avisa a quien se turnan.

    SinPermiso si quien carga no coordina los comités.
    """
    exigir(actor, Accion.COORDINAR_COMITES, Objeto(carga.ente_id))
    p = tabla(Propuesta)
    dias = {fila.fecha for fila in filas}
    previas = [f._asdict() for f in session.execute(select(p).where(p.c.fecha.in_(dias)))]
    ya = {tuple(f[c] for c in LLAVE) for f in previas}
    siguiente = {anio: siguiente_folio(session, anio) for anio in sorted({dia.year for dia in dias})}
    datos: list[Fila] = []
    for fila in filas:
        nueva = _columnas(fila)
        if tuple(nueva[c] for c in LLAVE) not in ya:
            nueva["folio"] = folio(fila.fecha.year, siguiente[fila.fecha.year])
            siguiente[fila.fecha.year] += 1
        datos.append(nueva)
    vacias = {"estado": EstadoPropuesta.RECIBIDA, "respuesta": "", "respondio": "", "version": 1}
    hecho = sincronizar(session, Propuesta, LLAVE, datos, previas, al_crear=vacias)
    for llave in sorted(hecho.nuevas | hecho.cambiadas, key=str):
        avisar_turno(session, actor, session.get_one(Propuesta, hecho.ids[llave]))
    nuevas, cambian = len(hecho.nuevas), len(hecho.cambiadas)
    return Cuenta(len(filas), nuevas + cambian, len(hecho.iguales), nuevas, cambian)


def _columnas(fila: FilaPropuesta) -> Fila:
    return {
        "clase": ClasePropuesta(fila.clase),
        "fecha": fila.fecha,
        "quien": fila.quien,
        "sector": Sector(fila.sector),
        "lugar": fila.lugar,
        "tema": fila.tema,
        "texto": fila.texto,
        "comite_id": fila.comite_id,
        "nodo_id": fila.nodo_id,
        "dependencia_id": fila.dependencia_id,
    }
