"""Un procedimiento dibujado: una caja por paso, quién y cuánto tarda, y adónde vuelve un «no»."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.ui.graficas import a_spec, alt, tinta, tono
from db.rules.manuales import duracion

Datos = Mapping[str, Any]

ALTO_DE_PASO = 64
LETRAS = 58


def flujo(nombre: str, pasos: Sequence[Datos], oscuro: bool) -> dict[str, Any]:
    """La gráfica como la recibe `piezas.grafica`; el título dice cuánto tarda todo."""
    total = sum(p["minutos"] for p in pasos)
    vueltas = sum(p["regresa_a"] is not None for p in pasos)
    titulo = f"{nombre}: {len(pasos)} pasos, {duracion(total)}"
    decisiones = {0: "Sin decisiones.", 1: "Una decisión."}.get(vueltas, f"{vueltas} decisiones.")
    return {
        "titulo": titulo,
        "subtitulo": f"Quién hace cada paso y cuánto tarda. {decisiones}",
        "alt": f"{titulo}. " + " ".join(f"{p['numero']}. {p['quien']}: {p['actividad']}." for p in pasos),
        "spec": a_spec(_dibujar(pasos, oscuro)),
        "tabla": {
            "Paso": [str(p["numero"]) for p in pasos],
            "Quién": [p["quien"] for p in pasos],
            "Qué hace": [p["actividad"] for p in pasos],
            "Tarda": [duracion(p["minutos"]) for p in pasos],
            "Con un «no»": [f"Vuelve al {p['regresa_a']}" if p["regresa_a"] else "" for p in pasos],
        },
    }


def _dibujar(pasos: Sequence[Datos], oscuro: bool) -> Any:
    lugar = {p["numero"]: n for n, p in enumerate(pasos)}
    cajas = [
        {
            "arriba": n + 0.12,
            "abajo": n + 0.82,
            "medio": n + 0.34,
            "pie": n + 0.62,
            "que": f"{p['numero']}. {p['actividad']}"[:LETRAS],
            "quien": f"{p['quien']} · {duracion(p['minutos'])}",
            "decide": p["regresa_a"] is not None,
        }
        for n, p in enumerate(pasos)
    ]
    flechas = [{"de": n + 0.82, "a": n + 1.12} for n in range(len(pasos) - 1)]
    vueltas = [
        {"de": lugar[p["numero"]] + 0.47, "a": lugar[p["regresa_a"]] + 0.47, "no": "No"}
        for p in pasos
        if p["regresa_a"] in lugar
    ]
    y = alt.Y("arriba:Q", axis=None, scale=alt.Scale(domain=[0, max(len(pasos), 1)], reverse=True))
    x = {"x": alt.XValue(0), "x2": alt.value(400)}
    de_cajas, color = alt.Chart(alt.Data(values=cajas)), tinta(oscuro)
    marco = de_cajas.mark_rect(cornerRadius=6, fillOpacity=0.10, strokeWidth=1.5).encode(
        y=y,
        y2="abajo:Q",
        color=alt.condition("datum.decide", alt.value("#B8860B"), alt.value(tono(oscuro))),
        stroke=alt.condition("datum.decide", alt.value("#B8860B"), alt.value(tono(oscuro))),
        **x,
    )
    que = de_cajas.mark_text(align="left", fontWeight=600, color=color, limit=380).encode(
        y=alt.Y("medio:Q"), text="que:N", x=alt.XValue(10)
    )
    quien = de_cajas.mark_text(align="left", color=color, limit=380).encode(
        y=alt.Y("pie:Q"), text="quien:N", x=alt.XValue(10)
    )
    baja = (
        alt.Chart(alt.Data(values=flechas))
        .mark_rule(color=color)
        .encode(y=alt.Y("de:Q"), y2="a:Q", x=alt.XValue(200))
    )
    regreso = alt.Chart(alt.Data(values=vueltas))
    vuelve = regreso.mark_rule(color="#B8860B", strokeDash=[5, 3], strokeWidth=2).encode(
        y=alt.Y("de:Q"), y2="a:Q", x=alt.XValue(408)
    )
    no = regreso.mark_text(align="left", color=color).encode(y=alt.Y("de:Q"), x=alt.XValue(414), text="no:N")
    capas = [marco, que, quien, *([baja] if flechas else []), *([vuelve, no] if vueltas else [])]
    return alt.layer(*capas).properties(height=ALTO_DE_PASO * max(len(pasos), 1), width=440)
