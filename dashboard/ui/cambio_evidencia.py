"""Cambiar una evidencia ya subida: otra clasificación, o retirarla con su razón. El archivo no se borra."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from db.actions.evidencias import reclasificar, retirar
from db.models.evidencias import Clasificacion
from db.rules.evidencias import PALABRA_CLASIFICACION
from db.rules.permisos import Actor

Datos = Mapping[str, Any]


def sigue_abierto(nombre: str) -> str:
    """La marca de que el cajón se vuelve a dibujar abierto.

    Al guardar cambia su rótulo, que dice cuántas hay, y Streamlit lo toma por otro cajón: se cerraría sin que
    se leyera que se guardó.
    """
    return f"_abierto_{nombre}"


def elegir(formulario: Formulario, campo: str, titulo: str, filas: Sequence[Datos]) -> Datos | None:
    """Una de las evidencias, o ninguna."""
    por_id = {int(f["id"]): f for f in filas}
    cual = st.selectbox(
        titulo,
        list(por_id),
        index=None,
        key=formulario.campo(campo),
        format_func=lambda n: str(por_id[n]["nombre"]),
        placeholder="Elija un archivo",
    )
    return None if cual is None else por_id[cual]


def pedir_clasificacion(formulario: Formulario, actual: Clasificacion) -> Clasificacion:
    """Quién la podrá ver."""
    opciones = list(Clasificacion)
    elegida = st.radio(
        "Clasificación",
        opciones,
        opciones.index(actual),
        key=formulario.campo(f"clasificacion-{actual}"),
        horizontal=True,
        format_func=lambda c: PALABRA_CLASIFICACION[c.value][1],
        help="Lo confidencial sólo lo ven planeación, contraloría y el área que lo subió.",
    )
    formulario.error("clasificacion")
    return elegida or actual


def cambiar(formulario: Formulario, vigentes: Sequence[Datos]) -> None:
    """Elige una y la reclasifica o la retira."""
    if not vigentes:
        return
    una = elegir(formulario, "cambiar", "Cambiar o retirar una", vigentes)
    if una is None:
        return
    propio = Formulario(f"evidencia_{una['id']}", una["version"])
    clase = pedir_clasificacion(propio, Clasificacion(una["clasificacion"]))
    motivo = st.text_input("Por qué se retira", key=propio.campo("motivo"))
    propio.error("motivo")
    with st.container(horizontal=True):
        if st.button("Cambiar clasificación", key=propio.campo("reclasificar")):
            st.session_state[sigue_abierto(formulario.nombre)] = True
            propio.guardar(
                partial(_reclasificar, una["id"], propio.version, clase), propios={}, actuales=dict
            )
        if st.button("Retirar", key=propio.campo("retirar")):
            st.session_state[sigue_abierto(formulario.nombre)] = True
            propio.guardar(partial(_retirar, una["id"], propio.version, motivo), propios={}, actuales=dict)


def _reclasificar(cual: int, version: int, clase: Clasificacion, session: Session, persona: Actor) -> None:
    reclasificar(session, persona, evidencia_id=cual, version=version, clasificacion=clase)


def _retirar(cual: int, version: int, motivo: str, session: Session, persona: Actor) -> None:
    retirar(session, persona, evidencia_id=cual, version=version, motivo=motivo)
