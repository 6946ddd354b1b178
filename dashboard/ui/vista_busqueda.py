"""La caja de buscar y lo que se halló, cada cosa con su clase y la liga que la abre."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.ui.camino import elegir
from dashboard.ui.enlaces import compartidos, enlace
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.rules.busqueda import ASUNTOS, palabras

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


def titulo(texto: str, cuentas: Mapping[str, int]) -> str:
    """«Doce resultados de «agua»»."""
    if not palabras(texto):
        return "Buscar en todo el sistema"
    total = sum(cuentas.values())
    if not total:
        return f"Nada con «{texto}»"
    return f"{mayuscula(contar(total, 'resultado', 'resultados', False))} de «{texto}»"


def clase(cuentas: Mapping[str, int]) -> str:
    """La clase de cosa que se quiere ver; vacía, todas."""
    if len(cuentas) < 2:
        return ""
    opciones = {"": "Todo"} | {a: f"{ASUNTOS[a].nombre} ({n:,})" for a, n in cuentas.items()}
    return elegir("clase", "Qué clase de cosa", opciones, "")


def lista(halladas: Sequence[Datos], cuentas: Mapping[str, int]) -> None:
    """Bajo cada clase de cosa, una liga por hallada, con su año."""
    comunes, previo = compartidos(), ""
    for f in halladas:
        asunto = ASUNTOS[f["asunto"]]
        if f["asunto"] != previo:
            previo = f["asunto"]
            st.markdown(f"**{esc_md(asunto.nombre)}** :gray[:small[{cuentas[previo]:,}]]")
        de_ejercicio = f["anio"] and previo in DE_EJERCICIO
        comun = comunes | {"ejercicio": str(f["anio"])} if de_ejercicio else comunes
        anio = f" :gray[:small[{f['anio']}]]" if f["anio"] else ""
        enlace(
            asunto.pagina,
            f"{esc_md(f['titulo'][:LETRAS])}{anio}",
            {asunto.parametro: f["referencia"]},
            comun,
        )


DE_EJERCICIO = frozenset({"programa", "proyecto", "meta", "indicador"})
"""Lo que se abre en el ejercicio al que pertenece."""
