"""Lo que un área captura, por proyecto: en pantalla va uno a la vez, para que cien metas no estorben."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.ui.camino import elegir as elegir_de
from dashboard.ui.texto import corto, esc_md

Item = Mapping[str, Any]

JUNTOS = 12
"""Hasta cuántas van todas en una sola lista."""
TODO, SIN_PROGRAMAR = "todo", "sin_programar"
POR_HACER = ("Sin capturar", "Borrador", "Devuelto")
LETRAS = 48


def falta(item: Item) -> bool:
    """¿Le toca a este periodo y aún no se envía?"""
    return bool(item["toca"]) and item["palabra"] in POR_HACER


def grupos(lista: Sequence[Item]) -> dict[str, list[int]]:
    """Código del grupo → lugares en la lista: lo devuelto primero y lo no programado al final."""
    if len(lista) <= JUNTOS:
        return {TODO: list(range(len(lista)))}
    juntos: dict[str, list[int]] = {}
    for n, item in enumerate(lista):
        # Escribir en algo no lo cambia de grupo: se iría de la vista a medio capturar.
        suelto = not item["toca"] and item["estado"] is None
        codigo = SIN_PROGRAMAR if suelto else item["proyecto"].split(" ")[0]
        juntos.setdefault(codigo, []).append(n)
    for suyos in juntos.values():
        suyos.sort(key=lambda n: lista[n]["palabra"] != "Devuelto")
    return dict(sorted(juntos.items(), key=lambda par: par[0] == SIN_PROGRAMAR))


def elegir(lista: Sequence[Item], por_grupo: Mapping[str, Sequence[int]]) -> str:
    """El grupo abierto, que viaja en la dirección; sin pedir ninguno, el primero con algo por hacer.

    `?item=meta-12` abre el grupo en que está.
    """
    pedido = st.query_params.pop("item", None)
    if pedido is not None:
        hallado = next(
            (c for c, ns in por_grupo.items() if any(nombre_de(lista[n]) == pedido for n in ns)), None
        )
        if hallado is not None:
            st.query_params["grupo"] = hallado
    if len(por_grupo) == 1:
        return next(iter(por_grupo))
    rotulos = {codigo: _rotulo(lista, codigo, ns) for codigo, ns in por_grupo.items()}
    if st.query_params.get("grupo") not in rotulos:
        # Se anota en la dirección: si no, al escribir en lo último que falta se abriría solo otro grupo.
        st.query_params["grupo"] = siguiente(lista, por_grupo, "") or next(iter(rotulos))
    return elegir_de("grupo", "Proyecto", rotulos, "")


def nombre_de(item: Item) -> str:
    """Con qué se nombra una cosa en la dirección y en los errores: «meta-12»."""
    return f"{item['clase']}-{item['id']}"


def _rotulo(lista: Sequence[Item], codigo: str, ns: Sequence[int]) -> str:
    faltan = sum(falta(lista[n]) for n in ns)
    cuenta = f"Faltan {faltan} de {len(ns)}" if faltan else f"{len(ns)} completos"
    if codigo == SIN_PROGRAMAR:
        return f"Sin programar en este periodo · {len(ns)}"
    _, _, nombre = lista[ns[0]]["proyecto"].partition(" ")
    # La cuenta va primero: en un teléfono el nombre se corta.
    return f"{cuenta} · {corto(nombre, LETRAS)}"


def por_escribir(item: Item) -> bool:
    """¿Le falta, y la persona aún no lleva nada escrito?"""
    return falta(item) and not item["borrador"]


def siguiente(lista: Sequence[Item], por_grupo: Mapping[str, Sequence[int]], abierto: str) -> str | None:
    """El grupo que sigue del abierto con algo por escribir, dando la vuelta; None si no queda ninguno.

    Al empezar (sin ninguno abierto) va antes el que tiene algo devuelto.
    """
    codigos = list(por_grupo)
    desde = codigos.index(abierto) + 1 if abierto in por_grupo else 0
    vuelta = [c for c in (*codigos[desde:], *codigos[:desde]) if c != abierto]
    pendientes = [c for c in vuelta if any(por_escribir(lista[n]) for n in por_grupo[c])]
    devueltos = [c for c in vuelta if any(lista[n]["palabra"] == "Devuelto" for n in por_grupo[c])]
    return next(iter(pendientes if abierto else devueltos + pendientes), None)


def ir_al_siguiente(lista: Sequence[Item], por_grupo: Mapping[str, Sequence[int]], abierto: str) -> None:
    """El botón que abre el grupo que sigue; lo escrito en éste ya quedó guardado."""
    cual = siguiente(lista, por_grupo, abierto)
    if cual is None:
        return
    rotulo = _rotulo(lista, cual, por_grupo[cual])
    st.button(f"Siguiente: {esc_md(rotulo)}", on_click=_abrir, args=(cual,), icon=":material/arrow_forward:")


def _abrir(codigo: str) -> None:
    st.query_params["grupo"] = codigo
