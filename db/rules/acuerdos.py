"""Acuerdos de un comité: estados, quién responde, cuánto llevan y cuándo urgen."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from db.rules.estado import Estado
from db.rules.problema import Problema

ESTADOS = {
    "pendiente": ("▷", "Pendiente"),
    "en_proceso": ("◐", "En proceso"),
    "cumplido": ("✔", "Cumplido"),
    "cancelado": ("✖", "Cancelado"),
}
VIVOS = ("pendiente", "en_proceso")
POR_VENCER = 15
"""Días antes de su fecha en que ya pide atención."""


def exigir_responsable(dependencia_id: int | None, persona_id: int | None) -> None:
    """Problema si nadie responde."""
    if dependencia_id is None and persona_id is None:
        raise Problema(
            "Un acuerdo necesita quien responda.", "Elija una dependencia o una persona.", "responsable"
        )


def situacion(acuerdo: Mapping[str, Any], hoy: date) -> tuple[Estado, str]:
    """(estado, palabra): cumplido, cancelado, vencido hace tantos días, por vencer o en tiempo."""
    if acuerdo["estado"] not in VIVOS:
        estado = Estado.adecuado if acuerdo["estado"] == "cumplido" else Estado.no_programado
        return estado, ESTADOS[acuerdo["estado"]][1]
    faltan = (acuerdo["vence"] - hoy).days
    if faltan < 0:
        return Estado.critico, f"Vencido hace {-faltan} {'día' if faltan == -1 else 'días'}"
    if faltan <= POR_VENCER:
        return (
            Estado.riesgo,
            "Vence hoy" if not faltan else f"Vence en {faltan} {'día' if faltan == 1 else 'días'}",
        )
    return Estado.adecuado, "En tiempo"


def exigir_paso(estado: str, nuevo: str, avance: int, texto: str) -> None:
    """Problema si ya terminó, si el avance no va con el estado o si se cancela sin decir por qué."""
    if estado not in VIVOS:
        raise Problema(f"El acuerdo ya está {ESTADOS[estado][1].lower()}.", "No se le anota más.", "estado")
    if not 0 <= avance <= 100:
        raise Problema("El avance va de 0 a 100.", "Corríjalo.", "avance")
    if nuevo == "cumplido" and avance != 100:
        raise Problema("Un acuerdo cumplido lleva 100 % de avance.", "Corrija el avance.", "avance")
    if not texto.strip():
        que = "por qué se cancela" if nuevo == "cancelado" else "qué se hizo"
        raise Problema(f"Falta decir {que}.", "Escríbalo en una línea.", "texto")


def por_edad(acuerdos: Sequence[Mapping[str, Any]], hoy: date) -> dict[str, int]:
    """Cuántos acuerdos vivos hay según lo que llevan vencidos: en tiempo, hasta 30, hasta 90 y más días."""
    tramos = {"En tiempo": 0, "1 a 30 días": 0, "31 a 90 días": 0, "Más de 90 días": 0}
    for acuerdo in acuerdos:
        if acuerdo["estado"] in VIVOS:
            dias = (hoy - acuerdo["vence"]).days
            tramos[_tramo(dias)] += 1
    return tramos


def _tramo(dias: int) -> str:
    if dias <= 0:
        return "En tiempo"
    if dias <= 30:
        return "1 a 30 días"
    return "31 a 90 días" if dias <= 90 else "Más de 90 días"
