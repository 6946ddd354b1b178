"""Dependencias y titulares: quién encabeza cada una, desde cuándo, quién la encabezó y quién firma."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import captura_titular, vista_dependencias
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md
from db.rules.permisos import Accion, Objeto, puede

fijar_direccion()

if "dependencia" in st.query_params:
    ficha = ask(vista_dependencias.vista_ficha, dependencia_id=entero("dependencia") or 0)
    if ficha is None:
        st.title("No existe esa dependencia", anchor=False)
        enlace("dependencias", "← Todas las dependencias")
        st.stop()
    vista_dependencias.cabeza(ficha)
    edita = puede(actor(), Accion.EDITAR_TITULARES, Objeto(ficha["ente_id"]))
    if edita:
        entra = st.expander("Registrar a quien entra", key="registrar_titular", on_change="rerun")
        if entra.open:
            with entra:
                captura_titular.relevo(ficha)
    vista_dependencias.firmas(ficha)
    vista_dependencias.historia(ficha)
    if edita:
        corrige = st.expander("Corregir un renglón", key="corregir_titular", on_change="rerun")
        if corrige.open:
            with corrige:
                captura_titular.correccion(ficha)
    vista_dependencias.auxiliares(ficha)
    st.stop()

lista = ask(vista_dependencias.vista_lista, ente_id=filtros().ente_id)
st.title(esc_md(vista_dependencias.titulo_de_la_lista(lista)), anchor=False)
if not lista:
    st.info("La estructura del municipio se carga en Importar; después se registra aquí a cada titular.")
    st.stop()
cuales = st.pills(
    "Cuáles ver",
    [vista_dependencias.GENERALES, vista_dependencias.TODAS, vista_dependencias.VACANTES],
    default=vista_dependencias.GENERALES,
    key="cuales",
    bind="query-params",
)
texto = st.text_input("Buscar dependencia o persona", key="buscar", bind="query-params")
vista_dependencias.tabla(vista_dependencias.filtrar(lista, cuales, texto))
st.caption("Elija un renglón para abrir su ficha. También se cargan desde un archivo en Importar.")
