"""Cierre de periodos: qué falta para cerrar, lo congelado con su sello, y la reapertura con su motivo."""

import streamlit as st

from dashboard.cache import ask, version_de_los_datos
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import captura_extemporanea, secciones, vista_cierre
from dashboard.ui.texto import esc_md
from db.queries.avance_captura import faltantes
from db.queries.cierre import cierres, corregidas
from db.rules.permisos import Accion, puede

elegido = filtros()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
anio = elegido.anio
lista = ask(cierres, anio=anio)
edita = puede(actor(), Accion.CERRAR_PERIODO)
st.title(esc_md(vista_cierre.titulo(anio, lista)), anchor=False)
vista_cierre.tabla(lista)

periodo = vista_cierre.elegir(lista)
mes, version = periodo["mes"], version_de_los_datos()
if periodo["cerrado"]:
    vista_cierre.sello(periodo)
    vista_cierre.corregidas(ask(corregidas, anio=anio, mes=mes))
    vista_cierre.congelado(anio, periodo)
    if edita:
        corrige = st.expander("Registrar una corrección extemporánea", key="corregir", on_change="rerun")
        if corrige.open:
            with corrige:
                captura_extemporanea.corregir(anio, mes)
        vista_cierre.reabrir(anio, periodo, version)
else:
    faltan = ask(faltantes, anio=anio, mes=mes)
    vista_cierre.faltantes([d for d in faltan if puede(actor(), Accion.VER_CAPTURA, vista_cierre.de(d))])
    if edita:
        vista_cierre.cerrar(anio, periodo, version)
vista_cierre.historia(periodo)
