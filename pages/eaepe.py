"""EAEPE: el estado analítico en sus clasificaciones, como el formato oficial, y sus cuadres."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.ui import secciones, vista_eaepe
from dashboard.ui.camino import elegir
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md
from db.rules.eaepe import TITULOS

fijar_direccion()
marco = filtros()
if marco.anio is None:
    secciones.base_vacia()
    st.stop()
arriba = st.container()
with st.container(horizontal=True):
    clasificacion = elegir("clasificacion", "Clasificación", TITULOS, "objeto_gasto")
    origen = elegir("origen", "De qué sale", {"": "Lo que haya", **vista_eaepe.ORIGENES}, "")
estado = ask(
    vista_eaepe.vista_eaepe,
    anio=marco.anio,
    mes=marco.mes,
    ente_id=marco.ente_id,
    clasificacion=clasificacion,
    origen=origen,
)
with arriba:
    if not estado["renglones"]:
        vista_eaepe.sin_estado(estado)
        st.stop()
    st.caption(esc_md(f"{estado['periodo']} · {vista_eaepe.de_donde(estado)}"))
    st.title(esc_md(estado["titulo"]), anchor=False)
vista_eaepe.dibujar(estado)
enlace("presupuesto", "El gasto por cualquier clasificación")
enlace("conciliacion", "Comparar el EAEPE con las claves")
