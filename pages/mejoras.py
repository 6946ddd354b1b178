"""Mejora de trámites: lo que los grupos de trabajo proponen y lo que la gente se ahorra."""

import streamlit as st

from dashboard.sesion import actor
from dashboard.ui import registro_lista, registro_pagina, vista_mejoras
from dashboard.ui.camino import pestanas
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md
from db.rules.mejoras import REGISTRO

fijar_direccion()
if "encargo" in st.query_params:
    registro_pagina.uno_solo(REGISTRO, vista_mejoras.antes_y_despues)
    st.stop()
if "tramite" in st.query_params:
    enlace("mejoras", "Todos los trámites", {"parte": "tramites"})
    vista_mejoras.uno_solo(entero("tramite") or 0, actor())
    st.stop()
todas = registro_pagina.los_que_ve(REGISTRO)
st.title(esc_md(registro_lista.titulo(REGISTRO, todas)), anchor=False)
partes = {"mejoras": "Mejoras", "tramites": "Trámites", "grupos": "Grupos de trabajo"}
parte = pestanas("parte", partes)
if parte == "mejoras":
    registro_pagina.lista(REGISTRO, todas, ("tipo",), vista_mejoras.resumen)
elif parte == "tramites":
    vista_mejoras.catalogo(actor())
else:
    st.markdown("Los grupos de trabajo se integran, convocan y acuerdan como cualquier comité.")
    enlace("comites", "Integrar un grupo o ver los que hay")
