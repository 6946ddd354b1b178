"""Las gráficas: datos → gráfica de Altair → diccionario de Vega-Lite listo para la pantalla.

Se construyen una vez por versión de los datos (las guarda `ask`) y los documentos dibujan las mismas.
Vega no lee Decimal: los porcentajes se vuelven `float` sólo al entrar aquí.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import altair

from dashboard.ui.barra import FIN_DE_ESCALA
from dashboard.ui.estado import color
from db.rules.estado import Estado

alt: Any = altair
"""Sin tipos: los de Altair no admiten sus propias llamadas."""

Grafica = Any
Spec = dict[str, Any]
Datos = Mapping[str, Any]

ALTO_GRAFICA = 260


def tinta(oscuro: bool) -> str:
    return "#f2f4f6" if oscuro else "#1a1a1a"


def tono(oscuro: bool) -> str:
    return "#8AB8FF" if oscuro else "#12436D"


def _decimal(valor: Decimal | None) -> float | None:
    return None if valor is None else float(valor)


def a_spec(grafica: Grafica) -> Spec:
    """El diccionario de la gráfica, con sus datos dentro de cada capa.

    Streamlit convierte a Arrow los datos que van arriba, en cada vuelta; dentro de las capas los deja estar.
    """
    spec: Spec = grafica.to_dict()
    for sobra in ("$schema", "config"):
        spec.pop(sobra, None)
    juegos: dict[str, Any] = spec.pop("datasets", {})
    arriba = spec.pop("data", {})
    for capa in spec["layer"]:
        datos = capa.get("data") or arriba
        capa["data"] = {"values": juegos[datos["name"]]} if "name" in datos else datos
    return spec


def con_datos(plantilla: Spec, filas: Sequence[Mapping[str, Any]]) -> Spec:
    """La misma gráfica con otros datos: armar el dibujo con Altair cuesta más que el resto de la pantalla."""
    return plantilla | {"layer": [capa | {"data": {"values": filas}} for capa in plantilla["layer"]]}


def historia(puntos: Sequence[Datos], en_meta: tuple[Decimal, Decimal] | None, oscuro: bool) -> Grafica:
    """Cumplimiento por cierre, con los huecos a la vista y la franja de «en meta» debajo."""
    filas = [
        {
            "cierre": p["texto"],
            "valor": _decimal(p["valor"]),
            "cifra": p["cifra"] if p["valor"] is not None else "sin cifra",
            "rotulo": p["cifra"].removesuffix("%").strip(),
        }
        for p in puntos
    ]
    base = alt.Chart(alt.Data(values=filas))
    tope = max([float(FIN_DE_ESCALA - 10), *(f["valor"] for f in filas if f["valor"] is not None)])
    x = alt.X("cierre:O", sort=None, title=None, axis=eje_de_cierres())
    y = alt.Y("valor:Q", title=None, scale=alt.Scale(domain=[0, tope]), axis=alt.Axis(tickCount=5))
    linea = base.mark_line(color=tono(oscuro), strokeWidth=2.5, invalid="break-paths-show-domains")
    capas = [
        linea.encode(x=x, y=y),
        base.mark_point(color=tono(oscuro), filled=True, size=60, opacity=1, invalid="filter").encode(
            x=x,
            y=y,
            tooltip=[alt.Tooltip("cierre:N", title="Cierre"), alt.Tooltip("cifra:N", title="Cumple")],
        ),
        base.transform_filter("isValid(datum.valor)")
        .mark_text(dy=-14, fontSize=12, fontWeight=600, color=tinta(oscuro))
        .encode(x=x, y=y, text="rotulo:N"),
        base.transform_filter("!isValid(datum.valor)")
        .mark_text(fontSize=12, color=color(Estado.sin_dato, oscuro), text="◇ sin cifra")
        .encode(x=x, y=alt.YDatum(6)),
    ]
    if en_meta:
        capas.insert(0, _franja(en_meta, tope, oscuro))
    return alt.layer(*capas).properties(height=ALTO_GRAFICA)


def eje_de_cierres() -> Any:
    """«T2» sobre «2026»: en dos renglones caben tres años en un teléfono."""
    return alt.Axis(labelAngle=0, grid=False, ticks=False, labelExpr="split(datum.label, ' ')")


def _franja(en_meta: tuple[Decimal, Decimal], tope: float, oscuro: bool) -> Grafica:
    desde, hasta = float(en_meta[0]), min(float(en_meta[1]), tope)
    filas = alt.Data(values=[{"desde": desde, "hasta": hasta}])
    marca = alt.Chart(filas).mark_rect(color=color(Estado.adecuado, oscuro), opacity=0.14)
    return marca.encode(y=alt.Y("desde:Q"), y2=alt.Y2("hasta:Q"))
