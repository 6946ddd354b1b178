"""La caja de buscar y lo que se halló, cada cosa con su clase y la liga que la abre."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.ui.enlaces import compartidos, enlace
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.rules.busqueda import ASUNTOS, MAXIMO, palabras

Datos = Mapping[str, Any]
LARGO = 120
LETRAS = 140


def caja() -> str:
    """Lo que se busca; vive en la dirección, para poder enviarlo."""
    st.session_state["buscar"] = st.query_params.get("texto", "")[:LARGO]
    st.text_input(
        "Qué busca",
        key="buscar",
        max_chars=LARGO,
        placeholder="Una palabra: un programa, una colonia, un folio, una persona…",
        on_change=_escribir,
    )
    return str(st.session_state["buscar"]).strip()


def _escribir() -> None:
    st.query_params["texto"] = st.session_state["buscar"]


def titulo(texto: str, halladas: Sequence[Datos]) -> str:
    """«Doce resultados de «agua»»."""
    if not palabras(texto):
        return "Buscar en todo el sistema"
    if not halladas:
        return f"Nada con «{texto}»"
    if len(halladas) == MAXIMO:
        return f"Los primeros {MAXIMO} de «{texto}»"
    return f"{mayuscula(contar(len(halladas), 'resultado', 'resultados', False))} de «{texto}»"


def lista(halladas: Sequence[Datos]) -> None:
    """Una liga por cosa, con su clase y su año."""
    comunes = compartidos()
    for f in halladas:
        asunto = ASUNTOS[f["asunto"]]
        anio = f" {f['anio']}" if f["anio"] else ""
        comun = (
            comunes | {"ejercicio": str(f["anio"])} if f["anio"] and f["asunto"] in DE_EJERCICIO else comunes
        )
        rotulo = f"{esc_md(f['titulo'][:LETRAS])} :gray[:small[{esc_md(asunto.nombre)}{anio}]]"
        enlace(asunto.pagina, rotulo, {asunto.parametro: f["referencia"]}, comun)


DE_EJERCICIO = frozenset({"programa", "proyecto", "meta", "indicador"})
"""Lo que se abre en el ejercicio al que pertenece."""
