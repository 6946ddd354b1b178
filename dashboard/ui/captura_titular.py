"""Los formularios de un titular: quién entra, y corregir o quitar un renglón."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from dashboard.ui.campos import leer_fecha
from db.actions.titulares import cambiar_titular, corregir_titular, quitar_titular
from db.rules.formato import fecha
from db.rules.permisos import Actor
from db.rules.problema import Problema

Datos = Mapping[str, Any]

CAMPOS = {"nombre": "Nombre y apellidos", "cargo": "Cargo", "desde": "Desde", "hasta": "Hasta"}


def relevo(f: Datos) -> None:
    """Quién entra: a quien estaba se le cierra la víspera."""
    ultimo = f["historia"][0] if f["historia"] else None
    formulario = Formulario(f"titular_{f['id']}", f["firma"])
    cargo = ultimo["cargo"] if ultimo else f"Titular de {f['nombre']}"
    with st.form(formulario.nombre):
        escrito = _campos(formulario, {"nombre": "", "cargo": cargo, "desde": ""})
        enviado = st.form_submit_button("Registrar a quien entra", type="primary")
    if enviado:
        formulario.guardar(partial(_entra, f["id"], formulario.version, escrito), propios={}, actuales=dict)


def _entra(dependencia_id: int, firma: str, escrito: Datos, session: Session, actor: Actor) -> None:
    cambiar_titular(
        session,
        actor,
        dependencia_id=dependencia_id,
        firma=firma,
        nombre=escrito["nombre"],
        cargo=escrito["cargo"],
        desde=_obligada(escrito["desde"]),
    )


def correccion(f: Datos) -> None:
    """Corrige o quita un renglón de su historia, elegido de la lista."""
    opciones = {h["id"]: h for h in f["historia"]}
    if not opciones:
        st.markdown("Todavía no hay renglones que corregir.")
        return
    elegido = st.selectbox(
        "Cuál",
        list(opciones),
        key=f"titular_a_corregir_{f['id']}",
        format_func=lambda n: f"{opciones[n]['nombre']}, desde el {fecha(opciones[n]['desde'])}",
    )
    previo = opciones[elegido]
    visibles = {
        "nombre": previo["nombre"],
        "cargo": previo["cargo"],
        "desde": fecha(previo["desde"]),
        "hasta": fecha(previo["hasta"]) if previo["hasta"] else "",
    }
    formulario = Formulario(f"corregir_titular_{elegido}", previo["version"])
    with st.form(formulario.nombre):
        escrito = _campos(formulario, visibles)
        with st.container(horizontal=True):
            corregir = st.form_submit_button("Corregir", type="primary")
            quitar = st.form_submit_button("Quitar el renglón")
    if corregir or quitar:
        cambio = _quita if quitar else partial(_corrige, escrito)
        formulario.guardar(
            partial(cambio, elegido, formulario.version),
            propios={CAMPOS[c]: v for c, v in escrito.items()},
            actuales=lambda: {CAMPOS[c]: v for c, v in visibles.items()},
        )


def _corrige(escrito: Datos, titular_id: int, version: int, session: Session, actor: Actor) -> None:
    corregir_titular(
        session,
        actor,
        titular_id=titular_id,
        version=version,
        nombre=escrito["nombre"],
        cargo=escrito["cargo"],
        desde=_obligada(escrito["desde"]),
        hasta=leer_fecha(escrito["hasta"], "hasta"),
    )


def _quita(titular_id: int, version: int, session: Session, actor: Actor) -> None:
    quitar_titular(session, actor, titular_id=titular_id, version=version)


def _campos(formulario: Formulario, visibles: Mapping[str, str]) -> dict[str, str]:
    escrito = {}
    for campo, valor in visibles.items():
        ayuda = {"desde": "dd/mm/aaaa", "hasta": "dd/mm/aaaa; vacío si sigue"}.get(campo)
        escrito[campo] = st.text_input(CAMPOS[campo], valor, key=formulario.campo(campo), placeholder=ayuda)
        formulario.error(campo)
    return escrito


def _obligada(texto: str) -> date:
    dia = leer_fecha(texto, "desde")
    if dia is None:
        raise Problema("Falta desde cuándo.", "Escriba la fecha como dd/mm/aaaa.", "desde")
    return dia
