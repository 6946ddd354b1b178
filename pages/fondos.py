"""Fondos etiquetados: qué se recibió, qué se ha devengado, qué queda y hasta cuándo."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import captura_fondo, secciones, vista_fondos
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.tema import oscuro
from dashboard.ui.texto import esc_md
from db.queries import fondos
from db.queries.nombres_gasto import entes
from db.rules.permisos import Accion, Objeto, puede

fijar_direccion()
elegido = filtros()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
hoy = vista_fondos.hoy()

if "fondo" in st.query_params:
    enlace("fondos", "Todos los fondos")
    fondo = ask(
        vista_fondos.vista_fondo,
        anio=elegido.anio,
        mes=elegido.mes,
        fondo_id=entero("fondo") or 0,
        dia=hoy,
        oscuro=oscuro(),
    )
    if fondo is None:
        st.title("No existe ese fondo en este ejercicio", anchor=False)
        st.stop()
    st.caption(
        esc_md(f"{fondo['nombre']} · fuente {fondo['fuente']} · {fondo['ente']} · corte: {fondo['corte']}")
    )
    st.title(esc_md(vista_fondos.titulo_del_fondo(fondo)), anchor=False)
    vista_fondos.ficha(fondo)
    if puede(actor(), Accion.EDITAR_FONDOS, Objeto(fondo["ente_id"])):
        depositos = st.expander("Registrar o quitar una ministración", key="depositos", on_change="rerun")
        if depositos.open:
            with depositos:
                captura_fondo.ministracion(fondo)
                captura_fondo.borrar_ministracion(fondo)
        datos_del_fondo = st.expander("Corregir el fondo", key="corregir_fondo", on_change="rerun")
        if datos_del_fondo.open:
            with datos_del_fondo:
                captura_fondo.capturar(fondo["anio"], fondo["ente_id"], {}, fondo)
    st.stop()

datos = ask(fondos.lista, anio=elegido.anio, mes=elegido.mes, ente_id=elegido.ente_id, hoy=hoy)
st.caption(f"Ejercicio {elegido.anio} · corte: {datos['corte']}")
if datos["fondos"]:
    st.title(esc_md(vista_fondos.titulo_de_la_lista(datos["fondos"])), anchor=False)
    st.caption("Elija un renglón para abrir su ficha.")
    vista_fondos.tabla(datos["fondos"])
else:
    st.title("Aún no hay fondos etiquetados en este ejercicio", anchor=False)
    st.info("Tesorería los registra aquí, con su fuente y sus plazos; sus depósitos también en Importar.")
if puede(actor(), Accion.EDITAR_FONDOS, Objeto(elegido.ente_id)):
    nuevo = st.expander(
        "Registrar un fondo", expanded=not datos["fondos"], key="registrar_fondo", on_change="rerun"
    )
    if nuevo.open:
        with nuevo:
            captura_fondo.capturar(elegido.anio, elegido.ente_id, ask(entes), None)
