"""El calendario de captura: fechas que se proponen, cómo va cada entrega y el archivo .ics."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from db.rules.captura import EstadoAvance
from db.rules.periodo import ultimo_dia
from db.rules.problema import Problema

DIAS_DE_CAPTURA, DIAS_DE_RECORDATORIO = 10, 3
"""Lo que se propone: días para capturar desde que termina el periodo, y cuántos antes se recuerda."""

MAXIMO_DE_DIAS = 90
FIN_DEL_DIA = time(23, 59)


class Entregado(StrEnum):
    """Cómo va una meta o indicador en un periodo, de lo que más urge a lo que ya está."""

    FALTA = "falta"
    DEVUELTO = "devuelto"
    POR_CAPTURAR = "por_capturar"
    TARDE = "tarde"
    A_TIEMPO = "a_tiempo"


PALABRA = {
    Entregado.FALTA: ("◆", "Falta"),
    Entregado.DEVUELTO: ("✖", "Devuelto"),
    Entregado.POR_CAPTURAR: ("▷", "Por capturar"),
    Entregado.TARDE: ("▲", "Tarde"),
    Entregado.A_TIEMPO: ("✔", "A tiempo"),
}
"""Icono y palabra de cada uno."""


@dataclass(frozen=True, slots=True)
class Fechas:
    """Cuándo abre, cuándo se recuerda y cuándo cierra una ventana; instantes UTC."""

    abre: datetime
    recuerda: datetime | None
    cierra: datetime


def fechas_propuestas(anio: int, mes: int, dias: int, recordar: int, zona: ZoneInfo) -> Fechas:
    """Abre al día siguiente de terminar el periodo y cierra `dias` después, a las 23:59 del municipio.

    `recordar` son los días que el recordatorio se adelanta al cierre. Problema si los días no caben.
    """
    if not 1 <= dias <= MAXIMO_DE_DIAS:
        raise Problema(f"Los días van de 1 a {MAXIMO_DE_DIAS}.", "Corrija el plazo.", campo="dias")
    if not 0 <= recordar < dias:
        raise Problema(
            "El recordatorio va dentro del plazo.", f"Use de 0 a {dias - 1} días.", campo="recordar"
        )
    fin = ultimo_dia(anio, mes)
    cierra = datetime.combine(fin + timedelta(days=dias), FIN_DEL_DIA, zona)
    recuerda = datetime.combine(fin + timedelta(days=dias - recordar), time(9), zona)
    abre = datetime.combine(fin + timedelta(days=1), time(0), zona)
    return Fechas(abre.astimezone(UTC), recuerda.astimezone(UTC), cierra.astimezone(UTC))


def exigir_orden(fechas: Fechas) -> None:
    """Problema si cierra antes de abrir o si el recordatorio cae fuera."""
    if fechas.cierra <= fechas.abre:
        raise Problema("La ventana cierra antes de abrir.", "Corrija las fechas.", campo="cierra")
    if fechas.recuerda is not None and not fechas.abre <= fechas.recuerda <= fechas.cierra:
        raise Problema("El recordatorio va entre la apertura y el cierre.", "Corríjalo.", campo="recuerda")


def como_va(
    estado: EstadoAvance | None,
    entregado: datetime | None,
    cierra: datetime | None,
    ahora: datetime,
    *,
    extemporaneo: bool = False,
) -> Entregado:
    """En qué va una entrega que toca. Sin `cierra` no hay plazo y nada está tarde ni falta.

    Lo guardado en borrador aún no se entrega; lo devuelto no cuenta hasta que se manda otra vez.
    """
    if estado is EstadoAvance.DEVUELTO:
        return Entregado.DEVUELTO
    if estado is None or estado is EstadoAvance.BORRADOR:
        return Entregado.FALTA if cierra is not None and ahora > cierra else Entregado.POR_CAPTURAR
    tarde = entregado is not None and cierra is not None and entregado > cierra
    return Entregado.TARDE if tarde or extemporaneo else Entregado.A_TIEMPO


def sumar_cuentas(cuentas: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """La suma de varias cuentas de captura, nombre por nombre."""
    total: Counter[str] = Counter()
    for cuenta in cuentas:
        total.update(cuenta)
    return dict(total)


def lo_mas_urgente(cuenta: Mapping[str, int]) -> Entregado | None:
    """Con qué se lee una casilla: lo que falta antes que lo devuelto, y eso antes que lo entregado.

    None si en ella no toca nada.
    """
    return next((va for va in Entregado if cuenta.get(va.value)), None)


@dataclass(frozen=True, slots=True)
class Evento:
    """Un plazo del calendario: clave única, título y su instante UTC."""

    clave: str
    titulo: str
    momento: datetime
    descripcion: str = ""


def ics(eventos: Iterable[Evento], nombre: str, generado: datetime) -> bytes:
    """Los plazos en iCalendar (RFC 5545), con aviso un día antes de cada uno."""
    lineas = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//SIEM//Calendario de captura//ES",
        f"X-WR-CALNAME:{_texto(nombre)}",
    ]
    for evento in eventos:
        lineas += [
            "BEGIN:VEVENT",
            f"UID:{evento.clave}@siem",
            f"DTSTAMP:{_instante(generado)}",
            f"DTSTART:{_instante(evento.momento)}",
            f"DTEND:{_instante(evento.momento)}",
            f"SUMMARY:{_texto(evento.titulo)}",
            f"DESCRIPTION:{_texto(evento.descripcion)}",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_texto(evento.titulo)}",
            "TRIGGER:-P1D",
            "END:VALARM",
            "END:VEVENT",
        ]
    lineas.append("END:VCALENDAR")
    return "".join(f"{_doblada(linea)}\r\n" for linea in lineas).encode()


def _instante(momento: datetime) -> str:
    return momento.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _texto(texto: str) -> str:
    """Con los signos que iCalendar reserva puestos como signos."""
    for signo in ("\\", ";", ","):
        texto = texto.replace(signo, f"\\{signo}")
    return texto.replace("\n", "\\n")


def _doblada(linea: str) -> str:
    """En renglones de hasta 75 bytes, sin partir una letra (RFC 5545 §3.1)."""
    partes, actual = [], ""
    for letra in linea:
        if len((actual + letra).encode()) > 74:
            partes.append(actual)
            actual = ""
        actual += letra
    return "\r\n ".join([*partes, actual])
