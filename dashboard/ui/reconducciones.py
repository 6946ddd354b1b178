"""Las reconducciones de una meta o indicador, en su ficha: qué cambió, desde cuándo y su dictamen."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.ui.enlaces import enlace
from dashboard.ui.texto import esc_md
from db.rules.formato import fecha, mes_nombre


def lista(reconducciones: Sequence[Mapping[str, Any]]) -> None:
    """Cada una con su motivo y la liga a su solicitud; nada si no hay."""
    if not reconducciones:
        return
    renglones = [
        f"- {esc_md(r['folio'])}, {fecha(r['fecha'])}: rige desde {mes_nombre(r['mes_vigencia'])}"
        f"{'' if r['rige'] else ' (después de este corte)'}. {esc_md(r['motivo'])}"
        for r in reconducciones
    ]
    st.markdown("**Reconducciones**\n\n" + "\n".join(renglones))
    for r in reconducciones:
        if r["solicitud_id"] is not None:
            enlace("reconducciones", esc_md(f"Dictamen {r['folio']}"), {"solicitud": r["solicitud_id"]})
