"""La ficha de un programa en pantalla: cómo va, su dinero, su historia, sus hojas y a qué sirve."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.ui import como, observaciones, piezas
from dashboard.ui.enlaces import clave_de_ida, compartidos, enlace, ir
from dashboard.ui.texto import esc_md
from db.models.observaciones import AsuntoObservacion
from db.rules.permisos import Actor

Vista = Mapping[str, Any]

ALTO, ALTO_DE_RENGLON = 460, 35
NODOS_A_LA_VISTA = 8


def ficha(vista: Vista, persona: Actor) -> None:
    """La ficha entera, con lo que esta persona puede observar; lleva la hoja que sale al imprimir."""
    with st.container(horizontal=True, gap="xxsmall"):
        enlace("programas", "← Todos los programas")
        enlace("presupuesto", "Su presupuesto", {"programa": vista["clave"]})
        enlace("metas", "Sus metas", {"programa": vista["clave"]})
        enlace("mir", "Su MIR", {"programa": vista["clave"]})
    st.caption(esc_md(vista["contexto"]))
    st.title(esc_md(vista["nombre"]), anchor=False)
    st.markdown("\n\n".join([vista["resumen"], *_parrafos(vista)]))
    st.html(vista["hoja"])
    if vista["vacio"]:
        return
    piezas.tarjetas(vista["cifras"])
    izquierda, derecha = st.columns(2, gap="large")
    with izquierda:
        if vista["momentos"] is not None:
            piezas.grafica(vista["momentos"], "momentos")
    with derecha:
        piezas.grafica(vista["historia"], "historia_programa")
    _metas(vista)
    _indicadores(vista)
    _proyectos(vista)
    _nodos(vista["nodos"])
    if vista["firmas"]:
        st.markdown("**Firman**\n\n" + "\n".join(f"- {firma}" for firma in vista["firmas"]))
    _observaciones(vista, persona)
    como.atender(
        {
            clave: (f"{titulo}: ¿cómo se calculó?", partial(como.explicar, r))
            for clave, (titulo, r) in vista["explica"].items()
        }
    )


def _parrafos(vista: Vista) -> list[str]:
    objetivo = [f"**Objetivo.** {esc_md(vista['objetivo'])}"] if vista["objetivo"] else []
    return objetivo + [esc_md(renglon) for renglon in vista["quien"]]


def _metas(vista: Vista) -> None:
    if not vista["ids_metas"]:
        st.markdown("No tiene metas de actividad en este ejercicio.")
        return
    st.subheader(f"Actividades ({len(vista['ids_metas']):,})", anchor=False)
    st.caption("Alcanzado de programado en cada periodo. Elija un renglón para abrir su ficha.")
    elegida = _tabla(vista["metas"], "programa_metas", "Actividades del programa por periodo", "Meta")
    if elegida is not None:
        ir("metas", {"meta": vista["ids_metas"][elegida]})


def _indicadores(vista: Vista) -> None:
    if not vista["ids_mir"]:
        st.markdown("No tiene MIR ni indicadores en este ejercicio.")
        return
    titulo = "Matriz de indicadores" if vista["tiene_mir"] else "Indicadores (aún sin MIR)"
    st.subheader(f"{titulo} ({len(vista['ids_mir']):,})", anchor=False)
    elegido = _tabla(vista["mir"], "programa_mir", "Indicadores del programa con su estado", "Indicador")
    if elegido is not None and vista["ids_mir"][elegido] is not None:
        ir("indicadores", {"indicador": vista["ids_mir"][elegido]})


def _proyectos(vista: Vista) -> None:
    if not vista["claves_proyectos"]:
        return
    st.subheader(f"Proyectos ({len(vista['claves_proyectos']):,})", anchor=False)
    elegido = _tabla(
        vista["proyectos"], "programa_proyectos", "Proyectos del programa y su dinero", "Proyecto"
    )
    if elegido is not None:
        ir("metas", {"proyecto": vista["claves_proyectos"][elegido]})


def _tabla(columnas: Mapping[str, Sequence[str]], clave: str, dicho: str, ancha: str) -> int | None:
    """Una tabla de la que se elige un renglón; devuelve cuál."""
    evento = st.dataframe(
        dict(columnas),
        column_config={ancha: st.column_config.TextColumn(width="medium")},
        hide_index=True,
        height=min(ALTO, ALTO_DE_RENGLON * (len(columnas[ancha]) + 1) + 3),
        key=clave_de_ida(clave),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt=dicho,
    )
    return evento.selection.rows[0] if evento.selection.rows else None


def _observaciones(vista: Vista, persona: Actor) -> None:
    """Lo observado del programa, que aquí se atiende, y lo de sus hojas, que se atiende en ellas."""
    responde = vista["responsable"] or {"id": None, "ente_id": None}
    observaciones.seccion(
        persona,
        vista["anio"],
        AsuntoObservacion.PROGRAMA.value,
        vista["clave"],
        ente_id=responde["ente_id"],
        dependencia_id=responde["id"],
    )
    if vista["observaciones"]:
        st.subheader(
            f"Observaciones de sus metas e indicadores ({len(vista['observaciones']):,})", anchor=False
        )
        comunes = compartidos()
        for (pagina, parametro), referencia, texto in vista["observaciones"]:
            piezas.renglon(texto, pagina, {parametro: referencia}, comunes)


def _nodos(nodos: Sequence[tuple[int, str]]) -> None:
    """Los primeros nodos con su liga; los demás se abren."""
    st.subheader("A qué sirve del plan", anchor=False)
    if not nodos:
        st.markdown("Ninguna de sus metas ni de sus pesos llega al plan.")
        return
    comunes = compartidos()
    for nodo_id, texto in nodos[:NODOS_A_LA_VISTA]:
        piezas.renglon(texto, "plan", {"nodo": nodo_id}, comunes)
    if len(nodos) > NODOS_A_LA_VISTA:
        demas = st.expander(f"Ver los {len(nodos):,}", key="nodos_del_programa", on_change="rerun")
        if demas.open:
            with demas:
                for nodo_id, texto in nodos[NODOS_A_LA_VISTA:]:
                    piezas.renglon(texto, "plan", {"nodo": nodo_id}, comunes)
