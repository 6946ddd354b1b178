"""Bitácora: quién cambió qué y cuándo, con el valor de antes y el de después."""

import streamlit as st

from dashboard.ui import bitacora as vista
from db.engine import reading
from db.queries import bitacora

st.title("Bitácora")
# La bitácora se lee siempre al momento: una entrada se anota sin mover la versión de los datos.
with reading() as session:
    opciones = bitacora.opciones(session)


def primera_hoja():
    st.session_state["bitacora_hoja"] = 1


with st.container(horizontal=True):
    entidad = st.selectbox(
        "Qué",
        opciones["entidades"],
        None,
        key="bitacora_que",
        bind="query-params",
        on_change=primera_hoja,
        placeholder="Todo",
        format_func=vista.palabra,
    )
    cuenta = st.selectbox(
        "Quién",
        opciones["cuentas"],
        None,
        key="bitacora_quien",
        bind="query-params",
        on_change=primera_hoja,
        placeholder="Todos",
    )
    desde = st.text_input(
        "Desde", key="bitacora_desde", placeholder="dd/mm/aaaa", bind="query-params", on_change=primera_hoja
    )
    hasta = st.text_input(
        "Hasta", key="bitacora_hasta", placeholder="dd/mm/aaaa", bind="query-params", on_change=primera_hoja
    )

try:
    plazo = vista.plazo(desde, hasta)
except ValueError as error:
    st.error(str(error))
    st.stop()

hoja = st.session_state.get("bitacora_hoja", 1)
with reading() as session:
    hallado = bitacora.buscar(session, entidad=entidad, cuenta=cuenta, **plazo, hoja=hoja - 1)
hojas = max(1, -(-hallado["total"] // bitacora.POR_HOJA))
if hojas > 1:
    st.number_input("Hoja", 1, hojas, key="bitacora_hoja", help=f"De {hojas}", width=160)

st.caption(f"{hallado['total']:,} renglones. El más nuevo, primero.")
if not hallado["renglones"]:
    st.info("Ningún renglón cumple con lo que busca.")
else:
    elegido = st.dataframe(
        vista.en_tabla(hallado["renglones"]),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="bitacora_tabla",
        placeholder="—",
    )
    if elegido.selection.rows:
        renglon = hallado["renglones"][elegido.selection.rows[0]]
        st.subheader(f"Renglón {renglon['id']:,}")
        st.dataframe(vista.antes_y_despues(renglon), hide_index=True, placeholder="—")

st.subheader("¿Está entera la bitácora?")
st.write("Cada renglón lleva la huella del anterior: si alguien altera o quita uno, se nota.")
if st.button("Revisar la cadena", key="bitacora_revisar"):
    with reading() as session:
        estado = bitacora.estado_de_la_cadena(session)
    if estado["falta"]:
        st.error(f"La bitácora no está entera: {estado['falta']}.")
    elif estado["sello"]:
        st.success("Está entera: todos los renglones coinciden con su huella.")
        st.text(f"Sello: renglón {estado['sello']['id']:,} · {estado['sello']['huella'][:16]}")
