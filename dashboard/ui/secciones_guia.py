"""Las partes de la pantalla Guía Consultiva: temas, filtros, lista y asignación de responsables."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.cache import version_de_los_datos
from dashboard.formulario import Formulario
from dashboard.ui.camino import elegir
from dashboard.ui.enlaces import enlace, ir
from dashboard.ui.texto import contar, enumerar
from dashboard.ui.vista_guia import TIPOS, UNIDAD
from db.actions.guia import asignar_responsable
from db.rules.problema import Problema

Datos = Mapping[str, Any]

ANCHO_NOMBRE, ANCHO_RESULTADO = 300, 150
ALTO = 620
TODOS = {"": "Todos"}


def sin_guia(anio: int, ediciones: Sequence[str], carga: bool) -> None:
    """Ninguna edición rige el año: cuáles hay y cómo cargar otra."""
    st.title(f"No hay guía para {anio}", anchor=False)
    if ediciones:
        st.info(f"Cargadas: {enumerar(list(ediciones))}. Elija un ejercicio de esos años en el filtro.")
    else:
        st.info("Aún no se cargan los indicadores y elementos de la guía del INAFED.")
    if carga:
        enlace("importar", "Importar la guía", {"formato": "guia"})


def temas(vista: Datos) -> None:
    """Cada tema con sus cuentas; elegir un renglón abre su lista."""
    st.subheader("Por tema", anchor=False)
    st.caption("Elija un renglón para ver sus indicadores.")
    evento = st.dataframe(
        vista["temas"],
        column_config={"Tema": st.column_config.TextColumn(width=210)},
        hide_index=True,
        key="guia_temas",
        on_select="rerun",
        selection_mode="single-row",
        alt="Temas de la guía con cuántos indicadores hay en cada estado",
    )
    if evento.selection.rows:
        ir("guia", {"parte": "lista", "tema": vista["claves_de_temas"][evento.selection.rows[0]]})


def pedir_filtros(vista: Datos) -> dict[str, str]:
    """Lo elegido, que vive en la dirección; vacío es todo."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        tipos = {**TODOS, **TIPOS, UNIDAD: "De la unidad de planeación"}
        return {
            "estado": elegir("estado", "Estado", {**TODOS, **vista["por_estado"]}, ""),
            "modulo": elegir("modulo", "Módulo", {**TODOS, **vista["modulos"]}, ""),
            "tema": elegir("tema", "Tema", {**TODOS, **vista["nombres_de_temas"]}, ""),
            "tipo": elegir("tipo", "Tipo", tipos, ""),
            "responsable": elegir("responde", "Responde", {**TODOS, **vista["responsables"]}, ""),
            "texto": str(st.text_input("Buscar", key="buscar", bind="query-params", max_chars=80) or ""),
        }


def lista(datos: Datos) -> None:
    """Los indicadores; elegir un renglón abre su ficha."""
    if not datos["claves"]:
        st.info("Ningún indicador cumple estos filtros.")
        return
    cuantos = contar(len(datos["claves"]), "indicador", "indicadores", False)
    st.caption(
        f"Se ven {cuantos}. Elija un renglón para abrir su ficha. ★: lo reúne la unidad de planeación."
    )
    evento = st.dataframe(
        datos["columnas"],
        column_config={
            "Indicador": st.column_config.TextColumn(width=ANCHO_NOMBRE),
            "Resultado": st.column_config.TextColumn(width=ANCHO_RESULTADO),
        },
        hide_index=True,
        height=min(ALTO, 35 * (len(datos["claves"]) + 1) + 3),
        key="guia_lista",
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="Indicadores de la guía con su estado",
    )
    if evento.selection.rows:
        ir("guia", {"indicador": datos["claves"][evento.selection.rows[0]]})


def asignar(ids: Sequence[int], anio: int, dependencias: Mapping[int, str]) -> None:
    """Pone quién reúne la evidencia de todo lo listado."""
    cuantos = contar(len(ids), "indicador", "indicadores", False)
    formulario = Formulario("guia_asignar", version_de_los_datos())
    with st.popover(f"Asignar responsable a {cuantos}", icon=":material/assignment_ind:"):
        cual = st.selectbox(
            "Dependencia que reúne la evidencia",
            list(dependencias),
            index=None,
            key=formulario.campo("dependencia"),
            placeholder="Elija una",
            format_func=dependencias.__getitem__,
        )
        formulario.error("dependencia")
        if st.button("Asignar a lo que se ve", key=formulario.campo("si")):
            formulario.guardar(partial(_asignar, list(ids), anio, cual), propios={}, actuales=dict)


def _asignar(ids: Sequence[int], anio: int, cual: int | None, session: Any, persona: Any) -> None:
    if cual is None:
        raise Problema("Falta la dependencia.", "Elija quién reúne la evidencia.", "dependencia")
    asignar_responsable(session, persona, anio=anio, indicadores=ids, dependencia_id=cual)
