"""Muchos indicadores a la vez: pequeñas tendencias y la tira de estados por trimestre.

Cada una es una sola gráfica: los paneles se acomodan por sus datos, así que caben igual en un teléfono.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboard.ui.estado import color
from dashboard.ui.grafica_indicador import linea_anterior
from dashboard.ui.graficas import Grafica, alt, tinta, tono

COLUMNAS = 2
ALTO_DE_PANEL = 128
ALTO_DE_RENGLON = 46
LETRAS = 46
"""Letras que caben en un renglón de título en pantalla ancha; en una angosta Vega lo corta."""

Renglon = Mapping[str, Any]


def _partir(nombre: str, letras: int) -> tuple[str, str]:
    """El nombre en dos renglones, sin cortar palabras."""
    if len(nombre) <= letras:
        return nombre, ""
    primero = nombre[:letras].rsplit(" ", 1)[0]
    return primero, nombre[len(primero) :].strip()


def pequenas(renglones: Sequence[Renglon], oscuro: bool) -> Grafica:
    """Un panel por indicador: este año, el anterior en claro y lo programado con contorno.

    Cada renglón trae `nombre`, `estado`, `marca`, `cifra` y las series `actual`, `anterior` y `programado`,
    listas de (trimestre, valor).
    """
    filas = max(1, -(-len(renglones) // COLUMNAS))
    puntos: dict[str, list[dict[str, Any]]] = {"actual": [], "anterior": [], "programado": []}
    textos = []
    for n, r in enumerate(renglones):
        origen_x, origen_y = n % COLUMNAS, n // COLUMNAS
        valores = [v for serie in puntos for _, v in r[serie] if v is not None]
        for serie, lista in puntos.items():
            lista += [
                {
                    "panel": n,
                    "x": origen_x + 0.05 + 0.55 * (t - 1) / 3,
                    "y": None if v is None else origen_y + _altura(v, valores),
                    "cifra": f"T{t}",
                }
                for t, v in r[serie]
            ]
        uno, dos = _partir(r["nombre"], LETRAS)
        textos.append(
            {
                "x": origen_x + 0.03,
                "y": origen_y + 0.09,
                "uno": uno,
                "dos": dos,
                "color": color(r["estado"], oscuro),
                "fin": origen_x + 0.65,
                "medio": origen_y + 0.72,
                "estado": r["marca"],
                "cifra": r["cifra"],
            }
        )
    x, y = _ejes(filas, "x", "y")
    quiebre = {"invalid": "break-paths-show-domains"}
    capas = [
        _datos(puntos["anterior"])
        .mark_line(color=linea_anterior(oscuro), strokeWidth=1.5, **quiebre)
        .encode(x=x, y=y, detail="panel:N"),
        _datos(puntos["programado"])
        .mark_point(shape="square", size=60, filled=False, stroke=tinta(oscuro), invalid="filter")
        .encode(x=x, y=y),
        _datos(puntos["actual"])
        .mark_line(color=tono(oscuro), strokeWidth=2.5, **quiebre)
        .encode(x=x, y=y, detail="panel:N"),
        _datos(puntos["actual"])
        .mark_point(color=tono(oscuro), filled=True, size=34, opacity=1, invalid="filter")
        .encode(x=x, y=y),
        *_textos(textos, filas, oscuro),
    ]
    return alt.layer(*capas).properties(height=filas * ALTO_DE_PANEL)


def _altura(valor: Decimal, valores: Sequence[Decimal]) -> float:
    """De 0.42 (arriba) a 0.94 (abajo): cada panel usa su propia escala, como dice el subtítulo."""
    minimo, maximo = min(valores), max(valores)
    parte = Decimal("0.5") if minimo == maximo else (valor - minimo) / (maximo - minimo)
    return float(Decimal("0.94") - Decimal("0.5") * parte)


def _ejes(filas: int, x: str, y: str) -> tuple[Any, Any]:
    """Las posiciones de la reja de paneles, sin ejes a la vista."""
    ancho, alto = ([0, COLUMNAS], [filas, 0])
    return (
        alt.X(f"{x}:Q", scale=alt.Scale(domain=ancho, nice=False), axis=None),
        alt.Y(f"{y}:Q", scale=alt.Scale(domain=alto, nice=False), axis=None),
    )


def _textos(textos: Sequence[Renglon], filas: int, oscuro: bool) -> list[Grafica]:
    base = _datos(textos)
    limite = alt.expr(f"width / {COLUMNAS} - 14")
    titulo: dict[str, Any] = {
        "align": "left",
        "baseline": "top",
        "fontSize": 12,
        "limit": limite,
        "color": tinta(oscuro),
    }
    (x, y), (fin, medio) = _ejes(filas, "x", "y"), _ejes(filas, "fin", "medio")
    al_lado: dict[str, Any] = {
        "align": "left",
        "baseline": "middle",
        "limit": alt.expr(f"width / {COLUMNAS} * .34"),
    }
    return [
        base.mark_text(fontWeight=600, **titulo).encode(x=x, y=y, text="uno:N"),
        base.mark_text(fontWeight=600, dy=15, **titulo).encode(x=x, y=y, text="dos:N"),
        base.mark_text(fontSize=14, fontWeight=700, dy=-9, color=tinta(oscuro), **al_lado).encode(
            x=fin, y=medio, text="cifra:N"
        ),
        base.mark_text(fontSize=12, dy=9, **al_lado).encode(
            x=fin, y=medio, text="estado:N", color=alt.Color("color:N", scale=None)
        ),
    ]


def tira(renglones: Sequence[Renglon], oscuro: bool) -> Grafica:
    """Renglones × trimestres: el estado de cada uno con su icono y cifra sobre su color.

    Cada renglón trae `nombre` y `celdas`, lista de (trimestre, estado, texto).
    """
    x = alt.X(
        "trimestre:O",
        title=None,
        scale=alt.Scale(domain=["T1", "T2", "T3", "T4"], paddingInner=0.04, paddingOuter=0),
        axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, grid=False),
    )
    alto = len(renglones)
    escala = alt.Scale(domain=[alto, 0], nice=False)
    celdas = [
        {
            "trimestre": f"T{t}",
            "desde": n + 0.42,
            "hasta": n + 0.92,
            "medio": n + 0.67,
            "color": color(estado, oscuro),
            "texto": texto,
            "nombre": r["nombre"],
        }
        for n, r in enumerate(renglones)
        for t, estado, texto in r["celdas"]
    ]
    nombres = [{"y": n + 0.2, "nombre": r["nombre"]} for n, r in enumerate(renglones)]
    base = _datos(celdas)
    pintado = alt.Color("color:N", scale=None)
    capas = [
        base.mark_bar(opacity=0.24).encode(
            x=x,
            y=alt.Y("desde:Q", scale=escala, axis=None),
            y2="hasta:Q",
            color=pintado,
            tooltip=[alt.Tooltip("nombre:N", title="Indicador"), alt.Tooltip("texto:N", title="Estado")],
        ),
        base.mark_text(fontSize=12, fontWeight=600, color=tinta(oscuro)).encode(
            x=x, y=alt.Y("medio:Q", scale=escala, axis=None), text="texto:N"
        ),
        _datos(nombres)
        .mark_text(
            align="left", baseline="middle", fontSize=12, color=tinta(oscuro), limit=alt.expr("width - 8")
        )
        .encode(x=alt.value(4), y=alt.Y("y:Q", scale=escala, axis=None), text="nombre:N"),
    ]
    return alt.layer(*capas).properties(height=alto * ALTO_DE_RENGLON)


def _datos(filas: Sequence[Renglon]) -> Any:
    return alt.Chart(alt.Data(values=[dict(f) for f in filas]))
