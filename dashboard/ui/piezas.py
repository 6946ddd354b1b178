"""Piezas de pantalla que comparten Inicio y Plan. Reciben Markdown ya escapado."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.ui import como
from dashboard.ui.enlaces import enlace

ANCHO_DE_TARJETA = 150
"""Pixeles: caben dos tarjetas por renglón en un teléfono de 390."""


def tarjetas(cifras: Sequence[Mapping[str, str]]) -> None:
    """Cifras con su renglón y su explicación; cuatro en una pantalla ancha, dos en el teléfono."""
    reja = st.grid(len(cifras), min_column_width=ANCHO_DE_TARJETA, border=True)
    for cifra in cifras:
        with reja.cell(), st.container(gap="xxsmall"):
            st.metric(cifra["nombre"], cifra["cifra"])
            st.markdown(f":small[{cifra['renglon']}]")
            if cifra["clave"]:
                como.boton(cifra["clave"], cifra["pregunta"] or como.PREGUNTA)


def renglon(texto: str, pagina: str, parametros: Mapping[str, Any], liga: str = "Ver") -> None:
    """Un texto que se parte lo que haga falta y, a su derecha, la liga a su detalle."""
    with st.container(horizontal=True, wrap=False, gap="small", vertical_alignment="top"):
        st.markdown(texto, width="stretch")
        enlace(pagina, liga, parametros)


def casos(lista: Sequence[Mapping[str, Any]]) -> None:
    """Lo que requiere atención: estado, qué pasa, por qué y quién responde, con su liga."""
    for caso in lista:
        renglon(caso["texto"], caso["pagina"], caso["parametros"])


def grafica(parte: Mapping[str, Any], clave: str) -> None:
    """Una gráfica con el hallazgo por título, su medida debajo, texto alterno y «Ver datos»."""
    st.subheader(parte["titulo"], anchor=False)
    st.caption(parte["subtitulo"])
    if parte["spec"] is not None:
        st.vega_lite_chart(parte["spec"], alt=parte["alt"])
    ver_datos(parte["tabla"], clave)


def ver_datos(tabla: Mapping[str, Sequence[str]], clave: str) -> None:
    """Los datos de una gráfica como tabla, que sólo se arma al abrirla."""
    if not any(tabla.values()):
        return
    cajon = st.expander("Ver datos", key=f"datos_{clave}", on_change="rerun")
    if cajon.open:
        cajon.dataframe(dict(tabla), hide_index=True, placeholder="—", alt="Datos de la gráfica")
