"""Avisos: lo que la persona debe saber, lo no leído primero; con `?aviso=`, uno entero."""

import streamlit as st

from dashboard.sesion import actor
from dashboard.ui import vista_avisos
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md

fijar_direccion()
persona = actor()
lista, lugar = vista_avisos.leer(persona)
aviso = vista_avisos.abierto(persona, lista)
st.title(esc_md(vista_avisos.titulo(lista)), anchor=False)
if aviso is not None:
    vista_avisos.detalle(aviso, lugar)
if lista:
    vista_avisos.tabla(persona, lista, lugar)
else:
    st.info("Aquí llega lo que debe saber: que abrió una captura, lo que debe, lo que le devolvieron.")
enlace("mi_cuenta", "Cómo quiere recibirlos")
