"""Primeros pasos: la lista que lleva a un municipio nuevo desde nada hasta su primer tablero."""

import streamlit as st

from dashboard.cache import ask
from dashboard.sesion import actor
from dashboard.ui.enlaces import enlace
from dashboard.ui.primeros_pasos import PASOS, estado, quien_lo_da, resumen
from db.queries.primeros_pasos import primeros_pasos
from db.rules.permisos import puede

persona = actor()
st.title("Primeros pasos")
hechos = ask(primeros_pasos)
st.markdown(resumen(hechos))
st.progress(sum(bool(hechos[paso.codigo]) for paso in PASOS) / len(PASOS))

siguiente = next((paso.codigo for paso in PASOS if not hechos[paso.codigo]), None)
for numero, paso in enumerate(PASOS, start=1):
    with st.container(border=paso.codigo == siguiente, gap="xxsmall"):
        st.markdown(f"**{numero}. {paso.titulo}** · {estado(paso, hechos)}")
        st.markdown(f":small[{paso.sirve}]")
        if puede(persona, paso.permiso):
            enlace(paso.pagina, paso.accion, paso.parametros)
        else:
            st.markdown(f":small[{quien_lo_da(paso)}]")
