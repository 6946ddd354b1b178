"""Modo presentación: la frase, las cuatro cifras y los ejes, con letra que se lee al fondo de una sala.

Es un solo bloque de HTML sin código ni hojas de estilo; todo texto va escapado.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from dashboard.ui.barra import barra
from dashboard.ui.enlaces import de_todos, enlace
from dashboard.ui.estado import color

Vista = Mapping[str, Any]


def proyectar(vista: Vista, oscuro: bool) -> None:
    """Dibuja la presentación y la liga para volver."""
    st.set_page_config(initial_sidebar_state="collapsed")
    st.html(hoja(vista, oscuro))
    enlace("inicio", "Salir de la presentación", comunes=de_todos())


def hoja(vista: Vista, oscuro: bool) -> str:
    """El HTML de la presentación."""
    cifras = "".join(_cifra(c["nombre"], c["cifra"]) for c in vista["cifras"])
    ejes = "".join(_eje(e, oscuro) for e in vista["presentacion"]["ejes"])
    reja = "display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:1.5rem 3rem"
    return (
        f'<div style="font-size:1.7rem;line-height:1.3"><div>{escape(vista["presentacion"]["corte"])}</div>'
        f'<h1 style="font-size:3rem;line-height:1.15">{escape(vista["titular"])}</h1>'
        f'<div style="{reja};margin:2rem 0">{cifras}</div>'
        f'<h2 style="font-size:2.2rem">{escape(vista["ejes"]["titulo"])}</h2>{ejes}</div>'
    )


def _cifra(nombre: str, cifra: str) -> str:
    grande = f'<div style="font-size:3.6rem;font-weight:700">{escape(cifra)}</div>'
    return f"<div><div>{escape(nombre)}</div>{grande}</div>"


def _eje(eje: Vista, oscuro: bool) -> str:
    tono = color(eje["estado"], oscuro)
    dibujo = barra(eje["valor"], eje["estado"], oscuro, f"{eje['nombre']}: {eje['se_ve']}", "1rem")
    renglon = "display:flex;flex-wrap:wrap;justify-content:space-between"
    estado = f'<strong style="color:{tono}">{escape(eje["se_ve"])}</strong>'
    return (
        f'<div style="margin:1.1rem 0"><div style="{renglon}"><span>{escape(eje["nombre"])}</span>{estado}'
        f"</div>{dibujo}</div>"
    )
