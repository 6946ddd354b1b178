"""Ligas entre pantallas: conservan ejercicio, corte y ente, y toda vista se puede enviar por su dirección."""

from collections.abc import Mapping

import streamlit as st

from dashboard.pages_map import PAGES

COMPARTIDOS = ("ejercicio", "corte", "ente")
"""Parámetros de toda la aplicación; los demás son de cada pantalla."""


def hay(pagina: str) -> bool:
    """¿La pantalla existe en esta instalación?"""
    return any(p.archivo == f"{pagina}.py" for p in PAGES)


def destino(parametros: Mapping[str, object]) -> dict[str, str]:
    """Los parámetros propios más los compartidos de la vista actual."""
    compartidos = {nombre: st.query_params[nombre] for nombre in COMPARTIDOS if nombre in st.query_params}
    return compartidos | {nombre: str(valor) for nombre, valor in parametros.items()}


def enlace(pagina: str, etiqueta: str, parametros: Mapping[str, object] | None = None) -> None:
    """Una liga a otra pantalla. `etiqueta` es Markdown: quien llama escapa el texto de personas."""
    if not hay(pagina):
        st.markdown(etiqueta)
        return
    st.page_link(
        f"../pages/{pagina}.py",
        label=etiqueta,
        icon=":material/chevron_right:",
        icon_position="right",
        query_params=destino(parametros or {}),
    )


def ir(pagina: str, parametros: Mapping[str, object]) -> None:
    """Cambia de pantalla ahora mismo."""
    st.switch_page(f"../pages/{pagina}.py", query_params=destino(parametros))
