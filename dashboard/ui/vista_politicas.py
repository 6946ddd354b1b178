"""A qué sectores de la población sirven las políticas y a cuáles no."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.ui.texto import enumerar, esc_md, mayuscula
from db.queries.politicas import sectores
from db.rules.formato import mdp

Datos = Mapping[str, Any]


def titulo(filas: Sequence[Datos]) -> str:
    """«Ninguna política beneficia a jóvenes ni a personas migrantes»."""
    fuera = [f["nombre"].lower() for f in filas if not f["benefician"]]
    if not fuera:
        return "Cada sector de la población tiene alguna política que lo beneficia"
    if len(fuera) == len(filas):
        return "Ninguna política dice aún a qué sectores beneficia"
    return mayuscula(f"ninguna política beneficia a {enumerar(fuera)}")


def balance(_todas: Sequence[Datos]) -> None:
    """La tabla por sector, con el hallazgo por título."""
    elegido = filtros()
    filas = ask(sectores, anio=elegido.anio, mes=elegido.mes)
    st.subheader(esc_md(titulo(filas)), anchor=False)
    st.dataframe(
        {
            "Sector": [f["nombre"] for f in filas],
            "Lo benefician": [f["benefician"] or None for f in filas],
            "Lo afectan": [f["afectan"] or None for f in filas],
            "Programas": [f["programas"] or None for f in filas],
            "Dinero de esos programas": [mdp(f["modificado"]) if f["modificado"] else None for f in filas],
        },
        hide_index=True,
        placeholder="—",
        alt="Políticas por sector de la población, con los programas en que actúan y su dinero",
    )
    st.caption(
        "El dinero es el presupuesto modificado de los programas en que actúan; un programa se cuenta una "
        "vez por sector. No todo lo que gasta un programa es de la política."
    )
