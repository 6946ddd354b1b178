"""Evidencias: qué entregas van sin prueba, por área y periodo, y la biblioteca de archivos."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import secciones, vista_evidencias
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.queries.evidencias import biblioteca, cobertura
from db.rules.evidencias import alcanza

fijar_direccion()
elegido, persona = filtros(), actor()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
anio = elegido.anio
datos = vista_evidencias.visibles(persona, ask(cobertura, anio=anio, ente_id=elegido.ente_id))
if not datos["areas"]:
    st.title(esc_md(f"{anio} no tiene nada que probar"), anchor=False)
    st.info("Las metas e indicadores con programación del ejercicio aparecen aquí por área.")
    st.stop()
mes = vista_evidencias.mes_elegido(datos, elegido.mes)
st.title(esc_md(vista_evidencias.titulo(anio, mes, datos)), anchor=False)
vista_evidencias.cobertura(datos, mes)
enlace("avance_captura", "Cómo va la captura")

st.subheader("Biblioteca", anchor=False)
filtro = vista_evidencias.pedir_filtro(datos, datos["meses"])
filas = [f for f in ask(biblioteca, anio=anio, ente_id=elegido.ente_id, **filtro) if alcanza(persona, f)]
st.caption(mayuscula(contar(len(filas), "archivo", "archivos", False)))
vista_evidencias.biblioteca(filas)
