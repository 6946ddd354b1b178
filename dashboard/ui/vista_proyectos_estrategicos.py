"""Los proyectos estratégicos en pantalla: el mapa, sus fases, su avance y sus riesgos."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.sesion import actor
from dashboard.ui import piezas
from dashboard.ui.estado import pintar
from dashboard.ui.grafica_gantt import curva, gantt
from dashboard.ui.grafica_mapa import mapa
from dashboard.ui.tema import oscuro
from dashboard.ui.texto import esc_md
from db.actions.geometria import guardar
from db.models.proyectos_estrategicos import ClaseGeometria
from db.queries.geometria import geometrias
from db.queries.municipio import hoy
from db.rules.estado import PRESENTACION
from db.rules.permisos import Accion, Actor, puede
from db.rules.proyectos_estrategicos import gravedad

Datos = Mapping[str, Any]

CLASES = {"limite": "El contorno del municipio", "localidad": "Localidades", "colonia": "Colonias"}
MAXIMO_MB = 2


def en_el_mapa(todos: Sequence[Datos]) -> None:
    """El mapa de los proyectos sin terminar, y cargar los contornos."""
    vivos = [p for p in todos if not p["terminado"]]
    if dibujo := mapa(ask(geometrias), vivos, oscuro()):
        piezas.grafica(dibujo, "mapa_proyectos")
    if not puede(actor(), Accion.EDITAR_CONFIGURACION):
        return
    cajon = st.expander("Cargar los contornos del mapa", key="contornos", on_change="rerun")
    if cajon.open:
        with cajon:
            _cargar()


def _cargar() -> None:
    formulario = Formulario("contornos", 0)
    with st.form(formulario.nombre):
        clase = st.selectbox(
            "Qué es",
            [c.value for c in ClaseGeometria],
            format_func=lambda c: CLASES[c],
            key=formulario.campo("clase"),
        )
        subido = st.file_uploader(
            "Archivo GeoJSON, en grados",
            type=["geojson", "json"],
            key=formulario.campo("archivo"),
            max_upload_size=MAXIMO_MB,
        )
        formulario.error("archivo")
        enviado = st.form_submit_button("Cargar")
    if enviado:
        contenido = subido.getvalue() if subido else b""
        formulario.guardar(partial(_guardar, clase, contenido), propios={}, actuales=dict)


def _guardar(clase: str, contenido: bytes, session: Session, actor: Actor) -> None:
    guardar(session, actor, clase=clase, contenido=contenido)


def uno(proyecto: Datos) -> None:
    """Sus fases en el tiempo, su avance contra lo esperado y sus riesgos."""
    if proyecto["pasos"]:
        piezas.grafica(gantt(proyecto["pasos"], ask(hoy), oscuro()), f"gantt_{proyecto['id']}")
    if proyecto["avance_proyecto"]:
        piezas.grafica(curva(proyecto, oscuro()), f"curva_{proyecto['id']}")
    _riesgos(proyecto["riesgo_proyecto"])


def _riesgos(riesgos: Sequence[Datos]) -> None:
    if not riesgos:
        return
    pesados = sorted(((gravedad(r), r) for r in riesgos), key=lambda par: -par[0][0])
    st.subheader("Riesgos", anchor=False)
    renglones = []
    for (peso, estado, palabra), r in pesados:
        signo = pintar(str(estado), PRESENTACION[estado].icono, f"{palabra} {peso}" if peso else palabra)
        respuesta = f" {esc_md(r['respuesta'])}" if r["respuesta"] else " Sin respuesta."
        renglones.append(f"- {signo} **{esc_md(r['riesgo'])}.**{respuesta}")
    st.markdown("\n".join(renglones))
    st.caption("El número es probabilidad por impacto, de 1 a 25.")
