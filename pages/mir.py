"""MIR: la matriz de cada programa, lo que le falta, su árbol y su captura."""

import streamlit as st

from dashboard.cache import ask, version_de_los_datos
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import (
    captura_diagnostico,
    captura_mir,
    secciones,
    vista_arbol,
    vista_diagnostico,
    vista_mir,
)
from dashboard.ui.enlaces import compartidos, enlace, fijar_direccion
from dashboard.ui.tema import oscuro
from dashboard.ui.texto import esc_md
from db.queries.arbol import arbol, vista_previa
from db.queries.diagnostico import descripciones, involucrados
from db.queries.mir import fichas_del_programa, mir, programas_con_mir
from db.rules.permisos import Accion, Objeto, puede

fijar_direccion()
elegido = filtros()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()

clave = st.query_params.get("programa", "")
if not clave:
    matrices = ask(programas_con_mir, anio=elegido.anio, ente_id=elegido.ente_id)
    st.title(esc_md(vista_mir.titulo_de_lista(matrices)), anchor=False)
    if matrices:
        vista_mir.lista(matrices)
    else:
        st.info("Ningún ente ejecuta programas en este ejercicio: cargue programas y estructura en Importar.")
    st.stop()

datos = ask(mir, anio=elegido.anio, clave=clave, mes=elegido.mes, ente_id=elegido.ente_id)
ente = vista_mir.ente_elegido(datos["entes"], clave) if datos else None
if datos is None or ente is None:
    st.title("No hay esa matriz", anchor=False)
    st.warning("El programa no existe en este ejercicio, o ese ente no lo ejecuta.")
    enlace("mir", "← Todas las matrices")
    st.stop()

lugar = datos["programa"]["id"], ente["id"]
renglones = [r for r in datos["renglones"] if r["ente_id"] == ente["id"]]
faltas = [f for f in datos["faltas"] if f["ente_id"] == ente["id"]]
dependencias = frozenset(datos["dependencias"].get(ente["id"], ()))
edita = puede(actor(), Accion.EDITAR_MIR, Objeto(ente["id"], dependencias))
suyo = {"anio": elegido.anio, "clave": clave, "ente_id": ente["id"]}
vista_mir.cabeza(datos, ente, faltas)

partes = ["Matriz", "Revisión", "Diagnóstico", "Árbol", "CREMAA", *(["Capturar"] if edita else [])]
parte = st.radio("Parte", partes, key="parte", horizontal=True, bind="query-params")
if parte == "Matriz":
    if edita:
        vista_mir.ofrecer_ligar(ask(vista_mir.sugeridas, **suyo), version_de_los_datos())
    vista_mir.matriz(datos, ente, renglones, oscuro())
elif parte == "Revisión":
    direccion = {**compartidos(), "programa": clave, "de": str(ente["id"]), "parte": "Capturar"}
    vista_mir.revision(faltas, direccion if edita else None, oscuro())
elif parte == "Diagnóstico":
    escritas = ask(descripciones, programa_id=lugar[0], ente_id=lugar[1])
    grupos = ask(involucrados, programa_id=lugar[0], ente_id=lugar[1])
    vista_diagnostico.dibujar(escritas, grupos, clave)
    if edita:
        captura_diagnostico.dibujar(escritas, grupos, lugar)
elif parte == "Árbol":
    nodos = ask(arbol, programa_id=lugar[0], ente_id=lugar[1])
    vista_arbol.dibujos(nodos)
    if edita:
        st.subheader("Capturar el árbol", anchor=False)
        vista_arbol.captura(nodos, lugar)
        st.subheader("Derivar la MIR", anchor=False)
        previa = ask(vista_previa, programa_id=lugar[0], ente_id=lugar[1])
        vista_arbol.derivar(previa, lugar, version_de_los_datos())
elif parte == "CREMAA":
    vista_mir.cremaa(ask(fichas_del_programa, **suyo), edita)
else:
    captura_mir.captura(renglones, ask(fichas_del_programa, **suyo), lugar)
