"""Cómo va cada módulo de la Guía Consultiva: una barra por módulo, partida por estado."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.ui.graficas import Grafica, alt
from db.rules.guia import COMO_SE_VE, EstadoGuia

ALTO_DE_BARRA, ALTO_DE_LEYENDA = 34, 130
"""Pixeles; la leyenda y el eje caben en el alto de la gráfica."""

_CORTAS = {EstadoGuia.ND: "ND", EstadoGuia.NM: "NM"}
"""En la leyenda, para que quepan en un teléfono; el resumen de arriba los dice completos."""
_TINTA_DENTRO = {False: "#ffffff", True: "#101418"}
"""Del número que va dentro de la barra: el tema claro usa tonos oscuros y al revés."""


def modulos(filas: Sequence[Mapping[str, Any]], oscuro: bool) -> Grafica:
    """`filas`: nombre del módulo y cuántos indicadores tiene en cada estado."""
    etiquetas = {e: f"{COMO_SE_VE[e].icono} {_CORTAS.get(e, COMO_SE_VE[e].palabra)}" for e in EstadoGuia}
    datos = [
        {"modulo": f["nombre"], "estado": etiquetas[e], "orden": n, "cuantos": f["cuenta"][e.value]}
        for f in filas
        for n, e in enumerate(EstadoGuia)
        if f["cuenta"][e.value]
    ]
    tonos = alt.Scale(
        domain=list(etiquetas.values()), range=[COMO_SE_VE[e].color(oscuro) for e in EstadoGuia]
    )
    base = alt.Chart(alt.Data(values=datos)).encode(
        y=alt.Y(
            "modulo:N",
            sort=[f["nombre"] for f in filas],
            title=None,
            axis=alt.Axis(labelLimit=150, labelOverlap=False, ticks=False, domain=False),
            scale=alt.Scale(paddingInner=0.3, paddingOuter=0.15),
        ),
        x=alt.X("cuantos:Q", stack="zero", title="Indicadores", axis=alt.Axis(tickMinStep=1, tickCount=5)),
        order=alt.Order("orden:Q"),
    )
    barras = base.mark_bar(stroke="white" if not oscuro else "#101418", strokeWidth=1).encode(
        color=alt.Color(
            "estado:N",
            scale=tonos,
            legend=alt.Legend(title=None, orient="top", columns=2, labelLimit=120, symbolType="square"),
        ),
        tooltip=[
            alt.Tooltip("modulo:N", title="Módulo"),
            alt.Tooltip("estado:N", title="Estado"),
            alt.Tooltip("cuantos:Q", title="Indicadores"),
        ],
    )
    numeros = base.mark_text(color=_TINTA_DENTRO[oscuro], fontSize=12, fontWeight=600).encode(
        x=alt.X("cuantos:Q", stack="zero", bandPosition=0.5),
        text="cuantos:Q",
        detail="estado:N",
    )
    return alt.layer(barras, numeros).properties(height=ALTO_DE_BARRA * len(filas) + ALTO_DE_LEYENDA)
