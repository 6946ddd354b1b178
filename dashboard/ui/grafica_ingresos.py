"""Lo previsto y lo recaudado acumulados por mes, junto a lo devengado del gasto."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from dashboard.ui.grafica_presupuesto import INICIAL
from dashboard.ui.graficas import a_spec, alt, con_datos
from db.rules.formato import mdp, mes_nombre, moneda

SERIES = {
    "previsto": ("Ingreso previsto", "#767676", "#b8b8b8", [2, 3]),
    "recaudado": ("Recaudado", "#1D7C74", "#5cc9bf", [1, 0]),
    "gastado": ("Gasto devengado", "#12436D", "#8ab8ff", [7, 3]),
}
"""De cada serie: nombre, color en claro y en oscuro (el del devengado es el de Presupuesto) y trazo."""

_MILLON = 100_000_000


def acumular(datos: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Doce puntos en centavos de enero a cada mes; después del corte, sólo lo previsto."""
    puntos, van = [], {"previsto": 0, "recaudado": 0, "gastado": 0}
    for mes in range(1, 13):
        previsto, recaudado = datos["meses"].get(mes, (0, 0))
        van["previsto"] += previsto
        van["recaudado"] += recaudado
        van["gastado"] += datos["egresos"].get(mes, 0)
        ocurrio = mes <= datos["mes"]
        punto: dict[str, Any] = {"mes": mes}
        punto |= {s: valor if s == "previsto" or ocurrio else None for s, valor in van.items()}
        puntos.append(punto)
    return puntos


def grafica(titulo: str, puntos: list[dict[str, Any]], mes: int, oscuro: bool) -> dict[str, Any]:
    """La gráfica con su título, texto alterno y tabla, como la recibe `piezas.grafica`."""
    corte = puntos[mes - 1]
    dicho = ", ".join(f"{SERIES[s][0].lower()} {mdp(corte[s])}" for s in SERIES)
    filas = [
        {
            "mes": p["mes"],
            "nombre": mes_nombre(p["mes"]).capitalize(),
            "serie": SERIES[s][0],
            "millones": p[s] / _MILLON,
            "cifra": moneda(p[s]),
        }
        for p in puntos
        for s in SERIES
        if p[s] is not None
    ]
    return {
        "titulo": titulo,
        "subtitulo": "Acumulado desde enero, en millones de pesos; lo recaudado y lo gastado, hasta "
        f"{mes_nombre(mes)}.",
        "alt": f"{titulo}. A {mes_nombre(mes)}: {dicho}.",
        "spec": con_datos(_plantilla(oscuro), filas),
        "tabla": {
            "Mes": [mes_nombre(p["mes"]).capitalize() for p in puntos],
            **{SERIES[s][0]: ["—" if p[s] is None else moneda(p[s]) for p in puntos] for s in SERIES},
        },
    }


@lru_cache(maxsize=2)
def _plantilla(oscuro: bool) -> dict[str, Any]:
    """El dibujo sin datos, el mismo para todas las preguntas."""
    nombres = [serie[0] for serie in SERIES.values()]
    tonos = alt.Scale(domain=nombres, range=[serie[1 + oscuro] for serie in SERIES.values()])
    trazos = alt.Scale(domain=nombres, range=[serie[3] for serie in SERIES.values()])
    leyenda = alt.Legend(title=None, orient="top", columns=2, symbolType="stroke")
    base = alt.Chart(alt.Data(values=[])).encode(
        x=alt.X(
            "mes:O",
            title=None,
            axis=alt.Axis(labelAngle=0, ticks=False, labelExpr=INICIAL),
        ),
        y=alt.Y("millones:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=5)),
    )
    linea = base.mark_line(strokeWidth=2.5).encode(
        color=alt.Color("serie:N", scale=tonos, legend=leyenda),
        strokeDash=alt.StrokeDash("serie:N", scale=trazos, legend=None),
    )
    puntas = base.mark_point(opacity=0, size=120).encode(
        tooltip=[
            alt.Tooltip("serie:N", title="Serie"),
            alt.Tooltip("nombre:N", title="Hasta"),
            alt.Tooltip("cifra:N", title="Acumulado"),
        ]
    )
    return a_spec(alt.layer(linea, puntas).properties(height=300))
