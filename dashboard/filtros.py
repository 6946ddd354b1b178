"""Ejercicio, corte y ente: los tres filtros de todas las pantallas, escritos en la dirección."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from db.rules.formato import mes_nombre

EJERCICIO, CORTE, ENTE = "ejercicio", "corte", "ente"
AL_IR = "_filtros_al_ir"
"""Donde `enlaces.ir` deja los filtros con que debe abrir la pantalla que sigue."""

CONSOLIDADO = "Consolidado"
ULTIMO = 0
"""El corte que toca; no es None porque Streamlit lo dibujaría como vacío."""


@dataclass(frozen=True, slots=True)
class Filtros:
    """Lo elegido. Sin mes, el corte que toca; sin ente, todos juntos."""

    anio: int | None
    mes: int | None
    ente_id: int | None


def filtros() -> Filtros:
    """Lo elegido en el marco; sólo vale dentro de una pantalla que abrió el enrutador."""
    return Filtros(
        st.session_state.get(EJERCICIO),
        st.session_state.get(CORTE) or None,
        st.session_state.get("_ente_id"),
    )


def dibujar(contexto: dict[str, Any]) -> None:
    """Los tres filtros, con lo que la base ofrece escoger."""
    anios = contexto["ejercicios"]
    if not anios:
        return
    pedidos = st.session_state.pop(AL_IR, {})
    st.session_state.update(pedidos)
    actual = anios.index(contexto["actual"]) if contexto["actual"] in anios and not pedidos else 0
    anio = st.selectbox("Ejercicio", anios, actual, key=EJERCICIO, bind="query-params")
    corte = contexto["cortes"][anio]
    automatico = f"Último ({mes_nombre(corte['mes'])})" if corte["mes"] else "Último"
    st.selectbox(
        "Corte",
        [ULTIMO, *range(1, 13)],
        key=CORTE,
        bind="query-params",
        format_func=lambda mes: automatico if mes == ULTIMO else mes_nombre(mes).capitalize(),
    )
    entes = {ente["nombre"]: ente["id"] for ente in contexto["entes"]}
    elegido = CONSOLIDADO
    if len(entes) > 1:
        elegido = st.selectbox("Ente", [CONSOLIDADO, *entes], key=ENTE, bind="query-params")
    st.session_state["_ente_id"] = entes.get(elegido)
