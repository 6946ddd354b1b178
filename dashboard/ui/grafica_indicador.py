"""La tendencia de un indicador: lo alcanzado en línea llena, lo programado con contorno."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import altair as alt

from db.rules.formato import numero

ALTO = 260


def indicador(puntos: Sequence[Mapping[str, Any]], oscuro: bool) -> alt.LayerChart | alt.FacetChart:
    """Resultado y programado por trimestre; un hueco es un trimestre sin dato."""
    filas = [
        {
            "trimestre": p["texto"],
            "alcanzado": _a_float(p["alcanzado"]),
            "programado": _a_float(p["programado"]),
            "cifra": "" if p["alcanzado"] is None else numero(round(p["alcanzado"], 2)),
        }
        for p in puntos
    ]
    tinta, linea = ("#f2f4f6", "#8AB8FF") if oscuro else ("#1a1a1a", "#12436D")
    base = alt.Chart({"values": filas})
    x = alt.X("trimestre:O", sort=None, title=None, axis=alt.Axis(labelAngle=0, grid=False, ticks=False))
    meta = base.mark_point(shape="square", size=160, filled=False, stroke=tinta, strokeWidth=1.5)
    real = base.mark_line(color=linea, strokeWidth=2.5, invalid="break-paths-show-domains")
    punto = base.mark_point(color=linea, filled=True, size=70, opacity=1, invalid="filter")
    texto = base.mark_text(dy=-16, fontSize=13, fontWeight=600, color=tinta, invalid="filter")
    y = alt.Y("alcanzado:Q", title=None, axis=alt.Axis(tickCount=5))
    return alt.layer(
        meta.encode(x=x, y=alt.Y("programado:Q", title=None)),
        real.encode(x=x, y=y),
        punto.encode(x=x, y=y),
        texto.encode(x=x, y=y, text="cifra:N"),
    ).properties(height=ALTO)


def _a_float(valor: Decimal | None) -> float | None:
    return None if valor is None else float(valor)
