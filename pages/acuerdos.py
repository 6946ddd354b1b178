"""Acuerdos: quién debe qué, cuánto lleva vencido, y cada acuerdo con su historia."""

import streamlit as st

from dashboard.cache import ask
from dashboard.sesion import actor
from dashboard.ui import agenda, captura_aprobacion, prueba_acuerdo, vista_acuerdos
from dashboard.ui.camino import elegir
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries.acuerdos import acuerdo, acuerdos

fijar_direccion()
persona = actor()

if "acuerdo" in st.query_params:
    enlace("acuerdos", "Todos los acuerdos")
    uno = ask(acuerdo, acuerdo_id=entero("acuerdo") or 0)
    if uno is None:
        st.title("No existe ese acuerdo", anchor=False)
        st.stop()
    st.title(esc_md(vista_acuerdos.titulo_de_uno(uno)), anchor=False)
    vista_acuerdos.ficha(uno)
    captura_aprobacion.del_acuerdo(uno, persona)
    vista_acuerdos.anotar(uno, persona)
    vista_acuerdos.historia(uno)
    prueba_acuerdo.seccion(uno, persona, vista_acuerdos.es_suyo(uno, persona))
    agenda.de_acuerdos([uno])
    st.stop()

todos = ask(acuerdos)
st.title(esc_md(vista_acuerdos.titulo(todos)), anchor=False)
if not todos:
    st.info("Se toman en la sesión de un comité y aquí se siguen hasta cumplirse.")
    st.stop()
vista_acuerdos.edades(todos)
cuales = elegir("cuales", "Cuáles", vista_acuerdos.CUALES, "vivos")
elegidos = vista_acuerdos.elegidos(todos, cuales)
vista_acuerdos.lista(elegidos)
agenda.de_acuerdos(elegidos)
vista_acuerdos.por_responsable(todos)
