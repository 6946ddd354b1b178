"""El teléfono de un integrante: registrarse con el código, seguir la sesión, votar y ver sus acuerdos."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from dashboard.ui import vista_sesiones
from dashboard.ui.sala import CADA, leer, paso, resultado
from dashboard.ui.texto import esc_md
from db.actions import sala, votacion
from db.rules.formato import fecha
from db.rules.permisos import Actor
from db.rules.sesiones import nombre
from db.rules.votacion import ICONOS, SENTIDOS

Datos = Mapping[str, Any]


def dibujar(sesion_id: int, persona: Actor) -> None:
    """Lo que le toca ahora, arriba; el orden del día, abajo."""
    una = leer(sesion_id)
    assert una is not None
    st.caption(esc_md(una["comite"]))
    st.title(esc_md(nombre(una)), anchor=False)
    _ahora(sesion_id, persona, paso(una))
    vista_sesiones.orden_del_dia(una)


def mi_asiento(una: Datos, persona: Actor) -> Datos | None:
    """El asiento que la persona puede ocupar, con `soy` (su renglón); None si no integra el comité."""
    for asiento in una["asientos"]:
        for quien in asiento["pueden"]:
            if quien["usuario_id"] is not None and quien["usuario_id"] == persona.usuario_id:
                return {**asiento, "soy": quien}
    return None


@st.fragment(run_every=CADA)
def _ahora(sesion_id: int, persona: Actor, dibujado: str) -> None:
    una = leer(sesion_id)
    assert una is not None
    if paso(una) != dibujado:
        st.rerun(scope="app")  # el orden del día, abajo, ya es otro
    suyo = mi_asiento(una, persona)
    st.markdown(f"**{esc_md(una['quorum']['frase'])}**")
    if suyo is None:
        st.info("Usted no integra este comité: puede seguir la sesión, sin voto.")
    elif una["estado"] in ("convocada", "en_curso"):
        presente = suyo["presente"] and suyo["integrante_id"] == suyo["soy"]["integrante_id"]
        if not presente:
            _registro(una)
        elif una["abierta"] is None:
            st.success("Está registrado. Aquí aparecerá cada votación.")
        else:
            _votar(una, suyo)
    _tratado(una)
    if suyo is not None:
        _mis_acuerdos(una, suyo)


def _registro(una: Datos) -> None:
    formulario = Formulario(f"registro_{una['id']}", 0)
    codigo = st.text_input("Código que se ve en la sala", key=formulario.campo("codigo"), max_chars=6)
    formulario.error("codigo")
    if st.button("Estoy aquí", type="primary", key=formulario.campo("estoy"), width="stretch"):
        formulario.guardar(partial(_presentarse, una["id"], codigo), propios={}, actuales=dict)


def _presentarse(sesion_id: int, codigo: str, session: Session, actor: Actor) -> None:
    sala.presentarse(session, actor, sesion_id=sesion_id, codigo=codigo)


def _votar(una: Datos, suyo: Datos) -> None:
    abierta = una["abierta"]
    st.subheader(esc_md(abierta["texto"]), anchor=False)
    mio = next((v for v in abierta["votos"] if v["asiento_id"] == suyo["asiento_id"]), None)
    if mio is not None:
        st.success(f"Su voto quedó contado: {ICONOS[mio['sentido']]} {SENTIDOS[mio['sentido']]}.")
        return
    if not suyo["voto"]:
        st.info("Su asiento tiene voz, sin voto.")
        return
    if abierta["modo"] == "mano_alzada":
        st.info("Se vota a mano alzada en la sala.")
        return
    formulario = Formulario(f"voto_{abierta['id']}", 0)
    elegido = st.segmented_control(
        "Su voto",
        list(SENTIDOS),
        format_func=lambda s: f"{ICONOS[s]} {SENTIDOS[s]}",
        key=formulario.campo("sentido"),
        width="stretch",
    )
    formulario.error("voto")
    rotulo = f"Votar: {SENTIDOS[elegido].lower()}" if elegido else "Elija su voto"
    if st.button(
        rotulo, type="primary", disabled=elegido is None, key=formulario.campo("votar"), width="stretch"
    ):
        formulario.guardar(partial(_emitir, abierta["id"], str(elegido)), propios={}, actuales=dict)


def _emitir(votacion_id: int, sentido: str, session: Session, actor: Actor) -> None:
    votacion.votar(session, actor, votacion_id=votacion_id, sentido=sentido)


def _tratado(una: Datos) -> None:
    if una["punto"] is not None:
        st.markdown(f"Se trata: **{una['punto']['numero']}\\. {esc_md(una['punto']['titulo'])}**")
    cerradas = [v for v in una["votaciones"] if v["estado"] == "cerrada"]
    if cerradas:
        st.markdown(f"{esc_md(cerradas[-1]['texto'])} {esc_md(resultado(cerradas[-1]))}")


def _mis_acuerdos(una: Datos, suyo: Datos) -> None:
    mios = [
        a
        for a in una["acuerdos"]
        if a["persona_id"] == suyo["soy"]["persona_id"]
        or (a["dependencia_id"] is not None and a["dependencia_id"] == suyo["dependencia_id"])
    ]
    for a in mios:
        st.markdown(
            f"A su cargo: **{esc_md(a['numero'])}** {esc_md(a['texto'])}, para el {fecha(a['vence'])}"
        )
