"""Lo que cuelga de un encargo: sus pasos, quién participa, sus renglones propios y a qué está ligado.

Cada parte es una tabla; elegir un renglón lo pone en la forma de abajo.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.campos_registro import leer, pedir
from dashboard.ui.registro_ficha import LIGAS, edita, toca
from db.actions import partes_encargo as acciones
from db.queries.ligables import ligables
from db.queries.listas import opciones
from db.rules.encargos import Campo, Detalle, Registro, Tipo, en_palabras
from db.rules.permisos import Actor

Datos = Mapping[str, Any]
Poner = Callable[[Session, Actor, int | None, int, Datos], Any]


def pasos(registro: Registro, uno: Datos, persona: Actor) -> None:
    """El calendario: qué, desde, hasta y cuándo se hizo."""

    def poner(session: Session, actor: Actor, cual: int | None, version: int, datos: Datos) -> None:
        acciones.poner_paso(session, actor, encargo_id=uno["id"], paso_id=cual, version=version, datos=datos)

    _parte(registro, uno, persona, "paso_encargo", "paso", acciones.PASO, uno["pasos"], poner)


def participantes(registro: Registro, uno: Datos, persona: Actor) -> None:
    """Quién participa y a qué se comprometió."""

    def poner(session: Session, actor: Actor, cual: int | None, version: int, datos: Datos) -> None:
        acciones.poner_participante(
            session, actor, encargo_id=uno["id"], participante_id=cual, version=version, datos=datos
        )

    filas = uno["participantes"]
    _parte(
        registro, uno, persona, "participante_encargo", "participante", acciones.PARTICIPANTE, filas, poner
    )


def detalle(registro: Registro, que: Detalle, uno: Datos, persona: Actor) -> None:
    """Los renglones propios de su registro."""

    def poner(session: Session, actor: Actor, cual: int | None, version: int, datos: Datos) -> None:
        acciones.poner_renglon(
            session,
            actor,
            encargo_id=uno["id"],
            detalle=que.clave,
            renglon_id=cual,
            version=version,
            datos=datos,
        )

    _parte(registro, uno, persona, que.clave, que.uno, que.campos, uno[que.clave], poner)


def _parte(
    registro: Registro,
    uno: Datos,
    persona: Actor,
    nombre: str,
    cosa: str,
    campos: Sequence[Campo],
    filas: Sequence[Datos],
    poner: Poner,
) -> None:
    puede_editar = edita(registro, uno, persona)
    elegido = _tabla(nombre, uno["id"], campos, filas, puede_editar)
    if not puede_editar:
        return
    actual: Datos = filas[elegido] if elegido is not None else {}
    cual, version = actual.get("id"), int(actual.get("version", 0))
    formulario = Formulario(f"{nombre}_{uno['id']}_{cual or 'nuevo'}", version or len(filas))
    st.markdown(f"**{'Corregir' if cual else 'Agregar'} {cosa}**")
    with st.form(formulario.nombre):
        escrito = pedir(formulario, campos, actual)
        with st.container(horizontal=True):
            enviado = st.form_submit_button("Guardar", type="primary")
            quitado = bool(cual) and st.form_submit_button("Quitar")
    if enviado:
        formulario.guardar(
            lambda s, a: poner(s, a, cual, version, leer(campos, escrito)), propios={}, actuales=dict
        )
    if quitado and cual:
        formulario.guardar(
            lambda s, a: acciones.quitar(
                s, a, encargo_id=uno["id"], de=nombre, renglon_id=cual, version=version
            ),
            propios={},
            actuales=dict,
        )


def _tabla(
    nombre: str, cual: int, campos: Sequence[Campo], filas: Sequence[Datos], se_elige: bool
) -> int | None:
    if not filas:
        st.caption("Aún no hay.")
        return None
    listas = {c.clave: ask(opciones, fuente=c.fuente) for c in campos if c.tipo is Tipo.LIGADO}
    columnas = {
        c.rotulo: [en_palabras(c, f[c.clave], listas.get(c.clave, {}).get(f[c.clave], "")) for f in filas]
        for c in campos
    }
    visibles = {c: v for c, v in columnas.items() if any(v)}
    if not se_elige:
        st.dataframe(visibles, hide_index=True, alt="Renglones")
        return None
    evento = st.dataframe(
        visibles,
        hide_index=True,
        key=f"tabla_{nombre}_{cual}",
        on_select="rerun",
        selection_mode="single-row",
        alt="Renglones; elegir uno lo corrige",
    )
    rows = [n for n in evento.selection.rows if n < len(filas)]
    return rows[0] if rows else None


def ligas(registro: Registro, uno: Datos, persona: Actor, anio: int | None) -> None:
    """A qué del plan y de sus programas está ligado; ligar y desligar."""
    toca(registro, uno)
    if not uno["ligas"]:
        st.caption("Aún no dice a qué parte del plan toca.")
    if not edita(registro, uno, persona):
        return
    formulario = Formulario(f"ligar_{uno['id']}", len(uno["ligas"]))
    asunto = st.selectbox(
        "Ligar con", registro.ligas, format_func=lambda a: LIGAS[a][2], key=f"asunto_{uno['id']}"
    )
    valores = ask(ligables, asunto=asunto, anio=anio)
    with st.form(formulario.nombre):
        referencia = st.selectbox(
            "Cuál",
            list(valores),
            index=None,
            format_func=lambda r: valores[r],
            key=formulario.campo("referencia"),
            placeholder="Elija",
        )
        formulario.error("referencia")
        enviado = st.form_submit_button("Ligar")
    if enviado:
        formulario.guardar(
            lambda s, a: acciones.ligar(
                s, a, encargo_id=uno["id"], asunto=asunto, referencia=referencia or ""
            ),
            propios={},
            actuales=dict,
        )
    _desligar(uno)


def _desligar(uno: Datos) -> None:
    if not uno["ligas"]:
        return
    formulario = Formulario(f"desligar_{uno['id']}", len(uno["ligas"]))
    nombres = {v["id"]: f"{LIGAS[v['asunto']][2]}: {v['nombre']}" for v in uno["ligas"]}
    with st.form(formulario.nombre):
        cual = st.selectbox(
            "Quitar la liga con",
            list(nombres),
            format_func=lambda i: nombres[i],
            key=formulario.campo("liga"),
        )
        enviado = st.form_submit_button("Quitar")
    if enviado and cual:
        formulario.guardar(
            lambda s, a: acciones.desligar(s, a, encargo_id=uno["id"], liga_id=cual),
            propios={},
            actuales=dict,
        )
