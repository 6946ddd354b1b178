"""Los formularios del diagnóstico: el FODA de una dependencia y los grupos involucrados."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from db.actions import diagnostico as acciones
from db.queries.diagnostico import POSTURAS, TEXTOS, generales
from db.rules.permisos import Actor

Datos = Mapping[str, Any]

Lugar = tuple[int, int]
"""Programa y ente."""


def dibujar(escritas: Sequence[Datos], grupos: Sequence[Datos], lugar: Lugar) -> None:
    """Dos cajones: el diagnóstico de una dependencia y un involucrado."""
    cajon = st.expander("Escribir el diagnóstico", key="escribir_diagnostico", on_change="rerun")
    if cajon.open:
        with cajon:
            _descripcion(escritas, lugar)
    otro = st.expander("Agregar o corregir un involucrado", key="involucrado", on_change="rerun")
    if otro.open:
        with otro:
            _elegir(grupos, lugar)


def _descripcion(escritas: Sequence[Datos], lugar: Lugar) -> None:
    unidades = ask(generales, programa_id=lugar[0], ente_id=lugar[1])
    if not unidades:
        st.info("Ninguna dependencia tiene metas en este programa.")
        return
    cual = st.selectbox("Dependencia", list(unidades), format_func=lambda i: unidades[i], key="de_quien_es")
    previo: Datos = next((d for d in escritas if d["dependencia_id"] == cual), {})
    formulario = Formulario(f"diagnostico_{lugar[0]}_{cual}", previo.get("version", 0))
    escrito: dict[str, str] = {}
    with st.form(formulario.nombre):
        for campo, rotulo in TEXTOS.items():
            escrito[campo] = st.text_area(
                rotulo, previo.get(campo, ""), key=formulario.campo(campo), height=100
            )
            formulario.error(campo)
        enviado = st.form_submit_button("Guardar el diagnóstico", type="primary")
    formulario.error("dependencia")
    if enviado:
        cambio = partial(_guardar, lugar, cual, formulario.version, escrito)
        formulario.guardar(cambio, propios=escrito, actuales=lambda: {c: previo.get(c, "") for c in TEXTOS})


def _guardar(
    lugar: Lugar, dependencia_id: int, version: int, textos: dict[str, str], session: Session, actor: Actor
) -> None:
    acciones.guardar_descripcion(
        session,
        actor,
        programa_id=lugar[0],
        ente_id=lugar[1],
        dependencia_id=dependencia_id,
        version=version,
        textos=textos,
    )


def _elegir(grupos: Sequence[Datos], lugar: Lugar) -> None:
    por_id = {g["id"]: g for g in grupos}
    cual = st.selectbox(
        "Cuál",
        [0, *por_id],
        format_func=lambda i: por_id[i]["grupo"] if i else "Uno nuevo",
        key="involucrado_que_se_cambia",
    )
    _involucrado(por_id.get(cual, {}), lugar)


def _involucrado(p: Datos, lugar: Lugar) -> None:
    formulario = Formulario(f"involucrado_{lugar[0]}_{p.get('id', 'nuevo')}", p.get("version", 0))
    posturas = list(POSTURAS)
    escrito: dict[str, Any] = {}
    with st.form(formulario.nombre):
        for campo, rotulo in (
            ("grupo", "Grupo u organización"),
            ("interes", "Qué le interesa"),
            ("problema", "Cómo ve el problema"),
            ("recursos", "Con qué recursos cuenta"),
        ):
            escrito[campo] = st.text_input(rotulo, p.get(campo, ""), key=formulario.campo(campo))
            formulario.error(campo)
        escrito["postura"] = st.selectbox(
            "Postura",
            posturas,
            index=posturas.index(p.get("postura", "indiferente")),
            format_func=lambda c: POSTURAS[c],
            key=formulario.campo("postura"),
        )
        escrito["fuerza"] = st.slider("Fuerza", 1, 5, p.get("fuerza", 3), key=formulario.campo("fuerza"))
        formulario.error("fuerza")
        guarda = st.form_submit_button("Guardar", type="primary")
        quita = st.form_submit_button("Quitarlo", disabled=not p)
    if guarda:
        cambio = partial(_guardar_involucrado, lugar, p.get("id"), formulario.version, escrito)
        formulario.guardar(cambio, propios=escrito, actuales=lambda: p)
    if quita and p:
        formulario.guardar(partial(_quitar, p["id"], formulario.version), propios={}, actuales=dict)


def _guardar_involucrado(
    lugar: Lugar, cual: int | None, version: int, datos: dict[str, Any], session: Session, actor: Actor
) -> None:
    acciones.guardar_involucrado(
        session,
        actor,
        programa_id=lugar[0],
        ente_id=lugar[1],
        involucrado_id=cual,
        version=version,
        datos=datos,
    )


def _quitar(cual: int, version: int, session: Session, actor: Actor) -> None:
    acciones.quitar_involucrado(session, actor, involucrado_id=cual, version=version)
