"""Las cargas de Tesorería: un corte por ente y año, y una versión anterior del año en curso."""

import hashlib
from datetime import date
from random import Random

from sqlalchemy import update
from sqlmodel import Session

from db.actions.presupuesto import guardar_corte
from db.base import tabla
from db.models.bitacora import Carga
from db.models.presupuesto import CortePresupuesto
from db.rules.permisos import Rol
from seed.demo import calendario, dinero
from seed.demo.calendario import ACTUAL
from seed.demo.estructura import Base

MES_DE_LA_PRIMERA_VERSION = 6


def crear(session: Session, anio: int, azar: Random, base: Base) -> None:
    """Guarda los cortes del año de todos los entes."""
    for ente in base.entes:
        lista = dinero.partidas(ente, anio, azar)
        renglones = dinero.movimientos(lista, anio, azar)
        if anio == ACTUAL and ente == "AYTO":
            _guardar(session, base, ente, anio, MES_DE_LA_PRIMERA_VERSION, lista, renglones)
        ultimo = calendario.MES_CORTE if anio == ACTUAL else 12
        _guardar(session, base, ente, anio, ultimo, lista, renglones)


def _guardar(
    session: Session,
    base: Base,
    ente: str,
    anio: int,
    mes: int,
    lista: list[dinero.Partida],
    renglones: dinero.Renglones,
) -> None:
    actor = base.actores[Rol.TESORERIA]
    archivo = f"presupuesto_{ente.lower()}_{anio}-{mes:02d}.xlsx"
    huella = hashlib.sha256(archivo.encode()).hexdigest()
    cargada = date(anio, mes + 1, 15) if mes < 12 else date(anio + 1, 1, 20)
    movimientos = renglones.hasta(mes)
    carga = Carga(
        formato="presupuesto",
        archivo=archivo,
        sha256=huella,
        tamano=48_000 + 40 * len(movimientos),
        anio=anio,
        ente_id=base.entes[ente],
        autor=actor.cuenta,
        cargada_en=calendario.local(cargada, 12),
        leidas=len(movimientos),
        guardadas=len(movimientos),
    )
    session.add(carga)
    session.flush()
    corte = guardar_corte(
        session,
        actor,
        ente_id=base.entes[ente],
        anio=anio,
        carga=carga,
        claves=[partida.clave for partida in lista],
        movimientos=movimientos,
        archivo=archivo,
        sha256=huella,
    )
    guardado = tabla(CortePresupuesto)
    # La demostración no depende del reloj: el corte se cargó el día que dice su carga.
    session.execute(update(guardado).where(guardado.c.id == corte.id).values(cargado_en=carga.cargada_en))
