"""Directorio: las personas y los puestos que están detrás de comités, cursos y encargos."""

import streamlit as st

from dashboard.cache import ask
from dashboard.sesion import actor
from dashboard.ui import vista_directorio
from dashboard.ui.camino import elegir, pestanas
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries.directorio import personas
from db.queries.listas import opciones
from db.rules.permisos import Accion, puede

fijar_direccion()
persona = actor()
todas = [f for f in ask(personas) if vista_directorio.alcanza(persona, f)]
if "persona" in st.query_params:
    enlace("directorio", "Todo el directorio")
    hallada = next((f for f in todas if f["id"] == entero("persona")), None)
    if hallada is None:
        st.title("No existe o no tiene permiso para verla", anchor=False)
    else:
        vista_directorio.una(hallada, persona)
    vista_directorio.privacidad(persona)
    st.stop()
st.title(esc_md(vista_directorio.titulo(todas)), anchor=False)
if pestanas("parte", {"personas": "Personas", "puestos": "Puestos y organigrama"}) == "personas":
    vista_directorio.lista(todas)
    if puede(persona, Accion.EDITAR_DIRECTORIO):
        cajon = st.expander("Agregar a una persona", key="agregar_persona", on_change="rerun")
        if cajon.open:
            with cajon:
                vista_directorio.forma_persona(None, len(todas))
else:
    unidades = ask(opciones, fuente="generales")
    if unidades:
        primera = str(next(iter(unidades)))
        cual = elegir("unidad", "Dependencia", {str(i): n for i, n in unidades.items()}, primera)
        vista_directorio.puestos(int(cual), persona)
    else:
        st.info("Aún no hay dependencias.")
vista_directorio.privacidad(persona)
