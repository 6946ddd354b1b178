"""«Recordar»: avisar a quienes deben captura de un periodo, a una dependencia o a todas."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.ui.texto import contar, enumerar, mayuscula
from db.actions.avisos import Recordados, recordar
from db.engine import writing
from db.queries.por_avisar import DEBE
from db.rules.formato import mes_nombre
from db.rules.permisos import Accion, Actor, puede
from db.rules.problema import Problema

Datos = Mapping[str, Any]
DICHO = "_recordatorio_dicho"


def boton(persona: Actor, anio: int, mes: int, dependencias: Sequence[Datos], elegida: Datos | None) -> None:
    """A la dependencia elegida, o a todas las que deben; sólo para quien fija el calendario."""
    if not puede(persona, Accion.EDITAR_CALENDARIO):
        return
    if dicho := st.session_state.pop(DICHO, None):
        st.info(dicho)
    cuales = [elegida] if elegida is not None else dependencias
    deben = [d for d in cuales if any(d["meses"][mes][va.value] for va in DEBE)]
    if not deben:
        return
    quien = "a esta dependencia" if elegida is not None else f"a {contar(len(deben), 'área', 'áreas')}"
    st.button(
        f"Recordar {mes_nombre(mes)} {quien}",
        icon=":material/notifications:",
        help="A cada enlace, lo que debe exactamente y dónde se captura. Una vez al día.",
        on_click=_recordar,
        args=(persona, anio, mes, elegida["id"] if elegida is not None else None),
    )


def _recordar(persona: Actor, anio: int, mes: int, dependencia_id: int | None) -> None:
    try:
        with writing(persona) as session:
            hecho = recordar(session, persona, anio=anio, mes=mes, dependencia_id=dependencia_id)
    except Problema as problema:
        st.session_state[DICHO] = str(problema)
    else:
        st.session_state[DICHO] = _en_palabras(hecho)


def _en_palabras(hecho: Recordados) -> str:
    cuantas = contar(hecho.ahora, "persona", "personas")
    partes = [f"Se recordó a {cuantas}" if hecho.ahora else "No se recordó a nadie más"]
    if hecho.antes:
        partes.append(f"a {contar(hecho.antes, 'persona', 'personas')} ya se le había recordado hoy")
    if hecho.sin_enlace:
        partes.append(f"nadie captura por {enumerar(list(hecho.sin_enlace))}: déles una cuenta de enlace")
    return mayuscula("; ".join(partes)) + "."
