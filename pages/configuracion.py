"""Configuración: el municipio, los niveles del plan, los ejercicios, los entes y la clave presupuestaria."""

import streamlit as st

from dashboard.ui import configuracion, configuracion_clave, configuracion_ejercicio

PARTES = {
    "municipio": ("Municipio", configuracion.municipio),
    "plan": ("Niveles del plan", configuracion.niveles),
    "ejercicios": ("Ejercicios", configuracion_ejercicio.ejercicios),
    "entes": ("Entes", configuracion.entes),
    "clave": ("Clave presupuestaria", configuracion_clave.clave_presupuestaria),
}

st.title("Configuración")
parte = st.selectbox(
    "Qué quiere configurar",
    list(PARTES),
    key="parte",
    bind="query-params",
    format_func=lambda parte: PARTES[parte][0],
)
_, dibujar = PARTES[parte]
dibujar()
