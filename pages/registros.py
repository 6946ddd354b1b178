"""Registros de la unidad: lo que está vencido o por vencer en cualquiera de ellos, y la puerta a cada uno."""

import streamlit as st

from dashboard.cache import ask
from dashboard.sesion import actor
from dashboard.ui import lo_de_los_registros
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.registro_ficha import objeto
from dashboard.ui.texto import esc_md
from db.queries.encargos import cuantos, por_atender
from db.rules.permisos import puede
from db.rules.registros import REGISTROS

fijar_direccion()
persona = actor()
urgen = [e for e in ask(por_atender) if puede(persona, REGISTROS[e["registro"]].ver, objeto(e))]
titulo = lo_de_los_registros.titulo(urgen) or "Ningún asunto de la unidad está vencido"
st.title(esc_md(titulo), anchor=False)
lo_de_los_registros.ligas(urgen)
st.subheader("Todos los registros", anchor=False)
cuentas = ask(cuantos)
for clave, registro in REGISTROS.items():
    if puede(persona, registro.ver):
        enlace(registro.pagina, f"{esc_md(registro.nombre)} :gray[:small[{cuentas.get(clave, 0):,}]]")
