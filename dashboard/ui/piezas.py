"""Piezas de pantalla que comparten Inicio y Plan. Reciben Markdown ya escapado."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.ui import como
from dashboard.ui.enlaces import compartidos, enlace
from dashboard.ui.texto import esc_md

ANCHO_DE_TARJETA = 150
"""Pixeles: caben dos tarjetas por renglón en un teléfono de 390."""


def tarjetas(cifras: Sequence[Mapping[str, str]]) -> None:
    """Cifras con su renglón y su explicación; cuatro en una pantalla ancha, dos en el teléfono."""
    reja = st.grid(len(cifras), min_column_width=ANCHO_DE_TARJETA, border=True)
    for cifra in cifras:
        with reja.cell():
            st.metric(cifra["nombre"], cifra["cifra"])
            st.markdown(f":small[{cifra['renglon']}]")
            if cifra["clave"]:
                como.boton(cifra["clave"], cifra["pregunta"] or como.PREGUNTA)


def renglon(
    texto: str, pagina: str, parametros: Mapping[str, Any], comunes: Mapping[str, str] | None = None
) -> None:
    """Un texto que se parte lo que haga falta y, a su derecha, la liga a su detalle."""
    with st.container(horizontal=True, wrap=False, gap="small"):
        st.markdown(texto, width="stretch")
        enlace(pagina, "Ver", parametros, comunes)


def casos(lista: Sequence[Mapping[str, Any]]) -> None:
    """Lo que requiere atención: estado, qué pasa, por qué y quién responde, con su liga.

    Un contenedor para toda la lista: cada elemento de más es un mensaje y se paga en cada vuelta.
    """
    comunes = compartidos()
    with st.container(gap="small"):
        for caso in lista:
            enlace(caso["pagina"], caso["liga"], caso["parametros"], comunes)
            st.markdown(caso["texto"])


def encabezado(titulo: str, subtitulo: str) -> None:
    """El título de una parte y lo que mide, en un solo elemento. `titulo` ya escapado."""
    st.markdown(f"### {titulo}\n\n:gray[:small[{subtitulo}]]", anchors=False)


def grafica(parte: Mapping[str, Any], clave: str) -> None:
    """Una gráfica con el hallazgo por título, su medida debajo, texto alterno y «Ver datos»."""
    encabezado(esc_md(parte["titulo"]), esc_md(parte["subtitulo"]))
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
