"""Resultados de las reglas como valores llanos, que se pueden guardar en memoria y dibujar."""

from typing import Any

from db.rules.consolidar import NodoEvaluado
from db.rules.formato import puntos
from db.rules.resultado import Resultado


def llano(resultado: Resultado, **extra: Any) -> dict[str, Any]:
    """Valor (Decimal), estado, palabra, icono, cifra escrita y detalle de un resultado."""
    return {
        **resultado.a_dict(),
        "valor": resultado.valor,
        "palabra": resultado.palabra,
        "icono": resultado.icono,
        "cifra": resultado.cifra(),
        **extra,
    }


def en_puntos(brecha: Resultado) -> dict[str, Any]:
    """Una diferencia entre dos porcentajes: su cifra va en puntos, no en porcentaje."""
    return llano(brecha, cifra=puntos(brecha.valor))


def con_cobertura(nodo: NodoEvaluado) -> dict[str, Any]:
    """El cumplimiento de un nodo con su «n de m evaluados»."""
    return llano(
        nodo.cumplimiento, evaluados=nodo.evaluados, total=nodo.total, cuentan_cero=nodo.cuentan_cero
    )


def ligero(resultado: dict[str, Any]) -> dict[str, Any]:
    """Un resultado llano sin su explicación, para listas largas; la ficha de cada renglón la trae."""
    return {clave: valor for clave, valor in resultado.items() if clave != "detalle"}


def avance_llano(nodo: NodoEvaluado) -> dict[str, Any]:
    """El avance anual de un nodo con su propia cobertura."""
    detalle = nodo.avance_anual.detalle
    return llano(nodo.avance_anual, evaluados=detalle.evaluados, total=detalle.total)


def sin_detalle(renglon: dict[str, Any]) -> dict[str, Any]:
    """El renglón con sus resultados sin explicación: una lista de cientos debe pesar poco."""
    return {
        clave: ligero(valor) if isinstance(valor, dict) and "detalle" in valor else valor
        for clave, valor in renglon.items()
    }
