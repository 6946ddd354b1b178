"""El material de los puntos: elegirlo de listas, quitarlo, y hacer las copias que se reparten."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.imports.trabajo import Trabajo
from dashboard.reports.congelar import congelar, sin_copia
from dashboard.ui.texto import contar, esc_md
from dashboard.ui.vista_documentos import progreso
from db.actions import material as acciones
from db.queries.material import elegibles
from db.rules.permisos import Actor

Datos = Mapping[str, Any]

CLASES = {
    "programa": "Ficha de un programa",
    "nodo": "Ficha de un eje",
    "indicador": "Ficha de un indicador",
    "pesos": "Pesos del plan",
    "reconduccion": "Una reconducción",
    "obras": "Obras por priorizar",
    "archivo": "Un documento ya emitido",
}


def agregar(una: Datos) -> None:
    """El punto, la clase de material y cuál; el nombre se puede cambiar."""
    puntos = {p["id"]: f"{p['numero']}. {p['titulo']}" for p in una["puntos"] if p["estado"] == "pendiente"}
    if not puntos:
        st.info("No quedan puntos por tratar.")
        return
    todo = ask(elegibles, comite_id=una["comite_id"], anio=una["anio"])
    clases = [c for c in CLASES if todo[c]]
    if not clases:
        st.info("Aún no hay programas, ejes, pesos ni documentos que elegir.")
        return
    formulario = Formulario(f"material_{una['id']}", sum(len(p["materiales"]) for p in una["puntos"]))
    asuntos = [p["id"] for p in una["puntos"] if p["clase"] == "asunto" and p["id"] in puntos]
    punto = st.selectbox(
        "Punto",
        list(puntos),
        index=list(puntos).index(asuntos[0]) if asuntos else 0,
        format_func=lambda i: puntos[i],
        key=formulario.campo("punto"),
    )
    clase = st.selectbox("Qué", clases, format_func=lambda c: CLASES[c], key=formulario.campo("clase"))
    opciones = todo[clase]
    cual = st.selectbox(
        "Cuál",
        list(opciones),
        format_func=lambda r: opciones.get(r, r),
        key=formulario.campo(f"cual_{clase}"),
    )
    formulario.error("referencia")
    titulo = st.text_input(
        "Cómo se llama en el orden del día",
        opciones[cual],
        key=formulario.campo(f"titulo_{clase}_{cual}"),
    )
    formulario.error("titulo")
    if st.button("Agregarlo", type="primary", key=formulario.campo("agregar")):
        cambio = partial(_agregar, una, punto, clase, cual, titulo)
        formulario.guardar(cambio, propios={}, actuales=dict)


def _agregar(
    una: Datos, punto: int, clase: str, cual: str, titulo: str, session: Session, actor: Actor
) -> None:
    acciones.agregar(session, actor, punto_id=punto, clase=clase, referencia=cual, titulo=titulo)
    if una["estado"] != "programada":
        pedir_copias(una["id"])


def quitar(una: Datos) -> None:
    """Uno de los que aún no se reparten."""
    por_id = {m["id"]: m["titulo"] for p in una["puntos"] for m in p["materiales"]}
    if not por_id:
        st.info("Ningún punto lleva material.")
        return
    formulario = Formulario(f"quitar_material_{una['id']}", len(por_id))
    cual = st.selectbox(
        "Material", list(por_id), format_func=lambda i: por_id[i], key=formulario.campo("cual")
    )
    if st.button("Quitarlo", key=formulario.campo("quitar")):
        formulario.guardar(partial(_quitar, cual), propios={}, actuales=dict)


def _quitar(cual: int, session: Session, actor: Actor) -> None:
    acciones.quitar(session, actor, material_id=cual)


def _marca(sesion_id: int) -> str:
    return f"_copias_{sesion_id}"


def pedir_copias(sesion_id: int) -> None:
    """Deja dicho que, al volver a dibujar la pantalla, se hagan las copias."""
    st.session_state[f"{_marca(sesion_id)}_pedidas"] = True


def copias(una: Datos, persona: Actor, hay_carpeta: bool) -> None:
    """Hace las copias al convocar, dice cuánto lleva y lo que no se pudo, y ofrece las que falten."""
    marca = _marca(una["id"])
    trabajo: Trabajo | None = st.session_state.get(marca)
    if st.session_state.pop(f"{marca}_pedidas", False) and trabajo is None:
        trabajo = _empezar(una, persona)
    if trabajo is not None and not trabajo.terminado:
        progreso(trabajo)
        return
    if trabajo is not None:
        del st.session_state[marca]
        st.session_state[f"{marca}_dicho"] = trabajo.problema or " ".join(trabajo.resultado or ())
        st.rerun()
    if dicho := st.session_state.get(f"{marca}_dicho"):
        st.warning(esc_md(f"Sin copia: {dicho}"))
    faltan = len(sin_copia(una))
    if una["estado"] not in ("convocada", "en_curso") or (hay_carpeta and not faltan):
        return
    que = f"Congelar {contar(faltan, 'copia', 'copias')} y la carpeta" if faltan else "Hacer la carpeta"
    if st.button(que, key=f"{marca}_hacer", help="Deja un PDF fijo, con folio, de lo que se reparte."):
        _empezar(una, persona)
        st.rerun()


def _empezar(una: Datos, persona: Actor) -> Trabajo:
    marca, cual = _marca(una["id"]), una["id"]
    st.session_state.pop(f"{marca}_dicho", None)
    trabajo = Trabajo("copias", lambda al_avanzar: congelar(persona, cual, al_avanzar))
    st.session_state[marca] = trabajo
    return trabajo
