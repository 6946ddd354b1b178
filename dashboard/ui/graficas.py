"""Las gráficas: datos → gráfica de Altair → diccionario de Vega-Lite listo para la pantalla.

Se construyen una vez por versión de los datos (las guarda `ask`) y los documentos dibujan las mismas.
Vega no lee Decimal: los porcentajes se vuelven `float` sólo al entrar aquí.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import altair as alt

from dashboard.ui.estado import color
from dashboard.ui.texto import corto
from db.rules.estado import Estado
from db.rules.formato import mdp, pct

Spec = dict[str, Any]
Datos = Mapping[str, Any]

META = 100
FIN_DE_ESCALA = 120
"""La barra llega a 120 % para que se vea pasar de la meta; lo que rebasa se corta y la cifra lo dice."""

_ALTO_BARRA = 16
_ALTO_GRAFICA = 260
_NOMBRADOS = 5
_GRIS = "#808080"


def _tinta(oscuro: bool) -> str:
    return "#f2f4f6" if oscuro else "#1a1a1a"


def _linea(oscuro: bool) -> str:
    return "#8AB8FF" if oscuro else "#12436D"


def _decimal(valor: Decimal | None) -> float | None:
    return None if valor is None else float(valor)


def a_spec(grafica: alt.TopLevelMixin) -> Spec:
    """El diccionario de la gráfica, con sus datos dentro de cada capa.

    Streamlit convierte a Arrow los datos que van arriba, en cada vuelta; dentro de las capas los deja estar.
    """
    spec: Spec = grafica.to_dict()
    for sobra in ("$schema", "config"):
        spec.pop(sobra, None)
    juegos: dict[str, Any] = spec.pop("datasets", {})
    arriba = spec.pop("data", None)
    for capa in spec.get("layer", []):
        datos = capa.get("data") or arriba
        if datos and datos.get("name") in juegos:
            capa["data"] = {"values": juegos[datos["name"]]}
    return spec


def barra(valor: Decimal | None, estado: str, oscuro: bool) -> alt.LayerChart:
    """Cumplimiento como barra desde cero, con la raya de lo programado en 100; sin valor, sólo el riel."""
    largo = 0.0 if valor is None else min(float(valor), FIN_DE_ESCALA)
    base = alt.Chart(alt.Data(values=[{"fin": FIN_DE_ESCALA, "largo": largo, "meta": META}]))
    escala = alt.Scale(domain=[0, FIN_DE_ESCALA], nice=False)
    eje_x = {"scale": escala, "axis": None}
    riel = base.mark_bar(color=_GRIS, opacity=0.22, height=10, cornerRadius=2).encode(alt.X("fin:Q", **eje_x))
    capas = [riel]
    if valor is None:
        vacio = {"fillOpacity": 0, "stroke": _GRIS, "strokeDash": [3, 3], "height": 10}
        capas = [base.mark_bar(**vacio).encode(alt.X("fin:Q", **eje_x))]
    else:
        real = base.mark_bar(color=color(estado, oscuro), height=10, cornerRadius=2)
        capas.append(real.encode(alt.X("largo:Q", **eje_x)))
    capas.append(base.mark_rule(color=_tinta(oscuro), strokeWidth=2).encode(alt.X("meta:Q", **eje_x)))
    return alt.layer(*capas).properties(height=_ALTO_BARRA, padding=0).configure_view(stroke=None)


def historia(puntos: Sequence[Datos], en_meta: tuple[Decimal, Decimal] | None, oscuro: bool) -> alt.LayerChart:
    """Cumplimiento por cierre, con los huecos a la vista y la franja de «en meta» debajo."""
    filas = [
        {
            "cierre": p["texto"],
            "valor": _decimal(p["valor"]),
            "cifra": p["cifra"] if p["valor"] is not None else "sin dato",
        }
        for p in puntos
    ]
    base = alt.Chart(alt.Data(values=filas))
    tope = max([float(FIN_DE_ESCALA - 10), *(f["valor"] for f in filas if f["valor"] is not None)])
    x = alt.X("cierre:O", sort=None, title=None, axis=alt.Axis(labelAngle=0, grid=False, ticks=False))
    y = alt.Y("valor:Q", title=None, scale=alt.Scale(domain=[0, tope]), axis=alt.Axis(tickCount=5, format="d"))
    linea = base.mark_line(color=_linea(oscuro), strokeWidth=2.5, invalid="break-paths-show-domains")
    capas = [
        linea.encode(x=x, y=y),
        base.mark_point(color=_linea(oscuro), filled=True, size=60, opacity=1, invalid="filter").encode(
            x=x, y=y, tooltip=[alt.Tooltip("cierre:N", title="Cierre"), alt.Tooltip("cifra:N", title="Cumple")]
        ),
        base.transform_filter("isValid(datum.valor)")
        .mark_text(dy=-14, fontSize=13, fontWeight=600, color=_tinta(oscuro))
        .encode(x=x, y=y, text="cifra:N"),
        base.transform_filter("!isValid(datum.valor)")
        .mark_text(fontSize=12, color=_GRIS if not oscuro else "#b8b8b8", text="◇ sin cifra", baseline="bottom")
        .encode(x=x, y=alt.value(_ALTO_GRAFICA - 8)),
    ]
    if en_meta:
        capas.insert(0, _franja(en_meta, tope, oscuro))
    return alt.layer(*capas).properties(height=_ALTO_GRAFICA)


def _franja(en_meta: tuple[Decimal, Decimal], tope: float, oscuro: bool) -> alt.Chart:
    desde, hasta = float(en_meta[0]), min(float(en_meta[1]), tope)
    filas = alt.Data(values=[{"desde": desde, "hasta": hasta}])
    marca = alt.Chart(filas).mark_rect(color=color(Estado.adecuado, oscuro), opacity=0.14)
    return marca.encode(y=alt.Y("desde:Q"), y2=alt.Y2("hasta:Q"))


def programas(lista: Sequence[Datos], oscuro: bool) -> alt.LayerChart:
    """Avance anual contra avance financiero: arriba de la diagonal se ha gastado más de lo logrado."""
    filas = filas_de_programas(lista)
    peores = sorted(filas, key=lambda f: abs(f["brecha"]), reverse=True)[:_NOMBRADOS]
    for fila in peores:
        fila["etiqueta"] = corto(fila["programa"], 22)
    tope = max([100.0, *(max(f["logrado"], f["gastado"]) for f in filas)])
    escala = alt.Scale(domain=[0, tope], nice=False)
    x = alt.X("logrado:Q", title="avance de la meta anual, %", scale=escala)
    y = alt.Y("gastado:Q", title="avance financiero, %", scale=escala)
    base = alt.Chart(alt.Data(values=filas))
    codigos = sorted({f["estado"] for f in filas})
    tonos = alt.Scale(domain=codigos, range=[color(c, oscuro) for c in codigos])
    diagonal = alt.Chart(alt.Data(values=[{"v": 0}, {"v": tope}]))
    return alt.layer(
        diagonal.mark_line(color=_GRIS, strokeDash=[4, 4], strokeWidth=1).encode(
            x=alt.X("v:Q", scale=escala), y=alt.Y("v:Q", scale=escala)
        ),
        base.mark_circle(opacity=0.8, stroke=_tinta(oscuro), strokeWidth=0.5).encode(
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
        ),
        base.transform_filter("datum.etiqueta != ''")
        .mark_text(align="left", dx=10, fontSize=12, fontWeight=600, color=_tinta(oscuro), limit=150)
        .encode(x=x, y=y, text="etiqueta:N"),
    ).properties(height=_ALTO_GRAFICA + 60)


def filas_de_programas(lista: Sequence[Datos]) -> list[dict[str, Any]]:
    """Los programas que tienen los dos avances, como los dibuja `programas`."""
    return [
        {
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
