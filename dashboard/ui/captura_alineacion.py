"""Ligar muchos a la vez: actividades con líneas, nodos e indicadores con ODS, PND y PED; y deshacerlo."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.enlaces import enlace
from dashboard.ui.texto import contar
from db.actions.alineacion import alinear_indicadores, alinear_nodos
from db.actions.citas import citar
from db.queries import ligas
from db.rules.alineacion import Par
from db.rules.permisos import Actor
from db.rules.texto import llave

Datos = Mapping[str, Any]
Accion = Callable[..., list[Par]]

ANCHO_NOMBRE = 230
DESHACER = "_ligas_deshacer"
SIN_LIGA = "○ Ninguna"


@dataclass(frozen=True, slots=True)
class Clase:
    """Qué se liga con qué."""

    lista: Callable[..., list[dict[str, Any]]]
    accion: Accion
    a_que: str
    por_ente: bool
    catalogo: str = ""


CLASES = {
    "Actividades": Clase(ligas.actividades_ligables, citar, "Líneas o nodos del plan", True),
    "Nodos del plan": Clase(ligas.nodos_ligables, alinear_nodos, "ODS, metas ODS, PND o PED", False),
    "Indicadores": Clase(ligas.indicadores_ligables, alinear_indicadores, "ODS, metas ODS, PND o PED", True),
}


def editar(donde: Mapping[str, Any], version: int) -> None:
    """Elegir renglones, a qué se ligan, y agregar o quitar de una vez."""
    que = st.pills("Qué se liga", list(CLASES), default="Actividades", key="que", bind="query-params")
    nombre = que or "Actividades"
    clase = CLASES[nombre]
    enlace("vinculos", "Repartir el dinero de los proyectos")
    _deshacer(version)
    destinos, cortos = _destinos(nombre, donde["anio"])
    lista = ask(clase.lista, anio=donde["anio"], **({"ente_id": donde["ente_id"]} if clase.por_ente else {}))
    if not destinos or not lista:
        st.info("Todavía no hay qué ligar en este ejercicio. Cargue antes el plan y sus actividades.")
        return
    vistas = _filtrar(lista)
    elegidas = _elegir(nombre, vistas, cortos, version)
    con = st.multiselect(
        clase.a_que, list(destinos), key=f"ligar_con_{nombre}_{version}", format_func=destinos.__getitem__
    )
    _botones(nombre, elegidas, con, version)


def _destinos(nombre: str, anio: int) -> tuple[dict[int, str], dict[int, str]]:
    """A qué se puede ligar, con su nombre completo y con el corto que cabe en una celda."""
    if nombre == "Actividades":
        nodos = ask(ligas.nodos_citables, anio=anio)
        return {i: n["texto"] for i, n in nodos.items()}, {i: n["corto"] for i, n in nodos.items()}
    entradas = ask(ligas.opciones_de_entradas)
    cortos = {i: f"{e['catalogo']} {e['clave']}" for i, e in entradas.items()}
    return {i: f"{cortos[i]} {e['nombre']}" for i, e in entradas.items()}, cortos


def _filtrar(lista: Sequence[Datos]) -> list[Datos]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        texto = st.text_input("Buscar", key="buscar", bind="query-params", width=260)
        faltan = st.toggle("Sólo las que faltan", key="faltan", bind="query-params")
    palabras = llave(texto).split()
    return [r for r in lista if not (faltan and r["hay"]) and all(p in r["busqueda"] for p in palabras)]


def _elegir(nombre: str, vistas: Sequence[Datos], cortos: Mapping[int, str], version: int) -> list[int]:
    if not vistas:
        st.markdown("Ninguna cumple lo buscado.")
        return []
    huella = hash(tuple(r["id"] for r in vistas))
    evento = st.dataframe(
        {
            "Nombre": [r["nombre"] for r in vistas],
            "Ligas de hoy": [_de_hoy(r, nombre, cortos) for r in vistas],
            "Clave": [r["clave"] for r in vistas],
            "Dónde": [r["donde"] for r in vistas],
        },
        column_config={"Nombre": st.column_config.TextColumn(width=ANCHO_NOMBRE)},
        hide_index=True,
        # Elegir es por posición: con otra lista u otros datos, la elección anterior ya no vale.
        key=f"ligar_{nombre}_{huella}_{version}",
        on_select="rerun",
        selection_mode="multi-row",
        alt=f"{nombre} con sus ligas",
    )
    todas = st.checkbox(f"Todas las de la lista ({len(vistas):,})", key=f"todas_{nombre}_{huella}_{version}")
    return [r["id"] for r in vistas] if todas else [vistas[f]["id"] for f in evento.selection.rows]


def _de_hoy(r: Datos, nombre: str, cortos: Mapping[int, str]) -> str:
    dichas = ", ".join(cortos.get(i, "") for i in r["ligas"])
    heredada = "(heredada)" if r["hay"] and nombre != "Actividades" else SIN_LIGA
    return dichas or heredada


def _botones(nombre: str, elegidas: Sequence[int], con: Sequence[int], version: int) -> None:
    formulario = Formulario("ligar", version)
    cuantas = contar(len(elegidas), "elegida", "elegidas") if elegidas else ""
    listo = bool(elegidas and con)
    if listo:
        st.caption(f"Son hasta {len(elegidas) * len(con):,} ligas; las que ya están se quedan como están.")
    with st.container(horizontal=True):
        agregar = st.button(
            f"Agregar a {cuantas}" if cuantas else "Agregar",
            type="primary",
            key="ligar_agregar",
            disabled=not listo,
        )
        quitar = st.button(
            f"Quitar de {cuantas}" if cuantas else "Quitar", key="ligar_quitar", disabled=not listo
        )
    if agregar or quitar:
        pares = [(uno, otro) for uno in elegidas for otro in con]
        formulario.guardar(partial(_guardar, nombre, pares, quitar), propios={}, actuales=dict)
        # Sólo se llega aquí si no se guardó.
        st.session_state.pop(DESHACER, None)


def _guardar(nombre: str, pares: Sequence[Par], quitar: bool, session: Session, actor: Actor) -> None:
    cambiaron = CLASES[nombre].accion(session, actor, pares=pares, quitar=quitar)
    st.session_state[DESHACER] = {"que": nombre, "pares": cambiaron, "quitar": quitar}


def _deshacer(version: int) -> None:
    ultimo = st.session_state.get(DESHACER)
    if not ultimo:
        return
    if not ultimo["pares"]:
        st.caption("Lo último que se guardó ya estaba así: no cambió nada.")
        return
    formulario = Formulario("ligar_deshacer", version)
    cuantas = contar(len(ultimo["pares"]), "liga", "ligas")
    hecho = "quitaron" if ultimo["quitar"] else "agregaron"
    if st.button(f"Deshacer: se {hecho} {cuantas}", key="ligar_deshacer", icon=":material/undo:"):
        formulario.guardar(partial(_revertir, ultimo), propios={}, actuales=dict)


def _revertir(ultimo: Datos, session: Session, actor: Actor) -> None:
    CLASES[ultimo["que"]].accion(session, actor, pares=ultimo["pares"], quitar=not ultimo["quitar"])
    st.session_state.pop(DESHACER, None)
