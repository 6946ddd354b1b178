"""El EAEPE trimestral que el ayuntamiento publicó en 2026: igual a sus claves, salvo un renglón de gasto."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import update
from sqlmodel import Session

from db.actions.presupuesto import Renglon, guardar_eaepe
from db.base import tabla
from db.models.bitacora import Carga
from db.models.presupuesto import ClasificacionEaepe, CortePresupuesto
from db.queries.eaepe import estado
from db.rules.permisos import Rol
from seed.demo import calendario
from seed.demo.calendario import ACTUAL
from seed.demo.estructura import Base

CAPITULO_DISTINTO = "3000"
CONCEPTO_DISTINTO = "3500"
SIN_REGISTRAR = 1_250_00
"""Una factura de mantenimiento que se devengó después de publicar el estado, en centavos."""

TRIMESTRES = (6, 9)


def crear(session: Session, base: Base) -> None:
    """Por objeto del gasto y por dependencia, a junio y a septiembre."""
    for mes in TRIMESTRES:
        for cual in (ClasificacionEaepe.OBJETO_GASTO, ClasificacionEaepe.ADMINISTRATIVA):
            _guardar(session, base, mes, cual)


def _guardar(session: Session, base: Base, mes: int, cual: ClasificacionEaepe) -> None:
    actor, ente_id = base.actores[Rol.TESORERIA], base.entes["AYTO"]
    archivo = f"eaepe_{cual.value}_{ACTUAL}-{mes:02d}.xlsx"
    renglones = _renglones(session, mes, ente_id, cual)
    carga = Carga(
        formato="eaepe",
        archivo=archivo,
        sha256=hashlib.sha256(archivo.encode()).hexdigest(),
        tamano=14_000 + 90 * len(renglones),
        anio=ACTUAL,
        ente_id=ente_id,
        autor=actor.cuenta,
        cargada_en=calendario.local(date(ACTUAL, mes + 1, 28), 13),
        leidas=len(renglones),
        guardadas=len(renglones),
    )
    session.add(carga)
    session.flush()
    corte = guardar_eaepe(
        session,
        actor,
        ente_id=ente_id,
        anio=ACTUAL,
        mes=mes,
        clasificacion=cual,
        carga=carga,
        renglones=renglones,
        archivo=archivo,
        sha256=carga.sha256,
    )
    guardado = tabla(CortePresupuesto)
    # La demostración no depende del reloj: el estado se cargó el día que dice su carga.
    session.execute(update(guardado).where(guardado.c.id == corte.id).values(cargado_en=carga.cargada_en))


def _renglones(session: Session, mes: int, ente_id: int, cual: ClasificacionEaepe) -> Sequence[Renglon]:
    calculado = estado(session, anio=ACTUAL, mes=mes, ente_id=ente_id, clasificacion=cual.value)
    return [
        _publicado(Renglon(**{**r, "clave": r["clave"].partition("@")[0]}), mes)
        for r in calculado["renglones"]
        if r["nivel"] == 1 or r["modificado"]
    ]


def _publicado(r: Renglon, mes: int) -> Renglon:
    """Como se publicó: al último trimestre le falta lo que se registró después."""
    if r.clave not in (CAPITULO_DISTINTO, CONCEPTO_DISTINTO) or mes != TRIMESTRES[-1]:
        return r
    return replace(r, devengado=r.devengado - SIN_REGISTRAR, subejercicio=r.subejercicio + SIN_REGISTRAR)
