"""Lo que comparten las tres caras de una sesión: leerla y decir cómo va una votación."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from dashboard.cache import ask
from db.base import ahora
from db.queries.sala import estado
from db.rules.votacion import ICONOS, SENTIDOS

Datos = Mapping[str, Any]

CADA = 1.5
"""Segundos entre una lectura y otra de las tres caras."""


def leer(sesion_id: int) -> dict[str, Any] | None:
    """La sesión como está ahora; si nadie ha escrito, no vuelve a la base.

    El instante va al medio minuto: sólo decide la segunda convocatoria, y con él exacto nunca se repetiría.
    """
    instante = ahora().replace(microsecond=0)
    instante -= timedelta(seconds=instante.second % 30)
    return ask(estado, sesion_id=sesion_id, ahora=instante)


def paso(una: Datos) -> str:
    """En qué va la sesión; cambia cuando alguien, en otra pantalla, la abre, la cierra o pasa de punto."""
    return repr((una["estado"], [(p["id"], p["estado"]) for p in una["puntos"]]))


def paso_de_secretaria(una: Datos) -> str:
    """Lo mismo y todo lo que decide qué puede hacer la secretaría: votaciones, votos dichos y acuerdos."""
    abierta = una["abierta"]
    dichos = len(abierta["votos"]) if abierta is not None and abierta["modo"] == "nominal" else 0
    votaciones = [(v["id"], v["estado"]) for v in una["votaciones"]]
    return repr((paso(una), una["version"], votaciones, dichos, len(una["acuerdos"])))


def cuenta(votacion: Datos) -> str:
    """«✔ A favor 12 · ✖ En contra 3 · ● Abstención 1»."""
    return " · ".join(f"{ICONOS[s]} {SENTIDOS[s]} {votacion['cuenta'][s]}" for s in SENTIDOS)


def resultado(votacion: Datos) -> str:
    """«Se aprueba: …» de una cerrada; cuántos faltan, de una abierta."""
    if votacion["estado"] == "anulada":
        return "Se anuló"
    if votacion["estado"] == "abierta":
        return f"Votación abierta: {cuenta(votacion)}"
    que = "Se aprueba" if votacion["aprobada"] else "No se aprueba"
    calidad = ", por el voto de calidad de quien preside" if votacion["de_calidad"] else ""
    return f"{que}{calidad}: {cuenta(votacion)}"
