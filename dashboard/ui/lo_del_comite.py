"""Lo que el comité acordó, y lo que se le propuso, sobre un nodo, un programa o un indicador."""

import streamlit as st

from dashboard.cache import ask
from dashboard.ui.enlaces import enlace
from dashboard.ui.texto import esc_md
from db.queries.acuerdos import acuerdos_de
from db.queries.propuestas import propuestas


def de(asunto: str, referencia: object) -> None:
    """Sus acuerdos y, si es un nodo, sus propuestas ciudadanas; nada si no hay."""
    acordado = ask(acuerdos_de, asunto=asunto, referencia=str(referencia))
    propuesto = [p for p in ask(propuestas) if p["nodo_id"] == referencia] if asunto == "nodo" else []
    if not acordado and not propuesto:
        return
    st.subheader("Lo que dijo el comité", anchor=False)
    for a in acordado:
        enlace("acuerdos", esc_md(f"{a['numero']} {a['texto']}: {a['situacion'][1]}"), {"acuerdo": a["id"]})
    for p in propuesto:
        enlace("propuestas", esc_md(f"{p['folio']} {p['tema']}: {p['situacion'][1]}"), {"propuesta": p["id"]})
