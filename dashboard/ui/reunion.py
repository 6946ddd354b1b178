"""Modo reunión: cualquier pantalla, en la misma dirección más `vista=presentacion`, para proyectarla.

Letra más grande, sin menú ni barra lateral y sin formularios: se mira, no se captura.
"""

import streamlit as st

from dashboard.ui.enlaces import EN_REUNION

((PARAMETRO, VALOR),) = EN_REUNION.items()
ESTILO = """<style>
html { font-size: 21px; }
[data-testid="stForm"], [data-testid="stDownloadButton"], [data-testid="stFileUploader"],
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] { display: none; }
</style>"""


def activo() -> bool:
    """¿La dirección pide proyectar?"""
    return st.query_params.get(PARAMETRO) == VALOR


def entrar() -> None:
    """El botón que pone esta pantalla en modo reunión."""
    st.button("Modo reunión", icon=":material/present_to_all:", on_click=_poner, type="tertiary")


def _poner() -> None:
    st.query_params[PARAMETRO] = VALOR


def vestir() -> None:
    """La letra grande y la salida; va después del menú escondido."""
    st.html(ESTILO)
    st.button(
        "Salir del modo reunión", shortcut="Esc", on_click=_quitar, type="tertiary", key="salir_de_reunion"
    )


def _quitar() -> None:
    st.query_params.pop(PARAMETRO, None)
