"""Ingresos: si está llegando el dinero con que cuentan los programas, por rubro y por mes."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.ui import como, piezas, secciones, vista_ingresos
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.tema import oscuro
from dashboard.ui.texto import esc_md

fijar_direccion()
elegido = filtros()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
vista = ask(
    vista_ingresos.vista_ingresos,
    anio=elegido.anio,
    mes=elegido.mes,
    ente_id=elegido.ente_id,
    oscuro=oscuro(),
)
if vista is None:
    st.title(f"Todavía no hay ingresos cargados en {elegido.anio}", anchor=False)
    st.info("Tesorería los carga en Importar, con el formato «Ingresos por rubro y mes».")
    st.stop()

st.caption(esc_md(f"Ejercicio {vista['anio']} · corte: {vista['corte']}"))
st.title(esc_md(vista["titulo"]), anchor=False)
st.markdown(esc_md(vista_ingresos.resumen(vista)))
if vista["atrasado"]:
    st.warning("Los ingresos cargados no llegan al mes del corte: faltan meses por cargar.")
with st.container(horizontal=True):
    como.boton("avance")
    enlace("presupuesto", "El gasto por clasificación")
piezas.grafica(vista["grafica"], "ingresos")
st.subheader("Por rubro", anchor=False)
st.caption("En pesos. El estimado es de todo el año; lo demás, de enero al corte.")
vista_ingresos.dibujar_tabla(vista)
avance = vista["avance"]
como.atender({"avance": ("Avance de los ingresos", lambda: como.explicar(avance))})
