"""Pesos del plan: el juego que rige, quién lo aprobó y por qué, su historia, y escribir uno nuevo."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import captura_pesos, captura_pesos_propuestos, secciones, vista_pesos
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries.pesos import pesos_del_plan
from db.rules.permisos import Accion, puede

fijar_direccion()
elegido = filtros()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
datos = ask(pesos_del_plan, anio=elegido.anio, mes=elegido.mes)
if datos is None:
    st.title("Aún no hay plan cargado para este ejercicio", anchor=False)
    enlace("importar", "**Importar el plan**")
    st.stop()

st.caption(esc_md(f"{datos['plan']} · corte: {datos['corte']}"))
st.title(esc_md(vista_pesos.titulo(datos)), anchor=False)
enlace("plan", "Ver el plan con estos pesos")
captura_pesos_propuestos.del_vigente(datos)
edita = puede(actor(), Accion.FIJAR_PESOS)
captura_pesos_propuestos.por_resolver(datos, edita)
partes = ["En vigor", "Historia", *(["Nuevo juego"] if edita else [])]
parte = st.radio("Parte", partes, horizontal=True, key="parte", bind="query-params")
if parte == "Historia":
    vista_pesos.historia(datos, elegido.anio)
elif parte == "Nuevo juego":
    donde = {"anio": elegido.anio, "mes": elegido.mes, "ente_id": elegido.ente_id}
    captura_pesos.nuevo_juego(datos, donde)
else:
    vista_pesos.en_vigor(datos)
