"""Registrar una opinión o propuesta, turnarla y responderla."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.campos import leer_fecha
from dashboard.ui.vista_propuestas import por_responder
from db.actions import propuestas as acciones
from db.queries.comites import comites
from db.queries.ligas import nodos_ligables
from db.queries.pae import opciones
from db.rules.permisos import Accion, Actor, puede
from db.rules.propuestas import ABIERTAS, CLASES, ESTADOS
from db.rules.sesiones import SECTORES

Datos = Mapping[str, Any]
Opciones = Mapping[Any, str]


def listas(anio: int | None) -> tuple[Opciones, Opciones]:
    """Líneas del plan y dependencias que se pueden elegir, con «Ninguna» primero."""
    if anio is None:
        return {None: "Ninguna"}, {None: "Sin turnar"}
    nodos = {n["id"]: f"{n['clave']} {n['nombre']}" for n in ask(nodos_ligables, anio=anio)}
    return {None: "Ninguna"} | nodos, {None: "Sin turnar"} | ask(opciones, anio=anio)["dependencias"]


def elegir(formulario: Formulario, campo: str, rotulo: str, valores: Opciones, actual: Any = None) -> Any:
    """Una lista de las opciones, con el lugar de su error; devuelve la llave elegida."""
    lista = list(valores)
    elegido = st.selectbox(
        rotulo,
        lista,
        index=lista.index(actual) if actual in valores else 0,
        format_func=lambda cual: valores[cual],
        key=formulario.campo(campo),
    )
    formulario.error(campo)
    return elegido


def registrar(persona: Actor, anio: int | None, cuantas: int) -> None:
    """La forma de registro, en su cajón."""
    if not puede(persona, Accion.REGISTRAR_PROPUESTAS):
        return
    cajon = st.expander("Registrar una opinión o propuesta", key="registrar_propuesta", on_change="rerun")
    if not cajon.open:
        return
    lineas, unidades = listas(anio)
    cuales: Opciones = {None: "Ninguno"} | {c["id"]: c["nombre"] for c in ask(comites)}
    formulario = Formulario("propuesta_nueva", cuantas)
    with cajon, st.form(formulario.nombre):
        escrito: dict[str, Any] = {"clase": elegir(formulario, "clase", "Qué es", CLASES)}
        for campo, rotulo in (("quien", "Quién la hace"), ("lugar", "Lugar"), ("tema", "Tema")):
            escrito[campo] = st.text_input(rotulo, key=formulario.campo(campo))
            formulario.error(campo)
        escrito["sector"] = elegir(formulario, "sector", "Sector", SECTORES, "social")
        escrito["texto"] = st.text_area("Qué propone", key=formulario.campo("texto"))
        formulario.error("texto")
        recibida = st.text_input(
            "Se recibió el (vacío, hoy)", key=formulario.campo("fecha"), placeholder="dd/mm/aaaa"
        )
        formulario.error("fecha")
        escrito["nodo_id"] = elegir(formulario, "nodo_id", "Línea del plan que toca", lineas)
        escrito["comite_id"] = elegir(formulario, "comite_id", "Comité al que llega", cuales)
        escrito["dependencia_id"] = elegir(formulario, "dependencia_id", "Quién responde", unidades)
        enviado = st.form_submit_button("Registrarla", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            acciones.registrar(session, actor, datos=escrito | {"fecha": leer_fecha(recibida, "fecha")})

        formulario.guardar(guardar, propios={}, actuales=dict)


def turnar(una: Datos, persona: Actor, anio: int | None) -> None:
    """A quién le toca responder."""
    if una["estado"] not in ABIERTAS or not puede(persona, Accion.REGISTRAR_PROPUESTAS):
        return
    formulario = Formulario(f"turnar_{una['id']}", una["version"])
    with st.form(formulario.nombre):
        cual = elegir(formulario, "estado", "Quién responde", listas(anio)[1], una["dependencia_id"])
        enviado = st.form_submit_button("Turnarla")
    if enviado:
        cambio = partial(_turnar, una["id"], formulario.version, cual)
        formulario.guardar(cambio, propios={}, actuales=dict)


def _turnar(cual: int, version: int, dependencia: int | None, session: Session, actor: Actor) -> None:
    acciones.turnar(session, actor, propuesta_id=cual, version=version, dependencia_id=dependencia)


def responder(una: Datos, persona: Actor) -> None:
    """En qué queda y qué se le responde."""
    if not por_responder(una, persona):
        return
    pasos = {e: palabra for e, (_, palabra) in ESTADOS.items() if e != "recibida"}
    formulario = Formulario(f"responder_{una['id']}", una["version"])
    with st.form(formulario.nombre):
        estado = elegir(formulario, "estado", "En qué queda", pasos)
        respuesta = st.text_area("Respuesta", una["respuesta"], key=formulario.campo("respuesta"))
        formulario.error("respuesta")
        enviado = st.form_submit_button("Responder", type="primary")
    if enviado:
        cambio = partial(_responder, una["id"], formulario.version, estado, respuesta)
        formulario.guardar(
            cambio, propios={"Respuesta": respuesta}, actuales=lambda: {"Respuesta": una["respuesta"]}
        )


def _responder(cual: int, version: int, estado: str, respuesta: str, session: Session, actor: Actor) -> None:
    acciones.responder(session, actor, propuesta_id=cual, version=version, estado=estado, respuesta=respuesta)
