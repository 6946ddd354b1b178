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
from dashboard.ui.texto import corto
from db.rules.atencion import BRECHA_GRAVE
from db.rules.estado import Estado
from db.rules.formato import mdp, pct

alt: Any = altair
"""Sin tipos: los de Altair no admiten sus propias llamadas."""

Grafica = Any
Spec = dict[str, Any]
Datos = Mapping[str, Any]

_ALTO_GRAFICA = 260
_NOMBRADOS = 5
_SEPARACION = 7
"""Puntos de avance financiero que deben mediar entre dos nombres para que no se encimen."""
_GRIS = "#808080"


def _tinta(oscuro: bool) -> str:
    return "#f2f4f6" if oscuro else "#1a1a1a"


def _linea(oscuro: bool) -> str:
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
    x = alt.X("cierre:O", sort=None, title=None, axis=_eje_de_cierres())
    y = alt.Y("valor:Q", title=None, scale=alt.Scale(domain=[0, tope]), axis=alt.Axis(tickCount=5))
    linea = base.mark_line(color=_linea(oscuro), strokeWidth=2.5, invalid="break-paths-show-domains")
    capas = [
        linea.encode(x=x, y=y),
        base.mark_point(color=_linea(oscuro), filled=True, size=60, opacity=1, invalid="filter").encode(
            x=x,
            y=y,
            tooltip=[alt.Tooltip("cierre:N", title="Cierre"), alt.Tooltip("cifra:N", title="Cumple")],
        ),
        base.transform_filter("isValid(datum.valor)")
        .mark_text(dy=-14, fontSize=12, fontWeight=600, color=_tinta(oscuro))
        .encode(x=x, y=y, text="rotulo:N"),
        base.transform_filter("!isValid(datum.valor)")
        .mark_text(fontSize=12, color=color(Estado.sin_dato, oscuro), text="◇ sin cifra")
        .encode(x=x, y=alt.YDatum(6)),
    ]
    if en_meta:
        capas.insert(0, _franja(en_meta, tope, oscuro))
    return alt.layer(*capas).properties(height=_ALTO_GRAFICA)


def _eje_de_cierres() -> Any:
    """«T2» sobre «2026»: en dos renglones caben tres años en un teléfono."""
    return alt.Axis(labelAngle=0, grid=False, ticks=False, labelExpr="split(datum.label, ' ')")


def _franja(en_meta: tuple[Decimal, Decimal], tope: float, oscuro: bool) -> Grafica:
    desde, hasta = float(en_meta[0]), min(float(en_meta[1]), tope)
    filas = alt.Data(values=[{"desde": desde, "hasta": hasta}])
    marca = alt.Chart(filas).mark_rect(color=color(Estado.adecuado, oscuro), opacity=0.14)
    return marca.encode(y=alt.Y("desde:Q"), y2=alt.Y2("hasta:Q"))


def programas(lista: Sequence[Datos], oscuro: bool) -> Grafica:
    """Avance anual contra avance financiero: arriba de la diagonal se ha gastado más de lo logrado."""
    filas = filas_de_programas(lista)
    _nombrar(filas)
    base_de_escala, tope = _limites(filas)
    escala = alt.Scale(domain=[base_de_escala, tope], nice=False)
    x = alt.X(
        "logrado:Q", title="avance de la meta anual, %", scale=escala, axis=alt.Axis(tickCount=5, grid=False)
    )
    y = alt.Y("gastado:Q", title="avance financiero, %", scale=escala, axis=alt.Axis(tickCount=5))
    base = alt.Chart(alt.Data(values=filas))
    codigos = sorted({f["estado"] for f in filas})
    tonos = alt.Scale(domain=codigos, range=[color(c, oscuro) for c in codigos])
    diagonal = alt.Chart(alt.Data(values=[{"v": base_de_escala}, {"v": tope}]))
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
        *_nombres(filas, (base_de_escala + tope) / 2, x, y, oscuro),
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


def _nombres(filas: Sequence[Datos], mitad: float, x: Any, y: Any, oscuro: bool) -> list[Grafica]:
    """Los nombres, hacia el centro de la gráfica para que no se corten; sólo con las filas que llevan."""
    capas = []
    for a_la_derecha in (False, True):
        lado = [f for f in filas if f["etiqueta"] and (f["logrado"] > mitad) == a_la_derecha]
        if lado:
            hacia = {"align": "right", "dx": -12} if a_la_derecha else {"align": "left", "dx": 12}
            texto = alt.Chart(alt.Data(values=lado)).mark_text(
                fontSize=12, fontWeight=600, color=_tinta(oscuro), **hacia
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
