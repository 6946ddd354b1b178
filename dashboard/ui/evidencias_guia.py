"""Las evidencias de la Guía: las de un indicador, y la carpeta con todas, ordenada por módulo."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.ui.archivos_adjuntos import dibujar
from dashboard.ui.cambio_evidencia import sigue_abierto
from dashboard.ui.evidencias import rotulo
from db.actions import evidencia_guia as acciones
from db.models.evidencias import Clasificacion
from db.queries.adjuntos import GUIA, adjuntos, de_la_guia, referencia_de_guia
from db.queries.evidencias import ruta_de
from db.rules.documentos import nombre_de_archivo
from db.rules.evidencias import Archivo, alcanza, alcanza_publica, extension
from db.rules.permisos import Accion, Actor

Datos = Mapping[str, Any]


def seccion(d: Datos, persona: Actor, edita: bool) -> None:
    """Un cajón con los archivos del indicador que la persona alcanza; quien lo evalúa, sube y retira."""
    filas = [
        f
        for f in ask(adjuntos, asunto=GUIA, referencia=referencia_de_guia(d["anio"], d["clave"]))
        if alcanza(persona, f) or alcanza_publica(persona, f, [Accion.VER_GUIA])
    ]
    vigentes = sum(not f["retirada"] for f in filas)
    nombre = f"prueba_guia_{d['anio']}_{d['clave']}"
    abierto = st.session_state.get(sigue_abierto(nombre), bool(vigentes))
    cajon = st.expander(
        rotulo(vigentes), abierto, key=nombre, on_change="rerun", icon=":material/attach_file:"
    )
    if not cajon.open:
        return

    def agregar(session: Session, actor: Actor, archivo: Archivo, pie: str, clase: Clasificacion) -> None:
        acciones.agregar(
            session, actor, anio=d["anio"], clave=d["clave"], archivo=archivo, pie=pie, clasificacion=clase
        )

    def retirar(session: Session, actor: Actor, cual: int, motivo: str) -> None:
        acciones.retirar(session, actor, adjunto_id=cual, motivo=motivo)

    with cajon:
        dibujar(
            nombre,
            "Archivo que lo prueba",
            filas,
            agregar if edita else None,
            retirar if edita else None,
        )


def carpeta(anio: int, persona: Actor) -> None:
    """La descarga de todo lo que prueba la Guía de un año; nada si aún no hay archivos."""
    filas = [f for f in ask(de_la_guia, anio=anio) if alcanza(persona, f)]
    if not filas:
        return
    st.download_button(
        f"Descargar la carpeta de evidencias ({len(filas):,})",
        partial(comprimir, filas),
        file_name=f"evidencias_guia_{anio}.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
        on_click="ignore",
    )


def comprimir(filas: Sequence[Datos]) -> bytes:
    """Un ZIP con una carpeta por módulo y, en ella, una por indicador; el archivo que falte se omite."""
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_STORED) as paquete:
        for n, f in enumerate(filas, start=1):
            ruta = ruta_de(f["sha256"])
            if ruta.exists():
                lugar = f"modulo_{f['clave'].partition('.')[0]}/{f['clave']}"
                nombre = nombre_de_archivo(f"{n:03d} {Path(f['nombre']).stem}", extension(f["nombre"]))
                paquete.writestr(f"{lugar}/{nombre}", ruta.read_bytes())
    return salida.getvalue()
