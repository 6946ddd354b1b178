"""El enrutador: persona → filtros → menú → permiso → pantalla. Corre antes de cada pantalla."""

import streamlit as st

from dashboard import filtros, marco, sesion
from dashboard.cache import ask
from dashboard.ui import reunion

# Primero quién es: sin sesión no se dibuja nada, ni el menú.
persona = sesion.actor()
contexto = ask(marco.contexto)
marco.configurar(contexto)
paginas = marco.paginas(persona)
en_reunion = reunion.activo()
elegida = st.navigation(marco.menu(paginas), position="hidden" if en_reunion else "top")
with st.sidebar:
    marco.buscador()
    filtros.dibujar(contexto)
    marco.pie(contexto, persona)
    reunion.entrar()
sesion.latido()
marco.atender_busqueda()
marco.exigir_pagina(persona, paginas[elegida], inicio=next(iter(paginas)))
if en_reunion:
    reunion.vestir(paginas[elegida].con_presentacion)
elegida.run()
