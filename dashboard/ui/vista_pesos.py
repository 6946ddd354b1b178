"""Los pesos del plan en pantalla: el juego que rige, su historia y la comparación de dos."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.ui.texto import contar, esc_md
from dashboard.ui.vista_comun import nombre_de_nodo
from db.queries.pesos import comparar
from db.rules.formato import numero, pct
from db.rules.peso import Hermanos, avisos, parte_de_cada_uno, suma_en_palabras

Datos = Mapping[str, Any]

RIGE, POR_ENTRAR, ANTERIOR = "✔ Rige al corte", "◔ Por entrar en vigor", "○ Anterior"
SIN_APROBAR = {"propuesto": "▷ Propuesto al comité", "rechazado": "✖ No se aprobó"}
ANCHO_NOMBRE = 220
SIN_PESO = "igual"


def titulo(datos: Datos) -> str:
    """«Rigen los pesos que aprobó el COPLADEMUN, desde enero de 2024»."""
    vigente = datos["vigente"]
    if vigente is None:
        return "Todo el plan pesa igual: ningún juego de pesos rige al corte"
    return f"Rigen los pesos que aprobó {vigente['aprobo']}, desde {vigente['desde']}"


def grupos(datos: Datos, pesos: Mapping[int, Decimal | None]) -> dict[int | None, Hermanos]:
    """Superior (None: el plan) → sus hijos con esos pesos, sólo donde hay más de uno."""
    nombres = {n["id"]: nombre_de_nodo(n) for n in datos["nodos"]}
    juntos: dict[int | None, dict[int, Decimal | None]] = {}
    for n in datos["nodos"]:
        juntos.setdefault(n["padre_id"], {})[n["id"]] = pesos.get(n["id"])
    return {
        padre: Hermanos(datos["plan"] if padre is None else nombres[padre], hijos)
        for padre, hijos in juntos.items()
        if len(hijos) > 1
    }


def en_vigor(datos: Datos) -> None:
    """Los nodos con peso propio y cuánto pesan de verdad entre sus hermanos."""
    if datos["vigente"]:
        st.markdown(f"**Razón:** {esc_md(datos['vigente']['motivo'])}")
    pesos = {n["id"]: n["peso"] for n in datos["nodos"]}
    con_peso = [g for g in grupos(datos, pesos).values() if not g.vacios]
    for aviso in avisos(con_peso):
        st.warning(esc_md(aviso))
    if con_peso:
        tabla_de_pesos(datos, con_peso)
    st.caption("Los demás nodos pesan igual que sus hermanos. El peso cuenta en proporción: peso ÷ Σ pesos.")


def tabla_de_pesos(datos: Datos, lista: Sequence[Hermanos]) -> None:
    """Un renglón por nodo: su peso escrito y el porcentaje que pesa entre sus hermanos."""
    nombres = {n["id"]: nombre_de_nodo(n) for n in datos["nodos"]}
    filas = [(g, nodo, peso, parte_de_cada_uno(g)) for g in lista for nodo, peso in g.pesos.items()]
    st.dataframe(
        {
            "Nodo": [nombres[nodo] for _, nodo, _, _ in filas],
            "Pesa": [pct(partes.get(nodo), 2) for _, nodo, _, partes in filas],
            "Peso": [SIN_PESO if peso is None else numero(peso) for _, _, peso, _ in filas],
            "Entre lo que cuelga de": [f"{g.nombre} ({suma_en_palabras(g)})" for g, _, _, _ in filas],
        },
        column_config={"Nodo": st.column_config.TextColumn(width=ANCHO_NOMBRE)},
        hide_index=True,
        alt="Pesos en vigor",
    )


def historia(datos: Datos, anio: int) -> None:
    """Todos los juegos, y qué cambió de uno a otro."""
    todos: Sequence[Datos] = datos["juegos"]
    if not todos:
        st.markdown("Todavía no se guarda ningún juego de pesos: todo pesa igual.")
        return
    st.dataframe(
        {
            "Rige desde": [j["desde"] for j in todos],
            "Situación": [_situacion(datos, j) for j in todos],
            "Aprobó": [j["aprobo"] for j in todos],
            "Razón": [j["motivo"] for j in todos],
            "Pesos": [j["cuantos"] for j in todos],
        },
        hide_index=True,
        alt="Juegos de pesos guardados",
    )
    if len(todos) > 1:
        _comparacion(todos, anio)


def _situacion(datos: Datos, juego: Datos) -> str:
    if juego["estado"] in SIN_APROBAR:
        return SIN_APROBAR[juego["estado"]]
    vigente = datos["vigente"]
    if vigente and vigente["id"] == juego["id"]:
        return RIGE
    if vigente is None or (juego["anio"], juego["mes"]) > (vigente["anio"], vigente["mes"]):
        return POR_ENTRAR
    return ANTERIOR


def nombre_de_juego(juego: Datos) -> str:
    """«enero de 2024 · COPLADEMUN»."""
    return f"{juego['desde']} · {juego['aprobo'] or 'propuesto'}"


def _comparacion(todos: Sequence[Datos], anio: int) -> None:
    por_id = {j["id"]: j for j in todos}
    reja = st.grid(2, min_column_width=220)
    with reja.cell():
        uno = st.selectbox(
            "Comparar", list(por_id), 1, key="pesos_uno", format_func=lambda n: nombre_de_juego(por_id[n])
        )
    with reja.cell():
        otro = st.selectbox(
            "con", list(por_id), 0, key="pesos_otro", format_func=lambda n: nombre_de_juego(por_id[n])
        )
    cambios = ask(comparar, anio=anio, uno=uno, otro=otro)
    st.markdown(f"Cambia el peso de {contar(len(cambios), 'nodo', 'nodos', femenino=False)}.")
    if cambios:
        st.dataframe(
            {
                "Nodo": [nombre_de_nodo(c) for c in cambios],
                "Antes": [SIN_PESO if c["antes"] is None else numero(c["antes"]) for c in cambios],
                "Después": [SIN_PESO if c["despues"] is None else numero(c["despues"]) for c in cambios],
            },
            column_config={"Nodo": st.column_config.TextColumn(width=ANCHO_NOMBRE)},
            hide_index=True,
            alt="Pesos que cambian de un juego a otro",
        )
