"""Acuerdos de un comité: estados, quién responde, cuánto llevan y cuándo urgen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.rules.avisos import VIGENCIA, Mensaje, ruta, una_linea
from db.rules.estado import Estado
from db.rules.formato import fecha
from db.rules.problema import Problema

ESTADOS = {
    "pendiente": ("▷", "Pendiente"),
    "en_proceso": ("◐", "En proceso"),
    "cumplido": ("✔", "Cumplido"),
    "cancelado": ("✖", "Cancelado"),
}
VIVOS = ("pendiente", "en_proceso")


@dataclass(frozen=True, slots=True)
class Paso:
    """En qué quedó un acuerdo un día: estado y avance, en porcentaje."""

    dia: date
    estado: str
    avance: int


def como_iba(tomado_en: date, pasos: Sequence[Paso], desde: date, hasta: date) -> Paso | None:
    """Cómo iba al último día de un periodo; None si aún no se tomaba o ya había terminado al empezar.

    `pasos`, del más viejo al más nuevo.
    """
    if tomado_en > hasta:
        return None
    dados = [paso for paso in pasos if paso.dia <= hasta]
    ultimo = dados[-1] if dados else Paso(tomado_en, "pendiente", 0)
    if ultimo.estado not in VIVOS and max(ultimo.dia, tomado_en) < desde:
        return None
    return ultimo


def exigir_responsable(dependencia_id: int | None, persona_id: int | None) -> None:
    """Problema si nadie responde."""
    if dependencia_id is None and persona_id is None:
        raise Problema(
            "Un acuerdo necesita quien responda.", "Elija una dependencia o una persona.", "responsable"
        )


def situacion(acuerdo: Mapping[str, Any], hoy: date, aviso: int) -> tuple[Estado, str]:
    """(estado, palabra): cumplido, cancelado, vencido hace tantos días, por vencer o en tiempo."""
    if acuerdo["estado"] not in VIVOS:
        estado = Estado.adecuado if acuerdo["estado"] == "cumplido" else Estado.no_programado
        return estado, ESTADOS[acuerdo["estado"]][1]
    faltan = (acuerdo["vence"] - hoy).days
    if faltan < 0:
        return Estado.critico, f"Vencido hace {-faltan} {'día' if faltan == -1 else 'días'}"
    if faltan <= aviso:
        return (
            Estado.riesgo,
            "Vence hoy" if not faltan else f"Vence en {faltan} {'día' if faltan == 1 else 'días'}",
        )
    return Estado.adecuado, "En tiempo"


POR_VENCERSE, VENCIDO = "por_vencer", "vencido"


def toca_avisar(acuerdo: Mapping[str, Any], hoy: date, aviso: int) -> str | None:
    """Qué se avisa hoy de un acuerdo vivo: que vence en `aviso` días o menos, o que venció; None si nada.

    El día en que se toma ya se avisó; de lo vencido hace más de una semana no se empieza a avisar.
    """
    faltan = (acuerdo["vence"] - hoy).days
    if faltan < 0:
        return VENCIDO if -faltan <= VIGENCIA.days else None
    return POR_VENCERSE if faltan <= aviso and acuerdo["tomado_en"] < hoy else None


def aviso(acuerdo: Mapping[str, Any], paso: str) -> Mensaje:
    """Lo que se le dice a quien responde."""
    cual = una_linea(acuerdo["texto"])[:500]
    dia, quien = fecha(acuerdo["vence"]), acuerdo["responde"]
    if paso == VENCIDO:
        titulo = f"Venció el acuerdo {acuerdo['numero']}, que era para el {dia}"
        dice = f"Responde {quien}; va en {acuerdo['avance']} %. {cual}"
    else:
        titulo = f"El acuerdo {acuerdo['numero']} es para el {dia}"
        dice = f"Va en {acuerdo['avance']} %. {cual}"
    return Mensaje(titulo, dice, ruta("acuerdos", acuerdo=acuerdo["id"]))


def exigir_paso(estado: str, nuevo: str, avance: int, texto: str) -> None:
    """Problema si ya terminó, si el avance no va con el estado o si se cancela sin decir por qué."""
    if estado not in VIVOS:
        raise Problema(f"El acuerdo ya está {ESTADOS[estado][1].lower()}.", "No se le anota más.", "estado")
    if not 0 <= avance <= 100:
        raise Problema("El avance va de 0 a 100.", "Corríjalo.", "avance")
    if nuevo == "cumplido" and avance != 100:
        raise Problema("Un acuerdo cumplido lleva 100 % de avance.", "Corrija el avance.", "avance")
    if not texto.strip():
        que = "por qué se cancela" if nuevo == "cancelado" else "qué se hizo"
        raise Problema(f"Falta decir {que}.", "Escríbalo en una línea.", "texto")


def por_seguir(acuerdos: Sequence[Mapping[str, Any]], sesion_id: int, dia: date) -> list[Mapping[str, Any]]:
    """Los acuerdos vivos a los que una sesión de ese día da seguimiento: los que se tomaron antes."""
    return [
        a for a in acuerdos if a["estado"] in VIVOS and a["sesion_id"] != sesion_id and a["tomado_en"] <= dia
    ]


TRAMOS = ("En tiempo", "Vencidos 1 a 30 días", "31 a 90 días", "Más de 90 días")


def por_edad(acuerdos: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Cuántos acuerdos vivos hay según los `dias` que llevan vencidos."""
    tramos = dict.fromkeys(TRAMOS, 0)
    for acuerdo in acuerdos:
        if acuerdo["estado"] in VIVOS:
            tramos[_tramo(acuerdo["dias"])] += 1
    return tramos


def _tramo(dias: int) -> str:
    return TRAMOS[sum(dias > hasta for hasta in (0, 30, 90))]
