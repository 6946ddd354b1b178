"""Las obras que un comité prioriza, en su orden, con sus formularios."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui import captura_obra
from dashboard.ui.enlaces import enlace
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.actions import obras as acciones
from db.queries.obras import votaciones_aprobadas
from db.rules.formato import moneda, numero
from db.rules.obras import ESTADOS
from db.rules.permisos import Actor
from db.rules.problema import Problema

Datos = Mapping[str, Any]


def titulo(datos: Datos, anio: int) -> str:
    """«Seis obras propuestas para 2026; cuatro priorizadas»."""
    lista = datos["obras"]
    if not lista:
        return f"Aún no se propone ninguna obra para {anio}"
    cuantas = mayuscula(contar(len(lista), "obra propuesta", "obras propuestas"))
    if not datos["votadas"]:
        return f"{cuantas} para {anio}, sin votar"
    si = sum(o["estado"] == "priorizada" for o in lista)
    return f"{cuantas} para {anio}; {contar(si, 'priorizada', 'priorizadas')}"


def tabla(datos: Datos) -> None:
    """El orden que sale de las calificaciones, con el peso de cada criterio y lo que se votó."""
    lista, criterios = datos["obras"], datos["criterios"]
    if criterios:
        pesos = ", ".join(f"{c['nombre']} {numero(c['peso'])}" for c in criterios)
        st.caption(esc_md(f"Puntaje de 0 a 100; pesan: {pesos}."))
    if not lista:
        st.info("La unidad de planeación fija los criterios, agrega las obras y las califica.")
        return
    columnas: dict[str, list[Any]] = {
        "Lugar": [o["lugar"] for o in lista],
        "Obra": [o["nombre"] for o in lista],
        "Puntaje": [numero(o["puntaje"], 1) if o["puntaje"] is not None else "Sin calificar" for o in lista],
        "Estado": [" ".join(ESTADOS[o["estado"]]) for o in lista],
        "Localidad": [o["localidad"] for o in lista],
        "Costo": [moneda(o["costo"]) for o in lista],
        "Beneficiarios": [numero(o["beneficiarios"]) for o in lista],
        "Fondo": [o["fondo"] or None for o in lista],
        "Responde": [o["dependencia"] for o in lista],
        "Línea del plan": [f"{o['nodo_clave']} {o['nodo']}" if o["nodo_id"] else None for o in lista],
        "Viene de": [o["folio"] for o in lista],
    }
    for c in criterios:
        columnas[c["nombre"]] = [
            numero(o["valores"][c["id"]]) if c["id"] in o["valores"] else "" for o in lista
        ]
    st.dataframe(
        columnas,
        column_config={
            "Lugar": st.column_config.NumberColumn(width=60),
            "Obra": st.column_config.TextColumn(width=215),
        },
        hide_index=True,
        placeholder="—",
        alt="Obras en el orden que sale de sus calificaciones",
    )
    total = sum(o["costo"] for o in lista if o["estado"] == "priorizada")
    if total:
        st.markdown(esc_md(f"Las obras priorizadas cuestan {moneda(total)}."))


def votada(datos: Datos, comite_id: int) -> None:
    """La votación que fijó el orden, con la liga a su sesión."""
    cuales = {o["votacion_id"] for o in datos["obras"] if o["votacion_id"]}
    for v in ask(votaciones_aprobadas, comite_id=comite_id) if cuales else []:
        if v["id"] in cuales:
            enlace("sesiones", esc_md(f"Se votó en la {v['sesion'].lower()}"), {"sesion": v["sesion_id"]})


def capturar(datos: Datos, comite_id: int, anio: int, coordina: bool) -> None:
    """Criterios, obras, calificaciones y voto, cada cosa en su cajón; nada si ya se votaron."""
    if not coordina or datos["votadas"]:
        return
    _cajon("Criterios y sus pesos", "criterios", partial(_criterios, datos, comite_id, anio))
    _cajon("Agregar una obra", "obra", partial(captura_obra.nueva, comite_id, anio, len(datos["obras"])))
    if datos["criterios"] and datos["obras"]:
        _cajon("Calificar una obra", "calificar", partial(_calificar, datos, comite_id, anio))
    if datos["obras"]:
        _cajon("Asentar lo que se votó", "votar", partial(_votar, datos, comite_id, anio))


def _cajon(rotulo: str, clave: str, dibujar: Any) -> None:
    cajon = st.expander(rotulo, key=f"obras_{clave}", on_change="rerun")
    if cajon.open:
        with cajon:
            dibujar()


def leer_criterios(texto: str) -> list[tuple[str, Decimal]]:
    """Un criterio por renglón, «nombre: peso». Problema si a un renglón le falta su peso."""
    criterios = []
    for renglon in filter(None, map(str.strip, texto.splitlines())):
        nombre, _, peso = renglon.rpartition(":")
        valor = captura_obra.leer(peso, "criterios")
        if not nombre.strip() or valor is None:
            raise Problema(
                f"No se entiende «{renglon}».",
                "Escriba «nombre: peso», por ejemplo «Rezago: 40».",
                "criterios",
            )
        criterios.append((nombre.strip(), valor))
    return criterios


def _criterios(datos: Datos, comite_id: int, anio: int) -> None:
    ya = "\n".join(f"{c['nombre']}: {numero(c['peso'])}" for c in datos["criterios"])
    formulario = Formulario(f"criterios_{comite_id}_{anio}", ya)
    with st.form(formulario.nombre):
        texto = st.text_area(
            "Un criterio por renglón, con su peso; suman 100",
            ya,
            key=formulario.campo("criterios"),
            placeholder="Rezago social: 40\nPoblación beneficiada: 35\nCosto por persona: 25",
        )
        formulario.error("criterios")
        enviado = st.form_submit_button("Guardar los criterios", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            acciones.fijar_criterios(
                session, actor, comite_id=comite_id, anio=anio, criterios=leer_criterios(texto)
            )

        formulario.guardar(guardar, propios={"Criterios": texto}, actuales=lambda: {"Criterios": ya})


def _calificar(datos: Datos, comite_id: int, anio: int) -> None:
    obras = {o["id"]: o for o in datos["obras"]}
    cual = st.selectbox("Obra", list(obras), format_func=lambda i: obras[i]["nombre"], key="obra_a_calificar")
    ya = obras[cual]["valores"]
    formulario = Formulario(f"calificar_{cual}", "/".join(str(v) for v in ya.values()))
    with st.form(formulario.nombre):
        escritos = {
            c["id"]: st.text_input(
                f"{c['nombre']}, de 0 a 100",
                numero(ya[c["id"]]) if c["id"] in ya else "",
                key=formulario.campo(str(c["id"])),
            )
            for c in datos["criterios"]
        }
        formulario.error("calificaciones")
        enviado = st.form_submit_button("Guardar la calificación", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            valores = {(cual, k): captura_obra.leer(texto, "calificaciones") for k, texto in escritos.items()}
            acciones.calificar(session, actor, comite_id=comite_id, anio=anio, valores=valores)

        formulario.guardar(guardar, propios={}, actuales=dict)


def _votar(datos: Datos, comite_id: int, anio: int) -> None:
    votaciones = {
        v["id"]: f"{v['sesion']}: {v['texto']}" for v in ask(votaciones_aprobadas, comite_id=comite_id)
    }
    if not votaciones:
        st.info("Primero se vota en una sesión del comité.")
        return
    obras = {o["id"]: o["nombre"] for o in datos["obras"]}
    formulario = Formulario(f"votar_obras_{comite_id}_{anio}", len(obras))
    with st.form(formulario.nombre):
        votacion = st.selectbox(
            "Votación que las aprobó",
            list(votaciones),
            format_func=lambda i: votaciones[i],
            key=formulario.campo("votacion"),
        )
        formulario.error("votacion")
        si = st.multiselect(
            "Obras que se aprobaron",
            list(obras),
            format_func=lambda i: obras[i],
            key=formulario.campo("obras"),
            placeholder="Elija las obras",
        )
        formulario.error("obras")
        enviado = st.form_submit_button("Asentarlo: ya no cambia", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            acciones.priorizar(session, actor, comite_id=comite_id, anio=anio, votacion_id=votacion, obras=si)

        formulario.guardar(guardar, propios={}, actuales=dict)
