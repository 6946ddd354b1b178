"""Presupuesto: los momentos del gasto por cualquier clasificación, hasta la última clave."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.ui import secciones
from dashboard.ui import vista_presupuesto as pantalla
from dashboard.ui.camino import elegido, elegir
from dashboard.ui.enlaces import fijar_direccion
from dashboard.ui.tema import oscuro
from db.rules.cruce import MEDIDAS
from db.rules.matriz import CLASIFICACIONES, CRUZABLES

fijar_direccion()
marco = filtros()
if marco.anio is None:
    secciones.base_vacia()
    st.stop()
donde = {"anio": marco.anio, "mes": marco.mes, "ente_id": marco.ente_id}
pasos = elegido()

arriba = st.container()
with st.container(horizontal=True):
    por = elegir("por", "Desglosar por", {c: pantalla.nombre_de(c) for c in CLASIFICACIONES}, "capitulo")
    cruces = {c: pantalla.nombre_de(c) for c in (pantalla.NADIE, *CRUZABLES) if c != por}
    con = elegir("con", "Cruzar con", cruces, pantalla.NADIE)
    medida = elegir("medida", "Medida", MEDIDAS, "devengado") if con != pantalla.NADIE else "devengado"
vista = ask(
    pantalla.vista_presupuesto, por=por, con=con, medida=medida, filtros=pasos, oscuro=oscuro(), **donde
)
destino = dict(pasos)
with arriba:
    if vista["vacio"]:
        pantalla.sin_dinero(vista)
        st.stop()
    pantalla.cabeza(vista, destino)
    pantalla.relacionados(destino)
pantalla.cuerpo(vista, (por, con), medida, destino)
