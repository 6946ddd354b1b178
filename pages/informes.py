"""Informe de Gobierno: quién tiene qué capítulo, qué falta para emitirlo, y cada capítulo con su texto."""

import streamlit as st

from dashboard.cache import ask
from dashboard.sesion import actor
from dashboard.ui import captura_capitulo, captura_informe, vista_capitulo, vista_informe
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries.informe import informe, informes
from db.queries.informe_capitulo import capitulo
from db.rules.permisos import Accion, puede

fijar_direccion()
persona = actor()
coordina = puede(persona, Accion.COORDINAR_INFORME)

if "capitulo" in st.query_params:
    uno = ask(capitulo, capitulo_id=entero("capitulo") or 0)
    if uno is None or not puede(persona, Accion.VER_INFORME, vista_informe.objeto(uno)):
        st.title("No existe ese capítulo", anchor=False)
        enlace("informes", "Volver al Informe")
        st.stop()
    enlace("informes", esc_md(uno["informe"]["nombre"]), {"informe": uno["informe_id"]})
    st.title(esc_md(vista_capitulo.titulo(uno)), anchor=False)
    vista_capitulo.encabezado(uno)
    captura_capitulo.pasos(uno, persona)
    captura_capitulo.escribir(uno, persona)
    vista_capitulo.texto(uno, persona)
    vista_capitulo.logros(uno)
    vista_capitulo.fotos(uno)
    captura_capitulo.adjuntar(uno, persona)
    vista_capitulo.versiones(uno)
    st.stop()

todos = ask(informes)
cual = entero("informe") or (todos[0]["id"] if todos else 0)
elegido = ask(informe, informe_id=cual)
if elegido is None:
    st.title("Aún no hay un Informe de Gobierno en preparación", anchor=False)
    captura_informe.nuevo(coordina)
    st.stop()
suyos = [c for c in elegido["capitulos"] if puede(persona, Accion.VER_INFORME, vista_informe.objeto(c))]
st.caption(esc_md(vista_informe.de_que(elegido)))
st.title(esc_md(vista_informe.titulo(elegido, suyos)), anchor=False)
vista_informe.capitulos(suyos)
vista_informe.por_dependencia(suyos)
vista_informe.lo_que_falta(elegido, coordina)
vista_informe.otros(todos, cual)
captura_informe.de_uno(elegido, coordina)
