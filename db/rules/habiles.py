"""Días hábiles: de lunes a viernes, sin los descansos de ley ni los que declare el municipio."""

from collections.abc import Collection
from datetime import date, timedelta

from db.rules.periodo import ultimo_dia

LUNES, SABADO = 0, 5


def descansos_de_ley(anio: int) -> frozenset[date]:
    """Los descansos obligatorios del año (Ley Federal del Trabajo, art. 74), sin los días de elección.

    El del cambio del Ejecutivo federal cae el 1 de octubre cada seis años desde 2024.
    """
    fijos = {date(anio, 1, 1), date(anio, 5, 1), date(anio, 9, 16), date(anio, 12, 25)}
    recorridos = {_lunes(anio, 2, 1), _lunes(anio, 3, 3), _lunes(anio, 11, 3)}
    cambio = {date(anio, 10, 1)} if anio >= 2024 and (anio - 2024) % 6 == 0 else set()
    return frozenset(fijos | recorridos | cambio)


def _lunes(anio: int, mes: int, cual: int) -> date:
    """El lunes número `cual` del mes."""
    primero = date(anio, mes, 1)
    return primero + timedelta(days=(LUNES - primero.weekday()) % 7 + 7 * (cual - 1))


def es_habil(dia: date, inhabiles: Collection[date]) -> bool:
    """¿Se trabaja ese día?"""
    return dia.weekday() < SABADO and dia not in inhabiles


def ultimo_habil(anio: int, mes: int, inhabiles: Collection[date]) -> date:
    """El último día hábil del mes."""
    dia = ultimo_dia(anio, mes)
    while not es_habil(dia, inhabiles):
        dia -= timedelta(days=1)
    return dia


def habil_despues(dia: date, cuantos: int, inhabiles: Collection[date]) -> date:
    """El día hábil número `cuantos` después de `dia`, que no se cuenta."""
    while cuantos:
        dia += timedelta(days=1)
        cuantos -= es_habil(dia, inhabiles)
    return dia
