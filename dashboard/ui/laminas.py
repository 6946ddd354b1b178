"""Láminas: un mensaje por pantalla, con letra que se lee al fondo de una sala.

Cada una es HTML sin código; todo texto va escapado.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from dashboard.ui import reunion
from dashboard.ui.enlaces import enlace
from dashboard.ui.estado import color
from db.rules.estado import PRESENTACION, Estado

LETRA = "font-size:clamp(1.05rem,min(2.1vw,3.7vh),3.4rem);line-height:1.3"
GRANDE = "font-size:1.9em;line-height:1.15;font-weight:700;margin:.3em 0 .5em;padding:0"
TENUE = "opacity:.75;font-size:.8em"

Liga = tuple[str, Mapping[str, str]]
"""Pantalla y parámetros."""


@dataclass(frozen=True, slots=True)
class Lamina:
    """`clave` es su nombre en la dirección (la primera, vacía); `dibuja` da su HTML, sólo si se ve."""

    clave: str
    dibuja: Callable[[], str]
    liga: Liga | None = None
    """De dónde salen sus cifras."""


@st.fragment
def proyectar_en_su_lugar(lista: Sequence[Lamina]) -> None:
    """Como `proyectar`; pasar de lámina no vuelve a correr la pantalla."""
    proyectar(lista)


def proyectar(lista: Sequence[Lamina], aviso: str = "", principio: str = "Al principio") -> None:
    """La lámina que pide la dirección y con qué pasar a las otras; la que no exista es la primera.

    `aviso` se lee abajo mientras se ve otra que la primera.
    """
    pedida = st.query_params.get(reunion.LAMINA, "")
    lugar = next((n for n, una in enumerate(lista) if una.clave == pedida), 0)
    suya = lista[lugar]
    st.html(f'<div style="{LETRA}">{suya.dibuja()}</div>')
    if suya.liga:
        pagina, parametros = suya.liga
        enlace(pagina, "Abrir en el sistema", parametros)
    donde = f"{lugar + 1} de {len(lista)}"
    reunion.barra(
        lista[lugar - 1].clave if lugar else "",
        lista[lugar + 1].clave if lugar + 1 < len(lista) else "",
        hay_antes=lugar > 0,
        lugar=f"{donde} · {aviso}" if aviso and lugar else donde,
        principio=principio,
    )


def hoja(arriba: str, grande: str, *mas: str) -> str:
    """Una lámina: de qué es, su mensaje y lo demás, ya en HTML."""
    cuerpo = "".join(f'<div style="margin-top:.7em">{parte}</div>' for parte in mas if parte)
    return f'<div style="{TENUE}">{escape(arriba)}</div><h1 style="{GRANDE}">{escape(grande)}</h1>{cuerpo}'


def renglones(lista: Sequence[tuple[str, str]]) -> str:
    """Uno por renglón: lo que se dice y, a la derecha, su cifra."""
    return "".join(
        '<div style="display:flex;gap:1em;justify-content:space-between;border-bottom:1px solid '
        f'rgba(128,128,128,.3);padding:.22em 0"><span>{escape(que)}</span>'
        f'<strong style="white-space:nowrap">{escape(cuanto)}</strong></div>'
        for que, cuanto in lista
    )


def pintado(estado: str, texto: str, oscuro: bool) -> str:
    """Texto en el color de su estado."""
    return f'<strong style="color:{color(estado, oscuro)}">{escape(texto)}</strong>'


def etiqueta(estado: str) -> str:
    """«✖ Crítico»."""
    return PRESENTACION[Estado(estado)].etiqueta


def rejilla(cifras: Sequence[tuple[str, str]]) -> str:
    """Cifras grandes con su nombre; en un teléfono, de dos en dos."""
    cada = "".join(
        f'<div><div style="{TENUE}">{escape(nombre)}</div>'
        f'<div style="font-size:2.1em;font-weight:700;line-height:1.1">{escape(cifra)}</div></div>'
        for nombre, cifra in cifras
    )
    return (
        '<div style="display:grid;grid-template-columns:repeat(auto-fit,minmax(6em,1fr));gap:.8em 1.6em;'
        f'margin:.8em 0">{cada}</div>'
    )


def dato(algo: Mapping[str, Any]) -> str:
    """«✔ En meta 95.6 %» de un resultado; sin valor, sólo su palabra."""
    cifra = "" if algo["valor"] is None else f" {algo['cifra']}"
    return f"{algo['icono']} {algo['palabra']}{cifra}"
