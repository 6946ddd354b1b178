"""Elegir lo que un acuerdo aprueba: pesos propuestos al comité o una reconducción en trámite."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from db.actions.aprobacion import aprobar
from db.queries.aprobacion import acuerdos_votados, por_aprobar
from db.rules.permisos import Accion, Actor, puede

Datos = Mapping[str, Any]

NADA = "Nada que espere al comité"


def del_acuerdo(uno: Datos, persona: Actor) -> None:
    """En la ficha del acuerdo: si salió de una votación aprobada, qué fue lo que aprobó."""
    if not puede(persona, Accion.COORDINAR_COMITES) or uno["id"] not in ask(acuerdos_votados):
        return
    if not ask(por_aprobar):
        return
    cajon = st.expander("Asentar qué aprueba este acuerdo", key="que_aprueba", on_change="rerun")
    if not cajon.open:
        return
    formulario = Formulario(f"aprueba_{uno['id']}", 0)
    with cajon, st.form(formulario.nombre):
        que = elegir(formulario)
        enviado = st.form_submit_button("Asentarlo", type="primary")
    if enviado:
        formulario.guardar(partial(_aprobar, uno["id"], que or ("", 0)), propios={}, actuales=dict)


def elegir(formulario: Formulario, material: tuple[str, ...] = ()) -> tuple[str, int] | None:
    """Lo que espera al comité, para escoger (que, id) o nada; `material`, lo que el punto lleva («pesos»)."""
    opciones = {(f["que"], f["id"]): f["titulo"] for f in ask(por_aprobar)}
    if not opciones:
        return None
    # Si el punto trae sólo una cosa que aprobar, es esa: quien lleva la sesión no la busca.
    traidas = [llave for llave in opciones if llave[0] in material]
    lista: list[tuple[str, int] | None] = [None, *opciones]
    elegido = st.selectbox(
        "Con él se aprueba",
        lista,
        index=lista.index(traidas[0]) if len(traidas) == 1 else 0,
        format_func=lambda llave: opciones[llave] if llave else NADA,
        key=formulario.campo("aprueba"),
    )
    for campo in ("acuerdo", "desde"):
        formulario.error(campo)
    return elegido


def _aprobar(acuerdo: int, que: tuple[str, int], session: Session, actor: Actor) -> None:
    aprobar(session, actor, acuerdo_id=acuerdo, que=que[0], cual=que[1])
