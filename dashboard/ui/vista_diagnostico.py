"""El diagnóstico de un programa en pantalla: el FODA de cada dependencia y los involucrados."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.ui.enlaces import enlace
from dashboard.ui.texto import esc_md
from db.queries.diagnostico import FODA, POSTURAS, TEXTOS

Datos = Mapping[str, Any]


def dibujar(escritas: Sequence[Datos], grupos: Sequence[Datos], clave: str) -> None:
    """Lo escrito, y la liga al formato."""
    if not escritas:
        st.info("Ninguna dependencia ha escrito el diagnóstico de este programa.")
    for una in escritas:
        st.subheader(esc_md(una["dependencia"]), anchor=False)
        reja = st.grid(len(FODA), min_column_width=230, border=True)
        for campo, rotulo in FODA.items():
            with reja.cell():
                st.markdown(f"**{rotulo}**\n\n{esc_md(una[campo]) or '—'}")
        for campo, rotulo in TEXTOS.items():
            if campo not in FODA and una[campo]:
                st.markdown(f"**{rotulo}:** {esc_md(una[campo])}")
    if grupos:
        st.subheader("Involucrados", anchor=False)
        st.dataframe(
            {
                "Grupo": [g["grupo"] for g in grupos],
                "Postura": [POSTURAS[g["postura"]] for g in grupos],
                "Fuerza": [f"{g['fuerza']} de 5" for g in grupos],
                "Interés": [g["interes"] or None for g in grupos],
                "Cómo ve el problema": [g["problema"] or None for g in grupos],
                "Recursos": [g["recursos"] or None for g in grupos],
            },
            hide_index=True,
            placeholder="—",
            alt="Involucrados en el problema del programa",
        )
    enlace("documentos", "PbRM-01b de este programa", {"documento": "pbrm_01b", "programa": clave})
