"""Configuración: el municipio, los niveles del plan, los ejercicios, los entes y la clave presupuestaria."""

import streamlit as st

from dashboard.ui import (
    configuracion,
    configuracion_clave,
    configuracion_correo,
    configuracion_documentos,
    configuracion_ejercicio,
)

PARTES = {
    "Municipio": configuracion.municipio,
    "Niveles del plan": configuracion.niveles,
    "Ejercicios": configuracion_ejercicio.ejercicios,
    "Entes": configuracion.entes,
    "Clave presupuestaria": configuracion_clave.clave_presupuestaria,
    "Para los documentos": configuracion_documentos.documentos,
    "Correo de los avisos": configuracion_correo.correo,
}

st.title("Configuración")
parte = st.selectbox("Qué quiere configurar", list(PARTES), key="parte", bind="query-params")
PARTES[parte]()
