"""Propuestas: lo que la ciudadanía y los sectores llevan al comité, y las obras que éste prioriza."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import captura_propuesta, libro_propuestas, vista_obras, vista_propuestas
from dashboard.ui.camino import elegir, pestanas
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries.comites import comites
from db.queries.obras import obras
from db.queries.propuestas import propuestas
from db.rules.permisos import Accion, puede

fijar_direccion()
elegido, persona = filtros(), actor()

if "propuesta" in st.query_params:
    enlace("propuestas", "Todas las propuestas")
    halladas = ask(propuestas, propuesta_id=entero("propuesta") or 0)
    if not halladas:
        st.title("No existe esa propuesta", anchor=False)
        st.stop()
    (una,) = halladas
    st.title(esc_md(f"{una['folio']}: {una['situacion'][1].lower()}"), anchor=False)
    vista_propuestas.ficha(una)
    captura_propuesta.responder(una, persona)
    captura_propuesta.turnar(una, persona, elegido.anio)
    st.stop()

titulo = st.empty()
parte = pestanas("parte", {"propuestas": "Opiniones y propuestas", "obras": "Obras por priorizar"})
if parte == "propuestas":
    todas = ask(propuestas)
    titulo.title(esc_md(vista_propuestas.titulo(todas)), anchor=False)
    if todas:
        cuales = elegir("cuales", "Cuáles", vista_propuestas.CUALES, "abiertas")
        vista_propuestas.lista(vista_propuestas.elegidas(todas, cuales))
        libro_propuestas.descargar(todas)
    else:
        st.info("Se registran aquí con su folio, y quien responde ve su plazo.")
    captura_propuesta.registrar(persona, elegido.anio, len(todas))
    if puede(persona, Accion.COORDINAR_COMITES):
        enlace("importar", "O cárguelas desde Excel", {"formato": "propuestas"})
    st.stop()

cuerpos = ask(comites)
if not cuerpos or elegido.anio is None:
    titulo.title("Aún no hay ningún comité que priorice obras", anchor=False)
    enlace("comites", "Integrar el primero")
    st.stop()
cual = int(elegir("comite", "Comité", {str(c["id"]): c["nombre"] for c in cuerpos}, str(cuerpos[0]["id"])))
datos = ask(obras, comite_id=cual, anio=elegido.anio)
titulo.title(esc_md(vista_obras.titulo(datos, elegido.anio)), anchor=False)
vista_obras.tabla(datos)
vista_obras.votada(datos, cual)
vista_obras.capturar(datos, cual, elegido.anio, puede(persona, Accion.COORDINAR_COMITES))
