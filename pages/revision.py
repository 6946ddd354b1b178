"""Revisar: valida en bloque lo que no llama la atención, y lo demás de uno en uno o lo devuelve."""

from functools import partial

import streamlit as st

from dashboard.cache import ask, version_de_los_datos
from dashboard.filtros import filtros
from dashboard.formulario import Formulario
from dashboard.sesion import actor
from dashboard.ui import secciones, vista_captura, vista_validar
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.queries.acuses import lugares
from db.queries.por_revisar import por_revisar
from db.rules.formato import mes_nombre
from db.rules.permisos import Accion, Objeto, puede

elegido, persona = filtros(), actor()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
anio = elegido.anio
datos = ask(lugares, anio=anio)
suyas = {
    d["id"]: f"{d['clave']} {d['nombre']}"
    for d in datos["generales"]
    if puede(persona, Accion.VALIDAR_AVANCES, Objeto(d["ente_id"], frozenset({d["id"]})))
}
if not suyas or not datos["meses"]:
    st.title("No hay nada que revisar", anchor=False)
    st.stop()
titulo = st.empty()
meses = {mes: mes_nombre(mes).capitalize() for mes in datos["meses"]}
abierto = datos["abiertos"][0] if datos["abiertos"] else datos["meses"][-1]
mes = vista_captura.elegir(meses, "Periodo que termina en", "mes", abierto)
area = vista_captura.elegir(suyas, "Dependencia", "area", next(iter(suyas)))
lista = ask(por_revisar, anio=anio, mes=mes, dependencia_id=area)
cuantos = mayuscula(contar(len(lista), "resultado espera revisión", "resultados esperan revisión", False))
titulo.title(esc_md(f"{cuantos} en {mes_nombre(mes)}"), anchor=False)
if not lista:
    st.stop()
vista_validar.tabla(lista)
formulario = Formulario(f"revision_{anio}_{mes}_{area}", version_de_los_datos())
en_bloque = [f for f in lista if f["sin_duda"] and f["autor"] != persona.cuenta]
if en_bloque and st.button(f"Validar {len(en_bloque)} sin nada que llame la atención", type="primary"):
    validan = partial(vista_validar.validar_todos, en_bloque, vista_validar.vistas(), anio, mes)
    formulario.guardar(validan, propios={}, actuales=dict)
vista_validar.uno(formulario, lista, anio, mes)
vista_validar.mostradas(lista)
