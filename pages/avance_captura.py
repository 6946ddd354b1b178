"""Cómo va la captura: qué entregó cada dependencia en cada periodo, y por qué ir."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import recordatorio, secciones, vista_avance_captura
from dashboard.ui.enlaces import fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries.avance_captura import pendientes, tablero

fijar_direccion()
elegido = filtros()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
anio = elegido.anio
datos = vista_avance_captura.visibles(actor(), ask(tablero, anio=anio, ente_id=elegido.ente_id))
if not datos["dependencias"]:
    st.title(esc_md(f"{anio} no tiene nada que capturar"), anchor=False)
    st.info("Las metas e indicadores con programación del ejercicio aparecen aquí por dependencia.")
    st.stop()

mes = vista_avance_captura.mes_elegido(datos, elegido.mes)
st.title(esc_md(vista_avance_captura.titulo(anio, mes, datos)), anchor=False)
vista_avance_captura.resumen(datos, mes)
vista_avance_captura.tabla(anio, datos, mes)
dependencia = vista_avance_captura.elegida(datos)
recordatorio.boton(actor(), anio, mes, datos["dependencias"], dependencia)
if dependencia is not None:
    vista_avance_captura.detalle(
        dependencia, mes, ask(pendientes, anio=anio, mes=mes, dependencia_id=dependencia["id"])
    )
