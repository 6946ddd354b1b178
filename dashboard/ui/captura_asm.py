"""Lo que se hace con un aspecto de mejora: opinar de él, decir qué se hará y anotar cuánto va."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.campos import leer_fecha
from db.actions import pae as acciones
from db.actions.pae import DatosAccion, DatosAsm
from db.queries.pae import opciones
from db.rules.formato import leer_numero
from db.rules.pae import CLASES, ESTADOS_ASM, PRIORIDADES
from db.rules.permisos import Accion, Actor, Objeto, puede
from db.rules.problema import Problema

Datos = Mapping[str, Any]

OPINABLES = {clave: palabra for clave, palabra in ESTADOS_ASM.items() if clave != "cumplido"}


def dibujar(una: Datos, aspecto: Datos, persona: Actor, atiende: bool) -> None:
    """Los formularios que le tocan a la persona, cerrados hasta que los abra."""
    anotables = {
        a["id"]: a["accion"] for a in aspecto["acciones"] if puede(persona, Accion.ATENDER_ASM, _objeto(a))
    }
    if not atiende and not anotables:
        return
    cajon = st.expander("Atender", key=f"atender_{aspecto['id']}", on_change="rerun")
    if not cajon.open:
        return
    with cajon:
        if anotables:
            _avance(aspecto, anotables)
        if atiende and aspecto["estado"] == "aceptado":
            _accion(una, aspecto)
        if atiende and aspecto["estado"] != "cumplido":
            _opinion(aspecto)


def _objeto(accion: Datos) -> Objeto:
    ids = {accion["dependencia_id"]} | ({accion["general_id"]} if accion["general_id"] else set())
    return Objeto(accion["ente_id"], frozenset(ids))


def _avance(aspecto: Datos, anotables: Mapping[int, str]) -> None:
    anotado = sum(len(a["anotaciones"]) for a in aspecto["acciones"])
    formulario = Formulario(f"avance_asm_{aspecto['id']}", anotado)
    with st.form(formulario.nombre):
        cual = st.selectbox(
            "Acción", list(anotables), key=formulario.campo("cual"), format_func=lambda n: anotables[n]
        )
        avance = st.text_input("Avance acumulado, en %", key=formulario.campo("avance"))
        formulario.error("avance")
        texto = st.text_input("Qué se hizo", key=formulario.campo("texto"))
        formulario.error("texto")
        enviado = st.form_submit_button("Anotar el avance", type="primary")
    if enviado:
        formulario.guardar(partial(_anotar, cual, avance, texto), propios={}, actuales=dict)


def _anotar(accion_id: int, avance: str, texto: str, session: Session, actor: Actor) -> None:
    try:
        cuanto = leer_numero(avance, allow_pct=True)
    except ValueError as error:
        raise Problema(str(error), "Escriba un número de 0 a 100.", "avance") from error
    if cuanto is None:
        raise Problema("Falta el avance.", "Escriba un número de 0 a 100.", "avance")
    acciones.registrar_avance(session, actor, accion_id, avance=Decimal(cuanto), texto=texto)


def _accion(una: Datos, aspecto: Datos) -> None:
    unidades = ask(opciones, anio=una["anio"])["dependencias"]
    lista = list(unidades)
    formulario = Formulario(f"accion_asm_{aspecto['id']}", len(aspecto["acciones"]))
    with st.form(formulario.nombre):
        accion = st.text_input("Qué se hará", key=formulario.campo("accion"))
        formulario.error("accion")
        quien = st.selectbox(
            "Quién",
            lista,
            index=lista.index(una["dependencia_id"]) if una["dependencia_id"] in unidades else 0,
            key=formulario.campo("quien"),
            format_func=lambda n: unidades[n],
        )
        inicio = st.text_input("Empieza", key=formulario.campo("inicio"), placeholder="dd/mm/aaaa")
        formulario.error("inicio")
        fin = st.text_input("Termina", key=formulario.campo("fin"), placeholder="dd/mm/aaaa")
        formulario.error("fin")
        producto = st.text_input("Producto que lo prueba", key=formulario.campo("producto"))
        enviado = st.form_submit_button("Agregar la acción")
    if enviado:
        cambio = partial(_nueva_accion, aspecto["id"], accion, quien, inicio, fin, producto)
        formulario.guardar(cambio, propios={}, actuales=dict)


def _nueva_accion(
    asm_id: int,
    accion: str,
    quien: int,
    inicio: str,
    fin: str,
    producto: str,
    session: Session,
    actor: Actor,
) -> None:
    desde, hasta = leer_fecha(inicio, "inicio"), leer_fecha(fin, "fin")
    if desde is None or hasta is None:
        raise Problema(
            "Faltan las fechas.", "Escríbalas como dd/mm/aaaa.", "inicio" if desde is None else "fin"
        )
    acciones.registrar_accion(
        session, actor, asm_id, datos=DatosAccion(accion, quien, desde, hasta, producto)
    )


def _opinion(aspecto: Datos) -> None:
    formulario = Formulario(f"opinion_asm_{aspecto['id']}", aspecto["version"])
    with st.form(formulario.nombre):
        estado = st.radio(
            "Qué se decide",
            list(OPINABLES),
            index=list(OPINABLES).index(aspecto["estado"]),
            key=formulario.campo("estado"),
            format_func=lambda e: OPINABLES[e],
            horizontal=True,
        )
        formulario.error("estado")
        opinion = st.text_area(
            "Opinión de la dependencia", aspecto["opinion"], key=formulario.campo("opinion")
        )
        formulario.error("opinion")
        clase = st.selectbox(
            "Quién puede resolverla",
            list(CLASES),
            index=list(CLASES).index(aspecto["clase"]),
            key=formulario.campo("clase"),
            format_func=lambda c: CLASES[c],
        )
        prioridad = st.selectbox(
            "Prioridad",
            list(PRIORIDADES),
            index=list(PRIORIDADES).index(aspecto["prioridad"]),
            key=formulario.campo("prioridad"),
            format_func=lambda p: PRIORIDADES[p],
        )
        enviado = st.form_submit_button("Guardar la opinión")
    if enviado:
        datos = DatosAsm(aspecto["recomendacion"], clase, prioridad, estado, opinion, aspecto["indicador_id"])
        cambio = partial(_opinar, aspecto["id"], formulario.version, datos)
        formulario.guardar(cambio, propios={}, actuales=dict)


def _opinar(asm_id: int, version: int, datos: DatosAsm, session: Session, actor: Actor) -> None:
    acciones.corregir_asm(session, actor, asm_id, version=version, datos=datos)
