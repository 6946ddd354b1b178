"""El dinero frente al plan, en pantalla: conciliación, propuestas por aceptar y lo que anda suelto."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

import streamlit as st

from dashboard.formulario import Formulario
from dashboard.ui.texto import contar, esc_md
from db.actions.vinculos import aceptar_vinculos, fijar_vinculos
from db.rules.formato import leer_numero, moneda, numero, pct
from db.rules.problema import Problema

Proyecto = Mapping[str, Any]

ANCHO_PROYECTO = 380
"""Pixeles: deja a la vista los importes a la derecha del nombre, sin cortarlos."""


def dinero(centavos: int | None) -> str:
    """Pesos con centavos, o «sin presupuesto»."""
    return "sin presupuesto" if centavos is None else moneda(centavos)


def conciliacion(datos: Mapping[str, Any]) -> None:
    """Con plan + propuesto + sin plan = total, al centavo."""
    st.table(
        {
            "Dinero modificado": ["Con plan", "Propuesto, sin aceptar", "Sin plan", "Total"],
            "Importe": [moneda(datos[c]) for c in ("con_plan", "propuesto", "sin_plan", "total")],
        }
    )


def propuestas(proyectos: Sequence[Proyecto], version: int, puede: bool) -> None:
    """Proyectos cuya participación se propone de las citas de sus metas; se aceptan los elegidos."""
    lista = [p for p in proyectos if p["parte"] == "propuesto"]
    if not lista:
        st.markdown("No hay propuestas por aceptar.")
        return
    st.caption("Salen de las líneas que citan las metas de cada proyecto. Sólo cuentan cuando se aceptan.")
    evento = st.dataframe(
        {
            "Proyecto": [f"{p['clave']} {p['nombre']}" for p in lista],
            "Ente": [p["ente"] for p in lista],
            "Modificado": [dinero(p["modificado"]) for p in lista],
            "Se propone": [_partes(p["partes"]) for p in lista],
        },
        column_config={"Proyecto": st.column_config.TextColumn(width=ANCHO_PROYECTO)},
        hide_index=True,
        key="propuestas",
        on_select="rerun",
        selection_mode="multi-row",
        alt="Proyectos con participación propuesta",
    )
    if not puede:
        return
    elegidos = [lista[fila] for fila in evento.selection.rows]
    formulario = Formulario("aceptar_vinculos", version)
    with st.container(horizontal=True):
        todos = st.button(f"Aceptar las {len(lista):,} propuestas", key="aceptar_todas")
        algunos = st.button(
            f"Aceptar {contar(len(elegidos), 'elegida', 'elegidas')}" if elegidos else "Aceptar las elegidas",
            key="aceptar_elegidas",
            disabled=not elegidos,
        )
    if todos or algunos:
        formulario.guardar(partial(_aceptar, lista if todos else elegidos), propios={}, actuales=dict)


def _aceptar(proyectos: Sequence[Proyecto], session: Any, actor: Any) -> None:
    for ente_id in {p["ente_id"] for p in proyectos}:
        suyos = [p["proyecto_id"] for p in proyectos if p["ente_id"] == ente_id]
        aceptar_vinculos(session, actor, ente_id=ente_id, proyectos=suyos)


def _partes(partes: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(f"{p['clave']} {pct(p['participacion'] * 100, 0)}" for p in partes)


def un_proyecto(
    proyectos: Sequence[Proyecto], nodos: Sequence[Mapping[str, Any]], version: int, puede: bool
) -> None:
    """Las participaciones de un proyecto, que se pueden corregir a mano."""
    lista = [p for p in proyectos if p["proyecto_id"] is not None]
    elegido = st.selectbox(
        "Proyecto",
        range(len(lista)),
        index=None,
        key="vinculo_proyecto",
        placeholder="Elija un proyecto",
        format_func=lambda n: f"{lista[n]['clave']} {lista[n]['nombre']} ({lista[n]['ente']})",
    )
    if elegido is None:
        return
    proyecto = lista[elegido]
    st.markdown(f"Modificado: {esc_md(dinero(proyecto['modificado']))}")
    nombres = {f"{n['clave']} {n['nombre']}": n["id"] for n in nodos}
    por_id = {nodo: nombre for nombre, nodo in nombres.items()}
    formulario = Formulario(f"vinculo_{proyecto['ente_id']}_{proyecto['proyecto_id']}", version)
    escritas = st.data_editor(
        [
            {"Nodo del plan": por_id.get(p["nodo_id"]), "Participación (%)": numero(p["participacion"] * 100)}
            for p in proyecto["partes"]
        ]
        or [{"Nodo del plan": None, "Participación (%)": "100"}],
        column_config={
            "Nodo del plan": st.column_config.SelectboxColumn("Nodo del plan", options=list(nombres)),
            "Participación (%)": st.column_config.TextColumn("Participación (%)"),
        },
        num_rows="dynamic" if puede else "fixed",
        disabled=not puede,
        hide_index=True,
        key=formulario.campo("partes"),
    )
    if puede and st.button("Guardar participaciones", key=formulario.campo("guardar"), type="primary"):
        formulario.guardar(partial(_fijar, proyecto, escritas, nombres), propios={}, actuales=dict)


def _fijar(
    proyecto: Proyecto,
    escritas: Sequence[Mapping[str, Any]],
    nombres: Mapping[str, int],
    session: Any,
    actor: Any,
) -> None:
    partes: dict[int, Decimal] = {}
    for renglon in escritas:
        nodo = nombres.get(str(renglon.get("Nodo del plan")))
        if nodo is not None:
            partes[nodo] = partes.get(nodo, Decimal(0)) + _participacion(renglon.get("Participación (%)"))
    fijar_vinculos(
        session, actor, ente_id=proyecto["ente_id"], proyecto_id=proyecto["proyecto_id"], partes=partes
    )


def _participacion(texto: Any) -> Decimal:
    try:
        valor = leer_numero(str(texto or ""), allow_pct=True)
    except ValueError:
        valor = None
    if valor is None:
        raise Problema(f"«{texto or ''}» no es un porcentaje.", "Escriba un número, por ejemplo 25 o 12.5.")
    return valor / 100


def sueltos(datos: Mapping[str, Any]) -> None:
    """Dinero sin plan."""
    lista = [p for p in datos["proyectos"] if p["parte"] == "sin_plan"]
    if not lista:
        st.markdown("Todo el dinero tiene plan, aceptado o propuesto.")
        return
    st.dataframe(
        {
            "Proyecto": [f"{p['clave'] or 'sin proyecto'} {p['nombre']}" for p in lista],
            "Ente": [p["ente"] for p in lista],
            "Modificado": [dinero(p["modificado"]) for p in lista],
            "Devengado": [dinero(p["devengado"]) for p in lista],
        },
        column_config={"Proyecto": st.column_config.TextColumn(width=ANCHO_PROYECTO)},
        hide_index=True,
        alt="Proyectos con dinero que no cuelgan del plan",
    )


def sin_dinero(datos: Mapping[str, Any]) -> None:
    """Plan sin dinero: líneas sin proyecto con dinero, y proyectos con metas y sin presupuesto."""
    st.markdown(f"**{len(datos['lineas']):,} líneas** que ningún proyecto con dinero atiende")
    if datos["lineas"]:
        st.dataframe(
            {
                "Clave": [n["clave"] for n in datos["lineas"]],
                "Línea": [n["nombre"] for n in datos["lineas"]],
            },
            hide_index=True,
            alt="Líneas sin proyecto con dinero",
        )
    st.markdown(f"**{len(datos['sin_dinero']):,} proyectos** con metas y sin presupuesto")
    if datos["sin_dinero"]:
        st.dataframe(
            {
                "Proyecto": [f"{p['clave']} {p['nombre']}" for p in datos["sin_dinero"]],
                "Ente": [p["ente"] for p in datos["sin_dinero"]],
            },
            hide_index=True,
            alt="Proyectos con metas y sin presupuesto",
        )
