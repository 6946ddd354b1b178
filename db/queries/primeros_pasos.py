"""Qué tiene ya la base, de lo que un municipio nuevo necesita hasta ver su primer tablero."""

from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import Base, tabla
from db.models.actividad import AvanceMeta, MetaActividad
from db.models.estructura import Dependencia
from db.models.indicadores import AvanceVariable, Indicador
from db.models.municipio import Ejercicio, Municipio
from db.models.plan import NodoPlan
from db.models.presupuesto import CortePresupuesto
from db.models.programas import Proyecto
from db.models.usuarios import Usuario
from db.queries.municipio import OFICIALES

CUENTAS: dict[str, type[Base]] = {
    "ejercicios": Ejercicio,
    "estructura": Dependencia,
    "programas": Proyecto,
    "plan": NodoPlan,
    "actividades": MetaActividad,
    "indicadores": Indicador,
}


def _cuantos(session: Session, modelo: type[Base], *condiciones: Any) -> int:
    consulta = select(func.count()).select_from(tabla(modelo)).where(*condiciones)
    return int(session.execute(consulta).scalar_one())


def primeros_pasos(session: Session) -> dict[str, int]:
    """Paso → cuántos renglones tiene; 0 es «falta».

    «municipio» vale 1 si ya tiene nombre y clave del INEGI; «tablero», cuántos avances oficiales hay si
    además hay plan y actividades; «usuarios» no cuenta al primero, que es quien instala.
    """
    m, u = tabla(Municipio).c, tabla(Usuario).c
    hecho = {nombre: _cuantos(session, modelo) for nombre, modelo in CUENTAS.items()}
    hecho["municipio"] = _cuantos(session, Municipio, m.nombre != "", m.clave_inegi != "")
    hecho["presupuesto"] = _cuantos(session, CortePresupuesto, tabla(CortePresupuesto).c.vigente)
    hecho["avances"] = _cuantos(session, AvanceMeta) + _cuantos(session, AvanceVariable)
    hecho["usuarios"] = max(0, _cuantos(session, Usuario, u.activa) - 1)
    oficiales = _cuantos(session, AvanceMeta, tabla(AvanceMeta).c.estado.in_(OFICIALES))
    hecho["tablero"] = oficiales if hecho["plan"] and hecho["actividades"] else 0
    return hecho
