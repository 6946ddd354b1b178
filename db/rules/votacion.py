"""El resultado de una votación según la mayoría del comité, y quién puede votar."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db.rules.problema import Problema

FAVOR, CONTRA, ABSTENCION = "favor", "contra", "abstencion"
SENTIDOS = {FAVOR: "A favor", CONTRA: "En contra", ABSTENCION: "Abstención"}
ICONOS = {FAVOR: "✔", CONTRA: "✖", ABSTENCION: "●"}
MODOS = {"mano_alzada": "A mano alzada", "nominal": "Nominal", "telefono": "Por teléfono"}
MAYORIAS = {
    "simple": "simple: más votos a favor que en contra",
    "absoluta": "absoluta: más de la mitad de los presentes con voto",
    "dos_tercios": "calificada: dos terceras partes de los presentes con voto",
}


@dataclass(frozen=True, slots=True)
class Resultado:
    """Si se aprobó, si lo decidió el voto de calidad, y la frase que va en el acta."""

    aprobada: bool
    de_calidad: bool
    frase: str


def resultado(
    reglas: Mapping[str, Any], presentes: int, favor: int, contra: int, abstenciones: int, preside: str | None
) -> Resultado:
    """Lo que se decidió; `presentes`, los asientos con voto en la sala; `preside`, cómo votó quien preside.

    El voto de calidad sólo desempata la mayoría simple: en las otras un empate no alcanza.
    """
    calidad = False
    if reglas["mayoria"] == "absoluta":
        aprobada = favor * 2 > presentes
    elif reglas["mayoria"] == "dos_tercios":
        aprobada = favor > 0 and favor * 3 >= presentes * 2
    else:
        aprobada = favor > contra
        if favor == contra and favor and reglas["voto_calidad"] and preside in (FAVOR, CONTRA):
            calidad, aprobada = True, preside == FAVOR
    return Resultado(aprobada, calidad, _frase(aprobada, calidad, favor, contra, abstenciones))


def _frase(aprobada: bool, calidad: bool, favor: int, contra: int, abstenciones: int) -> str:
    que = "Se aprueba" if aprobada else "No se aprueba"
    if aprobada and not contra and not abstenciones:
        return f"Se aprueba por unanimidad, con {favor} {'voto' if favor == 1 else 'votos'}"
    como = " por el voto de calidad de quien preside" if calidad else ""
    cuantas = f"{abstenciones} {'abstención' if abstenciones == 1 else 'abstenciones'}"
    return f"{que}{como}: {favor} a favor, {contra} en contra y {cuantas}"


def exigir_cuenta(presentes: int, favor: int, contra: int, abstenciones: int) -> None:
    """Problema si lo contado a mano alzada es negativo, está vacío o pasa de los presentes con voto."""
    total = favor + contra + abstenciones
    if min(favor, contra, abstenciones) < 0 or not total:
        raise Problema("Falta contar los votos.", "Escriba cuántos hubo de cada uno.", "a_favor")
    if total > presentes:
        raise Problema(
            f"Se contaron {total} votos y hay {presentes} presentes con voto.", "Vuelva a contar.", "a_favor"
        )
