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
elegido = filtros()
titulo = st.empty()
texto = vista_busqueda.caja()
enteros, propios, areas = alcances(actor())
pedido = {"texto": texto, "enteros": enteros, "propios": propios, "areas": areas, "anio": elegido.anio}
todo = ask(buscar, **pedido)
titulo.title(esc_md(vista_busqueda.titulo(texto, todo["cuentas"])), anchor=False)
clase = vista_busqueda.clase(todo["cuentas"])
visto = ask(buscar, **pedido, clase=clase) if clase else todo
vista_busqueda.lista(visto["halladas"], todo["cuentas"])
