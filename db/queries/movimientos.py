"""Lo que pide revisión en el presupuesto: claves sin movimiento, adeudos, negativos y desorden.

Cada pregunta recorre una vez el detalle de los cortes vigentes del ejercicio y trae sólo las primeras claves.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlmodel import Session

from db.base import tabla
from db.models.presupuesto import (
    ClavePresupuestaria,
    CortePresupuesto,
    Dimension,
    MovimientoPresupuesto,
    ResumenPresupuesto,
)
from db.queries.matriz import Alcance, cortes_de
from db.queries.presupuesto import GASTO, MOMENTOS, al_corte, monto, vigentes
from db.rules.movimiento import MESES, meses_de, sin_gasto

Renglon = dict[str, Any]
"""`clave`, `ente`, `partida`, `proyecto`, `dependencia` y su dinero al corte; y lo propio del hallazgo."""

LIMITE = 200
"""Renglones que se listan; el total se cuenta aparte."""

CONCEPTO_ADEFAS = "99"
"""Adeudos de ejercicios fiscales anteriores, en el clasificador por objeto del gasto."""

M = tabla(MovimientoPresupuesto).c
K = tabla(ClavePresupuestaria).c


def _meses_con(gasto: ColumnElement[bool], mes: ColumnElement[Any]) -> ColumnElement[Any]:
    """Los meses con gasto como suma de potencias de dos: cada clave tiene un solo renglón por mes."""
    potencia = case({m: 2 ** (m - 1) for m in MESES}, value=mes)
    return func.sum(case((gasto, potencia), else_=0))


def _hallar(
    session: Session,
    alcance: Alcance,
    tener: ColumnElement[bool],
    orden: ColumnElement[Any],
    *,
    extra: ColumnElement[Any] | None = None,
    donde: Sequence[ColumnElement[bool]] = (),
) -> tuple[list[Renglon], int]:
    """Las claves que cumplen `tener`, las primeras en `orden`, y cuántas hay en todas."""
    sumas = al_corte(M, alcance.mes)
    consulta = (
        select(M.clave_id, func.count().over(), extra if extra is not None else M.clave_id, *sumas)
        .where(M.corte_id.in_(cortes_de(alcance)), *donde)
        .group_by(M.corte_id, M.clave_id)
        .having(tener)
        .order_by(orden, M.clave_id)
        .limit(LIMITE)
    )
    filas = session.execute(consulta).all()
    lugares = _lugares(session, [fila[0] for fila in filas])
    renglones = [{**lugares[fila[0]], "dato": int(fila[2] or 0), "monto": monto(fila[3:])} for fila in filas]
    return renglones, int(filas[0][1]) if filas else 0


def _lugares(session: Session, claves: Sequence[int]) -> dict[int, Renglon]:
    """Dónde está cada clave."""
    consulta = select(
        K.id, K.clave, K.ente_id, K.partida, K.proyecto, K.dependencia_general, K.dependencia_auxiliar
    ).where(K.id.in_(claves))
    return {
        f.id: {
            "clave": f.clave,
            "ente": str(f.ente_id),
            "partida": f.partida,
            "proyecto": f.proyecto,
            "dependencia": "-".join(p for p in (f.dependencia_general, f.dependencia_auxiliar) if p),
        }
        for f in session.execute(consulta)
    }


def _modificado(mes: int) -> ColumnElement[Any]:
    sumas = dict(zip(MOMENTOS, al_corte(M, mes), strict=False))
    return sumas["aprobado"] + sumas["ampliaciones"] - sumas["reducciones"]


def claves_sin_movimiento(session: Session, alcance: Alcance) -> tuple[list[Renglon], int]:
    """Claves con presupuesto y meses, hasta el corte, sin devengado; `dato` trae los meses con gasto.

    Primero las de más dinero.
    """
    con_gasto = _meses_con(and_(M.devengado != 0, M.mes <= alcance.mes), M.mes)
    modificado = _modificado(alcance.mes)
    hallados, cuantos = _hallar(
        session,
        alcance,
        and_(modificado > 0, con_gasto != 2**alcance.mes - 1),
        modificado.desc(),
        extra=con_gasto,
    )
    return [h | {"meses": sin_gasto(h["dato"], alcance.mes)} for h in hallados], cuantos


def programas_sin_movimiento(session: Session, alcance: Alcance) -> list[dict[str, Any]]:
    """Programas con presupuesto y meses, hasta el corte, en que nadie devengó; del resumen."""
    c, r = tabla(CortePresupuesto).c, tabla(ResumenPresupuesto).c
    con_gasto = _meses_con(and_(r.devengado != 0, r.mes <= alcance.mes), r.mes)
    consulta = vigentes(
        [c.ente_id, r.codigo, con_gasto, *al_corte(r, alcance.mes)],
        alcance.anio,
        alcance.entes,
        Dimension.PROGRAMA,
    ).group_by(c.ente_id, r.codigo)
    hallados = [
        {
            "ente": str(fila[0]),
            "codigo": fila[1],
            "meses": sin_gasto(int(fila[2] or 0), alcance.mes),
            "monto": monto(fila[3:]),
        }
        for fila in session.execute(consulta)
    ]
    pendientes = [h for h in hallados if h["meses"] and h["monto"]["modificado"] > 0]
    return sorted(pendientes, key=lambda h: (-len(h["meses"]), -h["monto"]["modificado"], h["codigo"]))


def adefas(session: Session, alcance: Alcance) -> tuple[list[Renglon], int]:
    """Adeudos de ejercicios anteriores (partidas 99) y claves que nacieron por adecuación, sin aprobado."""
    k = tabla(ClavePresupuestaria).alias("adeudo")
    de_adeudo = select(k.c.id).where(
        k.c.anio == alcance.anio, k.c.partida.startswith(CONCEPTO_ADEFAS, autoescape=True)
    )
    modificado, aprobado = _modificado(alcance.mes), func.sum(M.aprobado)
    tener = or_(
        and_(aprobado == 0, modificado > 0),
        and_(M.clave_id.in_(de_adeudo), or_(modificado != 0, func.sum(M.devengado) != 0)),
    )
    return _hallar(session, alcance, tener, modificado.desc())


def sobreejercidas(session: Session, alcance: Alcance) -> tuple[list[Renglon], int]:
    """Claves que devengaron más que su modificado; primero las de mayor exceso."""
    sumas = dict(zip(MOMENTOS, al_corte(M, alcance.mes), strict=False))
    exceso = sumas["devengado"] - _modificado(alcance.mes)
    return _hallar(session, alcance, exceso > 0, exceso.desc())


def fuera_de_orden(session: Session, alcance: Alcance) -> tuple[list[Renglon], int]:
    """Claves en que, acumulado al corte, un momento rebasa al que lo precede."""
    sumas = dict(zip(MOMENTOS, al_corte(M, alcance.mes), strict=False))
    orden = [_modificado(alcance.mes), *(sumas[momento] for momento in GASTO)]
    saltos = [despues > antes for antes, despues in pairwise(orden)]
    return _hallar(session, alcance, or_(*saltos), sumas["devengado"].desc())


def negativos(session: Session, alcance: Alcance) -> tuple[list[Renglon], int]:
    """Claves con algún momento negativo en un mes hasta el corte; `meses` dice cuáles."""
    alguno = or_(*(M[momento] < 0 for momento in MOMENTOS))
    con_negativo = _meses_con(and_(alguno, M.mes <= alcance.mes), M.mes)
    hallados, cuantos = _hallar(
        session, alcance, con_negativo > 0, _modificado(alcance.mes).desc(), extra=con_negativo
    )
    return [h | {"meses": meses_de(h["dato"])} for h in hallados], cuantos
