"""El árbol dibujado con listas anidadas: por capas en pantalla ancha, como esquema sangrado en el teléfono.

Los efectos van arriba del problema y las causas abajo. Es una función pura y lo que se lee es la misma lista:
quien usa un lector de pantalla oye el esquema.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

Datos = Mapping[str, Any]

PALABRAS = {
    "problema": {"problema": "Problema", "causa": "Causa", "efecto": "Efecto"},
    "objetivo": {"problema": "Objetivo", "causa": "Medio", "efecto": "Fin"},
}
"""Cómo se llama cada clase de nodo en cada uno de los dos árboles."""

SIN_POSITIVO = "Sin redactar en positivo"

_RAYA = "rgba(128,128,128,.6)"
ESTILO = f"""<style>
.arbol{{container-type:inline-size;margin:.25rem 0 1rem}}
.arbol ul{{list-style:none;margin:0;padding:0 0 0 1.1rem}}
.arbol>ul{{padding:0}}
.arbol li{{position:relative;padding:.25rem 0}}
.arbol ul ul>li::before{{content:"";position:absolute;left:-.7rem;top:0;bottom:0;
border-left:2px solid {_RAYA}}}
.arbol ul ul>li:last-child::before{{bottom:auto;height:1.3rem}}
.arbol ul ul>li::after{{content:"";position:absolute;left:-.7rem;top:1.3rem;width:.7rem;
border-top:2px solid {_RAYA}}}
.arbol .nodo{{display:block;border:1.5px solid {_RAYA};border-radius:.5rem;padding:.35rem .6rem;
overflow-wrap:break-word}}
.arbol .clase{{display:block;font-size:.78rem;opacity:.85}}
.arbol .central{{border-width:3px;font-weight:650}}
.arbol .fuera{{border-style:dashed;opacity:.8}}
.arbol .rama{{font-size:.9rem;font-weight:600;margin:.6rem 0 .2rem}}
@container (min-width:48rem){{
.arbol .rama{{display:none}}
.arbol .capa{{overflow-x:auto}}
.arbol .capa ul{{display:flex;justify-content:center;position:relative;padding:1rem 0 0}}
.arbol .capa li{{flex:1 1 9rem;min-width:min-content;display:flex;flex-direction:column;align-items:center;
padding:1rem .3rem 0}}
.arbol .capa li>ul{{align-self:stretch}}
.arbol .nodo{{text-align:center;min-width:9rem;max-width:17rem;box-sizing:border-box;font-size:.95rem}}
.arbol .tronco .nodo{{max-width:24rem;margin:0 auto}}
.arbol .capa ul::before,.arbol .capa ul>li::before,.arbol .capa ul ul>li:last-child::before{{content:"";
position:absolute;left:50%;top:0;bottom:auto;height:1rem;border-left:2px solid {_RAYA}}}
.arbol .capa ul>li::after,.arbol .capa ul ul>li::after{{content:"";position:absolute;left:0;right:0;top:0;
width:auto;border-top:2px solid {_RAYA}}}
.arbol .capa ul>li:first-child::after{{left:50%}}
.arbol .capa ul>li:last-child::after{{right:50%}}
.arbol .sube ul{{align-items:flex-end;padding:0 0 1rem}}
.arbol .sube li{{flex-direction:column-reverse;padding:0 .3rem 1rem}}
.arbol .sube ul::before,.arbol .sube ul>li::before,.arbol .sube ul ul>li:last-child::before{{top:auto;
bottom:0}}
.arbol .sube ul>li::after,.arbol .sube ul ul>li::after{{top:auto;bottom:0}}
}}
</style>"""


def dibujo(nodos: Sequence[Datos], cual: str) -> str:
    """El árbol del problema («problema») o el de objetivos («objetivo»); `nodos` como los da `arbol`."""
    palabras = PALABRAS[cual]
    raiz = next((n for n in nodos if n["clase"] == "problema"), None)
    if raiz is None:
        return ""
    hijos: dict[int | None, list[Datos]] = {}
    for nodo in nodos:
        hijos.setdefault(nodo["padre_id"], []).append(nodo)
    directos = hijos.get(raiz["id"], [])
    arriba = [n for n in directos if n["clase"] == "efecto"]
    abajo = [n for n in directos if n["clase"] == "causa"]
    efectos = _rama(arriba, hijos, cual)
    causas = _rama(abajo, hijos, cual)
    nombre = "Árbol del problema" if cual == "problema" else "Árbol de objetivos"
    de_efecto, de_causa = f"{palabras['efecto']}{_s(palabras['efecto'])}", f"{palabras['causa']}s"
    return (
        f'{ESTILO}<div class="arbol" role="group" aria-label="{nombre}: {escape(_texto(raiz, cual))}">'
        + (f'<p class="rama">{de_efecto}</p><div class="capa sube">{efectos}</div>' if arriba else "")
        + f'<div class="tronco">{_caja(raiz, cual)}</div>'
        + (f'<p class="rama">{de_causa}</p><div class="capa">{causas}</div>' if abajo else "")
        + "</div>"
    )


def _s(palabra: str) -> str:
    return "s" if palabra[-1] in "aeiou" else "es"


def _rama(nodos: Sequence[Datos], hijos: Mapping[int | None, Sequence[Datos]], cual: str) -> str:
    if not nodos:
        return ""
    partes = "".join(f"<li>{_caja(n, cual)}{_rama(hijos.get(n['id'], []), hijos, cual)}</li>" for n in nodos)
    return f"<ul>{partes}</ul>"


def _texto(nodo: Datos, cual: str) -> str:
    return str(nodo[cual] or SIN_POSITIVO)


def _caja(nodo: Datos, cual: str) -> str:
    clases = ["nodo"]
    rotulo = PALABRAS[cual][nodo["clase"]]
    if nodo["clase"] == "problema":
        clases.append("central")
    elif cual == "objetivo" and not nodo["elegido"]:
        clases.append("fuera")
        rotulo += " · fuera de la alternativa"
    dentro = f'<span class="clase">{rotulo}</span>{escape(_texto(nodo, cual))}'
    return f'<span class="{" ".join(clases)}">{dentro}</span>'
