"""Lo que un comité de planeación demuestra con sus papeles: instalación, calendario y minutas firmadas.

Son los incisos a, b y c del indicador 1.2.2 de la Guía Consultiva de Desempeño Municipal (INAFED).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from db.rules.acta import ESTADOS
from db.rules.estado import Estado

Sesion = Mapping[str, Any]
Papel = tuple[str, Estado, str]
"""Qué es, su estado y por qué."""


def papeles(sesiones: Sequence[Sesion], anio: int, ahora: datetime) -> list[Papel]:
    """Los tres papeles de un comité en un año, en el orden de la guía."""
    del_anio = [s for s in sesiones if s["anio"] == anio and s["estado"] != "cancelada"]
    return [_instalacion(sesiones), _calendario(del_anio, anio), _minutas(del_anio, anio, ahora)]


def _instalacion(sesiones: Sequence[Sesion]) -> Papel:
    que = "Acta de instalación"
    suya = next((s for s in sesiones if s["tipo"] == "instalacion" and s["estado"] == "cerrada"), None)
    if suya is None:
        return que, Estado.critico, "no hay sesión de instalación celebrada"
    if suya["acta"] == "firmada":
        return que, Estado.adecuado, "firmada"
    estado = ESTADOS[suya["acta"]][1].lower() if suya["acta"] else "sin levantar"
    return que, Estado.riesgo, f"{estado}, falta firmarla"


def _calendario(del_anio: Sequence[Sesion], anio: int) -> Papel:
    cuantas = sum(s["tipo"] == "ordinaria" for s in del_anio)
    if not cuantas:
        return f"Calendario de sesiones de {anio}", Estado.critico, "no se ha programado"
    dice = f"{cuantas} {'sesión ordinaria' if cuantas == 1 else 'sesiones ordinarias'}"
    return f"Calendario de sesiones de {anio}", Estado.adecuado, dice


def _minutas(del_anio: Sequence[Sesion], anio: int, ahora: datetime) -> Papel:
    """Las ordinarias que ya debían celebrarse y las demás que se celebraron, cada una con su acta firmada."""
    que = f"Minutas firmadas de {anio}"
    debidas = [
        s
        for s in del_anio
        if s["estado"] == "cerrada" or (s["tipo"] == "ordinaria" and s["prevista"] <= ahora)
    ]
    firmadas = sum(s["acta"] == "firmada" for s in debidas)
    if not debidas:
        return que, Estado.no_programado, "ninguna sesión debía haberse celebrado aún"
    estado = Estado.adecuado if firmadas == len(debidas) else Estado.riesgo if firmadas else Estado.critico
    return que, estado, f"{firmadas} de {len(debidas)}"
