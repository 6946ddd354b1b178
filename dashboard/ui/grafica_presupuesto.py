"""Los seis momentos del gasto por mes, acumulados, contra lo aprobado en su calendario."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from dashboard.ui.graficas import a_spec, alt, con_datos
from db.queries.presupuesto import Monto, sumar
from db.rules.formato import mdp, mes_nombre, moneda

Punto = Mapping[str, Any]

MESES = range(1, 13)

SERIES = {
    "aprobado": "Aprobado",
    "modificado": "Modificado",
    "comprometido": "Comprometido",
    "devengado": "Devengado",
    "ejercido": "Ejercido",
    "pagado": "Pagado",
}
PLANEADAS = ("aprobado", "modificado")
"""Llegan a diciembre; lo gastado, al mes del corte."""

COLORES = {
    "aprobado": ("#767676", "#b8b8b8"),
    "modificado": ("#1a1a1a", "#f2f4f6"),
    "comprometido": ("#C04B0F", "#ffa36b"),
    "devengado": ("#12436D", "#8ab8ff"),
    "ejercido": ("#801650", "#f29bc1"),
    "pagado": ("#1D7C74", "#5cc9bf"),
}
"""De cada momento, en claro y en oscuro: los mismos en todas las pantallas."""

_TRAZOS = {"aprobado": [2, 3], "modificado": [7, 3], "comprometido": [4, 2]}
_ALTO = 320
_MILLON = 100_000_000


def acumular(meses: Mapping[int, Monto], mes: int) -> list[dict[str, Any]]:
    """Doce puntos con lo acumulado de enero a cada mes, en centavos.

    Después del corte, lo gastado va vacío: todavía no ocurre. El calendario sigue hasta diciembre.
    """
    puntos, van = [], sumar(())
    for m in MESES:
        if m in meses:
            van = sumar([van, meses[m]])
        punto: dict[str, Any] = {"mes": m}
        for serie in SERIES:
            punto[serie] = van[serie] if serie in PLANEADAS or m <= mes else None
        puntos.append(punto)
    return puntos


def grafica_de_meses(titulo: str, puntos: Sequence[Punto], mes: int, oscuro: bool) -> dict[str, Any]:
    """La gráfica, con su título, texto alterno y tabla, como la recibe `piezas.grafica`."""
    corte = puntos[mes - 1]
    dicho = ", ".join(f"{SERIES[s].lower()} {mdp(corte[s])}" for s in SERIES)
    return {
        "titulo": titulo,
        "subtitulo": f"Acumulado desde enero, en millones de pesos: lo autorizado según su calendario; "
        f"el gasto, hasta {mes_nombre(mes)}.",
        "alt": f"{titulo}. A {mes_nombre(mes)}: {dicho}.",
        "spec": con_datos(_plantilla(oscuro), _filas(puntos)),
        "tabla": {
            "Mes": [mes_nombre(p["mes"]).capitalize() for p in puntos],
            **{SERIES[s]: ["—" if p[s] is None else moneda(p[s]) for p in puntos] for s in SERIES},
        },
    }


def _filas(puntos: Sequence[Punto]) -> list[dict[str, Any]]:
    return [
        {
            "mes": p["mes"],
            "nombre": mes_nombre(p["mes"]).capitalize(),
            "serie": SERIES[s],
            "millones": p[s] / _MILLON,
            "cifra": moneda(p[s]),
        }
        for s in SERIES
        for p in puntos
        if p[s] is not None
    ]


@lru_cache(maxsize=2)
def _plantilla(oscuro: bool) -> dict[str, Any]:
    """El dibujo sin datos, el mismo para todas las preguntas."""
    nombres = list(SERIES.values())
    tonos = alt.Scale(domain=nombres, range=[COLORES[s][oscuro] for s in SERIES])
    trazos = alt.Scale(domain=nombres, range=[_TRAZOS.get(s, [1, 0]) for s in SERIES])
    gruesos = alt.Scale(domain=nombres, range=[3.5 if s == "devengado" else 1.6 for s in SERIES])
    leyenda = alt.Legend(title=None, orient="top", columns=2, symbolType="stroke", labelLimit=180)
    x = alt.X(
        "mes:O",
        title=None,
        axis=alt.Axis(labelAngle=0, ticks=False, labelExpr=INICIAL),
    )
    base = alt.Chart(alt.Data(values=[])).encode(
        x=x, y=alt.Y("millones:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=5))
    )
    linea = base.mark_line().encode(
        color=alt.Color("serie:N", scale=tonos, legend=leyenda),
        strokeDash=alt.StrokeDash("serie:N", scale=trazos, legend=None),
        strokeWidth=alt.StrokeWidth("serie:N", scale=gruesos, legend=None),
    )
    puntas = base.mark_point(opacity=0, size=120).encode(
        tooltip=[
            alt.Tooltip("serie:N", title="Momento"),
            alt.Tooltip("nombre:N", title="Hasta"),
            alt.Tooltip("cifra:N", title="Acumulado"),
        ]
    )
    return a_spec(alt.layer(linea, puntas).properties(height=_ALTO))


INICIAL = "'EFMAMJJASOND'[datum.value - 1]"
"""La inicial del mes: los doce caben en un teléfono."""
