"""Las fases de un proyecto en el tiempo, con lo hecho y la raya de hoy; y su avance contra lo esperado."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.ui.graficas import a_spec, alt, tinta, tono
from db.rules.formato import fecha, moneda, pct
from db.rules.proyectos_estrategicos import esperado, financiero

Datos = Mapping[str, Any]

HECHO, POR_HACER, TARDE = "Hecho", "Por hacer", "Vencido"
_TONOS = {HECHO: ("#1B6E3C", "#7BD99A"), POR_HACER: ("#8a8f98", "#9aa3ad"), TARDE: ("#B3261E", "#FF8A80")}


def _estado(paso: Datos, hoy: date) -> str:
    if paso["hecho_en"]:
        return HECHO
    return TARDE if paso["fin"] < hoy else POR_HACER


def gantt(pasos: Sequence[Datos], hoy: date, oscuro: bool) -> dict[str, Any]:
    """La gráfica como la recibe `piezas.grafica`."""
    tarde = [p["titulo"] for p in pasos if _estado(p, hoy) == TARDE]
    titulo = f"Vencido: {', '.join(tarde)}" if tarde else "Ninguna fase va tarde"
    filas = [
        {
            "fase": p["titulo"],
            "inicio": p["inicio"].isoformat(),
            "fin": p["fin"].isoformat(),
            "estado": _estado(p, hoy),
        }
        for p in pasos
    ]
    tonos = alt.Scale(domain=list(_TONOS), range=[t[oscuro] for t in _TONOS.values()])
    eje = alt.Axis(format="%m/%y", title=None, labelAngle=0, tickCount=6)
    barras = (
        alt.Chart(alt.Data(values=filas))
        .mark_bar(height=18, cornerRadius=3)
        .encode(
            x=alt.X("inicio:T", axis=eje),
            x2="fin:T",
            y=alt.Y("fase:N", title=None, sort=None, axis=alt.Axis(labelLimit=170, labelOverlap=False)),
            color=alt.Color("estado:N", scale=tonos, legend=alt.Legend(title=None, orient="top")),
        )
    )
    raya = (
        alt.Chart(alt.Data(values=[{"hoy": hoy.isoformat()}]))
        .mark_rule(color=tinta(oscuro), strokeDash=[4, 3])
        .encode(x="hoy:T")
    )
    return {
        "titulo": titulo,
        "subtitulo": f"Fases e hitos; la raya es hoy, {fecha(hoy)}.",
        "alt": f"{titulo}. " + " ".join(f"{p['titulo']}: {_estado(p, hoy).lower()}." for p in pasos),
        "spec": a_spec(alt.layer(barras, raya).properties(height=max(90, 34 * len(pasos)))),
        "tabla": {
            "Fase": [p["titulo"] for p in pasos],
            "Desde": [fecha(p["inicio"]) for p in pasos],
            "Hasta": [fecha(p["fin"]) for p in pasos],
            "Se hizo": [fecha(p["hecho_en"]) if p["hecho_en"] else "" for p in pasos],
        },
    }


def curva(uno: Datos, oscuro: bool) -> dict[str, Any]:
    """El avance físico y el financiero contra lo que su calendario pedía en cada fecha informada."""
    filas, tabla = [], []
    for a in uno["avance_proyecto"]:
        valores = {
            "Físico": a["fisico"],
            "Financiero": financiero(a["ejercido"], uno["monto"]),
            "Esperado": esperado(uno["pasos"], a["fecha"]),
        }
        tabla.append((fecha(a["fecha"]), *(pct(v) for v in valores.values()), moneda(a["ejercido"])))
        filas += [
            {"fecha": a["fecha"].isoformat(), "serie": s, "valor": float(v)}
            for s, v in valores.items()
            if v is not None
        ]
    ultimo = uno["avance_proyecto"][-1]
    pedido = esperado(uno["pasos"], ultimo["fecha"])
    contra = f"; su calendario pedía {pct(pedido)}" if pedido is not None else ""
    titulo = f"Avance físico {pct(ultimo['fisico'])} al {fecha(ultimo['fecha'])}{contra}"
    rango = [tono(oscuro), "#B8860B", "#8a8f98"]
    tonos = alt.Scale(domain=["Físico", "Financiero", "Esperado"], range=rango)
    base = alt.Chart(alt.Data(values=filas)).encode(
        x=alt.X("fecha:T", title=None, axis=alt.Axis(format="%m/%y", labelAngle=0, tickCount=6)),
        y=alt.Y("valor:Q", title=None, scale=alt.Scale(domain=[0, 100])),
        color=alt.Color("serie:N", scale=tonos, legend=alt.Legend(title=None, orient="top")),
    )
    return {
        "titulo": titulo,
        "subtitulo": "En porcentaje; el financiero es lo ejercido del monto autorizado.",
        "alt": titulo,
        "spec": a_spec(
            alt.layer(base.mark_line(strokeWidth=2.5), base.mark_point(filled=True)).properties(height=240)
        ),
        "tabla": dict(
            zip(
                ("Fecha", "Físico", "Financiero", "Esperado", "Ejercido"),
                map(list, zip(*tabla, strict=True)),
                strict=True,
            )
        ),
    }
