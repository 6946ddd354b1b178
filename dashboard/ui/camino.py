"""El camino de un desglose del gasto: lo elegido, en palabras y en la dirección, en su orden."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.ui.enlaces import compartidos, enlace
from dashboard.ui.texto import corto, esc_md
from db.queries.matriz import FONDO
from db.rules.matriz import CLASIFICACIONES, FILTROS, SIN_CODIGO

Filtro = tuple[str, str]

LARGO_MAXIMO = 120
"""Signos de una clave completa; más no es de nadie."""

LETRAS_DE_PASO = 30
FONDO_EN_PALABRAS = "Fuente que empieza con"


def elegido() -> tuple[Filtro, ...]:
    """Los filtros que trae la dirección, en su orden; lo que no es un código se ignora."""
    return tuple(
        (nombre, valor.strip())
        for nombre, valor in st.query_params.to_dict().items()
        if (nombre in FILTROS or nombre == FONDO) and 0 < len(valor.strip()) <= LARGO_MAXIMO
    )


def en_palabras(filtro: Filtro, nombre: str = "") -> str:
    """«Capítulo 1000 Servicios personales»; lo que no trae código se dice."""
    cual, valor = filtro
    titulo = FONDO_EN_PALABRAS if cual == FONDO else CLASIFICACIONES[cual].nombre
    if valor == SIN_CODIGO:
        return f"Sin {titulo.lower()}"
    return f"{titulo} {valor} {nombre}".strip()


def migas(pasos: Sequence[tuple[Filtro, str]], otros: Mapping[str, str]) -> None:
    """Una liga por paso anterior y el camino en palabras; `pasos` trae cada filtro con su nombre."""
    comunes = compartidos()
    with st.container(horizontal=True, gap="small"):
        enlace("presupuesto", "Todo el presupuesto", otros, comunes)
        for n in range(1, len(pasos)):
            previos = dict(filtro for filtro, _ in pasos[:n])
            filtro, nombre = pasos[n - 1]
            texto = en_palabras(filtro, corto(nombre, LETRAS_DE_PASO))
            enlace("presupuesto", esc_md(texto), {**otros, **previos}, comunes)
    st.markdown(f"**{esc_md(' › '.join(en_palabras(*paso) for paso in pasos))}**")


def elegir(nombre: str, etiqueta: str, opciones: Mapping[str, str], omision: str) -> str:
    """Una lista cuyo valor vive en la dirección con su código (`?por=capitulo`), no con su rótulo."""
    actual = st.query_params.get(nombre, omision)
    if actual not in opciones:
        actual = omision
    llave = f"elegir_{nombre}"
    st.session_state[llave] = actual
    st.selectbox(
        etiqueta,
        list(opciones),
        key=llave,
        format_func=_rotulo(opciones),
        on_change=_escribir,
        args=(nombre, llave, omision),
    )
    return actual


def pestanas(nombre: str, opciones: Mapping[str, str]) -> str:
    """Las partes de una pantalla; la abierta vive en la dirección. La primera es la de omisión."""
    omision = next(iter(opciones))
    actual = st.query_params.get(nombre, omision)
    if actual not in opciones:
        actual = omision
    llave = f"elegir_{nombre}"
    st.session_state[llave] = actual
    st.radio(
        "Parte de la pantalla",
        list(opciones),
        key=llave,
        horizontal=True,
        format_func=_rotulo(opciones),
        label_visibility="collapsed",
        on_change=_escribir,
        args=(nombre, llave, omision),
    )
    return actual


def _rotulo(opciones: Mapping[str, str]) -> Callable[[Any], str]:
    return lambda codigo: opciones[codigo]


def _escribir(nombre: str, llave: str, omision: str) -> None:
    valor = st.session_state[llave]
    if valor == omision:
        st.query_params.pop(nombre, None)
    else:
        st.query_params[nombre] = valor
