"""La tendencia de un indicador: este año contra lo programado, los años anteriores, referencias y proyección.

Lo real es línea llena y oscura; lo de antes, llena y clara; lo programado, contorno; lo ajeno y lo que aún no
pasa, punteado y sin color de estado.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from dashboard.ui.graficas import Grafica, alt, tinta, tono

ALTO = 300
GRIS = "#808080"
SEPARACION = 0.07
"""Parte de la altura que debe mediar entre dos rótulos de línea para que no se encimen."""

Filas = Sequence[Mapping[str, Any]]


def linea_anterior(oscuro: bool) -> str:
    """El color de lo real de años anteriores."""
    return "#5F83B5" if oscuro else "#4C8FCB"


def tendencia(partes: Mapping[str, Any], oscuro: bool) -> Grafica:
    """`partes`: `orden` de los periodos y filas con `x`, `y` (None es un hueco) y su rótulo.

    `actual`, `programado` y, si hay, `anteriores` y `referencias` (con `serie`) y `proyeccion` (con `min` y
    `max`).
    """
    x = alt.X(
        "x:O",
        sort=list(partes["orden"]),
        scale=alt.Scale(domain=list(partes["orden"]), padding=0.7),
        title=None,
        axis=alt.Axis(labelAngle=0, grid=False, ticks=False),
    )
    capas = [
        *_lineas(partes["anteriores"], x, color=linea_anterior(oscuro), strokeWidth=1.75),
        *_lineas(partes["referencias"], x, color=GRIS, strokeWidth=1.5, strokeDash=[5, 4]),
        *_proyeccion(partes["proyeccion"], x, oscuro),
        *_programado(partes["programado"], x, oscuro),
        *_actual(partes["actual"], x, oscuro),
        *_rotulos(partes["anteriores"], partes["referencias"], x, oscuro),
    ]
    return alt.layer(*capas).properties(height=ALTO)


def _y() -> Any:
    return alt.Y("y:Q", title=None, axis=alt.Axis(tickCount=5))


def _datos(filas: Filas) -> Any:
    return alt.Chart(alt.Data(values=[dict(f) for f in filas]))


def _lineas(filas: Filas, x: Any, **trazo: Any) -> list[Grafica]:
    if not filas:
        return []
    base = _datos(filas)
    marca = base.mark_line(invalid="break-paths-show-domains", **trazo)
    suelto = base.mark_point(filled=True, size=22, opacity=1, color=trazo["color"], invalid="filter")
    encima = [alt.Tooltip("serie:N", title="Serie"), alt.Tooltip("x:N", title="Periodo"), "cifra:N"]
    return [
        marca.encode(x=x, y=_y(), detail="serie:N"),
        suelto.encode(x=x, y=_y(), tooltip=encima),
    ]


def _programado(filas: Filas, x: Any, oscuro: bool) -> list[Grafica]:
    marca = _datos(filas).mark_point(
        shape="square", size=170, filled=False, stroke=tinta(oscuro), strokeWidth=1.5, invalid="filter"
    )
    encima = [alt.Tooltip("x:N", title="Periodo"), alt.Tooltip("cifra:N", title="Programado")]
    return [marca.encode(x=x, y=_y(), tooltip=encima)]


def _actual(filas: Filas, x: Any, oscuro: bool) -> list[Grafica]:
    base, color = _datos(filas), tono(oscuro)
    encima = [alt.Tooltip("x:N", title="Periodo"), alt.Tooltip("cifra:N", title="Resultado")]
    return [
        base.mark_line(color=color, strokeWidth=2.75, invalid="break-paths-show-domains").encode(x=x, y=_y()),
        base.mark_point(color=color, filled=True, size=70, opacity=1, invalid="filter").encode(
            x=x, y=_y(), tooltip=encima
        ),
        base.transform_filter("isValid(datum.y)")
        .mark_text(dy=-16, fontSize=13, fontWeight=600, color=tinta(oscuro))
        .encode(x=x, y=_y(), text="cifra:N"),
    ]


def _proyeccion(una: Mapping[str, Any] | None, x: Any, oscuro: bool) -> list[Grafica]:
    if una is None:
        return []
    base = _datos([una])
    rango = base.mark_rule(color=GRIS, strokeWidth=2, strokeDash=[3, 3])
    centro = base.mark_point(shape="diamond", size=110, filled=False, stroke=GRIS, strokeWidth=1.75)
    texto = base.mark_text(align="center", dy=-10, fontSize=12, color=tinta(oscuro))
    return [
        rango.encode(x=x, y=alt.Y("min:Q", title=None), y2="max:Q"),
        centro.encode(x=x, y=_y(), tooltip=[alt.Tooltip("rotulo:N", title="Proyección")]),
        texto.encode(x=x, y=alt.Y("max:Q", title=None), text="rotulo:N"),
    ]


def _rotulos(anteriores: Filas, referencias: Filas, x: Any, oscuro: bool) -> list[Grafica]:
    """El nombre de cada línea: el del año junto a su último punto y el de la referencia bajo el primero."""
    estilo: dict[str, Any] = {"align": "left", "fontSize": 11, "color": tinta(oscuro)}
    capas = []
    if finales := _separados(_extremos(anteriores, ultimo=True)):
        capas.append(_datos(finales).mark_text(dx=12, **estilo).encode(x=x, y=_y(), text="serie:N"))
    if inicios := _separados(_extremos(referencias, ultimo=False)):
        marca = _datos(inicios).mark_text(dy=14, limit=alt.expr("width * .55"), **estilo)
        capas.append(marca.encode(x=x, y=_y(), text="serie:N"))
    return capas


def _extremos(filas: Filas, ultimo: bool) -> list[dict[str, Any]]:
    """El primero o el último punto de cada serie, de abajo arriba."""
    extremos: dict[str, dict[str, Any]] = {}
    for fila in filas:
        if fila["y"] is not None and (ultimo or fila["serie"] not in extremos):
            extremos[fila["serie"]] = {campo: fila[campo] for campo in ("x", "y", "serie")}
    return sorted(extremos.values(), key=lambda f: float(f["y"]))


def _separados(colocados: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Los rótulos apartados lo bastante para que no se encimen."""
    alto = max((abs(f["y"]) for f in colocados), default=0) or 1.0
    for abajo, arriba in pairwise(colocados):
        arriba["y"] = max(arriba["y"], abajo["y"] + alto * SEPARACION)
    return colocados
