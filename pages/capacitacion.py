"""Capacitación: qué hace falta aprender, qué cursos se dan, quién los tomó y qué aprendió."""

import streamlit as st

from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import registro_lista, registro_pagina, vista_capacitacion
from dashboard.ui.camino import pestanas
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md
from db.rules.capacitacion import REGISTRO

fijar_direccion()
elegido = filtros()
if "encargo" in st.query_params:
    registro_pagina.uno_solo(REGISTRO, vista_capacitacion.curso)
    st.stop()
todos = registro_pagina.los_que_ve(REGISTRO)
st.title(esc_md(registro_lista.titulo(REGISTRO, todos)), anchor=False)
partes = {
    "cursos": "Cursos",
    "necesidades": "Necesidades",
    "cobertura": "Cobertura",
    "verificar": "Constancias",
}
parte = pestanas("parte", partes)
if parte == "cursos":
    registro_pagina.lista(REGISTRO, todos, ("tipo", "horas"))
elif parte == "verificar":
    vista_capacitacion.verificar()
elif elegido.anio is None:
    st.info("Aún no hay ejercicio.")
    enlace("primeros_pasos", "Primeros pasos")
elif parte == "necesidades":
    vista_capacitacion.necesidades(elegido.anio, actor())
else:
    vista_capacitacion.cobertura(elegido.anio)
