"""Las reconducciones de una meta o indicador, en su ficha: qué cambió, desde cuándo, y pedir otra."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.sesion import actor
from dashboard.ui.captura_reconduccion import CON, objeto
from dashboard.ui.enlaces import enlace
from dashboard.ui.texto import esc_md
from db.queries.candidatas import por_pedir
from db.rules.formato import fecha, mes_nombre
from db.rules.permisos import Accion, puede


def seccion(campo: str, anio: int, reconducciones: Sequence[Mapping[str, Any]]) -> None:
    """Cada una con su motivo y su dictamen; a quien puede, la liga para pedir otra.

    `campo` es «meta-12» o «indicador-7».
    """
    if reconducciones:
        renglones = [
            f"- {esc_md(r['folio'])}, {fecha(r['fecha'])}: rige desde {mes_nombre(r['mes_vigencia'])}"
            f"{'' if r['rige'] else ' (después de este corte)'}. {esc_md(r['motivo'])}"
            for r in reconducciones
        ]
        st.markdown("**Reconducciones**\n\n" + "\n".join(renglones))
    with st.container(horizontal=True, gap="small"):
        for r in reconducciones:
            if r["solicitud_id"] is not None:
                enlace("reconducciones", esc_md(f"Dictamen {r['folio']}"), {"solicitud": r["solicitud_id"]})
        suya = ask(por_pedir, anio=anio, campo=campo)
        if suya is not None and puede(actor(), Accion.SOLICITAR_RECONDUCCION, objeto(suya)):
            enlace("reconducciones", "Pedir su reconducción", {CON: campo})
