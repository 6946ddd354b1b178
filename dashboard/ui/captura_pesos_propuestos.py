"""Los pesos propuestos al comité: el acuerdo que los aprueba, o que no se aprobaron."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.enlaces import enlace
from dashboard.ui.texto import esc_md
from db.actions import pesos as acciones
from db.queries.aprobacion import acuerdos_votados
from db.rules.permisos import Actor

Datos = Mapping[str, Any]


def por_resolver(datos: Datos, edita: bool) -> None:
    """Cada juego que espera al comité, y con qué acuerdo se aprueba."""
    for juego in datos["juegos"]:
        if juego["estado"] == "propuesto":
            with st.container(border=True):
                st.markdown(
                    f"▷ **Pesos propuestos al comité, desde {juego['desde']}.** {esc_md(juego['motivo'])}"
                )
                if edita:
                    _resolver(juego)


def del_vigente(datos: Datos) -> None:
    """La liga al acuerdo que aprobó los pesos que rigen."""
    vigente = datos["vigente"]
    if vigente and vigente["acuerdo_id"]:
        rotulo = esc_md(f"Aprobados por el acuerdo {vigente['aprobo']}")
        enlace("acuerdos", rotulo, {"acuerdo": vigente["acuerdo_id"]})


def _resolver(juego: Datos) -> None:
    opciones = ask(acuerdos_votados)
    formulario = Formulario(f"juego_propuesto_{juego['id']}", juego["estado"])
    with st.form(formulario.nombre, border=False):
        cual = st.selectbox(
            "Acuerdo que los aprueba",
            [None, *opciones],
            format_func=lambda i: opciones.get(i, "Elija el acuerdo"),
            key=formulario.campo("acuerdo"),
        )
        for campo in ("acuerdo", "desde"):
            formulario.error(campo)
        with st.container(horizontal=True):
            aprobado = st.form_submit_button("Aprobados por ese acuerdo", type="primary")
            rechazado = st.form_submit_button("El comité no los aprobó")
    if aprobado:
        formulario.guardar(partial(_aprobar, juego["id"], cual or 0), propios={}, actuales=dict)
    elif rechazado:
        formulario.guardar(partial(_rechazar, juego["id"]), propios={}, actuales=dict)


def _aprobar(juego: int, acuerdo: int, session: Session, actor: Actor) -> None:
    acciones.aprobar_por_acuerdo(session, actor, juego_id=juego, acuerdo_id=acuerdo)


def _rechazar(juego: int, session: Session, actor: Actor) -> None:
    acciones.rechazar_propuesto(session, actor, juego_id=juego)
