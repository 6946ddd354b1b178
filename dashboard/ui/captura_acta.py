"""Corregir el acta y llevarla de borrador a firmada."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from dashboard.ui.subir_archivo import MAXIMO_MB, revisado
from db.actions import acta as acciones
from db.rules.acta import FIJAS, SIGUE
from db.rules.evidencias import Archivo
from db.rules.permisos import Actor
from db.rules.problema import Problema

Datos = Mapping[str, Any]

ROTULOS = {
    "revisada": "Darla por revisada",
    "borrador": "Regresarla a borrador",
    "aprobada": "Aprobarla: queda fija",
}


def dibujar(acta: Datos | None, coordina: bool) -> None:
    """Los pasos que siguen y, mientras no se apruebe, sus textos."""
    if acta is None or not coordina:
        return
    formulario = Formulario(f"acta_{acta['id']}", acta["version"])
    with st.container(horizontal=True):
        for estado in (e for e in SIGUE[acta["estado"]] if e in ROTULOS):
            if st.button(ROTULOS[estado], key=formulario.campo(estado)):
                cambio = partial(_mover, acta["id"], formulario.version, estado)
                formulario.guardar(cambio, propios={}, actuales=dict)
    formulario.error("estado")
    if acta["estado"] == "aprobada":
        _firmar(acta)
    if acta["estado"] in FIJAS:
        return
    cajon = st.expander("Corregir el acta", key="corregir_acta", on_change="rerun")
    if cajon.open:
        with cajon:
            _corregir(acta)


def _mover(acta_id: int, version: int, estado: str, session: Session, actor: Actor) -> None:
    acciones.mover(session, actor, acta_id=acta_id, version=version, estado=estado)


def _firmar(acta: Datos) -> None:
    """Firmada en papel, se sube digitalizada y con eso queda firmada."""
    cajon = st.expander("Subir el acta firmada", key="firmar_acta", on_change="rerun")
    if not cajon.open:
        return
    formulario = Formulario(f"firmar_{acta['id']}", acta["version"])
    with cajon, st.form(formulario.nombre):
        subida = st.file_uploader(
            "Acta firmada y digitalizada (PDF o imagen)",
            type=["pdf", "jpg", "jpeg", "png", "webp"],
            key=formulario.campo("archivo"),
            max_upload_size=MAXIMO_MB,
        )
        formulario.error("archivo")
        st.caption("La ve quien ve los comités. Imprímala, recoja las firmas y digitalícela completa.")
        enviado = st.form_submit_button("Guardarla: el acta queda firmada", type="primary")
    if enviado:
        archivo = revisado(subida, "archivo", "el acta firmada")
        cambio = partial(_guardar_firmada, acta["id"], formulario.version, archivo)
        formulario.guardar(cambio, propios={}, actuales=dict)


def _guardar_firmada(
    acta_id: int, version: int, archivo: Archivo | Problema, session: Session, actor: Actor
) -> None:
    if isinstance(archivo, Problema):
        raise archivo
    acciones.firmar(session, actor, acta_id=acta_id, version=version, archivo=archivo)


def _corregir(acta: Datos) -> None:
    dice = acta["contenido"]
    textos = {"proemio": dice["proemio"], "cierre": dice["cierre"]}
    rotulos = {"proemio": "Proemio", "cierre": "Cierre"}
    for p in dice["puntos"]:
        textos[f"punto/{p['id']}"] = p["texto"]
        rotulos[f"punto/{p['id']}"] = f"{p['numero']}. {p['titulo']}"
    cual = st.selectbox("Parte", list(rotulos), format_func=lambda c: rotulos[c], key="parte_del_acta")
    formulario = Formulario(f"texto_acta_{acta['id']}_{cual}", acta["version"])
    with st.form(formulario.nombre):
        texto = st.text_area("Texto", textos[cual], height=180, key=formulario.campo("texto"))
        formulario.error("texto")
        enviado = st.form_submit_button("Guardar", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            acciones.corregir(
                session, actor, acta_id=acta["id"], version=formulario.version, seccion=cual, texto=texto
            )

        formulario.guardar(guardar, propios={"Texto": texto}, actuales=lambda: {"Texto": textos[cual]})
