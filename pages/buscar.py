"""Buscar: una sola caja para todo lo que el sistema guarda y la persona puede ver."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import vista_busqueda
from dashboard.ui.enlaces import fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries.busqueda import alcances, buscar

fijar_direccion()
filtros()
titulo = st.empty()
texto = vista_busqueda.caja()
enteros, propios, areas = alcances(actor())
halladas = ask(buscar, texto=texto, enteros=enteros, propios=propios, areas=areas) if texto else []
titulo.title(esc_md(vista_busqueda.titulo(texto, halladas)), anchor=False)
vista_busqueda.lista(halladas)
