"""Programas: cuáles piden atención, en lista o en cuadrante, y la ficha de cada uno."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import (
    lo_de_los_registros,
    lo_del_comite,
    secciones,
    secciones_ficha_programa,
    secciones_programas,
)
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.tema import oscuro
from dashboard.ui.texto import contar, esc_md, mayuscula
from dashboard.ui.vista_ficha_programa import vista_ficha_programa
from dashboard.ui.vista_programas import vista_opciones, vista_programas

fijar_direccion()
elegido = filtros()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
donde = {"anio": elegido.anio, "mes": elegido.mes, "ente_id": elegido.ente_id}

if "programa" in st.query_params:
    ficha = ask(vista_ficha_programa, programa=st.query_params["programa"], oscuro=oscuro(), **donde)
    if ficha is None:
        enlace("programas", "← Todos los programas")
        st.warning("No existe ese programa en este ejercicio.")
    else:
        secciones_ficha_programa.ficha(ficha, actor())
        lo_del_comite.de("programa", ficha["clave"])
        lo_de_los_registros.de(actor(), "programa", ficha["clave"])
    st.stop()

opciones = ask(vista_opciones, **donde)
if not opciones["hay"]:
    st.title("Aún no hay programas con metas o dinero en este ejercicio.", anchor=False)
    enlace("importar", "**Importar programas, actividades y presupuesto**")
    st.stop()

lugar = st.container(gap="xsmall")
vista_elegida = secciones_programas.pedir_vista()
filtro = secciones_programas.pedir_filtro(opciones)
estado = st.query_params.get("estado")
vista = ask(vista_programas, **donde, **filtro, estado=estado, oscuro=oscuro())
lugar.title(esc_md(vista["titulo"]), anchor=False)
lugar.caption(esc_md(vista["resumen"]))
if vista_elegida == secciones_programas.CUADRANTE:
    secciones_programas.cuadrante(vista["cuadrante"])
else:
    secciones_programas.lista(vista)
if opciones["sin_usar"] > 0:
    sin_usar = contar(opciones["sin_usar"], "programa", "programas", False)
    st.caption(f"{mayuscula(sin_usar)} del catálogo no tienen aquí metas ni dinero y no se listan.")
