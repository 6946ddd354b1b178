"""Los archivos que prueban un acuerdo, en su cajón."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.ui.archivos_adjuntos import dibujar
from dashboard.ui.cambio_evidencia import sigue_abierto
from dashboard.ui.evidencias import rotulo
from db.actions import acuerdo_evidencia as acciones
from db.models.evidencias import Clasificacion
from db.queries.adjuntos import ACUERDO, adjuntos
from db.rules.evidencias import Archivo, alcanza, alcanza_publica
from db.rules.permisos import Accion, Actor

Datos = Mapping[str, Any]


def seccion(uno: Datos, persona: Actor, suyo: bool) -> None:
    """Un cajón con los archivos que alcanza; si el acuerdo es `suyo`, sube y retira."""
    filas = [
        f
        for f in ask(adjuntos, asunto=ACUERDO, referencia=str(uno["id"]))
        if alcanza(persona, f) or alcanza_publica(persona, f, [Accion.VER_COMITES])
    ]
    vigentes = [f for f in filas if not f["retirada"]]
    nombre = f"prueba_acuerdo_{uno['id']}"
    abierto = st.session_state.get(sigue_abierto(nombre), bool(vigentes))
    cajon = st.expander(
        rotulo(len(vigentes)), abierto, key=nombre, on_change="rerun", icon=":material/attach_file:"
    )
    if not cajon.open:
        return

    def agregar(session: Session, actor: Actor, archivo: Archivo, pie: str, clase: Clasificacion) -> None:
        acciones.agregar(session, actor, acuerdo_id=uno["id"], archivo=archivo, pie=pie, clasificacion=clase)

    def retirar(session: Session, actor: Actor, cual: int, motivo: str) -> None:
        acciones.retirar(session, actor, adjunto_id=cual, motivo=motivo)

    with cajon:
        dibujar(
            nombre, "Archivo que prueba lo hecho", filas, agregar if suyo else None, retirar if suyo else None
        )
