"""Dependencias y titulares en pantalla: la lista, la ficha con su historia y quién firma por ella."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.texto import contar, esc_md
from db.queries import municipio
from db.queries.titulares import dependencias_con_titular, ficha_dependencia
from db.rules.formato import fecha
from db.rules.texto import llave
from db.rules.titular import TESORERIA, UIPPE

Datos = Mapping[str, Any]

GENERALES, TODAS, VACANTES = "Generales", "Con sus auxiliares", "Sin titular"
SIN_TITULAR = "○ Sin titular"
ANCHO_NOMBRE = 210
"""Pixeles: en un teléfono deja ver a un lado quién la encabeza."""

QUIEN = {
    "dependencia": "Titular de la dependencia",
    "general": "Titular de la dependencia general",
    TESORERIA: "Tesorería",
    UIPPE: "Unidad de planeación (UIPPE)",
}


def vista_lista(session: Session, *, ente_id: int | None) -> list[dict[str, Any]]:
    """Las dependencias con su titular de hoy."""
    return dependencias_con_titular(session, dia=municipio.hoy(session), ente_id=ente_id)


def vista_ficha(session: Session, *, dependencia_id: int) -> dict[str, Any] | None:
    """La ficha de una dependencia, hoy."""
    return ficha_dependencia(session, dependencia_id=dependencia_id, dia=municipio.hoy(session))


def titulo_de_la_lista(lista: Sequence[Datos]) -> str:
    """«3 de 45 dependencias generales no tienen titular»."""
    generales = [d for d in lista if d["es_general"]]
    if not generales:
        return "Aún no hay dependencias cargadas"
    sin = sum(d["titular"] is None for d in generales)
    if not sin:
        return f"Las {len(generales):,} dependencias generales tienen titular"
    tienen = "no tiene" if sin == 1 else "no tienen"
    return f"{sin:,} de {len(generales):,} dependencias generales {tienen} titular"


def filtrar(lista: Sequence[Datos], cuales: str | None, texto: str) -> list[Datos]:
    """Las que se piden ver: generales, todas o las generales sin titular; y que contengan cada palabra."""
    palabras = llave(texto).split()
    return [
        d
        for d in lista
        if (d["es_general"] or cuales == TODAS)
        and (cuales != VACANTES or d["titular"] is None)
        and all(palabra in d["busqueda"] for palabra in palabras)
    ]


def tabla(lista: Sequence[Datos]) -> None:
    """Un renglón por dependencia; elegirlo abre su ficha."""
    titulares = [d["titular"] for d in lista]
    evento = st.dataframe(
        {
            "Dependencia": [f"{d['clave']} {d['nombre']}" for d in lista],
            "Titular": [t["nombre"] if t else SIN_TITULAR for t in titulares],
            "Cargo": [t["cargo"] if t else "" for t in titulares],
            "Desde": [fecha(t["desde"]) if t else "" for t in titulares],
            "Ente": [d["ente"] for d in lista],
        },
        column_config={"Dependencia": st.column_config.TextColumn(width=ANCHO_NOMBRE)},
        hide_index=True,
        key=clave_de_ida("dependencias_tabla"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Dependencias con quien las encabeza",
    )
    for fila in evento.selection.rows:
        ir("dependencias", {"dependencia": lista[fila]["id"]})


def titulo_de_la_ficha(f: Datos) -> str:
    """«Tesorería: la encabeza Fulana desde el 1 de enero»."""
    t = f["titular"]
    return f"{f['nombre']}: {t['nombre']}" if t else f"{f['nombre']}: sin titular"


def cabeza(f: Datos) -> None:
    """De quién es, y las ligas a su superior, su presupuesto y sus metas."""
    st.caption(esc_md(f"{f['ente']} · {f['clave']}"))
    st.title(esc_md(titulo_de_la_ficha(f)), anchor=False)
    if t := f["titular"]:
        st.markdown(esc_md(f"{t['cargo']}, desde el {fecha(t['desde'])}"))
    with st.container(horizontal=True):
        enlace("dependencias", "← Todas las dependencias")
        if f["superior"]:
            enlace("dependencias", esc_md(f["superior"]["nombre"]), {"dependencia": f["superior"]["id"]})
        enlace("metas", "Sus metas", {"dependencia": f["general_id"]})


def firmas(f: Datos) -> None:
    """Quién firma hoy un formato de la dependencia."""
    st.subheader("Quién firma hoy por ella", anchor=False)
    # En una general, la dependencia y su superior son la misma.
    papeles = [papel for papel in QUIEN if papel != "dependencia" or not f["es_general"]]
    quienes = [(QUIEN[papel], f["firmantes"][papel]) for papel in papeles]
    st.table(
        {
            "Papel": [esc_md(papel) for papel, _ in quienes],
            "Quién": [esc_md(p["nombre"] if p else SIN_TITULAR) for _, p in quienes],
            "Cargo": [esc_md(p["cargo"] if p else "") for _, p in quienes],
        }
    )


def historia(f: Datos) -> None:
    """Todos sus titulares, del más reciente al primero."""
    lista = f["historia"]
    st.subheader(f"Ha tenido {contar(len(lista), 'titular', 'titulares', femenino=False)}", anchor=False)
    if lista:
        st.dataframe(
            {
                "Persona": [h["nombre"] for h in lista],
                "Desde": [fecha(h["desde"]) for h in lista],
                "Hasta": [fecha(h["hasta"]) if h["hasta"] else "en funciones" for h in lista],
                "Cargo": [h["cargo"] for h in lista],
            },
            hide_index=True,
            alt="Titulares de la dependencia y sus fechas",
        )


def auxiliares(f: Datos) -> None:
    """Sus dependencias auxiliares, con la liga a cada una."""
    if f["auxiliares"]:
        st.subheader("Sus dependencias auxiliares", anchor=False)
        tabla(f["auxiliares"])
