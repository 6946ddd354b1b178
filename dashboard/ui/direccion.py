"""Lo que la dirección trae escrito: siempre es texto de fuera y puede venir mal."""

import streamlit as st


def entero(nombre: str) -> int | None:
    """Un parámetro que debe ser un número; si falta o no lo es, None."""
    valor = st.query_params.get(nombre, "")
    return int(valor) if valor.isascii() and valor.isdigit() and len(valor) < 15 else None
