"""Los canales en pantalla: lo que falta leer, quién se enteró y el acuerdo en que termina un tema."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from dashboard.sesion import actor
from dashboard.ui.campos_registro import leer, pedir
from dashboard.ui.enlaces import enlace
from dashboard.ui.registro_ficha import edita
from dashboard.ui.texto import contar, enumerar, esc_md, mayuscula
from db.actions.canales import acordar
from db.actions.partes_encargo import leer as anotar_lectura
from db.engine import reading, writing
from db.queries.canales import recibido, sin_leer
from db.queries.encargos import lecturas
from db.rules.canales import REGISTRO
from db.rules.encargos import Campo, Tipo
from db.rules.permisos import Actor

Datos = Mapping[str, Any]

ACUERDO = (
    Campo("texto", "Qué se acuerda", Tipo.PARRAFO, obligado=True),
    Campo("dependencia_id", "Quién responde", Tipo.LIGADO, fuente="dependencias", obligado=True),
    Campo("vence", "Para cuándo", Tipo.FECHA, obligado=True),
)


def pendientes(_todos: Sequence[Datos]) -> None:
    """Lo que esta persona no ha leído; se pregunta siempre, porque leer no cambia la versión."""
    persona = actor()
    if persona.usuario_id is None:
        return
    with reading() as session:
        faltan = sin_leer(session, usuario_id=persona.usuario_id)
    if not faltan:
        return
    st.markdown(f"**{mayuscula(contar(len(faltan), 'tema', 'temas', False))}** con algo que no ha leído:")
    for f in faltan:
        enlace("canales", esc_md(f"{f['folio']} {f['titulo']}"), {"encargo": f["id"]})


def tema(uno: Datos) -> None:
    """Anota que lo leyó, deja acusar de enterado y dice quién falta."""
    persona = actor()
    if persona.usuario_id is not None:
        _anotar(uno, persona)
    with reading() as session:
        gente = recibido(session, encargo_id=uno["id"])
    rotulos = {"acusaron": "Acusaron de enterado", "leyeron": "Lo leyeron", "faltan": "Aún no lo abren"}
    renglones = [f"- **{rotulos[c]}:** {esc_md(enumerar(v))}" for c, v in gente.items() if v]
    if renglones:
        st.markdown("\n".join(renglones))
    _acuerdo(uno, persona)


def _anotar(uno: Datos, persona: Actor) -> None:
    ultimo = max((h["id"] for h in uno["historia"]), default=0)
    with reading() as session:
        suyas = [v for v in lecturas(session, encargo_id=uno["id"]) if v["usuario_id"] == persona.usuario_id]
    if not suyas or suyas[0]["leido_hasta"] < ultimo:
        with writing(persona) as session:
            anotar_lectura(session, persona, encargo_id=uno["id"])
    if uno["pide_acuse"] and not any(v["acuse_en"] for v in suyas):
        formulario = Formulario(f"acuse_{uno['id']}", ultimo)
        if st.button("Acusar de enterado", type="primary", key=formulario.campo("acuse")):
            formulario.guardar(
                lambda s, a: anotar_lectura(s, a, encargo_id=uno["id"], acuse=True),
                propios={},
                actuales=dict,
            )


def _acuerdo(uno: Datos, persona: Actor) -> None:
    if not edita(REGISTRO, uno, persona):
        return
    cajon = st.expander("Convertirlo en acuerdo", key=f"acordar_{uno['id']}", on_change="rerun")
    if not cajon.open:
        return
    formulario = Formulario(f"acordar_{uno['id']}", uno["version"])
    with cajon, st.form(formulario.nombre):
        escrito = pedir(formulario, ACUERDO, {"texto": uno["conclusion"]})
        enviado = st.form_submit_button("Asentar el acuerdo", type="primary")
    if enviado:
        formulario.guardar(
            partial(_asentar, uno["id"], formulario.version, escrito), propios={}, actuales=dict
        )


def _asentar(cual: int, version: int, escrito: Datos, session: Session, actor: Actor) -> None:
    acordar(session, actor, encargo_id=cual, version=version, **leer(ACUERDO, escrito))
