"""El árbol en pantalla: los dos dibujos, su captura por nodos y la MIR que se deriva de él."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.formulario import Formulario
from dashboard.ui import hoja_arbol
from dashboard.ui.texto import contar
from db.actions import arbol as acciones
from db.models.mir import ClaseNodoArbol

Datos = Mapping[str, Any]
Lugar = tuple[int, int]
"""(programa, ente)."""

ARBOLES = {"problema": "Árbol del problema", "objetivo": "Árbol de objetivos"}
CLASES = {"problema": "Problema central", "causa": "Causa", "efecto": "Efecto"}
PASOS = {"nuevo": "✚ Se agrega", "cambia": "▲ Cambia", "igual": "✔ Ya está igual"}
NUEVO = "Nodo nuevo"


def dibujos(nodos: Sequence[Datos]) -> None:
    """El árbol del problema o el de objetivos; el elegido queda en la dirección."""
    if not nodos:
        st.info("Todavía no hay árbol. Se empieza por el problema central.")
        return
    cual = st.radio(
        "Árbol",
        list(ARBOLES),
        key="arbol",
        horizontal=True,
        bind="query-params",
        format_func=ARBOLES.__getitem__,
    )
    dibujo = hoja_arbol.dibujo(nodos, cual)
    if dibujo:
        st.html(dibujo)


def captura(nodos: Sequence[Datos], lugar: Lugar) -> None:
    """Un nodo a la vez, en el orden del esquema."""
    opciones: list[Datos | None] = [None, *esquema(nodos)]
    elegido = st.selectbox(
        "Nodo",
        opciones,
        key=f"arbol_nodo_{lugar[0]}_{lugar[1]}",
        format_func=lambda n: NUEVO if n is None else _en_esquema(n, nodos),
    )
    clase = elegido["clase"] if elegido else "problema"
    if elegido is None and nodos:
        clase = st.selectbox("Clase", ["causa", "efecto"], key="arbol_clase", format_func=CLASES.__getitem__)
    _forma(elegido, clase, nodos, lugar)
    if elegido is not None:
        formulario = Formulario(f"arbol_quitar_{elegido['id']}", elegido["version"])
        if st.button("Quitar el nodo", key=formulario.campo("si"), icon=":material/delete:"):
            formulario.guardar(partial(_quitar, elegido["id"], formulario.version), propios={}, actuales=dict)


def esquema(nodos: Sequence[Datos]) -> list[Datos]:
    """Los nodos como se leen: el problema, sus efectos y luego sus causas, cada uno con los suyos."""
    hijos: dict[int | None, list[Datos]] = {}
    for nodo in nodos:
        hijos.setdefault(nodo["padre_id"], []).append(nodo)

    def bajar(padre: int | None) -> list[Datos]:
        suyos = sorted(hijos.get(padre, []), key=lambda n: n["clase"] == "causa")
        return [uno for n in suyos for uno in (n, *bajar(n["id"]))]

    return bajar(None)


def _en_esquema(nodo: Datos, nodos: Sequence[Datos]) -> str:
    """El nodo sangrado según qué tan lejos está del problema."""
    padres = {n["id"]: n["padre_id"] for n in nodos}
    hondo, padre = 0, nodo["padre_id"]
    while padre is not None and hondo < len(nodos):
        hondo, padre = hondo + 1, padres.get(padre)
    return f"{'— ' * hondo}{CLASES[nodo['clase']]}: {nodo['problema']}"


def _forma(n: Datos | None, clase: str, nodos: Sequence[Datos], lugar: Lugar) -> None:
    nombre = f"arbol_{lugar[0]}_{lugar[1]}_{n['id'] if n else clase}"
    formulario = Formulario(nombre, n["version"] if n else 0)
    posibles = [p for p in esquema(nodos) if p["clase"] in ("problema", clase) and p is not n]
    hermanos = sum((h["clase"], h["padre_id"]) == (clase, n["padre_id"]) for h in nodos) if n else 0
    padre, elegido, puesto = None, True, None
    with st.form(nombre):
        if clase != "problema":
            ids = [p["id"] for p in posibles]
            madre = st.selectbox(
                "Cuelga de",
                posibles,
                ids.index(n["padre_id"]) if n and n["padre_id"] in ids else 0,
                key=formulario.campo("padre"),
                format_func=lambda p: _en_esquema(p, nodos),
            )
            padre = madre["id"] if madre else None
        formulario.error("padre")
        problema = st.text_input(
            "En negativo", n["problema"] if n else "", key=formulario.campo("problema"), max_chars=300
        )
        formulario.error("problema")
        objetivo = st.text_input(
            "En positivo",
            n["objetivo"] if n else "",
            key=formulario.campo("objetivo"),
            max_chars=300,
            help="El mismo nodo ya resuelto: será un medio, el objetivo o un fin.",
        )
        if clase != "problema":
            elegido = st.checkbox(
                "Entra en la alternativa elegida",
                n["elegido"] if n else True,
                key=formulario.campo("elegido"),
            )
        if n is not None and hermanos > 1:
            puesto = st.number_input(
                "Lugar entre los que cuelgan del mismo",
                1,
                hermanos,
                min(n["orden"], hermanos),
                key=formulario.campo("lugar"),
            )
        enviado = st.form_submit_button("Guardar nodo", type="primary")
    if enviado:
        datos = {
            "programa_id": lugar[0],
            "ente_id": lugar[1],
            "nodo_id": n["id"] if n else None,
            "version": formulario.version,
            "clase": ClaseNodoArbol(clase),
            "padre_id": padre,
            "problema": problema,
            "objetivo": objetivo,
            "elegido": elegido,
            "lugar": int(puesto) if n and puesto not in (None, n["orden"]) else None,
        }
        formulario.guardar(
            partial(_guardar, datos),
            propios={"En negativo": problema, "En positivo": objetivo},
            actuales=lambda: {
                "En negativo": n["problema"] if n else "",
                "En positivo": n["objetivo"] if n else "",
            },
        )


def _guardar(datos: Mapping[str, Any], session: Any, actor: Any) -> None:
    acciones.guardar_nodo(session, actor, **datos)


def _quitar(nodo_id: int, version: int, session: Any, actor: Any) -> None:
    acciones.quitar_nodo(session, actor, nodo_id=nodo_id, version=version)


def derivar(previa: Datos, lugar: Lugar, version: int) -> None:
    """Lo que el árbol de objetivos agregaría o cambiaría en la MIR, y el botón que lo hace."""
    if previa["problema"]:
        st.info(previa["problema"])
        return
    mueve = [p for p in previa["pasos"] if p["paso"] != "igual"]
    if not mueve:
        st.markdown("✔ La MIR ya dice lo que el árbol.")
    st.dataframe(
        {
            "Qué pasa": [PASOS[p["paso"]] for p in previa["pasos"]],
            "Nivel": [p["nivel"] for p in previa["pasos"]],
            "Quedará": [p["resumen"] for p in previa["pasos"]],
            "Hoy dice": [p["antes"] for p in previa["pasos"]],
        },
        hide_index=True,
        placeholder="—",
        alt="Renglones de la MIR que salen del árbol",
    )
    if previa["se_quedan"]:
        cuantos = contar(len(previa["se_quedan"]), "renglón", "renglones", femenino=False)
        st.caption(f"No salen del árbol y se quedan como están: {cuantos} de la MIR, con sus indicadores.")
    formulario = Formulario(f"derivar_{lugar[0]}_{lugar[1]}", version)
    if mueve and st.button("Derivar la MIR", key=formulario.campo("si"), type="primary"):
        formulario.guardar(partial(_derivar, lugar), propios={}, actuales=dict)


def _derivar(lugar: Lugar, session: Any, actor: Any) -> None:
    acciones.derivar_mir(session, actor, programa_id=lugar[0], ente_id=lugar[1])
