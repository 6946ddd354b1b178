"""Lo que una mejora le ahorra a la gente, y el catálogo de trámites sobre los que se actúa."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.campos_registro import leer, pedir
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.texto import contar, enumerar, esc_md, mayuscula
from db.actions import tramites as acciones
from db.queries.tramites import ahorro, tramites
from db.rules.formato import moneda, numero
from db.rules.mejoras import MEDIDAS, beneficio
from db.rules.permisos import Accion, Actor, puede

Datos = Mapping[str, Any]


def resumen(_todas: Sequence[Datos]) -> None:
    """Lo que todas las mejoras en marcha le ahorran a la gente en un año."""
    total = ask(ahorro)
    if not any(total[medida] for medida in MEDIDAS):
        return
    partes = [
        f"**{numero(total['dias'])} días de espera**" if total["dias"] else "",
        f"**{numero(total['requisitos'])} requisitos**" if total["requisitos"] else "",
        f"**{numero(total['pasos'])} pasos**" if total["pasos"] else "",
        f"**{esc_md(moneda(total['costo']))}**" if total["costo"] else "",
    ]
    cuantas = mayuscula(contar(total["mejoras"], "mejora", "mejoras"))
    st.markdown(f"{cuantas} ya en marcha le quitan a la gente {enumerar([p for p in partes if p])} al año.")


def antes_y_despues(una: Datos) -> None:
    """La tabla de medidas con lo que se quita cada vez y en un año."""
    filas = beneficio(una)
    if not filas:
        st.caption("Aún no tiene medidas de antes y después.")
        return
    medido = bool(una["medido_en"])
    st.dataframe(
        {
            "Medida": [f["medida"] for f in filas],
            "Antes": [_valor(f, "antes") for f in filas],
            "Después" if medido else "Después (estimado)": [_valor(f, "despues") for f in filas],
            "Se quita": [_valor(f, "ahorro") for f in filas],
            "En un año": [_valor(f, "al_anio") for f in filas],
        },
        hide_index=True,
        placeholder="—",
        alt="Medidas del trámite antes y después de la mejora",
    )


def _valor(fila: Datos, cual: str) -> str | None:
    if fila[cual] is None:
        return None
    return moneda(fila[cual]) if fila["clave"] == "costo" else numero(fila[cual])


def catalogo(persona: Actor) -> None:
    """Los trámites con sus medidas de hoy; elegir uno lo corrige."""
    todos = ask(tramites)
    edita = puede(persona, Accion.AUTORIZAR_REGISTROS)
    if todos:
        evento = st.dataframe(
            {
                "Trámite": [t["nombre"] for t in todos],
                "Lo da": [t["dependencia"] for t in todos],
                "Pasos": [t["pasos"] or None for t in todos],
                "Requisitos": [t["requisitos"] or None for t in todos],
                "Días": [t["dias"] or None for t in todos],
                "Costo": [moneda(t["costo"]) if t["costo"] else "Gratuito" for t in todos],
                "En línea": ["Sí" if t["en_linea"] else "No" for t in todos],
                "Mejoras": [t["mejoras"] or None for t in todos],
                "Clave": [t["clave"] for t in todos],
            },
            column_config={"Trámite": st.column_config.TextColumn(width=260)},
            hide_index=True,
            placeholder="—",
            key=clave_de_ida("tramites"),
            on_select="rerun",
            selection_mode="single-row",
            alt="Catálogo de trámites con lo que hoy piden, tardan y cuestan",
        )
        for n in evento.selection.rows:
            ir("mejoras", {"tramite": todos[n]["id"]})
    else:
        st.info("Aquí van los trámites del municipio con lo que piden, tardan y cuestan.")
    if edita:
        cajon = st.expander("Agregar un trámite", key="agregar_tramite", on_change="rerun")
        if cajon.open:
            with cajon:
                forma(None, len(todos))


def uno_solo(cual: int, persona: Actor) -> None:
    """Un trámite: sus medidas de hoy y las mejoras que ha tenido."""
    hallados = ask(tramites, tramite_id=cual)
    if not hallados:
        st.title("No existe ese trámite", anchor=False)
        return
    (t,) = hallados
    st.title(esc_md(f"{t['clave']} {t['nombre']}"), anchor=False)
    st.markdown(
        f"Lo da **{esc_md(t['dependencia'])}**: {numero(t['pasos'])} pasos, {numero(t['requisitos'])} "
        f"requisitos, {numero(t['dias'])} días y {esc_md(moneda(t['costo']))}; se pide "
        f"{numero(t['veces_al_anio'])} veces al año."
    )
    for m in t["lista"]:
        enlace("mejoras", esc_md(f"{m['folio']} {m['titulo']}"), {"encargo": m["id"]})
    if puede(persona, Accion.AUTORIZAR_REGISTROS):
        forma(t, t["version"])


def forma(t: Datos | None, version: int) -> None:
    """Los datos de un trámite, nuevo o ya registrado."""
    formulario = Formulario(f"tramite_{t['id'] if t else 'nuevo'}", version)
    with st.form(formulario.nombre):
        escrito = pedir(formulario, acciones.CAMPOS, t or {"activo": True})
        enviado = st.form_submit_button("Guardar el trámite", type="primary")
    if enviado:
        cual = t["id"] if t else None
        formulario.guardar(partial(_guardar, cual, formulario.version, escrito), propios={}, actuales=dict)


def _guardar(cual: int | None, version: int, escrito: Datos, session: Session, actor: Actor) -> None:
    datos = leer(acciones.CAMPOS, escrito)
    acciones.guardar(session, actor, tramite_id=cual, version=version, datos=datos)
