"""Lo que espera revisión: la tabla, y validar o devolver."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from db.actions.revision import devolver, validar
from db.models.captura import ClaseItem
from db.rules.permisos import Actor

Fila = Mapping[str, Any]


def tabla(lista: Sequence[Fila]) -> None:
    """Qué se entregó, con su resultado, su razón y quién."""
    st.dataframe(
        {
            "Meta o indicador": [f["nombre"] for f in lista],
            "Resultado": [f"{f['icono']} {f['palabra']} {f['cifra']}" for f in lista],
            "Valor": [f["valor"] for f in lista],
            "Justificación": [f["justificacion"] or None for f in lista],
            "Evidencias": [f["evidencias"] for f in lista],
            "Capturó": [f["autor"] for f in lista],
        },
        hide_index=True,
        placeholder="—",
        alt="Lo que espera revisión",
    )


VISTAS = "revision_vistas"

Vistas = Mapping[tuple[ClaseItem, int], int]


def vistas() -> Vistas:
    """La versión de cada cosa que la persona tenía delante cuando oprimió un botón."""
    guardadas: Vistas = st.session_state.get(VISTAS, {})
    return guardadas


def mostradas(lista: Sequence[Fila]) -> None:
    """Recuerda lo que queda a la vista, para que nadie valide lo que no vio."""
    st.session_state[VISTAS] = {(ClaseItem(f["clase"]), f["id"]): f["version"] for f in lista}


def uno(formulario: Formulario, lista: Sequence[Fila], anio: int, mes: int) -> None:
    """Valida uno, o lo devuelve con su motivo."""
    n = st.selectbox("De uno en uno", range(len(lista)), format_func=lambda n: lista[n]["nombre"])
    motivo = st.text_input("Motivo, si lo devuelve", key=formulario.campo("motivo"))
    formulario.error("motivo")
    fila = lista[n]
    if st.button("Validar este"):
        formulario.guardar(partial(validar_todos, [fila], vistas(), anio, mes), propios={}, actuales=dict)
    if st.button("Devolver"):
        formulario.guardar(partial(_devolver, fila, vistas(), anio, mes, motivo), propios={}, actuales=dict)


def validar_todos(
    filas: Sequence[Fila], vistas: Vistas, anio: int, mes: int, session: Session, persona: Actor
) -> None:
    """Los hace cifra oficial, todos o ninguno."""
    cuales = [(ClaseItem(f["clase"]), f["id"]) for f in filas]
    validar(session, persona, anio=anio, mes=mes, items=cuales, vistas=vistas)


def _devolver(
    fila: Fila, vistas: Vistas, anio: int, mes: int, motivo: str, session: Session, persona: Actor
) -> None:
    devolver(
        session,
        persona,
        anio=anio,
        mes=mes,
        item=(ClaseItem(fila["clase"]), fila["id"]),
        motivo=motivo,
        vistas=vistas,
    )
