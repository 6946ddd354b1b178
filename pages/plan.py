"""Plan: el árbol con su estado, peso y cobertura; cualquier nodo abre su ficha."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import lo_de_los_registros, lo_del_comite, secciones, secciones_plan
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.tema import oscuro
from dashboard.ui.texto import esc_md
from dashboard.ui.vista_plan import vista_nodo, vista_plan
from db.queries.plan import buscar

fijar_direccion()
elegido = filtros()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
donde = {"anio": elegido.anio, "mes": elegido.mes, "ente_id": elegido.ente_id}

if "nodo" in st.query_params:
    nodo = ask(vista_nodo, nodo_id=entero("nodo") or 0, oscuro=oscuro(), **donde)
    if nodo is None:
        enlace("plan", "Todo el plan")
        st.warning("Ese nodo no está en el plan vigente de este ejercicio.")
    else:
        secciones_plan.ficha(nodo)
        lo_del_comite.de("nodo", entero("nodo"))
        lo_de_los_registros.de(actor(), "nodo", entero("nodo"))
    st.stop()

vista = ask(vista_plan, **donde)
if not vista["renglones"]:
    st.title("Aún no hay plan cargado para este ejercicio.", anchor=False)
    enlace("importar", "**Importar el plan**")
    st.stop()

st.title(esc_md(vista["plan"]), anchor=False)
st.caption(esc_md(vista["resumen"]))
filtro = secciones_plan.pedir_filtro(vista)
if not filtro.hay:
    secciones_plan.ejes(vista)
    st.subheader("Todo el plan", anchor=False)
secciones_plan.arbol(vista, filtro)
if filtro.texto.strip():
    secciones_plan.hallados(ask(buscar, texto=filtro.texto, anio=elegido.anio))
