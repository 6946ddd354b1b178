"""Dinero y plan: a qué línea sirve cada peso, qué anda suelto y a qué línea no le llega."""

import streamlit as st

from dashboard.cache import ask, version_de_los_datos
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import secciones, vista_vinculos
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries.ligas import nodos_citables
from db.queries.vinculos import dinero_y_plan
from db.rules.formato import mdp
from db.rules.permisos import Accion, puede

fijar_direccion()
elegido = filtros()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
donde = {"anio": elegido.anio, "mes": elegido.mes, "ente_id": elegido.ente_id}
datos = ask(dinero_y_plan, **donde)
edita = puede(actor(), Accion.VINCULAR_PLAN)
version = version_de_los_datos()

if datos["total"]:
    st.title(esc_md(f"{mdp(datos['con_plan'])} de {mdp(datos['total'])} ya cuelgan del plan"), anchor=False)
else:
    st.title("Dinero y plan", anchor=False)
    st.info("Todavía no hay presupuesto por clave en este ejercicio. Cárguelo en Importar.")
vista_vinculos.conciliacion(datos)

enlace("alineacion", "Ver la alineación completa y lo que le falta")
partes = ["Propuestas", "Editar", "Dinero sin plan", "Plan sin dinero"]
parte = st.radio("Parte", partes, horizontal=True, key="parte", bind="query-params")
if parte == "Editar":
    vista_vinculos.varios_proyectos(datos["proyectos"], ask(nodos_citables, anio=elegido.anio), edita)
elif parte == "Dinero sin plan":
    vista_vinculos.sueltos(datos)
elif parte == "Plan sin dinero":
    vista_vinculos.sin_dinero(datos)
else:
    vista_vinculos.propuestas(datos["proyectos"], version, edita)
