"""Documentos: elegir uno, ver qué le falta y cómo queda, emitirlo con folio, y lo que ya ha salido."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.reports.registro import reporte_de
from dashboard.sesion import actor
from dashboard.ui import captura_textos, muestra, secciones
from dashboard.ui import vista_documentos as vista
from dashboard.ui.camino import elegir, pestanas
from dashboard.ui.enlaces import fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries.documentos import emitidos, membrete

fijar_direccion()
marco, persona = filtros(), actor()
if marco.anio is None:
    secciones.base_vacia()
    st.stop()
salidos = vista.suyos(persona, ask(emitidos, anio=marco.anio))
st.title(esc_md(vista.titulo(len(salidos), marco.anio)), anchor=False)
parte = pestanas("parte", {"hacer": "Hacer un documento", "registro": "Lo que ha salido"})
if parte == "registro":
    vista.registro(salidos, ask(membrete, anio=marco.anio)["zona_horaria"])
    st.stop()

posibles = vista.de_su_alcance(persona)
reporte = reporte_de(elegir("documento", "Documento", posibles, next(iter(posibles))))
st.caption(esc_md(reporte.que_es))
pedido = vista.pedir(persona, reporte, marco)
documento = vista.construir(persona, reporte, pedido) if pedido else None
if pedido is None or documento is None:
    st.stop()
vista.faltas(documento)
captura_textos.dibujar(persona, pedido, documento)
vista.mandar(persona, reporte, pedido, documento)
muestra.dibujar(documento)
