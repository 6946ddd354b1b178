"""Los archivos que acompañan a una cosa: verlos, subir más y retirar uno con su razón."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from dashboard.ui.cambio_evidencia import pedir_clasificacion, sigue_abierto
from dashboard.ui.evidencias import AVISO, lista
from dashboard.ui.subir_archivo import MAXIMO_MB, revisado
from db.models.evidencias import Clasificacion
from db.rules.evidencias import TIPOS, Archivo
from db.rules.permisos import Actor
from db.rules.problema import Problema

Datos = Mapping[str, Any]
Agregar = Callable[[Session, Actor, Archivo, str, Clasificacion], Any]
Retirar = Callable[[Session, Actor, int, str], Any]


def dibujar(
    nombre: str, rotulo: str, filas: Sequence[Datos], agregar: Agregar | None, retirar: Retirar | None
) -> None:
    """La lista; con `agregar` y `retirar` se puede cambiar. `nombre` distingue la cosa en esta pantalla."""
    lista(filas)
    if agregar:
        _subir(nombre, rotulo, len(filas), agregar)
    vigentes = [f for f in filas if not f["retirada"]]
    if retirar and vigentes:
        _retirar(nombre, vigentes, retirar)


def _subir(nombre: str, rotulo: str, cuantas: int, agregar: Agregar) -> None:
    formulario = Formulario(f"subir_{nombre}", cuantas)
    with st.form(formulario.nombre):
        subido = st.file_uploader(
            rotulo, type=list(TIPOS), key=formulario.campo("archivo"), max_upload_size=MAXIMO_MB
        )
        formulario.error("archivo")
        pie = st.text_input("Qué es", key=formulario.campo("pie"))
        clasificacion = pedir_clasificacion(formulario, Clasificacion.PUBLICA)
        st.caption(AVISO)
        enviado = st.form_submit_button("Guardar el archivo", type="primary")
    if not enviado:
        return
    st.session_state[sigue_abierto(nombre)] = True
    archivo = revisado(subido, "archivo", "el archivo")

    def guardar(session: Session, actor: Actor) -> None:
        if isinstance(archivo, Problema):
            raise archivo
        agregar(session, actor, archivo, pie, clasificacion)

    formulario.guardar(guardar, propios={}, actuales=dict)


def _retirar(nombre: str, vigentes: Sequence[Datos], retirar: Retirar) -> None:
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
        formulario.guardar(
            lambda session, actor: retirar(session, actor, cual, motivo), propios={}, actuales=dict
        )
