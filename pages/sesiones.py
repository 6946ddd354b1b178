"""Sesiones: el calendario de un comité, y cada sesión con su orden del día, su convocatoria y su acta."""

import streamlit as st

from dashboard.cache import ask
from dashboard.sesion import actor
from dashboard.ui import (
    agenda,
    captura_acta,
    captura_material,
    captura_sesion,
    vista_acta,
    vista_actas,
    vista_sesiones,
)
from dashboard.ui.camino import elegir, pestanas
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries import acta, comites, sesiones
from db.queries.municipio import hoy
from db.rules.permisos import Accion, puede

fijar_direccion()
persona = actor()
coordina = puede(persona, Accion.COORDINAR_COMITES)

if "sesion" in st.query_params:
    una = ask(sesiones.sesion, sesion_id=entero("sesion") or 0)
    if una is None:
        st.title("No existe esa sesión", anchor=False)
        enlace("sesiones", "Todas las sesiones")
        st.stop()
    enlace("sesiones", esc_md(f"Sesiones de {una['comite']}"), {"comite": una["comite_id"]})
    st.title(esc_md(vista_sesiones.titulo_de_una(una)), anchor=False)
    vista_sesiones.encabezado(una, persona)
    agenda.de_sesiones([una])
    captura_sesion.responder(una, persona)
    vista_sesiones.papeles(una, persona)
    if coordina:
        captura_material.copias(una, persona, vista_sesiones.carpeta(una) is not None)
    vista_sesiones.orden_del_dia(una)
    if una["estado"] == "cerrada":
        levantada = ask(acta.acta, sesion_id=una["id"])
        vista_acta.dibujar(levantada)
        captura_acta.dibujar(levantada, coordina)
    captura_sesion.de_una(una, coordina)
    st.stop()

todos = ask(comites.comites)
if not todos:
    st.title("Aún no hay ningún comité", anchor=False)
    enlace("comites", "Integrar el primero")
    st.stop()
opciones = {str(c["id"]): c["nombre"] for c in todos}
cual = elegir("comite", "Comité", opciones, next(iter(opciones)))
lista = ask(sesiones.sesiones, comite_id=int(cual))
titulo = st.empty()
parte = pestanas("parte", {"calendario": "Calendario", "actas": "Actas y minutas"})
if parte == "actas":
    todas = ask(sesiones.sesiones)
    titulo.title(esc_md(vista_actas.titulo(todas)), anchor=False)
    vista_actas.papeles(lista, ask(hoy).year)
    vista_actas.lista(todas)
    st.stop()
titulo.title(esc_md(vista_sesiones.titulo(lista)), anchor=False)
vista_sesiones.calendario(lista)
agenda.de_sesiones(lista)
captura_sesion.programar(int(cual), coordina)
