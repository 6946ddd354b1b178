"""El cuadrante físico-financiero: cada programa por lo que logra y lo que gasta; Inicio lo lleva chico."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboard.ui.estado import color
from dashboard.ui.graficas import ALTO_GRAFICA, Grafica, alt, eje_de_cierres, tinta, tono
from dashboard.ui.texto import corto
from db.rules.atencion import BRECHA_GRAVE
from db.rules.formato import mdp, pct

Datos = Mapping[str, Any]

PUNTO = "punto"
"""Nombre de la selección: al elegir un círculo trae su `clave`."""

_LADOS = {"fisico": "Físico", "financiero": "Financiero"}
_NOMBRADOS = 5
_SEPARACION = 7
"""Puntos de avance financiero que deben mediar entre dos nombres para que no se encimen."""
_GRIS = "#808080"
_ALTO_CUADRANTE = 460
_ESQUINAS = (
    ("izquierda", "arriba", ["Gasta más", "de lo que logra"]),
    ("derecha", "arriba", ["Gasta y logra", "lo esperado"]),
    ("izquierda", "abajo", ["Ni gasta ni logra", "lo esperado"]),
    ("derecha", "abajo", ["Logra más", "de lo que gasta"]),
)
"""Los extremos de las dos diagonales, con los nombres de `db.rules.programa` en dos renglones."""


def programas(lista: Sequence[Datos], oscuro: bool, cruce: Decimal | None = None) -> Grafica:
    """Avance anual contra avance financiero: arriba de la diagonal se ha gastado más de lo logrado.

    Con `cruce` (lo esperado al corte, en percent) se dibuja entero: las dos diagonales con sus nombres, y
    cada círculo se puede elegir.
    """
    filas = filas_de_programas(lista)
    _nombrar(filas)
    desde, hasta = _limites(filas)
    escala = alt.Scale(domain=[desde, hasta], nice=False)
    x = alt.X(
        "logrado:Q", title="avance de la meta anual, %", scale=escala, axis=alt.Axis(tickCount=5, grid=False)
    )
    y = alt.Y("gastado:Q", title="avance financiero, %", scale=escala, axis=alt.Axis(tickCount=5))
    base = alt.Chart(alt.Data(values=filas))
    codigos = sorted({f["estado"] for f in filas})
    tonos = alt.Scale(domain=codigos, range=[color(c, oscuro) for c in codigos])
    circulos = base.mark_circle(
        opacity=0.8, stroke=tinta(oscuro), strokeWidth=0.5, cursor="pointer" if cruce else "default"
    ).encode(
        x=x,
        y=y,
        size=alt.Size("millones:Q", legend=None, scale=alt.Scale(range=[40, 700])),
        color=alt.Color("estado:N", legend=None, scale=tonos),
        tooltip=[
            alt.Tooltip("programa:N", title="Programa"),
            alt.Tooltip("logrado_pct:N", title="Avance anual"),
            alt.Tooltip("gastado_pct:N", title="Avance financiero"),
            alt.Tooltip("dinero:N", title="Autorizado"),
        ],
    )
    capas = [_diagonal([(desde, desde), (hasta, hasta)], escala)]
    if cruce is not None:
        capas += [_diagonal(_atravesada(2 * float(cruce), desde, hasta), escala)]
        capas += _esquinas(desde, hasta, escala, oscuro)
        circulos = circulos.add_params(alt.selection_point(name=PUNTO, fields=["clave"]))
    capas += [circulos, *_nombres(filas, (desde + hasta) / 2, x, y, oscuro)]
    return alt.layer(*capas).properties(height=ALTO_GRAFICA + 60 if cruce is None else _ALTO_CUADRANTE)


def historia(puntos: Sequence[Datos], oscuro: bool) -> Grafica:
    """Avance físico y financiero por cierre; cada ejercicio empieza de nuevo y un hueco no se une."""
    filas = [
        {
            "cierre": p["texto"],
            "anio": str(p["anio"]),
            "lado": lado,
            "valor": float(p[campo]),
            "cifra": pct(p[campo]),
        }
        for campo, lado in _LADOS.items()
        for p in puntos
        if p[campo] is not None
    ]
    nombres = list(_LADOS.values())
    tonos = alt.Scale(domain=nombres, range=[tinta(oscuro), tono(oscuro)])
    base = alt.Chart(alt.Data(values=filas)).encode(
        x=alt.X(
            "cierre:O",
            sort=None,
            title=None,
            axis=eje_de_cierres(),
            scale=alt.Scale(domain=[p["texto"] for p in puntos]),
        ),
        y=alt.Y("valor:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=5)),
        color=alt.Color("lado:N", scale=tonos, legend=alt.Legend(title=None, orient="top")),
    )
    trazo = base.mark_line(strokeWidth=2.5).encode(
        detail="anio:N",
        strokeDash=alt.StrokeDash(
            "lado:N", scale=alt.Scale(domain=nombres, range=[[1, 0], [5, 3]]), legend=None
        ),
    )
    punto = base.mark_point(filled=True, size=55, opacity=1).encode(
        shape=alt.Shape("lado:N", scale=alt.Scale(domain=nombres, range=["circle", "square"]), legend=None),
        tooltip=[
            alt.Tooltip("cierre:N", title="Cierre"),
            alt.Tooltip("lado:N", title="Avance"),
            alt.Tooltip("cifra:N", title="Lleva"),
        ],
    )
    return alt.layer(trazo, punto).properties(height=ALTO_GRAFICA)


def filas_de_programas(lista: Sequence[Datos]) -> list[dict[str, Any]]:
    """Los programas que tienen los dos avances, como los dibuja `programas`."""
    return [
        {
            "clave": p["clave"],
            "programa": p["nombre"],
            "etiqueta": "",
            "logrado": float(p["avance_anual"]),
            "gastado": float(p["avance_financiero"]),
            "logrado_pct": pct(p["avance_anual"]),
            "gastado_pct": pct(p["avance_financiero"]),
            "brecha": float(p["brecha"] or 0),
            "millones": p["modificado"] / 100_000_000,
            "dinero": mdp(p["modificado"]),
            "estado": p["estado"],
        }
        for p in lista
        if p["avance_anual"] is not None and p["avance_financiero"] is not None
    ]


def _diagonal(puntos: Sequence[tuple[float, float]], escala: Any) -> Grafica:
    datos = alt.Data(values=[{"x": x, "y": y} for x, y in puntos])
    marca = alt.Chart(datos).mark_line(color=_GRIS, strokeDash=[4, 4], strokeWidth=1)
    return marca.encode(x=alt.X("x:Q", scale=escala), y=alt.Y("y:Q", scale=escala))


def _atravesada(suma: float, desde: float, hasta: float) -> list[tuple[float, float]]:
    """Los extremos de x + y = `suma` dentro del cuadro."""
    x0, x1 = max(desde, suma - hasta), min(hasta, suma - desde)
    return [(x0, suma - x0), (x1, suma - x1)]


def _esquinas(desde: float, hasta: float, escala: Any, oscuro: bool) -> list[Grafica]:
    """El nombre de cada extremo, en su esquina y hacia adentro."""
    capas = []
    for lado, altura, texto in _ESQUINAS:
        izquierda, arriba = lado == "izquierda", altura == "arriba"
        punto = {"x": desde if izquierda else hasta, "y": hasta if arriba else desde}
        marca = alt.Chart(alt.Data(values=[punto])).mark_text(
            text=texto,
            align="left" if izquierda else "right",
            baseline="top" if arriba else "bottom",
            lineBreak="\n",
            dx=8 if izquierda else -8,
            dy=6 if arriba else -18,
            fontSize=12,
            fontStyle="italic",
            color=tinta(oscuro),
        )
        capas.append(marca.encode(x=alt.X("x:Q", scale=escala), y=alt.Y("y:Q", scale=escala)))
    return capas


def _nombres(filas: Sequence[Datos], mitad: float, x: Any, y: Any, oscuro: bool) -> list[Grafica]:
    """Los nombres, hacia el centro de la gráfica para que no se corten; sólo con las filas que llevan."""
    capas = []
    for a_la_derecha in (False, True):
        lado = [f for f in filas if f["etiqueta"] and (f["logrado"] > mitad) == a_la_derecha]
        if lado:
            hacia = {"align": "right", "dx": -12} if a_la_derecha else {"align": "left", "dx": 12}
            texto = alt.Chart(alt.Data(values=lado)).mark_text(
                fontSize=12, fontWeight=600, color=tinta(oscuro), **hacia
            )
            capas.append(texto.encode(x=x, y=y, text="etiqueta:N"))
    return capas


def _limites(filas: Sequence[Datos]) -> tuple[float, float]:
    """La misma escala en los dos ejes, de decena a decena: así la diagonal es la paridad."""
    valores = [f[lado] for f in filas for lado in ("logrado", "gastado")]
    return max(0.0, min(valores) // 10 * 10 - 10), max(100.0, max(valores) // 10 * 10 + 10)


def _nombrar(filas: list[dict[str, Any]]) -> None:
    """Pone nombre a los programas de mayor brecha, salvo a los que se encimarían con otro ya nombrado."""
    alturas: list[float] = []
    for fila in sorted(filas, key=lambda f: abs(f["brecha"]), reverse=True)[:_NOMBRADOS]:
        if abs(fila["brecha"]) >= BRECHA_GRAVE and all(
            abs(fila["gastado"] - otra) > _SEPARACION for otra in alturas
        ):
            fila["etiqueta"] = corto(fila["programa"], 24)
            alturas.append(fila["gastado"])
