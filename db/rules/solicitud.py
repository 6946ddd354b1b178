"""La solicitud de reconducción: sus pasos, a quién le toca el siguiente y el dinero que mueve."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from db.rules.formato import moneda
from db.rules.permisos import Accion, Actor, Objeto, puede
from db.rules.problema import Problema
from db.rules.reconduccion import Lado


class EstadoSolicitud(StrEnum):
    BORRADOR = "borrador"
    SOLICITADA = "solicitada"
    OPINADA = "opinada"
    AUTORIZADA = "autorizada"
    RECHAZADA = "rechazada"


PALABRA = {
    EstadoSolicitud.BORRADOR: ("○", "Borrador"),
    EstadoSolicitud.SOLICITADA: ("▷", "Presentada"),
    EstadoSolicitud.OPINADA: ("◐", "Con opinión de Tesorería"),
    EstadoSolicitud.AUTORIZADA: ("✔", "Autorizada"),
    EstadoSolicitud.RECHAZADA: ("✖", "Rechazada"),
}
"""Icono y palabra de cada estado."""

EN_TRAMITE = (EstadoSolicitud.SOLICITADA, EstadoSolicitud.OPINADA)


class Toca(StrEnum):
    """El paso que espera a una persona."""

    CORREGIR = "corregir"
    OPINAR = "opinar"
    AUTORIZAR = "autorizar"


def toca(actor: Actor, solicitud: Mapping[str, Any]) -> Toca | None:
    """El paso de esa solicitud que le corresponde al actor; None si ninguno.

    Pide `estado`, `ente_id`, `dependencias` (la suya y la que la contiene), `solicito`, `mueve_dinero` y
    `favorable`. Nadie opina ni autoriza lo que pidió.
    """
    estado = EstadoSolicitud(solicitud["estado"])
    objeto = Objeto(solicitud["ente_id"], frozenset(solicitud["dependencias"]))
    propia = solicitud["solicito"] == actor.cuenta
    if estado is EstadoSolicitud.BORRADOR:
        suya = propia and puede(actor, Accion.SOLICITAR_RECONDUCCION, objeto)
        return Toca.CORREGIR if suya else None
    if propia or estado not in EN_TRAMITE:
        return None
    espera_opinion = estado is EstadoSolicitud.SOLICITADA and solicitud["mueve_dinero"]
    if espera_opinion:
        return Toca.OPINAR if puede(actor, Accion.OPINAR_RECONDUCCION, objeto) else None
    return Toca.AUTORIZAR if puede(actor, Accion.AUTORIZAR_RECONDUCCION, objeto) else None


def exigir_estado(estado: EstadoSolicitud, admitidos: Collection[EstadoSolicitud], que: str) -> None:
    """Problema si la solicitud no está en un estado en que se pueda `que` («autorizar»)."""
    if estado not in admitidos:
        raise Problema(
            f"Está {PALABRA[estado][1].lower()} y así no se puede {que}.",
            "Vuelva a abrirla: quizá otra persona ya la atendió.",
        )


def exigir_de_otro(solicito: str, actor: str) -> None:
    """Problema si quien resuelve es quien la pidió."""
    if solicito == actor:
        raise Problema(
            "Nadie resuelve la reconducción que pidió.", "Pida a otra persona con ese permiso que la atienda."
        )


@dataclass(frozen=True, slots=True)
class Traslado:
    """Lo que se reduce o amplía en una clave, en centavos; `disponible` es None si no está en el corte."""

    lado: Lado
    clave: str
    importe: int
    disponible: int | None


def exigir_importes(traslados: Sequence[Traslado]) -> None:
    """Problema si una clave se repite, no mueve nada o reduce más de lo que tiene por ejercer."""
    vistas: set[str] = set()
    for t in traslados:
        if t.clave in vistas:
            raise Problema(f"La clave {t.clave} está dos veces.", "Junte los renglones.", "dinero")
        vistas.add(t.clave)
        if t.importe <= 0:
            raise Problema(f"{t.clave}: el importe debe ser mayor que 0.", "Corríjalo.", "dinero")
        if t.lado is not Lado.REDUCE:
            continue
        if t.disponible is None:
            raise Problema(
                f"{t.clave} no está en el presupuesto vigente.", "Revise la clave que se reduce.", "dinero"
            )
        if t.importe > t.disponible:
            raise Problema(
                f"{t.clave}: se reducen {moneda(t.importe)} y sólo tiene {moneda(t.disponible)} por ejercer.",
                "Reduzca menos o tome de otra clave.",
                "dinero",
            )


def exigir_compensado(traslados: Sequence[Traslado], origen: str) -> None:
    """Problema si un traspaso no amplía lo mismo que reduce, o si nadie dice de dónde sale una ampliación."""
    reduce, amplia = (
        sum(t.importe for t in traslados if t.lado is lado) for lado in (Lado.REDUCE, Lado.AMPLIA)
    )
    if reduce and amplia and reduce != amplia:
        raise Problema(
            f"Se reducen {moneda(reduce)} y se amplían {moneda(amplia)}: faltan por compensar "
            f"{moneda(abs(reduce - amplia))}.",
            "Iguale los dos lados.",
            "dinero",
        )
    if amplia and not origen.strip():
        raise Problema("Falta decir de dónde salen los recursos.", "Escríbalo.", "origen")


def exigir_justificada(lados: Collection[Lado], reduccion: str, creacion: str) -> None:
    """Problema si falta justificar lo que se reduce, o lo que se amplía o recalendariza."""
    if not lados:
        raise Problema("La solicitud no cambia nada.", "Elija una meta o una clave y cámbiela.", "items")
    if Lado.REDUCE in lados and not reduccion.strip():
        raise Problema(
            "Falta justificar la cancelación o reducción.", "Diga su impacto programático.", "justificacion"
        )
    if set(lados) - {Lado.REDUCE} and not creacion.strip():
        raise Problema(
            "Falta justificar la ampliación, creación o recalendarización.",
            "Diga su beneficio o impacto.",
            "destino",
        )
