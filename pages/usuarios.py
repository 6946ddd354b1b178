"""Usuarios: quién entra, con qué rol y hasta dónde."""

import streamlit as st

from dashboard.cache import ask
from dashboard.sesion import actor
from dashboard.ui import usuarios as vista
from db.actions import usuarios as acciones
from db.engine import reading, writing
from db.queries import municipio, usuarios
from db.rules.permisos import NOMBRE_ROL, Accion, Rol, puede
from db.rules.problema import Problema

persona = actor()
edita = puede(persona, Accion.EDITAR_USUARIOS)
# Sin guardar: las sesiones abiertas cambian sin mover la versión de los datos.
with reading() as session:
    cuentas = usuarios.lista(session)
alcances = vista.opciones_de_alcance(ask(municipio.contexto)["entes"], ask(usuarios.dependencias_activas))


def hacer(accion, aviso="", **datos):
    """Corre una acción con el permiso de quien la pide; un `Problema` se dice y no se guarda nada."""
    try:
        with writing(persona) as session:
            resultado = accion(session, persona, **datos)
    except Problema as problema:
        st.session_state["usuarios_problema"] = str(problema)
        return None
    st.session_state["usuarios_aviso"] = aviso
    return resultado


def crear():
    e = st.session_state
    donde = alcances[e["usuarios_alcance"]]
    datos = {
        "cuenta": e["usuarios_cuenta"],
        "nombre": e["usuarios_nombre"],
        "asignaciones": vista.asignaciones(e["usuarios_roles"], donde),
    }
    if creado := hacer(acciones.crear_usuario, **datos):
        dar_codigo(creado.id, creado.cuenta)
        e["usuarios_cuenta"], e["usuarios_nombre"], e["usuarios_roles"] = "", "", []


def dar_codigo(usuario_id, cuenta):
    if secreto := hacer(acciones.generar_codigo, usuario_id=usuario_id):
        st.session_state["usuarios_codigo"] = (cuenta, secreto)


st.title("Usuarios")
if problema := st.session_state.pop("usuarios_problema", None):
    st.error(problema)
if aviso := st.session_state.pop("usuarios_aviso", None):
    st.success(aviso)
if "usuarios_codigo" in st.session_state:
    with st.container(border=True):
        cuenta, secreto = st.session_state["usuarios_codigo"]
        st.text(f"Código de un solo uso de {cuenta}. Vale 48 horas y no se vuelve a mostrar:")
        st.code(secreto, language=None)
        if st.button("Ya lo anoté", key="usuarios_anotado"):
            del st.session_state["usuarios_codigo"]
            st.rerun()

elegido = st.dataframe(
    vista.en_tabla(cuentas),
    hide_index=True,
    on_select="rerun" if edita else "ignore",
    selection_mode="single-row",
    key="usuarios_tabla",
    placeholder="—",
)
if not edita:
    st.stop()

if elegido.selection.rows and elegido.selection.rows[0] < len(cuentas):
    una = cuentas[elegido.selection.rows[0]]
    fija = {"usuario_id": una["id"]}
    st.text(f"Cuenta elegida: {una['cuenta']}")
    with st.container(horizontal=True):
        st.button("Dar un código nuevo", on_click=dar_codigo, args=(una["id"], una["cuenta"]))
        st.button(
            "Terminar sus sesiones",
            on_click=hacer,
            args=(acciones.cerrar_sesiones, "Sus sesiones terminaron."),
            kwargs=fija,
        )
        if una["activa"]:
            st.button(
                "Desactivar",
                on_click=hacer,
                args=(acciones.desactivar, "La cuenta ya no puede entrar."),
                kwargs=fija,
            )
        else:
            st.button(
                "Activar", on_click=hacer, args=(acciones.activar, "La cuenta puede entrar."), kwargs=fija
            )
    with st.form("usuarios_cambiar", border=True):
        actuales = [Rol(rol["rol"]) for rol in una["roles"]]
        nuevos = st.multiselect(
            "Roles", list(Rol), actuales, NOMBRE_ROL.__getitem__, key=f"roles_{una['id']}"
        )
        lugar = st.selectbox("Alcance", list(alcances), key=f"alcance_{una['id']}")
        if st.form_submit_button("Cambiar roles"):
            hacer(
                acciones.cambiar_roles,
                "Sus roles cambiaron.",
                **fija,
                asignaciones=vista.asignaciones(nuevos, alcances[lugar]),
            )
            st.rerun()
else:
    st.caption("Elija una cuenta de la tabla para darle un código, cambiar sus roles o desactivarla.")

st.subheader("Cuenta nueva")
with st.form("usuarios_nueva"):
    st.text_input("Cuenta", key="usuarios_cuenta", placeholder="maria.lopez", max_chars=40)
    st.text_input("Nombre", key="usuarios_nombre", max_chars=120)
    st.multiselect(
        "Roles",
        list(Rol),
        key="usuarios_roles",
        placeholder="Elija uno o más",
        format_func=NOMBRE_ROL.__getitem__,
    )
    st.selectbox("Alcance", list(alcances), key="usuarios_alcance")
    st.form_submit_button("Crear la cuenta y dar su código", type="primary", on_click=crear)
