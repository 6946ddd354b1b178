"""El tema que ve la persona, para lo que se dibuja en el servidor."""

import streamlit as st


def oscuro() -> bool:
    """¿La pantalla está en tema oscuro? Si el navegador aún no lo dice, claro."""
    return st.context.theme.type == "dark"
