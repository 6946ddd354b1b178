"""El dinero frente al plan, en pantalla: conciliación, propuestas por aceptar y lo que anda suelto."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

import streamlit as st

from dashboard.formulario import Formulario
from dashboard.ui.texto import contar, esc_md
from db.actions.vinculos import aceptar_vinculos, fijar_vinculos
from db.queries.vinculos import firma_de_vinculos
from db.rules.alineacion import suma_en_palabras
from db.rules.formato import leer_numero, moneda, numero, pct
from db.rules.problema import Problema

Proyecto = Mapping[str, Any]

NODO, PARTE = "Nodo del plan", "Participación (%)"
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


def varios_proyectos(
    proyectos: Sequence[Proyecto], nodos: Mapping[int, Mapping[str, str]], puede: bool
) -> None:
    """Las partes de uno o de muchos proyectos: con uno se ven las suyas, con varios se reparten igual."""
    lista = {(p["ente_id"], p["proyecto_id"]): p for p in proyectos if p["proyecto_id"] is not None}
    elegidos = st.multiselect(
        "Proyectos",
        list(lista),
        key="vinculo_proyectos",
        placeholder="Elija uno, o varios que se repartan igual",
        format_func=lambda llave: (
            f"{lista[llave]['clave']} {lista[llave]['nombre']} ({lista[llave]['ente']})"
        ),
    )
    if not elegidos:
        st.caption("Con un solo proyecto se ven y se corrigen sus participaciones.")
        return
    montos = [lista[llave]["modificado"] for llave in elegidos]
    conocidos = [monto for monto in montos if monto is not None]
    st.markdown(f"Modificado: {esc_md(dinero(sum(conocidos) if conocidos else None))}")
    nombres = {n["texto"]: i for i, n in nodos.items()}
    por_id = {nodo: nombre for nombre, nodo in nombres.items()}
    actuales = lista[elegidos[0]]["partes"] if len(elegidos) == 1 else []
    firma = firma_de_vinculos(
        (*llave, p["nodo_id"], p["participacion"], p["estado"])
        for llave in elegidos
        for p in lista[llave]["partes"]
    )
    formulario = Formulario("vinculos_" + "_".join(f"{ente}.{cual}" for ente, cual in elegidos), firma)
    escritas = st.data_editor(
        [{NODO: por_id.get(p["nodo_id"]), PARTE: numero(p["participacion"] * 100)} for p in actuales]
        or [{NODO: None, PARTE: "100"}],
        column_config={
            NODO: st.column_config.SelectboxColumn(NODO, options=list(nombres)),
            PARTE: st.column_config.TextColumn(PARTE),
        },
        num_rows="dynamic" if puede else "fixed",
        disabled=not puede,
        hide_index=True,
        key=formulario.campo("partes"),
    )
    if not puede:
        return
    try:
        partes = _partes_escritas(escritas, nombres)
    except Problema as problema:
        st.error(str(problema))
        return
    st.caption(esc_md(f"Las participaciones {suma_en_palabras(partes.values())}."))
    cuantos = contar(len(elegidos), "proyecto", "proyectos", femenino=False)
    if st.button(f"Guardar en {cuantos}", key=formulario.campo("guardar"), type="primary"):
        cambio = partial(_fijar, elegidos, partes, str(formulario.version))
        formulario.guardar(cambio, propios={}, actuales=dict)


def _partes_escritas(escritas: Sequence[Mapping[str, Any]], nombres: Mapping[str, int]) -> dict[int, Decimal]:
    """Nodo → parte (0 a 1); un renglón sin nodo no cuenta, y un nodo repetido se suma."""
    partes: dict[int, Decimal] = {}
    for renglon in escritas:
        nodo = nombres.get(str(renglon.get(NODO)))
        if nodo is not None:
            partes[nodo] = partes.get(nodo, Decimal(0)) + _participacion(renglon.get(PARTE))
    return partes


def _fijar(
    proyectos: Sequence[tuple[int, int]], partes: Mapping[int, Decimal], firma: str, session: Any, actor: Any
) -> None:
    fijar_vinculos(session, actor, proyectos=proyectos, partes=partes, firma=firma)


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
