"""La capacitación en pantalla: cobertura por unidad, lo que hace falta, lo aprendido y las constancias."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.sesion import actor
from dashboard.ui.campos_registro import leer, pedir
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.actions import capacitacion as acciones
from db.queries import capacitacion as lee
from db.rules.capacitacion import PRIORIDADES, aprendizaje, reaccion
from db.rules.formato import fecha_larga, moneda, numero, pct
from db.rules.permisos import Accion, Actor, puede

Datos = Mapping[str, Any]


def cobertura(anio: int) -> None:
    """Cuántas personas del directorio se capacitaron este año, por unidad."""
    datos = ask(lee.cobertura, anio=anio)
    total = datos["total"]
    if not total["personas"]:
        st.info("El directorio aún no dice a qué unidad pertenece nadie.")
        return
    st.markdown(
        f"**{pct(total['porcentaje'])}** del personal del directorio tiene constancia de {anio} "
        f"({numero(total['capacitadas'])} de {numero(total['personas'])}): {total['palabra']} según la Guía "
        f"Consultiva, 1.4.3. Fueron {numero(total['horas'])} horas y {esc_md(moneda(datos['costo']))}."
    )
    filas = datos["por_dependencia"]
    st.dataframe(
        {
            "Unidad": [f["dependencia"] for f in filas],
            "Capacitadas": [pct(f["porcentaje"]) for f in filas],
            "Situación": [mayuscula(f["palabra"]) for f in filas],
            "Personas": [f["personas"] for f in filas],
            "Con constancia": [f["capacitadas"] or None for f in filas],
            "Horas": [numero(f["horas"]) if f["horas"] else None for f in filas],
        },
        hide_index=True,
        placeholder="—",
        alt="Personal capacitado por unidad",
    )


def necesidades(anio: int, persona: Actor) -> None:
    """Lo que hace falta aprender y qué curso lo atiende; anotarlo y corregirlo."""
    todas = ask(lee.necesidades, anio=anio)
    sin = sum(f["encargo_id"] is None for f in todas)
    if todas:
        st.markdown(f"**{mayuscula(contar(sin, 'necesidad', 'necesidades'))}** sin curso que la atienda.")
        evento = st.dataframe(
            {
                "Prioridad": [PRIORIDADES[f["prioridad"]] for f in todas],
                "Qué hace falta": [f["tema"] for f in todas],
                "Unidad": [f["dependencia"] for f in todas],
                "Puesto": [f["puesto"] for f in todas],
                "Personas": [f["personas"] or None for f in todas],
                "Curso": [f"{f['folio']} {f['titulo']}" if f["folio"] else None for f in todas],
            },
            hide_index=True,
            placeholder="—",
            key="necesidades",
            on_select="rerun",
            selection_mode="single-row",
            alt="Necesidades de capacitación",
        )
        elegida = next((todas[n] for n in evento.selection.rows if n < len(todas)), None)
    else:
        elegida = None
        st.info("Aquí cada unidad dice qué le hace falta aprender, y se ve qué curso lo atiende.")
    if puede(persona, Accion.EDITAR_REGISTROS):
        _forma(anio, elegida, len(todas))


def _forma(anio: int, elegida: Datos | None, cuantas: int) -> None:
    cual = elegida["id"] if elegida else None
    formulario = Formulario(f"necesidad_{cual or 'nueva'}", elegida["version"] if elegida else cuantas)
    with st.form(formulario.nombre):
        escrito = pedir(formulario, acciones.NECESIDAD, elegida or {"prioridad": "media"})
        enviado = st.form_submit_button("Guardar", type="primary")
    if enviado:
        cambio = partial(_guardar, anio, cual, formulario.version, escrito)
        formulario.guardar(cambio, propios={}, actuales=dict)


def _guardar(
    anio: int, cual: int | None, version: int, escrito: Datos, session: Session, actor: Actor
) -> None:
    datos = leer(acciones.NECESIDAD, escrito)
    acciones.guardar_necesidad(session, actor, anio=anio, necesidad_id=cual, version=version, datos=datos)


def curso(uno: Datos) -> None:
    """Lo que dejó: asistencia, reacción, aprendizaje y constancias; y darlas."""
    inscritos: Sequence[Datos] = uno["inscripcion_curso"]
    if not inscritos:
        return
    gusto, subio = reaccion(inscritos), aprendizaje(inscritos)
    dadas = sum(i["constancia"] is not None for i in inscritos)
    partes = [f"**{contar(len(inscritos), 'participante', 'participantes', femenino=False)}**"]
    partes += [f"les pareció {numero(gusto, 1)} de 5"] if gusto is not None else []
    partes += [f"subieron {numero(subio, 1)} puntos"] if subio is not None else []
    partes += [contar(dadas, "constancia", "constancias")]
    st.markdown(" · ".join(partes))
    if uno["etapa"] == "concluido" and puede(actor(), Accion.AUTORIZAR_REGISTROS):
        formulario = Formulario(f"constancias_{uno['id']}", dadas)
        if st.button("Dar las constancias", key=formulario.campo("dar")):
            formulario.guardar(
                lambda s, a: acciones.dar_constancias(s, a, encargo_id=uno["id"]), propios={}, actuales=dict
            )


def verificar() -> None:
    """Escribir el folio de una constancia y saber si es buena."""
    folio = st.text_input("Folio de la constancia", key="folio_constancia", max_chars=40)
    if not folio.strip():
        return
    hallada = ask(lee.constancia, folio=folio)
    if hallada is None:
        st.error("Ninguna constancia tiene ese folio.")
        return
    st.success(
        f"Es buena: {esc_md(hallada['nombre'])}, «{esc_md(hallada['titulo'])}», "
        f"{numero(hallada['horas'])} horas, {fecha_larga(hallada['emitida_en'])}."
    )
