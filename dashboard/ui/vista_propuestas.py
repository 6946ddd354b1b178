"""Opiniones y propuestas en pantalla: la lista por plazo, y una con su respuesta."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.estado import pintar
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.queries.obras import obras_de_propuesta
from db.rules.estado import PRESENTACION, Estado
from db.rules.formato import fecha, fecha_hora
from db.rules.obras import ESTADOS as OBRAS
from db.rules.permisos import Accion, Actor, Objeto, puede
from db.rules.propuestas import ABIERTAS, CLASES, PLAZO_DIAS
from db.rules.sesiones import SECTORES

Datos = Mapping[str, Any]

CUALES = {"abiertas": "Por responder", "todas": "Todas"}


def titulo(todas: Sequence[Datos]) -> str:
    """«Tres propuestas por responder; una con el plazo vencido»."""
    if not todas:
        return "Aún no hay opiniones ni propuestas"
    abiertas = elegidas(todas, "abiertas")
    if not abiertas:
        return f"Las {len(todas)} opiniones y propuestas ya se respondieron"
    tarde = sum(p["situacion"][0] == Estado.critico for p in abiertas)
    cuantas = mayuscula(contar(len(abiertas), "propuesta por responder", "propuestas por responder"))
    return f"{cuantas}; {contar(tarde, 'con', 'con')} el plazo vencido" if tarde else f"{cuantas}, en plazo"


def elegidas(todas: Sequence[Datos], cuales: str) -> list[Datos]:
    """Las que faltan de responder, o todas; la que vence antes, primero."""
    lista = [p for p in todas if cuales == "todas" or p["estado"] in ABIERTAS]
    return sorted(lista, key=lambda p: (p["estado"] not in ABIERTAS, p["vence"]))


def lista(suyas: Sequence[Datos]) -> None:
    """Un renglón por propuesta; elegirlo la abre."""
    if not suyas:
        st.success("Ninguna.")
        return
    evento = st.dataframe(
        {
            "Situación": [
                f"{PRESENTACION[Estado(p['situacion'][0])].icono} {p['situacion'][1]}" for p in suyas
            ],
            "Tema": [p["tema"] for p in suyas],
            "Quién": [p["quien"] for p in suyas],
            "Sector": [SECTORES[p["sector"]] for p in suyas],
            "Lugar": [p["lugar"] for p in suyas],
            "Línea del plan": [_linea(p) for p in suyas],
            "Responde": [p["dependencia"] or "Sin turnar" for p in suyas],
            "Folio": [p["folio"] for p in suyas],
        },
        column_config={
            "Situación": st.column_config.TextColumn(width=170),
            "Tema": st.column_config.TextColumn(width=240),
        },
        hide_index=True,
        key=clave_de_ida("propuestas"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Opiniones y propuestas con su plazo y quién responde",
    )
    st.caption(f"Se responden en {PLAZO_DIAS} días hábiles.")
    for fila in evento.selection.rows:
        ir("propuestas", {"propuesta": suyas[fila]["id"]})


def _linea(p: Datos) -> str:
    return f"{p['nodo_clave']} {p['nodo']}" if p["nodo_id"] else ""


def por_responder(una: Datos, persona: Actor) -> bool:
    """¿Sigue abierta y a esa persona le toca responderla?"""
    suyas = frozenset(c for c in (una["dependencia_id"], una["general_id"]) if c is not None)
    objeto = Objeto(una["ente_id"], suyas)
    return una["estado"] in ABIERTAS and puede(persona, Accion.RESPONDER_PROPUESTAS, objeto)


def ficha(una: Datos) -> None:
    """Quién, dónde, qué línea toca y qué se le respondió."""
    estado, palabra = una["situacion"]
    st.markdown(pintar(estado, PRESENTACION[Estado(estado)].icono, palabra))
    st.markdown(f"### {esc_md(una['tema'])}\n\n{esc_md(una['texto'])}")
    renglones = {
        "Clase": CLASES[una["clase"]],
        "La hace": una["quien"],
        "Sector": SECTORES[una["sector"]],
        "Lugar": una["lugar"],
        "Se recibió el": fecha(una["fecha"]),
        "Se responde a más tardar el": fecha(una["vence"]),
        "Responde": una["dependencia"] or "Sin turnar",
        "Comité": una["comite"],
        "Línea del plan": _linea(una),
    }
    st.markdown("\n".join(f"- **{c}:** {esc_md(v)}" for c, v in renglones.items() if v))
    if una["nodo_id"]:
        enlace("plan", "Lo que toca del plan", {"nodo": una["nodo_id"]})
    if una["sesion_id"]:
        enlace("sesiones", "La sesión a la que llegó", {"sesion": una["sesion_id"]})
    for obra in ask(obras_de_propuesta, propuesta_id=una["id"]):
        rotulo = esc_md(f"Se propuso la obra {obra['nombre']}: {OBRAS[obra['estado']][1].lower()}")
        de = {"parte": "obras", "comite": obra["comite_id"], "ejercicio": obra["anio"]}
        enlace("propuestas", rotulo, de)
    if una["respuesta"]:
        st.subheader("Respuesta", anchor=False)
        st.markdown(esc_md(una["respuesta"]))
    if una["respondida_en"]:
        st.caption(esc_md(f"{una['respondio']}, {fecha_hora(una['respondida_en'])}"))
