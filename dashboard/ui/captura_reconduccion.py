"""Pedir una reconducción en pantalla: con un clic desde las candidatas, o abriéndola vacía."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.enlaces import ir
from dashboard.ui.texto import contar, esc_md
from db.actions.reconduccion import crear
from db.queries.candidatas import dependencias_activas, por_pedir, vigencias
from db.queries.reconducible import Llave, llave_de
from db.rules.formato import fecha
from db.rules.permisos import Accion, Actor, Objeto, puede

Datos = Mapping[str, Any]

NUEVA = "_reconduccion_nueva"
CON = "con"
"""Parámetro con la meta o indicador desde cuya ficha se llega a pedir."""


def abrir_la_nueva() -> None:
    """Va a la solicitud que se acaba de crear."""
    if (cual := st.session_state.pop(NUEVA, None)) is not None:
        ir("reconducciones", {"solicitud": cual})


def objeto(candidata: Datos) -> Objeto:
    """De quién es una candidata, para preguntar por el permiso."""
    suyas = frozenset({candidata["general_id"], candidata["dependencia_id"]})
    return Objeto(candidata["ente_id"], suyas)


def pedir(persona: Actor, anio: int, elegidas: Sequence[Datos]) -> None:
    """Un clic: la solicitud se abre con lo elegido y el calendario que se propone."""
    if not elegidas:
        st.caption("Elija uno o varios renglones para pedir su reconducción ya llena.")
        return
    primera = elegidas[0]
    if not puede(persona, Accion.SOLICITAR_RECONDUCCION, objeto(primera)):
        return
    abiertas = ask(vigencias, anio=anio)
    if not abiertas:
        st.info("Hoy no se puede pedir: los trimestres que faltan están cerrados o ya pasó su fecha.")
        return
    if len({f["general_id"] for f in elegidas}) > 1:
        st.warning("Una solicitud es de una sola dependencia: elija renglones de la misma.")
        return
    formulario = Formulario(f"reconducir_{anio}", 0)
    rotulo = f"Pedir la reconducción de {contar(len(elegidas), 'elegida', 'elegidas')}"
    if st.button(rotulo, type="primary", key=formulario.campo("pedir")):
        items = [llave_de(campo) for f in elegidas for campo in f["items"]]
        area = (
            primera["general_id"] if primera["general_id"] in _areas(persona) else primera["dependencia_id"]
        )
        cambio = partial(_crear, anio, area, abiertas[0]["mes"], items)
        formulario.guardar(cambio, propios={}, actuales=dict)


def _crear(anio: int, area: int, mes: int, items: Sequence[Llave], session: Session, persona: Actor) -> None:
    hecha = crear(session, persona, anio=anio, dependencia_id=area, mes_vigencia=mes, items=items)
    st.session_state[NUEVA] = hecha.id


def nueva(persona: Actor, anio: int) -> None:
    """Abrir una solicitud vacía: de qué dependencia y desde cuándo."""
    suyas = _areas(persona)
    if not suyas:
        return
    con = ask(por_pedir, anio=anio, campo=st.query_params.get(CON, ""))
    cajon = st.expander(
        "Nueva solicitud", expanded=con is not None, key="nueva_reconduccion", on_change="rerun"
    )
    if not cajon.open:
        return
    abiertas = {v["mes"]: v for v in ask(vigencias, anio=anio)}
    if not abiertas:
        cajon.info("Hoy no se puede pedir: los trimestres que faltan están cerrados o ya pasó su fecha.")
        return
    formulario = Formulario(f"nueva_reconduccion_{anio}", 0)
    with cajon, st.form(formulario.nombre):
        if con is not None:
            st.markdown(f"Se abre con **{esc_md(con['nombre'])}** y el calendario que se propone.")
        area = st.selectbox(
            "Dependencia",
            list(suyas),
            _lugar(list(suyas), con),
            key=formulario.campo("area"),
            format_func=suyas.__getitem__,
        )
        mes = st.selectbox(
            "Desde qué periodo se reprograma",
            list(abiertas),
            key=formulario.campo("vigencia"),
            format_func=lambda m: (
                f"{abiertas[m]['periodo']} (se pide hasta el {fecha(abiertas[m]['pedir'])})"
            ),
        )
        formulario.error("vigencia")
        enviado = st.form_submit_button("Abrir la solicitud", type="primary")
    if enviado:
        items = [llave_de(campo) for campo in con["items"]] if con else []
        formulario.guardar(partial(_crear, anio, area, mes, items), propios={}, actuales=dict)


def _lugar(areas: Sequence[int], con: Datos | None) -> int:
    """En qué lugar de la lista está la dependencia de lo que se pide; si no está, el primero."""
    suyas = (con["general_id"], con["dependencia_id"]) if con else ()
    return next((n for n, area in enumerate(areas) if area in suyas), 0)


def _areas(persona: Actor) -> dict[int, str]:
    """Las dependencias por las que pide: las generales o, si no tiene ninguna, sus auxiliares."""
    suyas = [
        d
        for d in ask(dependencias_activas)
        if puede(
            persona,
            Accion.SOLICITAR_RECONDUCCION,
            Objeto(d["ente_id"], frozenset({d["id"], d["padre_id"] or d["id"]})),
        )
    ]
    generales = [d for d in suyas if d["padre_id"] is None]
    return {d["id"]: f"{d['clave']} {d['nombre']}" for d in generales or suyas}
