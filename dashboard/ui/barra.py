"""La barra de cumplimiento, en el HTML de la propia hoja (Streamlit no deja pasar SVG).

Una gráfica de Vega por eje costaba media pantalla de trabajo al navegador para dibujar un rectángulo.
"""

from decimal import Decimal
from html import escape

from dashboard.ui.estado import color

META = 100
FIN_DE_ESCALA = 120
"""La barra llega a 120 % para que se vea pasar de la meta; lo que rebasa se corta y la cifra lo dice."""

RIEL = "rgba(128,128,128,.25)"
_LINEA = "#808080"


def barra(valor: Decimal | None, estado: str, oscuro: bool, alt: str, alto: str = "10px") -> str:
    """Cumplimiento (en porcentaje) desde cero, con la raya de lo programado en 100; sin valor, sólo el riel.

    `alt` es lo que oye quien no la ve. La raya toma el color de la letra; al imprimir quedan los fondos.
    """
    fondo = f"border:1px dashed {_LINEA}" if valor is None else f"background:{RIEL}"
    caja = f"position:relative;box-sizing:border-box;height:{alto};border-radius:2px;{fondo}"
    raya = (
        f"position:absolute;top:-3px;bottom:-3px;left:{META / FIN_DE_ESCALA:.2%};width:2px;"
        "background:currentColor"
    )
    return (
        f'<div role="img" aria-label="{escape(alt)}" style="margin:3px 0;print-color-adjust:exact">'
        f'<div style="{caja}">{_lleno(valor, estado, oscuro)}<div style="{raya}"></div></div></div>'
    )


def _lleno(valor: Decimal | None, estado: str, oscuro: bool) -> str:
    if valor is None:
        return ""
    largo = float(min(max(valor, Decimal(0)), Decimal(FIN_DE_ESCALA))) / FIN_DE_ESCALA
    tono = color(estado, oscuro)
    return f'<div style="height:100%;width:{largo:.2%};border-radius:2px;background:{tono}"></div>'
