"""Indicadores: cómo va cada uno, su tendencia y su ficha."""

from functools import partial

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import (
    como,
    evidencias,
    historial_captura,
    lo_de_los_registros,
    lo_del_comite,
    reconducciones,
    secciones,
    secciones_indicador,
    secciones_indicadores,
    vista_metas,
)
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.tema import oscuro
from dashboard.ui.texto import esc_md
from dashboard.ui.vista_indicador import vista_indicador
from dashboard.ui.vista_indicadores import pequenas_tendencias, tira_de_estados, titular
from db.queries.catalogo_indicadores import catalogo, conjunto, filtrar, por_estado

fijar_direccion()
elegido = filtros()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
donde = {"anio": elegido.anio, "mes": elegido.mes, "ente_id": elegido.ente_id}

if "indicador" in st.query_params:
    enlace("indicadores", "← Todos los indicadores")
    vista = ask(vista_indicador, indicador_id=entero("indicador") or 0, oscuro=oscuro(), **donde)
    if vista is None:
        st.warning("No existe ese indicador en este ejercicio.")
    else:
        ficha = vista["ficha"]
        secciones_indicador.ficha(ficha, vista["grafica"], elegido.anio)
        reconducciones.seccion(f"indicador-{ficha['id']}", elegido.anio, ficha["reconducciones"])
        lo_del_comite.de("indicador", ficha["id"])
        lo_de_los_registros.de(actor(), "indicador", ficha["id"])
        evidencias.en_ficha("indicador", ficha["id"], elegido.anio)
        historial_captura.seccion("indicador", ficha["id"], elegido.anio)
    st.stop()

todos = ask(catalogo, **donde)
titulo = st.empty()
filtro = secciones_indicadores.pedir_filtro(todos)
elegidos = filtrar(todos["renglones"], filtro)
titulo.title(
    esc_md(titular(elegidos, secciones_indicadores.palabras_del_filtro(filtro, todos))), anchor=False
)
secciones_indicadores.limpiar(filtro)
junto = conjunto(todos, elegidos)
secciones_indicadores.conjunto(junto)
vista_metas.filtro_de_estado(por_estado(elegidos))
estado = st.query_params.get("estado")
vistos = [r for r in elegidos if estado in (None, r["cumplimiento"]["estado"])]

como_verlos = secciones_indicadores.pedir_vista()
if not vistos:
    st.info("Ningún indicador cumple estos filtros, o aún no se cargan las fichas del ejercicio.")
else:
    parte = vistos[secciones_indicadores.pagina(len(vistos), como_verlos)]
    if como_verlos == secciones_indicadores.LISTA:
        st.caption("Elija un renglón para abrir su ficha.")
        secciones_indicadores.lista(parte)
    else:
        pregunta = pequenas_tendencias if como_verlos == secciones_indicadores.TENDENCIAS else tira_de_estados
        ids = tuple(r["id"] for r in parte)
        dibujo = ask(pregunta, ids=ids, anio=elegido.anio, mes=todos["corte"][1], oscuro=oscuro())
        secciones_indicadores.graficada(dibujo, parte, como_verlos)
como.atender({"conjunto": ("Indicadores elegidos: ¿cómo se calculó?", partial(como.explicar, junto))})
