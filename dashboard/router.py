"""El enrutador: persona → filtros → menú → permiso → pantalla. Corre antes de cada pantalla."""

import streamlit as st

from dashboard import filtros, marco, sesion
from dashboard.cache import ask

# Primero quién es: sin sesión no se dibuja nada, ni el menú.
persona = sesion.actor()
contexto = ask(marco.contexto)
marco.configurar(contexto)
paginas = marco.paginas(persona)
elegida = st.navigation(marco.menu(paginas), position="top")
with st.sidebar:
    marco.buscador()
    filtros.dibujar(contexto)
    marco.pie(contexto, persona)
sesion.latido()
marco.atender_busqueda()
marco.exigir_pagina(persona, paginas[elegida], inicio=next(iter(paginas)))
elegida.run()
