"""Corregir el acta y llevarla de borrador a firmada."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from db.actions import acta as acciones
from db.rules.acta import FIJAS, SIGUE
from db.rules.permisos import Actor

Datos = Mapping[str, Any]

ROTULOS = {
    "revisada": "Darla por revisada",
    "borrador": "Regresarla a borrador",
    "aprobada": "Aprobarla: queda fija",
    "firmada": "Ya está firmada",
}


def dibujar(acta: Datos | None, coordina: bool) -> None:
    """Los pasos que siguen y, mientras no se apruebe, sus textos."""
    if acta is None or not coordina:
        return
    formulario = Formulario(f"acta_{acta['id']}", acta["version"])
    with st.container(horizontal=True):
        for estado in SIGUE[acta["estado"]]:
            if st.button(ROTULOS[estado], key=formulario.campo(estado)):
                cambio = partial(_mover, acta["id"], formulario.version, estado)
                formulario.guardar(cambio, propios={}, actuales=dict)
    formulario.error("estado")
    if acta["estado"] in FIJAS:
        return
    cajon = st.expander("Corregir el acta", key="corregir_acta", on_change="rerun")
    if cajon.open:
        with cajon:
            _corregir(acta)


def _mover(acta_id: int, version: int, estado: str, session: Session, actor: Actor) -> None:
    acciones.mover(session, actor, acta_id=acta_id, version=version, estado=estado)


def _corregir(acta: Datos) -> None:
    dice = acta["contenido"]
    textos = {"proemio": dice["proemio"], "cierre": dice["cierre"]}
    rotulos = {"proemio": "Proemio", "cierre": "Cierre"}
    for p in dice["puntos"]:
        textos[f"punto/{p['id']}"] = p["texto"]
        rotulos[f"punto/{p['id']}"] = f"{p['numero']}. {p['titulo']}"
    cual = st.selectbox("Parte", list(rotulos), format_func=lambda c: rotulos[c], key="parte_del_acta")
    formulario = Formulario(f"texto_acta_{acta['id']}_{cual}", acta["version"])
    with st.form(formulario.nombre):
        texto = st.text_area("Texto", textos[cual], height=180, key=formulario.campo("texto"))
        formulario.error("texto")
        enviado = st.form_submit_button("Guardar", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            acciones.corregir(
                session, actor, acta_id=acta["id"], version=formulario.version, seccion=cual, texto=texto
            )

        formulario.guardar(guardar, propios={"Texto": texto}, actuales=lambda: {"Texto": textos[cual]})
