"""Presupuesto: los momentos del gasto por cualquier clasificación, hasta la última clave."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import ficha_clave, secciones, vista_adecuaciones, vista_revision, vista_vistazo
from dashboard.ui import vista_presupuesto as analisis
from dashboard.ui.camino import elegido, elegir, pestanas
from dashboard.ui.enlaces import fijar_direccion
from dashboard.ui.tema import oscuro
from dashboard.ui.texto import esc_md
from db.rules.cruce import MEDIDAS
from db.rules.matriz import CLASIFICACIONES, CRUZABLES

PARTES = {
    "analisis": "Análisis",
    "vistazo": "De un vistazo",
    "revision": "Lo que pide revisión",
    "adecuaciones": "Adecuaciones",
}

fijar_direccion()
marco = filtros()
if marco.anio is None:
    secciones.base_vacia()
    st.stop()
donde = {"anio": marco.anio, "mes": marco.mes, "ente_id": marco.ente_id}
arriba = st.container()
parte = pestanas("parte", PARTES)

if parte == "vistazo":
    visto = st.query_params.get("ver", "")
    vista_vistazo.dibujar(ask(vista_vistazo.vistazo, programa=visto, oscuro=oscuro(), **donde), arriba)
    st.stop()

if parte == "revision":
    with st.container(horizontal=True):
        que = elegir("que", "Qué revisar", vista_revision.PREGUNTAS, "subejercicio")
        de = "clave"
        if que in ("subejercicio", "sobreejercicio"):
            de = elegir(
                "de", "De cada", {c: analisis.nombre_de(c) for c in vista_revision.DE_QUE}, "programa"
            )
    hallado = ask(vista_revision.vista_revision, que=que, de=de, **donde)
    arriba.caption(hallado["corte"])
    arriba.title(esc_md(hallado["titulo"]), anchor=False)
    vista_revision.dibujar(hallado, que)
    st.stop()

if parte == "adecuaciones":
    vista_adecuaciones.pantalla(actor(), donde, arriba)
    st.stop()

pasos = elegido()
destino = dict(pasos)
medio = st.container()
por, con, medida = "clave", analisis.NADIE, "devengado"
if "clave" not in destino:
    with st.container(horizontal=True):
        por = elegir("por", "Desglosar por", {c: analisis.nombre_de(c) for c in CLASIFICACIONES}, "capitulo")
        cruces = {c: analisis.nombre_de(c) for c in (con, *CRUZABLES) if c != por}
        con = elegir("con", "Cruzar con", cruces, con)
        if con != analisis.NADIE:
            medida = elegir("medida", "Medida", MEDIDAS, medida)
vista = ask(
    analisis.vista_presupuesto, por=por, con=con, medida=medida, filtros=pasos, oscuro=oscuro(), **donde
)
with arriba:
    analisis.titular(vista)
if vista["vacio"]:
    st.stop()
with medio:
    analisis.momentos_y_meses(vista, destino)
if vista["clave"]:
    ficha_clave.dibujar(vista["clave"])
else:
    analisis.tabla(vista, (por, con), medida, destino)
