"""Indicadores: cómo va cada uno, su tendencia y su ficha."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.ui import secciones, vista_metas
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.tema import oscuro
from dashboard.ui.texto import esc_md
from dashboard.ui.vista_indicador import vista_indicador
from db.queries.ficha_indicador import lista_indicadores

fijar_direccion()
elegido = filtros()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
donde = {"anio": elegido.anio, "mes": elegido.mes, "ente_id": elegido.ente_id}

if "indicador" in st.query_params:
    enlace("indicadores", "← Todos los indicadores")
    vista = ask(vista_indicador, indicador_id=entero("indicador") or 0, oscuro=oscuro(), **donde)
    if vista is None:
        st.warning("No existe ese indicador en este ejercicio.")
    else:
        vista_metas.ficha_de_indicador(vista["ficha"], vista["grafica"])
    st.stop()

dependencia = entero("dependencia")
lista = ask(lista_indicadores, dependencia=dependencia, estado=st.query_params.get("estado"), **donde)
st.title(esc_md(lista["filtro"]) or "Indicadores", anchor=False)
if lista["filtro"]:
    with st.container(horizontal=True):
        enlace("indicadores", "← Todos los indicadores")
        enlace("metas", "Sus metas", {"dependencia": dependencia})
st.markdown(vista_metas.conjunto(lista["conjunto"], lista["total"], "indicador", "indicadores"))
vista_metas.filtro_de_estado(lista["por_estado"])

if lista["indicadores"]:
    st.caption("Elija un renglón para abrir su ficha.")
    vista_metas.tabla_de_indicadores(lista["indicadores"])
else:
    st.info("Ningún indicador cumple estos filtros, o aún no se cargan las fichas del ejercicio.")
