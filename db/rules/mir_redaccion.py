"""Cómo se redacta una MIR: consejos de la metodología de marco lógico y «Porcentaje» usado para un conteo.

Los consejos son del uso (guías de CONEVAL y SHCP), no de un formato: nunca impiden nada.
"""

import re

from db.rules.texto import llave

_POR_CIEN = re.compile(r"(?:[*×x·]|\bpor)\s*\(?\s*100(?!\d|[.,]\d)|(?<![0-9.,])100\s*\)?\s*(?:[*×·]|x\b)")
_DIVIDE = re.compile(r"[/÷]|\bentre\b")
_PORCENTAJE = re.compile(r"\bporcentajes?\b|\bporciento\b|\bpor ciento\b|%")
_CONTEO = re.compile(r"^(?:numero|cantidad|total|suma) de\b")
_INFINITIVO = re.compile(r"^(?:[a-z]{2,}(?:ar|er|ir)(?:se)?)$")
_NO_SON_VERBOS = frozenset({"lugar", "hogar", "taller", "tercer", "primer", "mujer", "bienestar", "familiar"})
_ENTREGADO = re.compile(
    r"\b[a-z]{2,}(?:ad|id)[oa]s?\b|\b(?:hech|impuest|puest|abiert)[oa]s?\b|\b[a-z]{3,}(?:ando|iendo)\b"
    r"|\ben operacion\b"
)
"""Un participio («entregados»), o que ya funciona."""


def por_cien(formula: str) -> bool:
    """¿La fórmula multiplica por 100?"""
    return bool(_POR_CIEN.search(llave(formula)))


def divide(formula: str) -> bool:
    """¿La fórmula divide entre algo?"""
    return bool(_DIVIDE.search(llave(formula)))


def falla_de_unidad(nombre: str, unidad: str, formula: str) -> str:
    """Por qué el nombre (o la unidad) y la fórmula se contradicen; vacío si no."""
    if not formula.strip():
        return ""
    dicho = llave(nombre)
    if _PORCENTAJE.search(dicho) or _PORCENTAJE.search(llave(unidad)):
        if not divide(formula):
            return "dice «Porcentaje» y su fórmula cuenta: no divide entre un total"
        if not por_cien(formula):
            return "dice «Porcentaje» y su fórmula no multiplica por 100"
        return ""
    if _CONTEO.match(dicho) and por_cien(formula):
        return "dice que cuenta y su fórmula multiplica por 100"
    return ""


def consejo(nivel: str, resumen: str) -> str:
    """Cómo se acostumbra redactar ese nivel, si el resumen no va así; vacío si va bien."""
    palabras = re.findall(r"[a-z]+", llave(resumen))
    if not palabras:
        return ""
    empieza_en_verbo = bool(_INFINITIVO.match(palabras[0])) and palabras[0] not in _NO_SON_VERBOS
    if nivel == "fin" and palabras[0] not in ("contribuir", "contribuye"):
        return "Empiece con «Contribuir a…»: el programa solo no alcanza el Fin."
    if nivel == "proposito" and empieza_en_verbo:
        return "Empiece con la población y diga su nueva situación: «Las familias tienen…»."
    if nivel == "componente" and not _ENTREGADO.search(llave(resumen)):
        return "Diga el bien o servicio ya entregado: «Apoyos entregados», «Calles rehabilitadas»."
    if nivel == "actividad" and empieza_en_verbo:
        return "Empiece con un sustantivo: «Entrega de…» en vez de «Entregar…»."
    return ""
