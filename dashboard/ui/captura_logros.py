"""Los logros, obras y fotografías de un capítulo del Informe."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.campos import leer_fecha, leer_importe
from dashboard.ui.subir_archivo import MAXIMO_MB, revisado
from db.actions import capitulo as acciones
from db.actions.capitulo import DatosLogro
from db.queries.informe_capitulo import opciones
from db.rules.evidencias import Archivo
from db.rules.formato import fecha, leer_numero, moneda
from db.rules.informe import CLASES_LOGRO
from db.rules.permisos import Actor
from db.rules.problema import Problema

Datos = Mapping[str, Any]


def dibujar(uno: Datos) -> None:
    """Dos cajones: un logro nuevo o por corregir, y una fotografía."""
    cajon = st.expander("Agregar o corregir un logro", key="logro", on_change="rerun")
    if cajon.open:
        with cajon:
            _elegir_logro(uno)
    otro = st.expander("Agregar o quitar una fotografía", key="foto", on_change="rerun")
    if otro.open:
        with otro:
            _foto(uno)
            _quitar_foto(uno)


def _elegir_logro(uno: Datos) -> None:
    por_id = {g["id"]: g for g in uno["lista_logros"]}
    cual = st.selectbox(
        "Cuál",
        [0, *por_id],
        format_func=lambda i: por_id[i]["titulo"] if i else "Uno nuevo",
        key="logro_que_se_cambia",
    )
    _logro(uno, por_id.get(cual))


def _logro(uno: Datos, previo: Datos | None) -> None:
    p: Datos = previo or {}
    formulario = Formulario(f"logro_{uno['id']}_{p.get('id', 'nuevo')}", p.get("version", 0))
    proyectos = {None: "Ninguno"} | ask(opciones, informe_id=uno["informe_id"])["proyectos"]
    lista, clases = list(proyectos), list(CLASES_LOGRO)
    with st.form(formulario.nombre):
        clase = st.selectbox(
            "Clase",
            clases,
            index=clases.index(p.get("clase", "logro")),
            format_func=lambda c: CLASES_LOGRO[c],
            key=formulario.campo("clase"),
        )
        escrito = {}
        for campo, rotulo, valor in (
            ("titulo", "Qué se logró", p.get("titulo", "")),
            ("lugar", "Dónde", p.get("lugar", "")),
            ("inversion", "Inversión, en pesos", moneda(p["inversion"]) if p.get("inversion") else ""),
            ("beneficiarios", "Personas beneficiadas", str(p.get("beneficiarios") or "")),
            ("fecha", "Cuándo", fecha(p["fecha"]) if p.get("fecha") else ""),
        ):
            escrito[campo] = st.text_input(rotulo, valor, key=formulario.campo(campo))
            formulario.error(campo)
        proyecto = st.selectbox(
            "Proyecto presupuestario",
            lista,
            index=lista.index(p.get("proyecto_id")) if p.get("proyecto_id") in proyectos else 0,
            format_func=lambda i: proyectos[i],
            key=formulario.campo("proyecto"),
        )
        descripcion = st.text_area("En qué consistió", p.get("descripcion", ""), key=formulario.campo("que"))
        guarda = st.form_submit_button("Guardar", type="primary")
        quita = st.form_submit_button("Quitarlo", disabled=previo is None)
    if guarda:
        cambio = partial(
            _guardar_logro, uno["id"], p.get("id"), formulario.version, clase, escrito, proyecto, descripcion
        )
        formulario.guardar(cambio, propios=escrito, actuales=lambda: {c: p.get(c, "") for c in escrito})
    if quita and previo is not None:
        cambio = partial(_quitar_logro, previo["id"], formulario.version)
        formulario.guardar(cambio, propios={}, actuales=dict)


def _guardar_logro(
    capitulo_id: int,
    logro_id: int | None,
    version: int,
    clase: str,
    escrito: Mapping[str, str],
    proyecto_id: int | None,
    descripcion: str,
    session: Session,
    actor: Actor,
) -> None:
    datos = DatosLogro(
        clase,
        escrito["titulo"],
        descripcion,
        escrito["lugar"],
        leer_importe(escrito["inversion"], "inversion") or 0,
        _personas(escrito["beneficiarios"]),
        leer_fecha(escrito["fecha"], "fecha"),
        proyecto_id,
    )
    acciones.guardar_logro(
        session, actor, capitulo_id=capitulo_id, logro_id=logro_id, version=version, datos=datos
    )


def _personas(texto: str) -> int:
    try:
        valor = leer_numero(texto)
    except ValueError as error:
        raise Problema(str(error), "Escriba cuántas, por ejemplo 1,250.", "beneficiarios") from error
    if valor is not None and valor != valor.to_integral_value():
        raise Problema("Las personas son un número entero.", "Corríjalo.", "beneficiarios")
    return int(valor or 0)


def _quitar_logro(logro_id: int, version: int, session: Session, actor: Actor) -> None:
    acciones.quitar_logro(session, actor, logro_id=logro_id, version=version)


def _foto(uno: Datos) -> None:
    formulario = Formulario(f"foto_{uno['id']}", len(uno["fotos"]))
    with st.form(formulario.nombre):
        subida = st.file_uploader(
            "Fotografía (JPG, PNG o WEBP)",
            type=["jpg", "jpeg", "png", "webp"],
            key=formulario.campo("foto"),
            max_upload_size=MAXIMO_MB,
        )
        formulario.error("foto")
        pie = st.text_input("Pie de foto", key=formulario.campo("pie"))
        formulario.error("pie")
        lugar = st.text_input("Dónde se tomó", key=formulario.campo("lugar"))
        st.caption("Se le quitan los datos de la cámara. No suba rostros de menores sin autorización.")
        enviado = st.form_submit_button("Guardar la fotografía", type="primary")
    if enviado:
        archivo = revisado(subida, "foto", "la fotografía")
        formulario.guardar(partial(_guardar_foto, uno["id"], archivo, pie, lugar), propios={}, actuales=dict)


def _guardar_foto(
    capitulo_id: int, archivo: Archivo | Problema, pie: str, lugar: str, session: Session, actor: Actor
) -> None:
    if isinstance(archivo, Problema):
        raise archivo
    acciones.agregar_foto(session, actor, capitulo_id=capitulo_id, archivo=archivo, pie=pie, lugar=lugar)


def _quitar_foto(uno: Datos) -> None:
    if not uno["fotos"]:
        return
    formulario = Formulario(f"quitar_foto_{uno['id']}", len(uno["fotos"]))
    por_id = {f["adjunto_id"]: f["pie"] for f in uno["fotos"]}
    cual = st.selectbox(
        "Fotografía", list(por_id), format_func=lambda i: por_id[i], key=formulario.campo("cual")
    )
    if st.button("Quitar la fotografía", key=formulario.campo("quitar")):
        formulario.guardar(partial(_al_quitar, cual), propios={}, actuales=dict)


def _al_quitar(adjunto_id: int, session: Session, actor: Actor) -> None:
    acciones.quitar_foto(session, actor, adjunto_id=adjunto_id)
