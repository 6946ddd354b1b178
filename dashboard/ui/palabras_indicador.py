"""Cómo se escriben las cosas de un indicador: resultados con su unidad, niveles, frecuencias y rumbos."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from db.rules.formato import SIN_VALOR, numero, pct, redondear
from db.rules.tendencia import Rumbo
from db.rules.texto import llave

NIVELES = {"fin": "Fin", "proposito": "Propósito", "componente": "Componente", "actividad": "Actividad"}
TIPOS = {"estrategico": "Estratégico", "gestion": "Gestión"}
FRECUENCIAS = {"mensual": "Mensual", "trimestral": "Trimestral", "semestral": "Semestral", "anual": "Anual"}
SENTIDOS = {
    "ascendente": "Ascendente",
    "descendente": "Descendente",
    "regular": "Regular",
    "nominal": "Nominal",
}
QUE_ES_MEJOR = {
    "ascendente": "más es mejor",
    "descendente": "menos es mejor",
    "regular": "mejor mientras más cerca de lo programado",
    "nominal": "sólo se muestra, no se evalúa",
}
OPERACIONES = {
    "suma": "Sumable",
    "constante": "Constante",
    "valor_actual": "No sumable (valor actual)",
    "promedio": "Promedio",
    "maximo": "Máximo",
    "minimo": "Mínimo",
}
RUMBOS = {
    Rumbo.mejora.value: "mejora",
    Rumbo.empeora.value: "empeora",
    Rumbo.igual.value: "igual",
    Rumbo.sin_juicio.value: "",
}


def resultado(valor: Decimal | None, unidad: str = "") -> str:
    """Un resultado: en porcentaje si su unidad lo es, o con dos decimales; «—» si no hay."""
    if valor is None:
        return SIN_VALOR
    if llave(unidad).startswith("porcentaje"):
        return pct(valor)
    return numero(redondear(valor, 2))


def cambio(valor: Decimal | None, unidad: str = "") -> str:
    """Una diferencia con su signo en palabras: «4.1 puntos más», «sin cambio»."""
    if valor is None:
        return SIN_VALOR
    redondo = redondear(valor, 2)
    if redondo == 0:
        return "sin cambio"
    que = " puntos" if llave(unidad).startswith("porcentaje") else ""
    return f"{numero(abs(redondo))}{que} {'más' if redondo > 0 else 'menos'}"


def sentido(i: Mapping[str, Any]) -> str:
    """El sentido y qué es mejor; dice si falta confirmarlo."""
    que = f"{SENTIDOS[i['sentido']]}: {QUE_ES_MEJOR[i['sentido']]}"
    return que if i["sentido_confirmado"] else f"{que} (por confirmar)"
