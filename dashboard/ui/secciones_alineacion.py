"""La alineación en pantalla: la matriz con sus filtros y las listas de lo que falta."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.tabla_gasto import pesos
from dashboard.ui.vista_alineacion import PROGRAMA, en_csv, resumen_de_huecos, tabla_matriz
from db.queries.huecos import huecos
from db.rules.alineacion import NOMBRE_HUECO, Hueco

Datos = Mapping[str, Any]

ANCHO_NOMBRE = 220
"""Pixeles: en un teléfono deja ver el dinero junto al nombre."""
MILLONES = "%.1f mdp"
PESOS = "%,.2f"

REMEDIO: dict[Hueco, tuple[str, str, dict[str, str]]] = {
    Hueco.METAS_SIN_LINEA: (
        "alineacion",
        "Citar líneas, muchas a la vez",
        {"parte": "Editar", "que": "Actividades", "faltan": "true"},
    ),
    Hueco.LINEAS_SIN_PROYECTO: ("vinculos", "Vincular proyectos con líneas", {}),
    Hueco.DINERO_SIN_LINEA: ("vinculos", "Vincular proyectos con líneas", {}),
    Hueco.PROGRAMAS_SIN_INDICADOR: ("mir", "Abrir la MIR de cada programa", {}),
    Hueco.INDICADORES_SIN_EVIDENCIA: ("indicadores", "Completar las fichas", {}),
    Hueco.NODOS_SIN_ODS: (
        "alineacion",
        "Alinear nodos, muchos a la vez",
        {"parte": "Editar", "que": "Nodos del plan", "faltan": "true"},
    ),
    Hueco.INDICADORES_SIN_ODS: (
        "alineacion",
        "Alinear indicadores, muchos a la vez",
        {"parte": "Editar", "que": "Indicadores", "faltan": "true"},
    ),
}
"""A dónde se va a remediar cada hueco."""


def elegir(titulo: str, opciones: Mapping[Any, str], clave: str, todos: str) -> Any:
    """Una lista escrita en la dirección; None es todos. El nombre elegido vuelve como su identidad."""
    por_nombre = {nombre: identidad for identidad, nombre in opciones.items()}
    elegido = st.selectbox(titulo, [todos, *por_nombre], key=clave, bind="query-params")
    return por_nombre.get(str(elegido))


def matriz(vista: Datos, donde: Mapping[str, Any]) -> None:
    """Un renglón por nodo del nivel pedido, o por programa; elegirlo abre su ficha."""
    por = st.pills(
        "Un renglón por",
        [*vista["niveles"], PROGRAMA],
        default=_primero(vista),
        key="por",
        bind="query-params",
    )
    por = por or _primero(vista)
    reja = st.grid(3, min_column_width=200)
    with reja.cell():
        eje = elegir("Eje", vista["ejes"], "eje", "Todos los ejes")
    with reja.cell():
        ods = elegir("ODS", vista["ods"], "ods", "Todos los ODS")
    with reja.cell():
        programa = elegir("Programa", vista["programas"], "programa", "Todos los programas")
    tabla = ask(tabla_matriz, **donde, por=por, eje=eje, ods=ods, programa=programa)
    if not tabla["destinos"]:
        st.info("Nada cumple esos filtros. Quite alguno.")
        return
    evento = st.dataframe(
        tabla["columnas"],
        column_config={
            por: st.column_config.TextColumn(width=ANCHO_NOMBRE),
            **{
                c: st.column_config.NumberColumn(format=MILLONES)
                for c in ("Aceptado", "Propuesto", "Sin plan")
            },
        },
        hide_index=True,
        key=clave_de_ida(f"matriz_{por}"),
        on_select="rerun",
        selection_mode="single-row",
        alt=f"Alineación por {por.lower()}: líneas, proyectos, indicadores, dinero, ODS, PND y PED",
    )
    st.caption(
        "Dinero: modificado de los proyectos, por su participación aceptada o propuesta. Entre paréntesis, "
        "lo que sólo hereda de un nivel superior. Elija un renglón para abrir su ficha."
    )
    for fila in evento.selection.rows:
        ir(*tabla["destinos"][fila])


def _primero(vista: Datos) -> str:
    return str(vista["niveles"][0]) if vista["niveles"] else PROGRAMA


def lista_de_huecos(vista: Datos, donde: Mapping[str, Any], edita: bool) -> None:
    """Una clase de hueco a la vez: su lista, su descarga y a dónde ir a remediarla."""
    nombres = {NOMBRE_HUECO[Hueco(h)]: Hueco(h) for h in vista["huecos"]}
    con_algo = next((n for n, h in nombres.items() if vista["huecos"][h][0]), next(iter(nombres)))
    elegido = st.pills("Qué falta", list(nombres), default=con_algo, key="hueco", bind="query-params")
    hueco = nombres[elegido or con_algo]
    st.caption(resumen_de_huecos(vista["huecos"]))
    lista = ask(huecos, **donde)[hueco]["lista"]
    if not lista:
        st.success(f"{NOMBRE_HUECO[hueco]}: no falta ninguno.")
        return
    with st.container(horizontal=True):
        pagina, etiqueta, parametros = REMEDIO[hueco]
        if edita:
            enlace(pagina, f"**{etiqueta}**", parametros)
        st.download_button(
            f"Descargar {len(lista):,}",
            partial(en_csv, lista),
            file_name=f"huecos_{hueco.value}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
    con_dinero = any(r["modificado"] is not None for r in lista)
    dinero = {"Modificado": [None if r["modificado"] is None else pesos(r["modificado"]) for r in lista]}
    evento = st.dataframe(
        {
            "Nombre": [r["nombre"] for r in lista],
            **(dinero if con_dinero else {}),
            "Clave": [r["clave"] for r in lista],
            "Dónde": [r["donde"] for r in lista],
        },
        column_config={
            "Nombre": st.column_config.TextColumn(width=ANCHO_NOMBRE),
            "Modificado": st.column_config.NumberColumn(format=PESOS),
        },
        hide_index=True,
        key=clave_de_ida(f"hueco_{hueco.value}"),
        on_select="rerun",
        selection_mode="single-row",
        alt=NOMBRE_HUECO[hueco],
    )
    st.caption("Elija un renglón para abrir su ficha.")
    for fila in evento.selection.rows:
        ir(lista[fila]["pagina"], lista[fila]["parametros"])
