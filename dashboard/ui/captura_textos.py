"""Corregir, antes de emitir, los párrafos que el sistema redactó de un documento."""

from functools import partial

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.reports.bloques import Parrafo
from dashboard.reports.comun import alcance_de_texto
from dashboard.reports.documento import Documento, Parametros
from dashboard.ui.texto import esc_md
from db.actions.textos import corregir_texto
from db.queries.textos import textos
from db.rules.formato import fecha_hora
from db.rules.permisos import Accion, Actor, Objeto, puede


def dibujar(persona: Actor, p: Parametros, documento: Documento) -> None:
    """Un párrafo a la vez; sólo si el documento trae párrafos que se corrigen y la persona puede emitir."""
    parrafos = {b.ancla: b.texto for b in documento.bloques if isinstance(b, Parrafo) and b.ancla}
    if not parrafos or p.mes is None or not puede(persona, Accion.EMITIR_DOCUMENTOS, Objeto(p.ente_id)):
        return
    cajon = st.expander("Corregir el texto", key="corregir_texto", on_change="rerun")
    if not cajon.open:
        return
    guardados = ask(textos, clase=documento.clase, anio=p.anio, mes=p.mes, alcance=alcance_de_texto(p))
    with cajon:
        cual = st.selectbox(
            "Párrafo",
            list(parrafos),
            format_func=lambda a: f"{a.capitalize()}{' · corregido' if a in guardados else ''}",
        )
        _uno(p, documento.clase, cual, parrafos[cual], guardados.get(cual))


def _uno(p: Parametros, clase: str, cual: str, actual: str, guardado: dict[str, object] | None) -> None:
    version = int(str(guardado["version"])) if guardado else 0
    formulario = Formulario(f"texto_{clase}_{p.anio}_{p.mes}_{p.ente_id}_{cual}", version)
    with st.form(formulario.nombre):
        escrito = st.text_area("Texto", actual, height=200, key=formulario.campo("texto"))
        formulario.error(cual)
        if guardado:
            st.caption(esc_md(f"Lo corrigió {guardado['autor']} el {fecha_hora(guardado['guardado_en'])}."))  # type: ignore[arg-type]
        guardar = st.form_submit_button("Guardar el texto", type="primary")
        volver = st.form_submit_button("Volver al texto del sistema", disabled=guardado is None)
    if guardar or volver:
        cambio = partial(_guardar, p, clase, cual, formulario.version, "" if volver else escrito)
        formulario.guardar(cambio, propios={"Texto": escrito}, actuales=lambda: {"Texto": actual})


def _guardar(
    p: Parametros, clase: str, seccion: str, version: int, texto: str, session: Session, actor: Actor
) -> None:
    corregir_texto(
        session,
        actor,
        clase=clase,
        anio=p.anio,
        mes=p.mes or 12,
        alcance=alcance_de_texto(p),
        seccion=seccion,
        version=version,
        texto=texto,
        ente_id=p.ente_id,
    )
