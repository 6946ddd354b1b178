"""Calendario de captura: cuándo abre y cierra cada periodo, con sus recordatorios y prórrogas."""

from datetime import UTC, datetime

import streamlit as st

from dashboard.cache import ask, version_de_los_datos
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import secciones, vista_calendario
from dashboard.ui.texto import esc_md
from db.queries.calendario import calendario
from db.rules.permisos import Accion, puede

elegido = filtros()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
anio = elegido.anio
datos, ahora = ask(calendario, anio=anio), datetime.now(UTC)
st.title(esc_md(vista_calendario.titulo(anio, datos, ahora)), anchor=False)
vista_calendario.tabla(anio, datos, ahora)
vista_calendario.prorrogas(anio, datos)
if puede(actor(), Accion.EDITAR_CALENDARIO):
    version = version_de_los_datos()
    vista_calendario.proponer(anio, datos, version)
    vista_calendario.mover(datos)
    vista_calendario.dar_prorroga(anio, datos, version)
