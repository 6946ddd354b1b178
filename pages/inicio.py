"""Inicio: cómo va el plan, qué requiere atención y dónde. Se lee igual en teléfono, tableta y proyector."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.ui import como, frases, laminas, piezas, presentacion, reunion, secciones
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.tema import oscuro
from dashboard.ui.texto import esc_md
from dashboard.ui.vista_inicio import CASOS_A_LA_VISTA, vista_inicio

fijar_direccion()
elegido = filtros()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()

vista = ask(vista_inicio, anio=elegido.anio, mes=elegido.mes, ente_id=elegido.ente_id, oscuro=oscuro())

if vista["vacio"]:
    secciones.base_vacia()
    st.stop()

if reunion.activo():
    laminas.proyectar_en_su_lugar(presentacion.laminas(lambda: vista, oscuro(), primera=""))
    st.stop()

secciones.respuesta(vista)
piezas.tarjetas(vista["cifras"])

izquierda, derecha = st.columns(2, gap="large")
with izquierda:
    piezas.encabezado(*vista["atencion"])
    piezas.casos(vista["casos"][:CASOS_A_LA_VISTA])
    if len(vista["casos"]) > CASOS_A_LA_VISTA:
        como.boton("casos", frases.ver_casos(len(vista["casos"]), vista["mas_casos"]))
    if vista["acuerdos"]:
        enlace("acuerdos", esc_md(vista["acuerdos"]), {"cuales": "vencidos"})
    if vista["registros"]:
        enlace("registros", esc_md(vista["registros"]))
with derecha:
    secciones.ejes(vista["ejes"])

izquierda, derecha = st.columns(2, gap="large")
with izquierda:
    piezas.grafica(vista["historia"], "historia")
with derecha:
    piezas.grafica(vista["programas"], "programas")
    enlace("programas", "Ver el cuadrante y todos los programas", {"parte": "Cuadrante"})

secciones.pie(vista)
como.atender(secciones.explicaciones(vista))
