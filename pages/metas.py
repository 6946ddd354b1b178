"""Metas: las hojas de que sale el cumplimiento del plan, y la ficha de cada una."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.ui import evidencias, historial_captura, reconducciones, secciones, vista_metas
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries.fichas import ficha_meta, lista_metas

fijar_direccion()
elegido = filtros()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
donde = {"anio": elegido.anio, "mes": elegido.mes, "ente_id": elegido.ente_id}

if "meta" in st.query_params:
    enlace("metas", "← Todas las metas")
    ficha = ask(ficha_meta, meta_id=entero("meta") or 0, **donde)
    if ficha is None:
        st.warning("No existe esa meta en este ejercicio.")
    else:
        vista_metas.ficha_de_meta(ficha)
        reconducciones.seccion(f"meta-{ficha['id']}", elegido.anio, ficha["reconducciones"])
        evidencias.en_ficha("meta", ficha["id"], elegido.anio)
        historial_captura.seccion("meta", ficha["id"], elegido.anio)
    st.stop()

dependencia, programa = entero("dependencia"), st.query_params.get("programa")
lista = ask(
    lista_metas,
    programa=programa,
    proyecto=st.query_params.get("proyecto"),
    dependencia=dependencia,
    nodo=entero("nodo"),
    estado=st.query_params.get("estado"),
    **donde,
)
st.title(esc_md(lista["filtro"]) or "Metas de actividad", anchor=False)
if lista["filtro"]:
    with st.container(horizontal=True):
        enlace("metas", "← Todas las metas")
        if programa is not None:
            enlace("programas", "Ficha del programa", {"programa": programa})
        if dependencia is not None:
            enlace("indicadores", "Sus indicadores", {"dependencia": dependencia})
st.markdown(vista_metas.conjunto(lista["conjunto"], lista["total"], "meta", "metas"))
vista_metas.filtro_de_estado(lista["por_estado"])

if lista["metas"]:
    st.caption("Elija un renglón para abrir su ficha.")
    vista_metas.tabla_de_metas(lista["metas"])
else:
    st.info("Ninguna meta cumple estos filtros. Quite el estado o cambie de ejercicio.")
