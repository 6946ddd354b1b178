"""Mis pendientes: qué debe la dependencia, para cuándo y en qué va; lo devuelto, primero y con su motivo."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import secciones, vista_captura, vista_debe, vista_preferencias
from dashboard.ui.enlaces import fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries.acuses import lugares
from db.queries.por_revisar import debe

fijar_direccion()
elegido, persona = filtros(), actor()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
datos = ask(lugares, anio=elegido.anio)
suyas = vista_captura.areas_de(persona, datos)
if not suyas:
    st.title("No tiene pendientes de captura", anchor=False)
    vista_debe.lo_demas(persona, elegido.anio)
    st.stop()
titulo = st.empty()
area = vista_captura.elegir(suyas, "Dependencia", "area", next(iter(suyas)))
lista = ask(debe, anio=elegido.anio, meses=datos["abiertos"], dependencia_id=area)
titulo.title(esc_md(vista_debe.titulo(lista)), anchor=False)
vista_debe.devueltos(lista, area)
vista_debe.por_periodo(lista, area, datos)
vista_debe.lo_demas(persona, elegido.anio)
vista_preferencias.plazos(persona)
