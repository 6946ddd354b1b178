"""Antes de la sesión: programarla, armar su orden del día, convocar, confirmar y cancelar."""

from collections.abc import Mapping
from datetime import datetime, time
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from dashboard.ui import captura_material
from dashboard.ui.campos import leer_fecha
from db.actions import sesiones as acciones
from db.queries.municipio import hoy, zona
from db.queries.reconducible import inhabiles
from db.rules.permisos import Actor
from db.rules.problema import Problema
from db.rules.sesiones import fechas_propuestas

Datos = Mapping[str, Any]

DIA = "dd/mm/aaaa"
TIPOS = {"ordinaria": "Ordinaria", "extraordinaria": "Extraordinaria", "instalacion": "De instalación"}
ORDINARIAS = 4


def programar(comite_id: int, coordina: bool) -> None:
    """El calendario del año en un paso, o una sesión suelta."""
    if not coordina:
        return
    cajon = st.expander("Programar sesiones", key="programar_sesiones", on_change="rerun")
    if not cajon.open:
        return
    formulario = Formulario(f"programar_{comite_id}", 0)
    with cajon, st.form(formulario.nombre):
        tipo = st.selectbox("Tipo", list(TIPOS), format_func=lambda t: TIPOS[t], key=formulario.campo("tipo"))
        dia = st.text_input("Día de una sesión", key=formulario.campo("dias"), placeholder=DIA)
        formulario.error("dias")
        hora = st.time_input("Hora", time(10), key=formulario.campo("hora"))
        lugar = st.text_input("Lugar", key=formulario.campo("lugar"))
        una = st.form_submit_button("Programar ese día", type="primary")
        anio = st.form_submit_button(f"Programar las {ORDINARIAS} ordinarias del año que viene")
    if una or anio:

        def guardar(session: Session, actor: Actor) -> None:
            suyo = leer_fecha(dia, "dias")
            if una and suyo is None:
                raise Problema("Falta el día.", f"Escríbalo como {DIA}.", "dias")
            siguiente = hoy(session).year + 1
            dias = (
                [suyo]
                if una and suyo
                else fechas_propuestas(siguiente, ORDINARIAS, inhabiles(session, siguiente))
            )
            acciones.programar(
                session,
                actor,
                comite_id=comite_id,
                tipo=tipo if una else "ordinaria",
                dias=dias,
                hora=hora,
                lugar=lugar,
            )

        formulario.guardar(guardar, propios={}, actuales=dict)


def de_una(una: Datos, coordina: bool) -> None:
    """Lo que la secretaría técnica hace con ella, según en qué va."""
    if not coordina or una["estado"] in ("cerrada", "cancelada"):
        return
    _cajon("Agregar un asunto", "punto", partial(_punto, una))
    _cajon("Agregar material a un punto", "material", partial(captura_material.agregar, una))
    if una["estado"] == "programada":
        _cajon("Quitar material", "quitar_material", partial(captura_material.quitar, una))
        _cajon("Convocar", "convocar", partial(_convocar, una))
        _cajon("Cambiar fecha o lugar", "cambiar", partial(_cambiar, una))
    if una["estado"] in ("programada", "convocada"):
        _cajon("Cancelarla", "cancelar", partial(_cancelar, una))


def _cajon(rotulo: str, clave: str, dibujar: Any) -> None:
    cajon = st.expander(rotulo, key=f"sesion_{clave}", on_change="rerun")
    if cajon.open:
        with cajon:
            dibujar()


def _punto(una: Datos) -> None:
    formulario = Formulario(f"punto_{una['id']}", len(una["puntos"]))
    with st.form(formulario.nombre):
        titulo = st.text_input("Asunto", key=formulario.campo("titulo"))
        formulario.error("titulo")
        presenta = st.text_input("Lo presenta", key=formulario.campo("presenta"))
        descripcion = st.text_area("De qué se trata", key=formulario.campo("descripcion"))
        se_vota = st.checkbox("Se vota", True, key=formulario.campo("se_vota"))
        enviado = st.form_submit_button("Agregarlo", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            acciones.agregar_punto(
                session,
                actor,
                sesion_id=una["id"],
                titulo=titulo,
                descripcion=descripcion,
                presenta=presenta,
                se_vota=se_vota,
            )

        formulario.guardar(guardar, propios={}, actuales=dict)


def _convocar(una: Datos) -> None:
    st.caption(
        "Se convoca a cada integrante acreditado; quien tiene cuenta recibe el aviso. Al convocar se congela "
        "en PDF el material de cada punto y la carpeta de la sesión."
    )
    formulario = Formulario(f"convocar_{una['id']}", una["version"])
    with st.form(formulario.nombre):
        razon = st.text_input(
            "Si se convoca con menos aviso que el de las reglas, por qué", key=formulario.campo("aviso_corto")
        )
        formulario.error("aviso_corto")
        enviado = st.form_submit_button("Convocar", type="primary")
    if enviado:

        def convocar(session: Session, actor: Actor) -> None:
            acciones.convocar(
                session, actor, sesion_id=una["id"], version=formulario.version, aviso_corto=razon
            )
            captura_material.pedir_copias(una["id"])

        formulario.guardar(convocar, propios={}, actuales=dict)


def _cambiar(una: Datos) -> None:
    formulario = Formulario(f"cambiar_{una['id']}", una["version"])
    with st.form(formulario.nombre):
        dia = st.text_input("Día", key=formulario.campo("dia"), placeholder=DIA)
        formulario.error("dia")
        hora = st.time_input("Hora", time(10), key=formulario.campo("hora"))
        lugar = st.text_input("Lugar", una["lugar"], key=formulario.campo("lugar"))
        enviado = st.form_submit_button("Guardar", type="primary")
    if enviado:

        def cambiar(session: Session, actor: Actor) -> None:
            suyo = leer_fecha(dia, "dia")
            if suyo is None:
                raise Problema("Falta el día.", f"Escríbalo como {DIA}.", "dia")
            acciones.cambiar(
                session,
                actor,
                sesion_id=una["id"],
                version=formulario.version,
                prevista=datetime.combine(suyo, hora, zona(session)),
                lugar=lugar,
            )

        formulario.guardar(cambiar, propios={}, actuales=dict)


def _cancelar(una: Datos) -> None:
    formulario = Formulario(f"cancelar_{una['id']}", una["version"])
    with st.form(formulario.nombre):
        motivo = st.text_input("Por qué", key=formulario.campo("motivo"))
        formulario.error("motivo")
        enviado = st.form_submit_button("Cancelar la sesión")
    if enviado:

        def cancelar(session: Session, actor: Actor) -> None:
            acciones.cancelar(session, actor, sesion_id=una["id"], version=formulario.version, motivo=motivo)

        formulario.guardar(cancelar, propios={}, actuales=dict)


def responder(una: Datos, persona: Actor) -> None:
    """Quien fue convocado dice si asistirá."""
    if una["estado"] != "convocada" or persona.usuario_id is None:
        return
    formulario = Formulario(f"responder_{una['id']}", 0)
    with st.container(horizontal=True):
        for asistira, rotulo in ((True, "Sí asistiré"), (False, "No podré asistir")):
            if st.button(rotulo, key=formulario.campo(f"va_{asistira}")):

                def guardar(session: Session, actor: Actor, va: bool = asistira) -> None:
                    acciones.responder(session, actor, sesion_id=una["id"], asistira=va)

                formulario.guardar(guardar, propios={}, actuales=dict)
