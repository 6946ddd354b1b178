"""Qué respaldos se conservan: los últimos 7 días, 4 semanas y 12 meses que tengan alguno."""

from collections.abc import Callable, Iterable
from datetime import datetime

DIAS, SEMANAS, MESES = 7, 4, 12


def se_conservan(momentos: Iterable[datetime]) -> set[datetime]:
    """De los momentos dados, los que quedan: el más nuevo de cada día, semana y mes recientes."""
    del_mas_nuevo = sorted(momentos, reverse=True)
    return {
        *_uno_por(del_mas_nuevo, lambda m: m.date(), DIAS),
        *_uno_por(del_mas_nuevo, lambda m: m.isocalendar()[:2], SEMANAS),
        *_uno_por(del_mas_nuevo, lambda m: (m.year, m.month), MESES),
    }


def _uno_por(
    del_mas_nuevo: list[datetime], grupo: Callable[[datetime], object], cuantos: int
) -> list[datetime]:
    elegidos: dict[object, datetime] = {}
    for momento in del_mas_nuevo:
        elegidos.setdefault(grupo(momento), momento)
    return list(elegidos.values())[:cuantos]
