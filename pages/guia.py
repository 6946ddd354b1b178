"""Guía Consultiva de Desempeño Municipal: qué tan adelantada va, su lista y la ficha de cada indicador."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import evidencias_guia, piezas, secciones, secciones_guia
from dashboard.ui import ficha_guia as ficha
from dashboard.ui.camino import pestanas
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.tema import oscuro
from dashboard.ui.texto import esc_md
from dashboard.ui.vista_guia import vista_guia, vista_lista
from db.queries.guia_ficha import ficha_guia
from db.rules.permisos import Accion, Objeto, puede

fijar_direccion()
elegido = filtros()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
anio = elegido.anio

if clave := st.query_params.get("indicador", ""):
    enlace("guia", "← Toda la guía")
    datos = ask(ficha_guia, anio=anio, clave=clave)
    if datos is None:
        st.title("No hay ese indicador", anchor=False)
        st.warning(f"La guía que rige {anio} no lo tiene. Cambie de ejercicio o vuelva a la lista.")
        st.stop()
    persona = actor()
    suyas = frozenset(d for d in (datos["dependencia_id"],) if d is not None)
    ficha.cabeza(datos)
    edita = puede(persona, Accion.EVALUAR_GUIA, Objeto(datos["ente_id"], suyas))
    ficha.cuerpo(datos, edita)
    evidencias_guia.seccion(datos, persona, edita)
    ficha.explicacion(datos)
    st.stop()

vista = ask(vista_guia, anio=anio, oscuro=oscuro())
if vista["edicion"] is None:
    secciones_guia.sin_guia(anio, vista["ediciones"], puede(actor(), Accion.CARGAR_GUIA))
    st.stop()
st.caption(
    esc_md(f"Guía Consultiva {vista['edicion']} (INAFED) · evaluación de {anio}, con datos de {anio - 1}")
)
st.title(esc_md(vista["titulo"]), anchor=False)
st.markdown(vista["resumen"])

if pestanas("parte", {"avance": "Avance", "lista": "Lista"}) == "avance":
    piezas.grafica(vista["grafica"], "guia_modulos")
    secciones_guia.temas(vista)
    evidencias_guia.carpeta(anio, actor())
else:
    elegidos = secciones_guia.pedir_filtros(vista)
    lista = ask(vista_lista, anio=anio, **elegidos)
    secciones_guia.lista(lista)
    if lista["ids"] and puede(actor(), Accion.EVALUAR_GUIA, Objeto()):
        secciones_guia.asignar(lista["ids"], anio, vista["dependencias"])
