"""Programa Anual de Evaluación: qué se evalúa, qué recomendó cada evaluación y cómo se atiende."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import captura_pae, secciones, vista_pae
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md
from dashboard.ui.vista_fondos import hoy
from db.queries import pae
from db.rules.permisos import Accion, puede

fijar_direccion()
elegido, persona, dia = filtros(), actor(), hoy()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
edita = puede(persona, Accion.EDITAR_PAE)

if "evaluacion" in st.query_params:
    enlace("pae", "Todas las evaluaciones")
    una = ask(pae.evaluacion, evaluacion_id=entero("evaluacion") or 0, hoy=dia)
    if una is None:
        st.title("No existe esa evaluación", anchor=False)
        st.stop()
    st.caption(esc_md(vista_pae.de_que(una)))
    st.title(esc_md(vista_pae.titulo_de_una(una)), anchor=False)
    vista_pae.ficha(una)
    vista_pae.aspectos(una, persona)
    if edita:
        captura_pae.de_una(una)
    st.stop()

datos = ask(pae.programa, anio=elegido.anio, ente_id=elegido.ente_id, hoy=dia)
st.caption(esc_md(vista_pae.publicacion(datos, elegido.anio)))
st.title(esc_md(vista_pae.titulo(datos)), anchor=False)
vista_pae.tabla(datos["evaluaciones"])
if edita:
    captura_pae.del_anio(elegido.anio, datos)
