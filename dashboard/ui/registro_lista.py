"""La lista de un registro: el título que dice qué urge, un renglón por encargo y la forma de abrir otro."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from dashboard.ui.campos_registro import leer, pedir
from dashboard.ui.enlaces import clave_de_ida, ir
from dashboard.ui.texto import contar, mayuscula
from db.actions import encargos as acciones
from db.rules.encargos import Registro, en_palabras
from db.rules.estado import PRESENTACION, Estado
from db.rules.formato import fecha, pct
from db.rules.permisos import Actor, puede

Datos = Mapping[str, Any]

CUALES = {"vivos": "En curso", "urgen": "Por atender", "todos": "Todos"}
URGEN = (Estado.critico, Estado.riesgo)


def titulo(registro: Registro, todos: Sequence[Datos]) -> str:
    """«Estudios e investigaciones: uno pide atención; cuatro en curso»."""
    if not todos:
        return f"{registro.nombre}: aún no hay {'ninguna' if registro.femenino else 'ninguno'}"
    malos = sum(f["situacion"][0] == Estado.critico for f in todos)
    vivos = sum(not f["terminado"] for f in todos)
    if malos:
        pide = "pide atención" if malos == 1 else "piden atención"
        return f"{registro.nombre}: {_cuantos(registro, malos)} {pide}; {_cuantos(registro, vivos)} en curso"
    if vivos:
        return f"{registro.nombre}: {_cuantos(registro, vivos)} en curso, en tiempo"
    hechas = f"terminad{'a' if registro.femenino else 'o'}{'' if len(todos) == 1 else 's'}"
    return f"{registro.nombre}: {_cuantos(registro, len(todos))} {hechas}"


def _cuantos(registro: Registro, n: int) -> str:
    """«uno», «una», «ninguno», «cuatro», «25»."""
    if n < 2:
        return {0: "ningun", 1: "un"}[n] + ("a" if registro.femenino else "o")
    return contar(n, "", "").strip()


def elegidos(todos: Sequence[Datos], cuales: str) -> list[Datos]:
    """Los que siguen en curso, los que piden atención o todos; lo más urgente, primero."""
    peso = {Estado.critico: 0, Estado.riesgo: 1}
    lista = [
        f
        for f in todos
        if cuales == "todos"
        or (cuales == "vivos" and not f["terminado"])
        or (cuales == "urgen" and f["situacion"][0] in URGEN)
    ]
    return sorted(lista, key=lambda f: (peso.get(Estado(f["situacion"][0]), 2), f["terminado"]))


def tabla(registro: Registro, suyos: Sequence[Datos], columnas: Sequence[str] = ()) -> None:
    """Un renglón por encargo; elegirlo lo abre. `columnas`, los campos propios que además se ven."""
    if not suyos:
        st.success("Ninguna." if registro.femenino else "Ninguno.")
        return
    propios = {c.clave: c for c in registro.campos}
    datos: dict[str, list[str | None]] = {
        "Situación": [f"{PRESENTACION[Estado(f['situacion'][0])].icono} {f['situacion'][1]}" for f in suyos],
        mayuscula(registro.uno): [f["titulo"] for f in suyos],
        "Etapa": [f["etapa_palabra"] for f in suyos],
    }
    datos |= {propios[c].rotulo: [en_palabras(propios[c], f.get(c)) for f in suyos] for c in columnas}
    datos |= {
        "Responde": [f["dependencia"] for f in suyos],
        "Para el": [fecha(f["vence"]) if f["vence"] else "" for f in suyos],
        "Avance": [pct(f["avance"], 0) if f["avance"] is not None else "" for f in suyos],
        "Folio": [f["folio"] for f in suyos],
    }
    evento = st.dataframe(
        {c: v for c, v in datos.items() if any(v)},
        column_config={
            "Situación": st.column_config.TextColumn(width=165),
            mayuscula(registro.uno): st.column_config.TextColumn(width=300),
        },
        hide_index=True,
        key=clave_de_ida(f"lista_{registro.clave}"),
        on_select="rerun",
        selection_mode="single-row",
        alt=f"{registro.nombre} con su situación y quién responde",
    )
    for n in evento.selection.rows:
        ir(registro.pagina, {"encargo": suyos[n]["id"]})


def abrir(registro: Registro, persona: Actor, cuantos: int) -> None:
    """La forma para abrir otro, en su cajón."""
    if not puede(persona, registro.editar):
        return
    cajon = st.expander(
        f"Registrar {'otra' if registro.femenino else 'otro'}",
        key=f"abrir_{registro.clave}",
        on_change="rerun",
    )
    if not cajon.open:
        return
    formulario = Formulario(f"abrir_{registro.clave}", cuantos)
    obligados = tuple(c for c in registro.campos if c.obligado)
    campos = (*acciones.COMUNES, *obligados)
    with cajon, st.form(formulario.nombre):
        escrito = pedir(formulario, campos, {})
        enviado = st.form_submit_button("Registrar", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            acciones.abrir(session, actor, registro=registro.clave, datos=leer(campos, escrito))

        formulario.guardar(guardar, propios={}, actuales=dict)
