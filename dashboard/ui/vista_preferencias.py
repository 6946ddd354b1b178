"""Cómo quiere recibir los avisos cada quien, y sus plazos para el calendario de su teléfono."""

from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.correo import hay_correo
from dashboard.formulario import Formulario
from db.actions.avisos import guardar_preferencia
from db.base import ahora
from db.engine import reading
from db.queries.avisos import preferencia
from db.queries.por_avisar import plazos_suyos
from db.rules.calendario import Evento, ics
from db.rules.permisos import Accion, Actor, puede


class Modo(StrEnum):
    CADA_UNO = "Cada uno, por correo"
    RESUMEN = "Un resumen al día, por correo"
    AQUI = "Sólo aquí"


def avisos(persona: Actor) -> None:
    """Su dirección y cómo los quiere; sin servidor de correo lo dice."""
    if persona.usuario_id is None:
        return
    st.subheader("Avisos", anchor=False)
    if not hay_correo():
        st.info("Este sistema no manda correo: los avisos sólo se ven aquí. Lo configura la administración.")
    with reading() as session:
        actual = preferencia(session, persona.usuario_id)
    formulario = Formulario("preferencia_avisos", actual["version"])
    modo = _modo(actual)
    with st.form("preferencia_avisos"):
        correo = st.text_input("Correo", actual["direccion"], key=formulario.campo("correo"), max_chars=254)
        formulario.error("correo")
        elegido = st.radio(
            "Cómo los quiere", list(Modo), list(Modo).index(modo), key=formulario.campo("modo")
        )
        enviado = st.form_submit_button("Guardar cómo los quiero")
    if enviado:
        formulario.guardar(
            partial(_guardar, correo, Modo(elegido or modo), formulario.version),
            propios={"Correo": correo, "Cómo los quiere": elegido},
            actuales=partial(_actuales, persona.usuario_id),
        )
    plazos(persona)


def _modo(actual: dict[str, Any]) -> Modo:
    if not (actual["quiere"] and actual["direccion"]):
        return Modo.AQUI
    return Modo.RESUMEN if actual["resumen"] else Modo.CADA_UNO


def _guardar(correo: str, modo: Modo, version: str, session: Session, persona: Actor) -> None:
    guardar_preferencia(
        session,
        persona,
        correo=correo,
        quiere=modo is not Modo.AQUI,
        resumen=modo is Modo.RESUMEN,
        version=version,
    )


def _actuales(usuario_id: int) -> dict[str, Any]:
    with reading() as session:
        actual = preferencia(session, usuario_id)
    return {"Correo": actual["direccion"], "Cómo los quiere": _modo(actual)}


def plazos(persona: Actor) -> None:
    """Los plazos de captura de sus dependencias, con sus prórrogas, para cualquier calendario."""
    if not puede(persona, Accion.CARGAR_AVANCES):
        return
    st.download_button(
        "Descargar mis plazos (.ics)",
        partial(archivo, persona, ahora()),
        file_name="mis_plazos.ics",
        mime="text/calendar",
        icon=":material/event:",
        on_click="ignore",
        key="mis_plazos",
    )


def archivo(persona: Actor, momento: datetime) -> bytes:
    """Un evento por plazo que aún no pasa."""
    with reading() as session:
        suyos = plazos_suyos(session, persona, momento)
    eventos = [
        Evento(clave=p["clave"], titulo=p["titulo"], momento=p["cierra"], descripcion=p["dependencias"])
        for p in suyos
    ]
    return ics(eventos, "Mis plazos de captura", momento)
