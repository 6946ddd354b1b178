"""Lo prometido que ya no se puede cambiar: lo de un periodo cerrado y lo que ya se logró (`calculo` §1)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import Session

from db.actions.reverso import en_bloques
from db.base import tabla
from db.models.actividad import AvanceMeta
from db.models.municipio import Ejercicio, Periodicidad
from db.queries.avances import meses_cerrados
from db.queries.municipio import OFICIALES
from db.rules.formato import mes_nombre, numero
from db.rules.problema import Problema

Calendario = Mapping[int, Decimal]
"""Cantidad por mes, sin los meses vacíos."""


def meses_intocables(session: Session, anio: int) -> set[int]:
    """Los meses que abarcan los periodos cerrados del ejercicio."""
    cerrados = meses_cerrados(session, anio)
    ejercicio = session.get(Ejercicio, anio)
    largo = 1 if ejercicio and ejercicio.periodicidad is Periodicidad.MES else 3
    return {mes - i for mes in cerrados for i in range(largo)}


def exigir_sin_reprogramar(
    nombre: str, antes: Calendario, ahora: Calendario, cerrados: Iterable[int]
) -> None:
    """Problema si cambia lo programado de un mes cerrado."""
    for mes in sorted(cerrados):
        if antes.get(mes) != ahora.get(mes):
            raise Problema(
                f"{nombre}: cambia lo programado en {mes_nombre(mes)}, que ya está cerrado.",
                "Deje ese mes como estaba; lo que cambie, con reconducción y en periodos abiertos.",
            )


def logrado(session: Session, metas: list[int]) -> dict[int, Decimal]:
    """Lo validado de cada meta."""
    a = tabla(AvanceMeta)
    sumas: dict[int, Decimal] = {}
    for bloque in en_bloques(metas):
        consulta = select(a.c.meta_id, a.c.alcanzado).where(
            a.c.meta_id.in_(bloque), a.c.estado.in_(OFICIALES)
        )
        for meta_id, alcanzado in session.execute(consulta):
            sumas[meta_id] = sumas.get(meta_id, Decimal(0)) + alcanzado
    return sumas


def exigir_no_menos(nombre: str, antes: Calendario, ahora: Calendario, ya: Decimal) -> None:
    """Problema si una meta sumable baja a menos de lo que ya se logró."""
    anual = sum(ahora.values(), Decimal(0))
    if ahora and ahora != antes and anual < ya:
        raise Problema(
            f"{nombre}: la meta anual baja a {numero(anual)} y ya se logró {numero(ya)}.",
            "Deje una meta anual que no sea menor que lo validado.",
        )
