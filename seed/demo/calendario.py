"""Los años de la demostración: nada depende del reloj, todo del mismo «hoy» fijo."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

SEMILLA = 15_999
HOY = date(2026, 11, 22)
EJERCICIOS = (2024, 2025, 2026)
ACTUAL = 2026
MES_CORTE = 9
TRIMESTRES = (1, 2, 3, 4)
PLAZO_DIAS = 10
ZONA = ZoneInfo("America/Mexico_City")
MILLON = 1_000_000


def cerrado(anio: int, trimestre: int) -> bool:
    """¿El trimestre ya se cerró?"""
    return anio < ACTUAL or trimestre * 3 <= MES_CORTE


def local(dia: date, hora: int, minuto: int = 0) -> datetime:
    """Instante UTC de una hora del centro de México."""
    return datetime(dia.year, dia.month, dia.day, hora, minuto, tzinfo=ZONA).astimezone(UTC)


def fin_de_trimestre(anio: int, trimestre: int) -> date:
    """El último día del trimestre."""
    siguiente = date(anio + 1, 1, 1) if trimestre == 4 else date(anio, trimestre * 3 + 1, 1)
    return siguiente - timedelta(days=1)


def vence(anio: int, trimestre: int) -> datetime:
    """Último minuto para capturar el trimestre."""
    return local(fin_de_trimestre(anio, trimestre) + timedelta(days=PLAZO_DIAS), 23, 59)


def millonesimas(cantidad: int | Decimal) -> int:
    """La cantidad como la guarda la base."""
    return int(cantidad * MILLON)
