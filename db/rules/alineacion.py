"""A qué contribuye cada nodo del plan: lo suyo, lo de lo que cuelga de él y lo que hereda de arriba."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

from db.rules.formato import pct
from db.rules.problema import Problema

Par = tuple[int, int]
CERO, CIEN = Decimal(0), Decimal(100)

PARES_MAXIMOS = 20_000
"""Ligas por guardado: más no las elige una persona de una lista."""

CATALOGOS = {
    "ods": "ODS",
    "ods_meta": "Meta ODS",
    "pnd": "PND",
    "ped": "PED",
}
"""Los catálogos a que se alinea el plan, como los dicen las personas."""


class Hueco(StrEnum):
    """Lo que le falta a la alineación, de lo que más pesa a lo que menos."""

    METAS_SIN_LINEA = "metas"
    LINEAS_SIN_PROYECTO = "lineas"
    DINERO_SIN_LINEA = "dinero"
    PROGRAMAS_SIN_INDICADOR = "programas"
    INDICADORES_SIN_EVIDENCIA = "evidencia"
    NODOS_SIN_ODS = "nodos"
    INDICADORES_SIN_ODS = "indicadores"


NOMBRE_HUECO = {
    Hueco.METAS_SIN_LINEA: "Actividades que no citan línea",
    Hueco.LINEAS_SIN_PROYECTO: "Líneas sin proyecto",
    Hueco.DINERO_SIN_LINEA: "Dinero sin línea",
    Hueco.PROGRAMAS_SIN_INDICADOR: "Programas sin indicador",
    Hueco.INDICADORES_SIN_EVIDENCIA: "Indicadores sin evidencia",
    Hueco.NODOS_SIN_ODS: "Nodos sin ODS",
    Hueco.INDICADORES_SIN_ODS: "Indicadores sin ODS",
}


def exigir_pares(pares: Iterable[Par]) -> list[Par]:
    """Las ligas pedidas, sin repetir y en orden. `Problema` si no hay ninguna o son demasiadas."""
    lista = sorted(set(pares))
    if not lista:
        raise Problema("No se eligió nada que ligar.", "Elija al menos un renglón y a qué se liga.")
    if len(lista) > PARES_MAXIMOS:
        raise Problema(f"Son {len(lista):,} ligas de una vez.", f"Guarde a lo más {PARES_MAXIMOS:,} por vez.")
    return lista


def suma_en_palabras(partes: Iterable[Decimal]) -> str:
    """«suman 100 %» o «suman 80 %: faltan 20 %»; las partes van de 0 a 1."""
    suma = sum(partes, CERO) * 100
    if suma == CIEN:
        return f"suman {pct(suma, 0)}"
    cuanto = "faltan" if suma < CIEN else "sobran"
    return f"suman {pct(suma, 2)}: {cuanto} {pct(abs(CIEN - suma), 2)}"


def exigir_partes(partes: Mapping[int, Decimal]) -> None:
    """`Problema` si las partes de un proyecto no suman 1 o alguna no es positiva; vacías, se quitan."""
    if partes and (sum(partes.values()) != 1 or min(partes.values()) <= 0):
        raise Problema(
            f"Las participaciones {suma_en_palabras(partes.values())}.",
            "Deben sumar 100 %, cada una mayor que 0. Corríjalas y vuelva a guardar.",
        )


def con_descendencia(
    padres: Mapping[int, int | None], propias: Mapping[int, Iterable[int]]
) -> dict[int, frozenset[int]]:
    """De cada nodo, lo que él y todo lo que cuelga de él tienen ligado (entradas, proyectos, metas…)."""
    juntas: dict[int, set[int]] = {nodo: set() for nodo in padres}
    for nodo, entradas in propias.items():
        actual: int | None = nodo if nodo in padres else None
        suyas = set(entradas)
        while actual is not None:
            juntas[actual] |= suyas
            actual = padres[actual]
    return {nodo: frozenset(suyas) for nodo, suyas in juntas.items()}


def heredadas(
    padres: Mapping[int, int | None], propias: Mapping[int, Iterable[int]]
) -> dict[int, frozenset[int]]:
    """De cada nodo, lo que tienen ligado sus superiores: lo suyo no cuenta."""
    listas: dict[int, frozenset[int]] = {}

    def de(nodo: int) -> frozenset[int]:
        if nodo not in listas:
            padre = padres[nodo]
            listas[nodo] = frozenset() if padre is None else de(padre) | frozenset(propias.get(padre, ()))
        return listas[nodo]

    return {nodo: de(nodo) for nodo in padres}


def sin_ninguna(padres: Mapping[int, int | None], propias: Mapping[int, Iterable[int]]) -> set[int]:
    """Los nodos sin liga propia, ni heredada, ni de nada que cuelgue de ellos."""
    abajo, arriba = con_descendencia(padres, propias), heredadas(padres, propias)
    return {nodo for nodo in padres if not abajo[nodo] and not arriba[nodo]}
