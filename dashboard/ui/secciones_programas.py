"""Las partes de la pantalla Programas: los filtros, la lista y el cuadrante."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.ui import piezas, vista_metas
from dashboard.ui.enlaces import clave_de_ida, ir
from dashboard.ui.grafica_programa import PUNTO
from dashboard.ui.texto import esc_md

Vista = Mapping[str, Any]

LISTA, CUADRANTE = "Lista", "Cuadrante"
ANCHO_PROGRAMA = 260
"""Pixeles: deja ver el nombre y, a su lado, las primeras cifras en un teléfono."""

ANCHO_FILTRO = 168
"""Pixeles: caben dos filtros por renglón en un teléfono y los cuatro en una pantalla."""

ALTO = 620


def pedir_vista() -> str:
    """Lista o cuadrante, en la dirección (`?parte=Cuadrante`)."""
    elegida = st.radio(
        "Vista",
        [LISTA, CUADRANTE],
        key="parte",
        bind="query-params",
        horizontal=True,
        label_visibility="collapsed",
    )
    return str(elegida)


def pedir_filtro(opciones: Vista) -> dict[str, Any]:
    """Eje, dependencia, clasificación CONAC y fuente, escritos en la dirección."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        return {
            "eje": _elegir("Eje", opciones["ejes"], "eje"),
            "dependencia": _elegir("Responde", opciones["dependencias"], "responde"),
            "letra": _elegir("Clasificación CONAC", opciones["letras"], "letra"),
            "fuente": _elegir("Fuente de financiamiento", opciones["fuentes"], "fuente"),
        }


def _elegir(nombre: str, opciones: Mapping[Any, str], clave: str) -> Any:
    return st.selectbox(
        nombre,
        list(opciones),
        index=None,
        key=clave,
        bind="query-params",
        placeholder="Todas" if nombre != "Eje" else "Todos",
        format_func=opciones.__getitem__,
        width=ANCHO_FILTRO,
    )


def lista(vista: Vista) -> None:
    """La tabla de programas, lo más urgente primero; elegir un renglón abre su ficha."""
    vista_metas.filtro_de_estado(vista["por_estado"])
    if not vista["claves"]:
        st.info("Ningún programa cumple estos filtros. Quite alguno o cambie de ejercicio.")
        return
    st.caption("Lo que más atención pide, primero. Elija un renglón para abrir su ficha.")
    _tabla(vista["tabla"], vista["claves"], "programas_tabla", "Programas con su estado, avances y dinero")


def cuadrante(parte: Vista) -> None:
    """La gráfica, sus datos al lado (que también abren la ficha) y lo que no se dibuja, con su motivo."""
    piezas.encabezado(esc_md(parte["titulo"]), esc_md(parte["subtitulo"]))
    izquierda, derecha = st.columns([3, 2], gap="large")
    with izquierda:
        if parte["spec"] is not None:
            evento = st.vega_lite_chart(
                parte["spec"],
                key=clave_de_ida("cuadrante"),
                on_select="rerun",
                selection_mode=PUNTO,
                alt=parte["alt"],
            )
            elegidos = evento.selection.get(PUNTO, [])
            if elegidos and elegidos[0].get("clave") in parte["claves"]:
                ir("programas", {"programa": elegidos[0]["clave"]})
    with derecha:
        if parte["claves"]:
            st.caption("Los mismos datos; elija un renglón para abrir su ficha.")
            _tabla(parte["tabla"], parte["claves"], "cuadrante_tabla", "Dónde cae cada programa", 430)
    if parte["claves_fuera"]:
        st.subheader(f"No se dibujan ({len(parte['claves_fuera']):,})", anchor=False)
        _tabla(
            parte["fuera"], parte["claves_fuera"], "cuadrante_fuera", "Programas sin uno de los dos avances"
        )


def _tabla(
    columnas: Mapping[str, Sequence[str]], claves: Sequence[str], clave: str, dicho: str, alto: int = ALTO
) -> None:
    evento = st.dataframe(
        dict(columnas),
        column_config={"Programa": st.column_config.TextColumn(width=ANCHO_PROGRAMA)},
        hide_index=True,
        height=min(alto, 35 * (len(claves) + 1) + 3),
        key=clave_de_ida(clave),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt=dicho,
    )
    if evento.selection.rows:
        ir("programas", {"programa": claves[evento.selection.rows[0]]})
