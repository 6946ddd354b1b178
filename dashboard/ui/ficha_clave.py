"""La hoja de una clave presupuestaria: qué dice cada segmento y qué documentos la movieron."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.ui.enlaces import clave_de_ida, ir
from dashboard.ui.tabla_gasto import PESOS, pesos
from db.queries.adecuaciones import de_la_clave
from db.queries.nombres_gasto import segmentos_de
from db.rules.formato import fecha, mes_nombre
from db.rules.matriz import CLASIFICACIONES, SIN_CODIGO

Datos = Mapping[str, Any]


def ficha_clave(session: Session, anio: int, ente_id: int | None, clave: str) -> dict[str, Any]:
    """Los segmentos con su nombre y las adecuaciones de la clave."""
    return {
        "segmentos": segmentos_de(session, anio, ente_id, clave),
        "documentos": de_la_clave(session, anio, ente_id, clave),
    }


def dibujar(ficha: Datos) -> None:
    """Cada segmento abre todo su gasto; cada documento, su adecuación."""
    st.subheader("Qué dice la clave", anchor=False)
    segmentos: Sequence[tuple[str, str, str]] = ficha["segmentos"]
    evento = st.dataframe(
        {
            "Segmento": [CLASIFICACIONES[cual].nombre for cual, _, _ in segmentos],
            "Código": [codigo for _, codigo, _ in segmentos],
            "Nombre": [nombre for _, _, nombre in segmentos],
        },
        hide_index=True,
        key=clave_de_ida("segmentos"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Segmentos de la clave con su nombre",
    )
    for fila in evento.selection.rows:
        cual, codigo, _ = segmentos[fila]
        ir("presupuesto", {cual: codigo or SIN_CODIGO, "por": CLASIFICACIONES[cual].sigue})
    st.subheader("Adecuaciones", anchor=False)
    _documentos(ficha["documentos"])


def _documentos(lista: Sequence[Datos]) -> None:
    if not lista:
        st.markdown("Ningún documento registrado la amplía ni la reduce.")
        return
    evento = st.dataframe(
        {
            "Folio": [d["folio"] for d in lista],
            "Mes": [mes_nombre(d["mes"]).capitalize() for d in lista],
            "Ampliación": [pesos(d["ampliacion"]) for d in lista],
            "Reducción": [pesos(d["reduccion"]) for d in lista],
            "Fecha": [fecha(d["fecha"]) for d in lista],
            "Documento": [d["documento"] for d in lista],
        },
        column_config={t: st.column_config.NumberColumn(format=PESOS) for t in ("Ampliación", "Reducción")},
        hide_index=True,
        key=clave_de_ida("documentos"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Adecuaciones de la clave",
    )
    for fila in evento.selection.rows:
        ir("presupuesto", {"parte": "adecuaciones", "adecuacion": lista[fila]["id"]})
