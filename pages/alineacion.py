"""Alineación: plan, programas, indicadores y dinero frente a ODS, PND y PED; lo que falta y cómo ligarlo."""

import streamlit as st

from dashboard.cache import ask, version_de_los_datos
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import captura_alineacion, secciones, secciones_alineacion
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md, mayuscula
from dashboard.ui.vista_alineacion import vista_alineacion
from db.rules.permisos import Accion, puede

fijar_direccion()
elegido = filtros()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
donde = {"anio": elegido.anio, "mes": elegido.mes, "ente_id": elegido.ente_id}
vista = ask(vista_alineacion, **donde)
if vista["vacio"]:
    st.title("Aún no hay plan ni programas que alinear", anchor=False)
    enlace("importar", "**Importar el plan**")
    st.stop()

edita = puede(actor(), Accion.ALINEAR_PLAN) and puede(actor(), Accion.VINCULAR_PLAN)
st.caption(f"Ejercicio {elegido.anio} · corte: {vista['corte']}")
st.title(esc_md(mayuscula(vista["titulo"])), anchor=False)
parte = st.radio(
    "Parte", ["Matriz", "Lo que falta", *(["Editar"] if edita else [])], horizontal=True, key="parte",
    bind="query-params",
)  # fmt: skip
if parte == "Editar":
    captura_alineacion.editar(donde, version_de_los_datos())
elif parte == "Lo que falta":
    secciones_alineacion.lista_de_huecos(vista, donde, edita)
else:
    secciones_alineacion.matriz(vista, donde)
