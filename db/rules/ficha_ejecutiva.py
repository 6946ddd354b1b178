"""Lo que una ficha ejecutiva elige y dice: lo peor primero, y una frase cierta en todos los casos."""

from collections.abc import Iterable, Mapping
from typing import Any

from db.rules.estado import Estado
from db.rules.formato import mdp

Figura = Mapping[str, Any]

URGENCIA = (Estado.vencido, Estado.critico, Estado.riesgo, Estado.sobrecumplido, Estado.no_programado)
"""Los estados que piden atención, del más al menos urgente."""


def lo_peor(figuras: Iterable[tuple[str, Figura]], cuantos: int) -> list[tuple[str, Figura]]:
    """De (nombre, resultado), los que piden atención: por urgencia y, en ella, los más lejos de 100."""
    piden = [(n, f) for n, f in figuras if f["estado"] in URGENCIA]
    return sorted(piden, key=_lejania)[:cuantos]


def _lejania(par: tuple[str, Figura]) -> tuple[int, Any, str]:
    nombre, figura = par
    valor = figura["valor"]
    lejos = 0 if valor is None else -abs(valor - 100)
    return URGENCIA.index(Estado(figura["estado"])), lejos, nombre


def frase(nombre: str, cumplimiento: Figura | None, dinero: Figura | None) -> str:
    """«El municipio cumple 88.7 % de lo programado y ha devengado 412.6 de 500.1 mdp (82.5 %).»"""
    if cumplimiento is None:
        logro = f"{nombre} no tiene metas que evaluar en este corte"
    elif cumplimiento["valor"] is None:
        logro = f"{nombre} no tiene cifra al corte: {cumplimiento['palabra'].lower()}"
    else:
        logro = f"{nombre} cumple {cumplimiento['cifra']} de lo programado al corte"
    if dinero is None:
        return f"{logro}."
    parte = dinero["financiero"]["cifra"]
    return f"{logro} y ha devengado {mdp(dinero['devengado'])} de {mdp(dinero['modificado'])} ({parte})."
