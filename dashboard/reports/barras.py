"""Barras de cumplimiento por estado, como las de Inicio, para los documentos: color, icono y cifra."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.reports.bloques import Columna, Grafica, Tabla, porcentaje, renglon, semaforo
from dashboard.ui.texto import corto
from db.rules.estado import PRESENTACION, Estado

ALTO_DE_BARRA = 27
ALTO_DE_EJE = 26
ANCHO = 640
ANGOSTA = 280
"""Puntos de ancho por debajo de los que la palabra no cabe junto a la barra: queda su icono."""
TOPE = 140
"""Hasta dónde llega la escala; lo que la rebasa se corta y su cifra lo dice."""

Parte = tuple[str, Mapping[str, Any]]
"""Nombre y resultado ligero."""


def barras(titulo: str, partes: Sequence[Parte]) -> Grafica:
    """Una barra por parte, en el orden dado; sin cifra, sólo su palabra."""
    filas = [
        {
            "nombre": corto(nombre, 44),
            "orden": i,
            "valor": min(float(r["valor"]), TOPE) if r["valor"] is not None else 0,
            "rotulo": f"{r['cifra']} · {r['palabra']}" if r["valor"] is not None else r["palabra"],
            "corto": f"{r['icono']} {r['cifra']}" if r["valor"] is not None else r["icono"],
            "color": PRESENTACION[Estado(r["estado"])].color_claro,
        }
        for i, (nombre, r) in enumerate(partes)
    ]
    y = {
        "field": "orden",
        "type": "ordinal",
        "title": None,
        "axis": {"labelExpr": _rotulos(filas), "ticks": False, "domain": False},
    }
    x = {
        "field": "valor",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, TOPE]},
        "axis": {"values": [0, 50, 100], "labelExpr": "datum.label + ' %'"},
    }
    datos = {"data": {"values": filas}}
    color = {"field": "color", "type": "nominal", "scale": None}
    spec = {
        "layer": [
            datos
            | {
                "mark": {"type": "bar", "height": {"band": 0.62}},
                "encoding": {"y": y, "x": x, "color": color},
            },
            datos
            | {
                "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 12},
                "transform": [
                    {"calculate": f"width < {ANGOSTA} ? datum.corto : datum.rotulo", "as": "dicho"}
                ],
                "encoding": {"y": y, "x": x, "text": {"field": "dicho"}},
            },
        ]
    }
    return Grafica(
        spec,
        _alt(titulo, partes),
        titulo,
        ANCHO,
        ALTO_DE_EJE + ALTO_DE_BARRA * max(len(filas), 1),
        _tabla(partes),
    )


def _rotulos(filas: Sequence[dict[str, Any]]) -> str:
    """Expresión que cambia el orden por su nombre: dos partes pueden llamarse igual."""
    nombres = ", ".join("'" + f["nombre"].replace("\\", "").replace("'", "’") + "'" for f in filas)
    return f"[{nombres}][datum.value]"


def _alt(titulo: str, partes: Sequence[Parte]) -> str:
    dichas = "; ".join(f"{n}: {r['cifra'] if r['valor'] is not None else r['palabra']}" for n, r in partes)
    return f"Barras. {titulo}. {dichas}."


def _tabla(partes: Sequence[Parte]) -> Tabla:
    return Tabla(
        (Columna("Nombre", 4), Columna("Cumplimiento"), Columna("Estado", 1.5)),
        tuple(
            renglon(n, porcentaje(r["valor"], r["cifra"]), semaforo(r["estado"], r["palabra"], r["icono"]))
            for n, r in partes
        ),
    )
