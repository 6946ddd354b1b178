"""Revisar: qué áreas esperan, lo que se valida en bloque, lo demás de uno en uno, y publicar."""

import streamlit as st

from dashboard.cache import ask, version_de_los_datos
from dashboard.filtros import filtros
from dashboard.formulario import Formulario
from dashboard.sesion import actor
from dashboard.ui import secciones, vista_validar
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries.por_revisar import cola, por_publicar, por_revisar
from db.rules.formato import mes_nombre
from db.rules.permisos import Accion, Objeto, puede

fijar_direccion()
elegido, persona = filtros(), actor()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
anio = elegido.anio
suyas = [
    f
    for f in ask(cola, anio=anio)
    if puede(persona, Accion.VALIDAR_AVANCES, Objeto(f["ente_id"], frozenset({f["dependencia_id"]})))
    and elegido.ente_id in (None, f["ente_id"])
]
st.title(esc_md(vista_validar.titulo(suyas)), anchor=False)
mes, area = entero("mes"), entero("area")
pedida = next((f for f in suyas if mes in (None, f["mes"]) and area in (None, f["dependencia_id"])), None)
abierta = vista_validar.elegir(suyas, pedida)
if abierta is not None:
    mes = abierta["mes"]
    lista = ask(por_revisar, anio=anio, mes=mes, dependencia_id=abierta["dependencia_id"])
    st.markdown(f"### {esc_md(abierta['dependencia'])}, {mes_nombre(mes)}", anchors=False)
    formulario = Formulario(f"revision_{anio}_{mes}_{abierta['dependencia_id']}", version_de_los_datos())
    vista_validar.en_bloque(formulario, lista, anio, mes)
    vista_validar.uno(formulario, lista, anio, mes)
    vista_validar.mostradas(lista)
listos = ask(por_publicar, anio=anio)
if listos and puede(persona, Accion.PUBLICAR_AVANCES):
    vista_validar.para_publicar(listos, anio)
