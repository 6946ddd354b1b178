"""Reconducciones: lo que las áreas piden reprogramar, en qué va y, con `?solicitud=`, su dictamen."""

import streamlit as st

from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import captura_reconduccion, secciones, tramite_reconduccion, vista_reconduccion
from dashboard.ui.camino import pestanas
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import fijar_direccion

elegido, persona = filtros(), actor()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
anio = elegido.anio
captura_reconduccion.abrir_la_nueva()
arriba = st.container()
if (cual := entero("solicitud")) is not None:
    tramite_reconduccion.una(persona, anio, cual, arriba)
    st.stop()
suyas = vista_reconduccion.visibles(persona, anio, elegido.ente_id)
with arriba:
    vista_reconduccion.titulo(persona, anio, suyas)
parte = pestanas("parte", {"solicitudes": f"Solicitudes ({len(suyas)})", "candidatas": "Candidatas"})
if parte == "candidatas":
    vista_reconduccion.candidatas(persona, anio, elegido.mes, elegido.ente_id)
else:
    vista_reconduccion.tabla(persona, suyas)
    captura_reconduccion.nueva(persona, anio)
fijar_direccion()
