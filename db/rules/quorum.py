"""El quórum de una sesión: cuántos asientos con voto hacen falta y desde cuándo hay segunda convocatoria.

Cada comité tiene sus fracciones y su espera (db/models/comites.py, ReglasComite); aquí no hay ninguna fija.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db.rules.problema import Problema


@dataclass(frozen=True, slots=True)
class Quorum:
    """Si hay quórum, cuántos asientos con voto hacen falta y cuántos están, en la convocatoria que rige."""

    hay: bool
    necesarios: int
    presentes: int
    con_voto: int
    convocatoria: int
    frase: str


def necesarios(con_voto: int, numerador: int, denominador: int, mas_uno: bool) -> int:
    """Asientos que hacen quórum: la fracción hacia arriba, o la que le sigue si se pide «más uno».

    «La mitad más uno» de 30 son 16; de 31, también 16. Nunca menos de uno.
    """
    if mas_uno:
        return max(1, con_voto * numerador // denominador + 1)
    return max(1, -(-con_voto * numerador // denominador))


def desde_cuando(reglas: Mapping[str, Any], prevista: datetime) -> datetime | None:
    """Cuándo empieza a valer la segunda convocatoria; None si el comité no la tiene."""
    minutos = int(reglas["segunda_minutos"])
    return prevista + timedelta(minutes=minutos) if minutos else None


def quorum(
    reglas: Mapping[str, Any], con_voto: int, presentes: int, prevista: datetime, ahora: datetime
) -> Quorum:
    """El quórum de este momento: en segunda convocatoria, si ya es hora y en primera no alcanza."""
    primera = necesarios(
        con_voto, reglas["quorum_numerador"], reglas["quorum_denominador"], reglas["quorum_mas_uno"]
    )
    segunda_desde = desde_cuando(reglas, prevista)
    if presentes >= primera or segunda_desde is None or ahora < segunda_desde:
        return _armar(presentes >= primera and con_voto > 0, primera, presentes, con_voto, 1)
    segunda = necesarios(con_voto, reglas["segunda_numerador"], reglas["segunda_denominador"], False)
    return _armar(presentes >= segunda and con_voto > 0, segunda, presentes, con_voto, 2)


def _armar(hay: bool, hacen_falta: int, presentes: int, con_voto: int, convocatoria: int) -> Quorum:
    cual = "" if convocatoria == 1 else " en segunda convocatoria"
    dice = f"{presentes} de {con_voto} con voto"
    if hay:
        frase = f"Hay quórum{cual}: {dice}"
    else:
        faltan = hacen_falta - presentes
        frase = f"Falta{'n' if faltan != 1 else ''} {faltan} para el quórum{cual}: {dice}"
    return Quorum(hay, hacen_falta, presentes, con_voto, convocatoria, frase)


def en_palabras(reglas: Mapping[str, Any], con_voto: int) -> str:
    """Lo que las reglas quieren decir con los asientos de hoy."""
    primera = necesarios(
        con_voto, reglas["quorum_numerador"], reglas["quorum_denominador"], reglas["quorum_mas_uno"]
    )
    dice = f"Hay quórum con {primera} de {con_voto}"
    if not reglas["segunda_minutos"]:
        return f"{dice}; no hay segunda convocatoria."
    if not reglas["segunda_numerador"]:
        segunda = "con los que asistan"
    else:
        cuantos = necesarios(con_voto, reglas["segunda_numerador"], reglas["segunda_denominador"], False)
        segunda = f"con {cuantos}"
    return f"{dice}; en segunda convocatoria, {reglas['segunda_minutos']} minutos después, {segunda}."


def exigir_quorum(hay: Quorum) -> None:
    """Problema si todavía no lo hay."""
    if not hay.hay:
        raise Problema(f"{hay.frase}.", "Espere a que lleguen, o a la segunda convocatoria.", "quorum")
