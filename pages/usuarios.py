"""Usuarios: quién entra, con qué rol y hasta dónde."""

import streamlit as st

st.title("Usuarios")
