"""Las gráficas de la pantalla, dibujadas sin navegador y sin red: la misma especificación, a SVG y PNG."""

import re
from functools import lru_cache
from typing import Any

from dashboard.reports.bloques import Grafica
from dashboard.reports.glifos import FUENTES, LETRA, imprimible

ESQUEMA = "https://vega.github.io/schema/vega-lite/v6.json"
"""Sólo dice la versión; no se lee."""

ESTILO: dict[str, Any] = {
    "font": LETRA,
    "background": None,
    "view": {"stroke": None},
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": "#1a1a1a", "gridColor": "#e3e6ea"},
    "axisY": {"labelLimit": 280},
    "legend": {"labelFontSize": 12, "titleFontSize": 12, "orient": "bottom"},
    "text": {"font": LETRA},
}
ESCALA_PNG = 2
_CON_NUMERO = re.compile(r"\b(clip|gradient_|pattern_)\d+\b")


@lru_cache(maxsize=1)
def _motor() -> Any:
    import vl_convert

    vl_convert.register_font_directory(str(FUENTES))
    return vl_convert


def svg(grafica: Grafica) -> bytes:
    """La gráfica en SVG, igual siempre que se dibuje lo mismo."""
    spec = {"$schema": ESQUEMA, **grafica.spec, "config": ESTILO}
    if "layer" in spec or "mark" in spec:
        # «fit»: el ancho es el de todo el dibujo, así la letra no se encoge cuando los rótulos son largos.
        ajuste = {"type": "fit", "contains": "padding"}
        spec |= {"width": grafica.ancho, "height": grafica.alto, "autosize": ajuste}
    dibujo = _motor().vegalite_to_svg(spec, allowed_base_urls=[], show_warnings=False)
    return _numerado(imprimible(dibujo)).encode()


def _numerado(dibujo: str) -> str:
    """Los nombres internos cuentan dibujos del proceso: se vuelven a numerar desde cero."""
    nuevos: dict[str, str] = {}

    def nuevo(hallado: re.Match[str]) -> str:
        return nuevos.setdefault(hallado[0], f"{hallado[1]}{len(nuevos)}")

    return _CON_NUMERO.sub(nuevo, dibujo)


def png(dibujo: bytes) -> bytes:
    """Un SVG en PNG, con lo que Word necesita."""
    bytes_png: bytes = _motor().svg_to_png(dibujo.decode(), scale=ESCALA_PNG)
    return bytes_png
