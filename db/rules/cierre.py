"""Cerrar un periodo: qué lo impide, qué falta y cómo se sella lo congelado (calculo §1)."""

import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from db.rules.formato import mes_nombre, pct
from db.rules.problema import Problema


def exigir_en_orden(mes: int, meses: Iterable[int], cerrados: Iterable[int]) -> None:
    """Problema si `mes` ya está cerrado o si falta cerrar uno anterior: lo acumulado se cierra en orden."""
    ya = set(cerrados)
    if mes in ya:
        raise Problema("El periodo ya está cerrado.", "Reábralo antes, si hay que volver a cerrarlo.")
    if previos := [previo for previo in sorted(meses) if previo < mes and previo not in ya]:
        raise Problema(
            f"Sigue abierto el periodo que termina en {mes_nombre(previos[0])}.", "Cierre antes ese periodo."
        )


def exigir_el_ultimo(mes: int, cerrados: Iterable[int]) -> None:
    """Problema si `mes` no está cerrado o si hay uno posterior cerrado: su acumulado lo incluye."""
    ya = set(cerrados)
    if mes not in ya:
        raise Problema("El periodo está abierto.", "Sólo se reabre lo cerrado.")
    if max(ya) != mes:
        raise Problema(
            f"Está cerrado un periodo posterior, el que termina en {mes_nombre(max(ya))}.",
            "Reabra antes el más reciente, o registre la corrección como extemporánea.",
        )


def huella_de(renglones: Iterable[str]) -> str:
    """sha256 de los renglones ya escritos en su forma canónica, en orden."""
    suma = hashlib.sha256()
    for renglon in renglones:
        suma.update(renglon.encode())
        suma.update(b"\n")
    return suma.hexdigest()


def contraste(congelado: Mapping[str, Any], ahora: Mapping[str, Any]) -> str:
    """«congelado 80.0 % · ahora 82.1 %» si la cifra o el estado ya no son los del cierre; vacío si son.

    Los dos son resultados con `valor` (porcentaje) y `estado`; sin valor se escribe su palabra.
    """
    if (congelado["valor"], congelado["estado"]) == (ahora["valor"], ahora["estado"]):
        return ""
    return f"congelado {_escrito(congelado)} · ahora {_escrito(ahora)}"


def _escrito(resultado: Mapping[str, Any]) -> str:
    valor: Decimal | None = resultado["valor"]
    return str(resultado["palabra"]).lower() if valor is None else pct(valor)
