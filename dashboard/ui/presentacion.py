"""Las láminas del plan: cómo va, sus ejes y lo que pide atención con quien responde.

Son las cifras de Inicio.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

from dashboard.ui.barra import barra
from dashboard.ui.laminas import TENUE, Lamina, etiqueta, hoja, pintado, rejilla

Vista = Mapping[str, Any]

CASOS = 5
"""Los que se leen al fondo de una sala; los demás están en Inicio."""


def laminas(inicio: Callable[[], Vista], oscuro: bool, primera: str = "plan") -> list[Lamina]:
    """Las tres. `inicio` da un Inicio ya compuesto, sólo si se ven; `primera` nombra a la primera."""
    return [Lamina(primera, partial(_de, inicio, como_va, oscuro))] + [
        Lamina(clave, partial(_de, inicio, dibuja, oscuro))
        for clave, dibuja in (("ejes", ejes), ("atencion", atencion))
    ]


def _de(inicio: Callable[[], Vista], dibuja: Callable[[Vista, bool], str], oscuro: bool) -> str:
    vista = inicio()
    if vista["vacio"]:
        return hoja("El plan", "Aún no hay cifras del plan en este ejercicio")
    return dibuja(vista, oscuro)


def como_va(vista: Vista, oscuro: bool) -> str:
    """La frase y las cuatro cifras."""
    cifras = rejilla([(c["nombre"], c["cifra"]) for c in vista["cifras"]])
    return hoja(vista["presentacion"]["corte"], vista["titular"], cifras)


def ejes(vista: Vista, oscuro: bool) -> str:
    """Cada eje con su estado y su barra."""
    filas = "".join(_eje(e, oscuro) for e in vista["presentacion"]["ejes"])
    return hoja(vista["presentacion"]["corte"], vista["ejes"]["titulo"], filas)


def _eje(eje: Vista, oscuro: bool) -> str:
    dibujo = barra(eje["valor"], eje["estado"], oscuro, f"{eje['nombre']}: {eje['se_ve']}", ".5em")
    renglon = "display:flex;flex-wrap:wrap;justify-content:space-between"
    estado = pintado(eje["estado"], eje["se_ve"], oscuro)
    dicho = f'<div style="{renglon}"><span>{escape(eje["nombre"])}</span>{estado}</div>'
    return f'<div style="margin:.35em 0">{dicho}{dibujo}</div>'


def atencion(vista: Vista, oscuro: bool) -> str:
    """Lo más grave, por qué y quién responde."""
    arriba = vista["presentacion"]["corte"]
    casos: Sequence[Vista] = vista["presentacion"]["casos"]
    if not casos:
        return hoja(arriba, vista["atencion"][0], escape(vista["atencion"][1]))
    filas = (
        f'<div style="margin-bottom:.55em">{pintado(c["estado"], etiqueta(c["estado"]), oscuro)} '
        f'<strong>{escape(c["titulo"])}</strong><div style="{TENUE}">{escape(c["detalle"])}</div></div>'
        for c in casos[:CASOS]
    )
    mas = len(casos) - CASOS + vista["mas_casos"]
    pie = f'<span style="{TENUE}">Y {mas:,} más en Inicio.</span>' if mas > 0 else ""
    return hoja(arriba, "Requiere atención", "".join(filas), pie)
