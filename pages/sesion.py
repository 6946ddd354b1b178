"""Sesión en vivo: quien la lleva, la pantalla de la sala y el teléfono de cada integrante, sobre lo mismo."""

import streamlit as st

from dashboard.sesion import actor
from dashboard.ui import reunion, sala_integrante, sala_pantalla, sala_secretaria
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.sala import leer
from db.rules.permisos import Accion, puede

fijar_direccion()
persona = actor()
sesion_id = entero("sesion") or 0
if leer(sesion_id) is None:
    st.title("No existe esa sesión", anchor=False)
    enlace("sesiones", "Todas las sesiones")
    st.stop()

if reunion.activo():
    sala_pantalla.dibujar(sesion_id)
elif st.query_params.get("vista") == "integrante" or not puede(persona, Accion.COORDINAR_COMITES):
    sala_integrante.dibujar(sesion_id, persona)
else:
    sala_secretaria.dibujar(sesion_id)
