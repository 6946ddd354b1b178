"""Los archivos que prueban un acuerdo: verlos, subirlos y retirarlos con su razón."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.cambio_evidencia import pedir_clasificacion, sigue_abierto
from dashboard.ui.evidencias import AVISO, lista, rotulo
from dashboard.ui.subir_archivo import MAXIMO_MB, revisado
from db.actions import acuerdo_evidencia as acciones
from db.models.evidencias import Clasificacion
from db.queries.adjuntos import ACUERDO, adjuntos
from db.rules.evidencias import TIPOS, Archivo, alcanza, alcanza_en_comite
from db.rules.permisos import Actor
from db.rules.problema import Problema

Datos = Mapping[str, Any]


def seccion(uno: Datos, persona: Actor, suyo: bool) -> None:
    """Un cajón con los archivos que alcanza; si el acuerdo es `suyo`, sube y retira."""
    filas = [
        f
        for f in ask(adjuntos, asunto=ACUERDO, referencia=str(uno["id"]))
        if alcanza(persona, f) or alcanza_en_comite(persona, f, True)
    ]
    vigentes = [f for f in filas if not f["retirada"]]
    nombre = f"prueba_acuerdo_{uno['id']}"
    abierto = st.session_state.get(sigue_abierto(nombre), bool(vigentes))
    cajon = st.expander(
        rotulo(len(vigentes)), abierto, key=nombre, on_change="rerun", icon=":material/attach_file:"
    )
    if not cajon.open:
        return
    with cajon:
        lista(filas)
        if suyo:
            _subir(uno, nombre, len(filas))
            _retirar(vigentes, nombre)


def _subir(uno: Datos, nombre: str, cuantas: int) -> None:
    formulario = Formulario(f"subir_{nombre}", cuantas)
    with st.form(formulario.nombre):
        subido = st.file_uploader(
            "Archivo que prueba lo hecho",
            type=list(TIPOS),
            key=formulario.campo("archivo"),
            max_upload_size=MAXIMO_MB,
        )
        formulario.error("archivo")
        pie = st.text_input("Qué es", key=formulario.campo("pie"))
        clasificacion = pedir_clasificacion(formulario, Clasificacion.PUBLICA)
        st.caption(AVISO)
        enviado = st.form_submit_button("Guardar el archivo", type="primary")
    if enviado:
        st.session_state[sigue_abierto(nombre)] = True
        archivo = revisado(subido, "archivo", "el archivo")
        formulario.guardar(
            partial(_agregar, uno["id"], archivo, pie, clasificacion), propios={}, actuales=dict
        )


def _agregar(
    cual: int,
    archivo: Archivo | Problema,
    pie: str,
    clasificacion: Clasificacion,
    session: Session,
    actor: Actor,
) -> None:
    if isinstance(archivo, Problema):
        raise archivo
    acciones.agregar(session, actor, acuerdo_id=cual, archivo=archivo, pie=pie, clasificacion=clasificacion)


def _retirar(vigentes: Sequence[Datos], nombre: str) -> None:
    if not vigentes:
        return
    formulario = Formulario(f"retirar_{nombre}", len(vigentes))
    por_id = {f["adjunto_id"]: f["nombre"] for f in vigentes}
    with st.form(formulario.nombre):
        cual = st.selectbox(
            "Retirar uno", list(por_id), format_func=lambda i: por_id[i], key=formulario.campo("cual")
        )
        motivo = st.text_input("Por qué se retira", key=formulario.campo("motivo"))
        formulario.error("motivo")
        enviado = st.form_submit_button("Retirar")
    if enviado:
        st.session_state[sigue_abierto(nombre)] = True
        formulario.guardar(partial(_al_retirar, cual, motivo), propios={}, actuales=dict)


def _al_retirar(adjunto_id: int, motivo: str, session: Session, actor: Actor) -> None:
    acciones.retirar(session, actor, adjunto_id=adjunto_id, motivo=motivo)
