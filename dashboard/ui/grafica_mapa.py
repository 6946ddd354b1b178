"""Dónde están los proyectos: sus puntos sobre el contorno guardado aquí, sin pedir nada a nadie."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.ui.graficas import a_spec, alt, tinta
from dashboard.ui.texto import contar, mayuscula
from db.rules.estado import PRESENTACION, Estado

Datos = Mapping[str, Any]

ALTO = 360


def mapa(geometrias: Sequence[Datos], proyectos: Sequence[Datos], oscuro: bool) -> dict[str, Any] | None:
    """La gráfica como la recibe `piezas.grafica`; None si ningún proyecto dice dónde está."""
    con_lugar = [p for p in proyectos if p["latitud"] is not None and p["longitud"] is not None]
    if not con_lugar:
        return None
    puntos = [
        {
            "lon": float(p["longitud"]),
            "lat": float(p["latitud"]),
            "nombre": p["titulo"],
            "lugar": p["localidad"],
            "situacion": PRESENTACION[Estado(p["situacion"][0])].etiqueta,
            "color": PRESENTACION[Estado(p["situacion"][0])].color(oscuro),
        }
        for p in con_lugar
    ]
    fondo = [
        {"type": "Feature", "geometry": g["geometria"], "properties": {"nombre": g["nombre"]}}
        for g in geometrias
    ]
    contorno = alt.Chart(alt.Data(values=fondo)).mark_geoshape(
        fillOpacity=0.08, fill=tinta(oscuro), stroke=tinta(oscuro), strokeWidth=0.8
    )
    base = alt.Chart(alt.Data(values=puntos)).encode(longitude="lon:Q", latitude="lat:Q")
    marcas = base.mark_circle(size=170, opacity=0.95).encode(
        color=alt.Color("color:N", scale=None),
        tooltip=[
            alt.Tooltip("nombre:N", title="Proyecto"),
            alt.Tooltip("lugar:N", title="Dónde"),
            alt.Tooltip("situacion:N", title="Situación"),
        ],
    )
    capas = [*([contorno] if fondo else []), marcas]
    malos = sum(p["situacion"][0] == Estado.critico for p in con_lugar)
    titulo = mayuscula(contar(len(con_lugar), "proyecto", "proyectos", False)) + " en el mapa"
    if malos:
        titulo += "; uno pide atención" if malos == 1 else f"; {contar(malos, '', '').strip()} piden atención"
    return {
        "titulo": titulo,
        "subtitulo": "Cada punto, en el color de su situación." if fondo else "Falta cargar el contorno.",
        "alt": f"{titulo}: " + ", ".join(f"{p['titulo']} en {p['localidad']}" for p in con_lugar),
        "spec": a_spec(alt.layer(*capas).project("mercator").properties(height=ALTO)),
        "tabla": {
            "Proyecto": [p["titulo"] for p in con_lugar],
            "Dónde": [p["localidad"] for p in con_lugar],
            "Situación": [p["situacion"][1] for p in con_lugar],
        },
    }
