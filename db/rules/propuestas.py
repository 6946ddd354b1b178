"""Opiniones y propuestas que llegan al comité: sus palabras, su folio y el plazo para responderlas."""

from collections.abc import Collection
from datetime import date

from db.rules.estado import Estado
from db.rules.habiles import habil_despues
from db.rules.problema import Problema

CLASES = {"propuesta": "Propuesta", "opinion": "Opinión", "queja": "Queja"}
ESTADOS = {
    "recibida": ("▷", "Recibida"),
    "en_analisis": ("◐", "En análisis"),
    "aceptada": ("✔", "Aceptada"),
    "no_procede": ("✖", "No procede"),
    "atendida": ("✔", "Atendida"),
}
ABIERTAS = ("recibida", "en_analisis")
PLAZO_DIAS = 15
"""Días hábiles para responder; plazo de este sistema, no de una ley."""


def folio(anio: int, consecutivo: int) -> str:
    """«PC/2026/014»."""
    return f"PC/{anio}/{consecutivo:03d}"


def vencimiento(recibida: date, inhabiles: Collection[date]) -> date:
    """El último día para responder."""
    return habil_despues(recibida, PLAZO_DIAS, inhabiles)


def situacion(estado: str, vence: date, hoy: date) -> tuple[Estado, str]:
    """(estado, palabra): respondida, por responder en tantos días o con el plazo vencido."""
    if estado not in ABIERTAS:
        return Estado.adecuado, ESTADOS[estado][1]
    faltan = (vence - hoy).days
    if faltan < 0:
        return Estado.critico, f"Vencida hace {-faltan} {'día' if faltan == -1 else 'días'}"
    if not faltan:
        return Estado.riesgo, "Vence hoy"
    return Estado.riesgo, f"Vence en {faltan} {'día' if faltan == 1 else 'días'}"


def exigir_respuesta(estado: str, nuevo: str, respuesta: str) -> None:
    """Problema si ya se resolvió o si se resuelve sin decir qué se responde."""
    if estado not in ABIERTAS:
        raise Problema("Ya se respondió.", "Lo respondido queda como está.", "estado")
    if nuevo not in ABIERTAS and not respuesta.strip():
        raise Problema(
            "Falta la respuesta.", "Dígale a quien la hizo qué se resolvió y por qué.", "respuesta"
        )
