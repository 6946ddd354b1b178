"""Las partes de la pantalla Plan: el árbol con sus filtros, lo hallado y la ficha de un nodo."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.ui import como, piezas, secciones_indicadores
from dashboard.ui.enlaces import clave_de_ida, compartidos, enlace, ir
from dashboard.ui.estado import simple_de
from dashboard.ui.texto import corto, esc_md
from dashboard.ui.vista_plan import Filtro, filtrar, tabla_de_metas, tabla_de_nodos, tabla_de_proyectos
from db.rules.estado import Estado

Vista = Mapping[str, Any]

HALLADOS = {
    "programa": "Programas",
    "proyecto": "Proyectos",
    "indicador": "Indicadores",
    "meta": "Metas de actividad",
}
CATALOGOS = {"ods": "ODS", "ods_meta": "Meta ODS", "pnd": "PND", "ped": "PED"}
"""Cómo se dice cada catálogo con que se alinea el plan."""

LARGO_DE_PROGRAMA = 8
"""Dígitos de la clave de un proyecto que son la de su programa."""

ALTO_DE_TABLA = 480
ALTO_DE_RENGLON = 35


def pedir_filtro(vista: Vista) -> Filtro:
    """Texto, nivel, estado y eje, escritos en la dirección."""
    texto = st.text_input(
        "Buscar en el plan, programas, proyectos, indicadores y metas",
        key="buscar",
        bind="query-params",
        placeholder="Palabra o clave: bacheo, 02020101…",
        icon=":material/search:",
        max_chars=120,
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        nivel = st.selectbox(
            "Nivel", vista["niveles"], index=None, key="plan_nivel", bind="query-params", placeholder="Todos"
        )
        presentes = [e.value for e in Estado if e.value in vista["por_estado"]]
        estado = st.selectbox(
            "Estado",
            presentes,
            index=None,
            key="plan_estado",
            bind="query-params",
            placeholder="Todos",
            format_func=lambda e: f"{simple_de(e)} ({vista['por_estado'][e]:,})",
        )
        eje = st.selectbox(
            "Eje",
            list(vista["ejes"]),
            index=None,
            key="plan_eje",
            bind="query-params",
            placeholder="Todos",
            format_func=vista["ejes"].__getitem__,
        )
    return Filtro(nivel, estado, eje, texto or "")


def ejes(vista: Vista) -> None:
    """El primer nivel como lista: se lee y se abre igual con el dedo que con el teclado."""
    comunes = compartidos()
    for r in vista["renglones"]:
        if r["profundidad"] == 1:
            piezas.renglon(r["texto"], "plan", {"nodo": r["id"]}, comunes)


def arbol(vista: Vista, filtro: Filtro) -> None:
    """La tabla del árbol; elegir un renglón abre su ficha."""
    vistos = filtrar(vista["renglones"], filtro)
    if not vistos:
        st.info("Ningún nodo del plan cumple estos filtros.")
        return
    st.caption(f"{len(vistos):,} de {len(vista['renglones']):,} nodos. Elija un renglón para abrir su ficha.")
    evento = st.dataframe(
        tabla_de_nodos(vistos, con_sangria=not filtro.hay),
        hide_index=True,
        key=clave_de_ida("plan_tabla"),
        on_select="rerun",
        selection_mode="single-row",
        height=min(ALTO_DE_TABLA, ALTO_DE_RENGLON * (len(vistos) + 1) + 3),
        column_config={"Nodo": st.column_config.TextColumn("Nodo", width="large")},
        placeholder="—",
        alt="Nodos del plan con su estado, cobertura y peso",
    )
    if evento.selection.rows:
        ir("plan", {"nodo": vistos[evento.selection.rows[0]]["id"]})


def hallados(resultados: Sequence[Vista]) -> None:
    """Lo que también contiene el texto buscado, fuera del plan."""
    comunes = compartidos()
    por_tipo: dict[str, list[Vista]] = defaultdict(list)
    for r in resultados:
        if r["tipo"] in HALLADOS:
            por_tipo[r["tipo"]].append(r)
    for tipo, titulo in HALLADOS.items():
        if not por_tipo[tipo]:
            continue
        st.subheader(f"{titulo} ({len(por_tipo[tipo]):,})", anchor=False)
        for r in por_tipo[tipo]:
            piezas.renglon(esc_md(f"{r['clave']} {r['nombre']}"), r["pagina"], r["parametros"], comunes)


def ficha(vista: Vista) -> None:
    """Un nodo: cómo va, de qué se compone, su dinero, sus metas, indicadores, alineación e historia."""
    with st.container(horizontal=True, gap="xxsmall"):
        enlace("plan", "Plan")
        for nodo_id, nombre in vista["ruta"]:
            enlace("plan", esc_md(corto(nombre, 40)), {"nodo": nodo_id})
    st.title(esc_md(vista["nombre"]), anchor=False)
    st.markdown(vista["resumen"])
    st.html(vista["barra"])
    piezas.tarjetas(vista["cifras"])
    _hijos(vista["hijos"])
    _metas(vista["metas"])
    _proyectos(vista["proyectos"])
    if vista["indicadores"]:
        st.subheader(f"Indicadores ({len(vista['indicadores']):,})", anchor=False)
        secciones_indicadores.lista(vista["indicadores"])
    _alineacion(vista["alineacion"])
    if vista["historia"]["spec"]:
        piezas.grafica(vista["historia"], "historia_nodo")
    como.atender(
        {clave: (f"{titulo}: ¿cómo se calculó?", _con(r)) for clave, (titulo, r) in vista["explica"].items()}
    )


def _con(resultado: Vista) -> Callable[[], None]:
    return partial(como.explicar, resultado)


def _hijos(hijos: Sequence[tuple[int, str]]) -> None:
    if not hijos:
        return
    st.subheader(f"De qué se compone ({len(hijos):,})", anchor=False)
    comunes = compartidos()
    for nodo_id, texto in hijos:
        piezas.renglon(texto, "plan", {"nodo": nodo_id}, comunes)


def _metas(metas: Sequence[Vista]) -> None:
    if not metas:
        return
    st.subheader(f"Metas que la cumplen ({len(metas):,})", anchor=False)
    evento = st.dataframe(
        tabla_de_metas(metas),
        hide_index=True,
        key=clave_de_ida("plan_metas"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="Metas de actividad de este nodo: original y modificada",
    )
    if evento.selection.rows:
        ir("metas", {"meta": metas[evento.selection.rows[0]]["id"]})


def _proyectos(proyectos: Sequence[Vista]) -> None:
    if not proyectos:
        return
    st.subheader(f"Proyectos y su dinero ({len(proyectos):,})", anchor=False)
    st.caption(
        "Dinero completo de cada proyecto; a este nodo le toca su participación, y sólo la aceptada cuenta."
    )
    evento = st.dataframe(
        tabla_de_proyectos(proyectos),
        hide_index=True,
        key=clave_de_ida("plan_proyectos"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="Proyectos ligados a este nodo y su dinero",
    )
    if evento.selection.rows:
        ir("metas", {"proyecto": proyectos[evento.selection.rows[0]]["clave"]})
    comunes = compartidos()
    with st.container(horizontal=True, gap="xxsmall"):
        for programa in sorted({p["clave"][:LARGO_DE_PROGRAMA] for p in proyectos}):
            enlace("programas", f"Programa {esc_md(programa)}", {"programa": programa}, comunes)


def _alineacion(alineacion: Sequence[Vista]) -> None:
    if not alineacion:
        return
    st.subheader("A qué contribuye", anchor=False)
    renglones = [
        f"- **{CATALOGOS.get(a['catalogo'], '')} {esc_md(a['clave'])}** {esc_md(a['nombre'])}"
        for a in alineacion
    ]
    st.markdown("\n".join(renglones))
    enlace("alineacion", "Ver toda la alineación")
