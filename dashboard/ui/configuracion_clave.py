"""Los segmentos de la clave presupuestaria, en Configuración."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.cache import ask
from dashboard.formulario import Formulario
from db.actions.segmento import Segmento, guardar_segmentos
from db.queries import configuracion

COLUMNAS_SEGMENTO = {
    "codigo": "Código",
    "nombre": "Nombre",
    "longitud": "Longitud",
    "obligatorio": "Obligatorio",
}


def clave_presupuestaria() -> None:
    """Los segmentos de la clave, en orden."""
    dato = ask(configuracion.segmentos)
    st.write(
        "Los segmentos de su clave presupuestaria, en el orden en que Tesorería los escribe. Los códigos "
        "dependencia_general, dependencia_auxiliar, programa, proyecto, fuente, partida y tipo_gasto se "
        "resumen en el tablero; los demás se conservan con la clave."
    )
    formulario = Formulario("segmentos", dato["firma"])
    with st.form("segmentos"):
        tabla = st.data_editor(
            pd.DataFrame(dato["filas"], columns=list(COLUMNAS_SEGMENTO)),
            num_rows="dynamic",
            hide_index=True,
            key=formulario.campo("tabla"),
            column_config={
                "codigo": st.column_config.TextColumn("Código", required=True),
                "nombre": st.column_config.TextColumn("Nombre", required=True),
                "longitud": st.column_config.NumberColumn("Longitud", min_value=1, max_value=30, step=1),
                "obligatorio": st.column_config.CheckboxColumn("Obligatorio", default=True),
            },
        )
        formulario.error("segmentos")
        enviado = st.form_submit_button("Guardar clave", type="primary")
    if not enviado:
        return
    segmentos = [_segmento(fila) for fila in tabla.to_dict("records")]
    formulario.guardar(
        lambda session, persona: guardar_segmentos(
            session, persona, firma=formulario.version, segmentos=segmentos
        ),
        propios={"Segmentos": ", ".join(segmento.codigo for segmento in segmentos)},
        actuales=lambda: {
            "Segmentos": ", ".join(fila["codigo"] for fila in ask(configuracion.segmentos)["filas"])
        },
    )


def _segmento(fila: dict[Any, Any]) -> Segmento:
    longitud = fila["longitud"]
    return Segmento(
        str(fila["codigo"] or ""),
        str(fila["nombre"] or ""),
        None if pd.isna(longitud) else int(longitud),
        bool(fila["obligatorio"]),
    )
