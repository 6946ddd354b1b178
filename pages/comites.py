"""Comités: el COPLADEMUN y los que cuelgan de él, con sus reglas, quiénes los integran y su balance."""

import streamlit as st

from dashboard.cache import ask
from dashboard.sesion import actor
from dashboard.ui import captura_comite, vista_comites
from dashboard.ui.camino import elegir
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries.comites import comite, comites
from db.rules.permisos import Accion, puede

fijar_direccion()
persona = actor()
coordina = puede(persona, Accion.COORDINAR_COMITES)
todos = ask(comites)
if not todos:
    st.title("Aún no hay ningún comité", anchor=False)
    captura_comite.nuevo(coordina)
    st.stop()
opciones = {str(c["id"]): f"{'· ' * c['nivel']}{c['nombre']}" for c in todos}
cual = elegir("comite", "Comité", opciones, next(iter(opciones)))
uno = ask(comite, comite_id=int(cual))
assert uno is not None
st.title(esc_md(vista_comites.titulo(uno)), anchor=False)
st.caption(esc_md(vista_comites.reglas_en_palabras(uno)))
vista_comites.balance(uno)
vista_comites.integrantes(uno)
vista_comites.papeles(uno, persona)
enlace("sesiones", "Sus sesiones", {"comite": cual})
captura_comite.de_uno(uno, todos, coordina)
