"""Lo recibido, lo devengado y lo pagado de un fondo, mes a mes y acumulado."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.ui.grafica_presupuesto import COLORES, INICIAL, MESES, acumular
from dashboard.ui.graficas import a_spec, alt
from db.queries.presupuesto import Monto
from db.rules.formato import mdp, mes_nombre, moneda

SERIES = {"recibido": "Recibido", "devengado": "Devengado", "pagado": "Pagado"}
_TONOS = {"recibido": ("#767676", "#b8b8b8"), "devengado": COLORES["devengado"], "pagado": COLORES["pagado"]}
_ALTO = 240
_MILLON = 100_000_000


def puntos_del_fondo(
    anio: int, mes: int, ministraciones: Sequence[Mapping[str, Any]], meses: Mapping[int, Monto]
) -> list[dict[str, Any]]:
    """Doce puntos acumulados, en centavos; el gasto llega al corte y lo recibido al último depósito."""
    ultimo = max((_mes_de(m["fecha"], anio) for m in ministraciones), default=0)
    puntos = []
    for punto in acumular(meses, mes):
        m = punto["mes"]
        recibido = sum(d["importe"] for d in ministraciones if _mes_de(d["fecha"], anio) <= m)
        puntos.append(
            {
                "mes": m,
                "recibido": recibido if m <= max(ultimo, mes) else None,
                "devengado": punto["devengado"],
                "pagado": punto["pagado"],
            }
        )
    return puntos


def _mes_de(fecha: date, anio: int) -> int:
    """Lo depositado ya en el año siguiente se ve en diciembre."""
    return fecha.month if fecha.year == anio else 12


def grafica_del_fondo(puntos: Sequence[Mapping[str, Any]], mes: int, oscuro: bool) -> dict[str, Any]:
    """La gráfica con el hallazgo por título, como la recibe `piezas.grafica`."""
    aqui = puntos[mes - 1]
    resta = aqui["recibido"] - aqui["devengado"]
    titulo = (
        f"A {mes_nombre(mes)} hay {mdp(resta)} recibidos sin devengar"
        if resta >= 0
        else f"A {mes_nombre(mes)} se devengó {mdp(-resta)} más de lo recibido"
    )
    dicho = ", ".join(f"{nombre.lower()} {mdp(aqui[serie])}" for serie, nombre in SERIES.items())
    return {
        "titulo": titulo,
        "subtitulo": f"Acumulado desde enero, en millones de pesos; el gasto, hasta {mes_nombre(mes)}.",
        "alt": f"{titulo}. {dicho}.",
        "spec": a_spec(_dibujar(puntos, oscuro)),
        "tabla": {
            "Mes": [mes_nombre(p["mes"]).capitalize() for p in puntos],
            **{n: ["—" if p[s] is None else moneda(p[s]) for p in puntos] for s, n in SERIES.items()},
        },
    }


def _dibujar(puntos: Sequence[Mapping[str, Any]], oscuro: bool) -> Any:
    filas = [
        {
            "mes": p["mes"],
            "nombre": mes_nombre(p["mes"]).capitalize(),
            "serie": nombre,
            "millones": p[serie] / _MILLON,
            "cifra": moneda(p[serie]),
        }
        for serie, nombre in SERIES.items()
        for p in puntos
        if p[serie] is not None
    ]
    meses = alt.Scale(domain=list(MESES))
    tonos = alt.Scale(domain=list(SERIES.values()), range=[_TONOS[s][oscuro] for s in SERIES])
    base = alt.Chart(alt.Data(values=filas)).encode(
        x=alt.X(
            "mes:O", title=None, scale=meses, axis=alt.Axis(labelAngle=0, ticks=False, labelExpr=INICIAL)
        ),
        y=alt.Y("millones:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=5)),
        color=alt.Color("serie:N", scale=tonos, legend=alt.Legend(title=None, orient="top")),
    )
    consejo = [
        alt.Tooltip("serie:N", title="Momento"),
        alt.Tooltip("nombre:N", title="Hasta"),
        alt.Tooltip("cifra:N", title="Acumulado"),
    ]
    return alt.layer(
        base.mark_line(strokeWidth=2.5, interpolate="linear"),
        base.mark_point(filled=True, size=45).encode(tooltip=consejo),
    ).properties(height=_ALTO)
