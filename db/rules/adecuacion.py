"""Qué debe cumplir una adecuación y si los documentos explican lo que el corte amplió y redujo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.rules.formato import moneda
from db.rules.problema import Problema

TRASPASO, AMPLIACION, REDUCCION = "traspaso", "ampliacion", "reduccion"
NOMBRE = {TRASPASO: "Traspaso", AMPLIACION: "Ampliación", REDUCCION: "Reducción"}

DeUnEnte = tuple[int, str]
"""Identidad del ente y clave presupuestaria."""

Par = tuple[int, int]
"""Ampliaciones y reducciones, en centavos."""


@dataclass(frozen=True, slots=True)
class Movimiento:
    """Lo que una adecuación mueve en una clave y mes, en centavos."""

    clave: str
    mes: int
    ampliacion: int
    reduccion: int


@dataclass(frozen=True, slots=True)
class Diferencia:
    """Una clave en que el corte y los documentos no dicen lo mismo; importes en centavos."""

    clave: DeUnEnte
    corte: Par
    documentos: Par

    @property
    def sin_documento(self) -> int:
        """Lo que el corte movió de más: nadie lo respalda."""
        return sum(max(0, c - d) for c, d in zip(self.corte, self.documentos, strict=True))

    @property
    def no_reflejado(self) -> int:
        """Lo que un documento autoriza y el corte no trae."""
        return sum(max(0, d - c) for c, d in zip(self.corte, self.documentos, strict=True))


def exigir_cuadre(tipo: str, movimientos: Sequence[Movimiento]) -> None:
    """Problema si no hay movimientos, si uno no mueve nada o si la suma no es la de su tipo.

    Un traspaso amplía lo mismo que reduce; una ampliación no reduce y una reducción no amplía.
    """
    if not movimientos:
        raise Problema("La adecuación no mueve ninguna clave.", "Agregue al menos una.", "movimientos")
    for m in movimientos:
        _exigir_movimiento(m)
    ampliado, reducido = sumas(movimientos)
    if tipo == TRASPASO and ampliado != reducido:
        raise Problema(
            f"El traspaso amplía {moneda(ampliado)} y reduce {moneda(reducido)}: "
            f"difieren en {moneda(abs(ampliado - reducido))}.",
            "Un traspaso amplía lo mismo que reduce; corrija los importes o cambie el tipo.",
            "movimientos",
        )
    ajeno, que = (reducido, "reduce") if tipo == AMPLIACION else (ampliado, "amplía")
    if tipo != TRASPASO and ajeno:
        raise Problema(
            f"Una {NOMBRE[tipo].lower()} no {que}, y ésta {que} {moneda(ajeno)}.",
            "Quite esos importes o cambie el tipo a traspaso.",
            "movimientos",
        )


def tipo_de(movimientos: Sequence[Movimiento]) -> str:
    """Traspaso si amplía y reduce; si no, lo único que hace."""
    ampliado, reducido = sumas(movimientos)
    if ampliado and reducido:
        return TRASPASO
    return AMPLIACION if ampliado else REDUCCION


def _exigir_movimiento(m: Movimiento) -> None:
    if not 1 <= m.mes <= 12:
        raise Problema(f"{m.clave}: {m.mes} no es un mes.", "Use un mes de 1 a 12.", "movimientos")
    if min(m.ampliacion, m.reduccion) < 0:
        raise Problema(
            f"{m.clave}: hay un importe negativo.", "Escriba el importe en la otra columna.", "movimientos"
        )
    if not m.ampliacion and not m.reduccion:
        raise Problema(
            f"{m.clave}: no amplía ni reduce.", "Escriba un importe o quite el renglón.", "movimientos"
        )


def sumas(movimientos: Sequence[Movimiento]) -> Par:
    """(ampliado, reducido) en centavos."""
    return sum(m.ampliacion for m in movimientos), sum(m.reduccion for m in movimientos)


def conciliar(corte: Mapping[DeUnEnte, Par], documentos: Mapping[DeUnEnte, Par]) -> list[Diferencia]:
    """Las claves que no coinciden al centavo, de la de mayor a la de menor diferencia."""
    diferencias = [
        Diferencia(clave, corte.get(clave, (0, 0)), documentos.get(clave, (0, 0)))
        for clave in corte.keys() | documentos.keys()
        if corte.get(clave, (0, 0)) != documentos.get(clave, (0, 0))
    ]
    return sorted(diferencias, key=lambda d: (-d.sin_documento - d.no_reflejado, d.clave))
