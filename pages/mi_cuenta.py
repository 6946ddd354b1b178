"""Mi cuenta: cambiar la contraseña y cerrar las sesiones que quedaron abiertas en otro equipo."""

import streamlit as st

from dashboard.sesion import actor, sid_firmado
from dashboard.ui import vista_preferencias
from dashboard.ui.texto import esc_md
from db.actions import usuarios as acciones
from db.engine import reading, writing
from db.queries import usuarios
from db.rules.permisos import NOMBRE_ROL
from db.rules.problema import Problema

persona = actor()
with reading() as session:
    propia = next(c for c in usuarios.lista(session) if c["id"] == persona.usuario_id)

st.title("Mi cuenta", anchor=False)
roles = ", ".join(NOMBRE_ROL[rol] for rol in sorted(persona.roles))
st.markdown(esc_md(f"{persona.nombre} · {persona.cuenta} · {roles}"))

if aviso := st.session_state.pop("mi_cuenta_aviso", ""):
    st.success(aviso)


def cambiar():
    """Cambia la contraseña; las demás sesiones se cierran y ésta sigue."""
    e = st.session_state
    if e["mi_cuenta_nueva"] != e["mi_cuenta_otra_vez"]:
        e["mi_cuenta_problema"] = "Las dos contraseñas nuevas no son iguales. Escríbalas otra vez."
        return
    datos = {"actual": e["mi_cuenta_actual"], "nueva": e["mi_cuenta_nueva"]}
    try:
        with writing(persona) as session:
            acciones.cambiar_clave(session, persona, conservar_sid=sid_firmado(), **datos)
    except Problema as problema:
        e["mi_cuenta_problema"] = str(problema)
    else:
        e["mi_cuenta_aviso"] = "Contraseña cambiada. Sus demás sesiones se cerraron."


def cerrar_todas():
    """Cierra también ésta: lo seguro cuando se perdió un equipo."""
    with writing(persona) as session:
        acciones.cerrar_sesiones(session, persona, usuario_id=persona.usuario_id)


if propia["con_clave"]:
    st.subheader("Cambiar la contraseña", anchor=False)
    with st.form("mi_cuenta_clave", clear_on_submit=True):
        st.text_input("Contraseña actual", type="password", key="mi_cuenta_actual")
        st.text_input("Contraseña nueva", type="password", key="mi_cuenta_nueva", help="Al menos 12 signos.")
        st.text_input("Contraseña nueva, otra vez", type="password", key="mi_cuenta_otra_vez")
        st.form_submit_button("Cambiar la contraseña", type="primary", on_click=cambiar)
else:
    st.info("Esta cuenta entra sin contraseña: es de la demostración.")
if problema := st.session_state.pop("mi_cuenta_problema", ""):
    st.error(problema)

vista_preferencias.avisos(persona)

st.subheader("Sesiones abiertas", anchor=False)
st.markdown("Si perdió un equipo o entró en uno prestado, cierre todo y vuelva a entrar.")
st.button("Cerrar todas mis sesiones", on_click=cerrar_todas)
