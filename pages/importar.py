"""Importar: del archivo de la dependencia a la base, con revisión, vista previa y vuelta atrás."""

import streamlit as st

from dashboard.cache import ask
from dashboard.imports.carga import deshacer
from dashboard.imports.formato import Contexto
from dashboard.imports.registro import FORMATS
from dashboard.sesion import actor
from dashboard.ui import carga as vista
from dashboard.ui.texto import esc_md
from db.queries import cargas, municipio
from db.rules.formato import mes_nombre
from db.rules.permisos import Accion, puede
from db.rules.problema import Problema

persona = actor()
formatos = {f.nombre: f for f in FORMATS if puede(persona, f.permiso)}
titulos = {f.nombre: f.titulo for f in FORMATS}
actual = vista.estado()
vista.recoger(actual)

st.title("Importar")
if "importar_formato" not in st.session_state and st.query_params.get("formato") in formatos:
    st.session_state["importar_formato"] = st.query_params["formato"]
nombre = st.selectbox("¿Qué va a cargar?", list(formatos), key="importar_formato", format_func=titulos.get)
if st.query_params.get("formato") != nombre:
    st.query_params["formato"] = nombre
formato = formatos[nombre]
vista.presentar(formato)

contexto = ask(municipio.contexto)
with st.container(horizontal=True):
    anio = st.selectbox("Ejercicio", [None, *contexto["ejercicios"]], key="importar_anio",
                        format_func=lambda a: str(a) if a else vista.DEL_ARCHIVO)  # fmt: skip
    entes = {None: vista.DEL_ARCHIVO, **{e["id"]: e["nombre"] for e in contexto["entes"]}}
    ente_id = None
    if "ente" in formato.pide and len(entes) > 2:
        ente_id = st.selectbox("Ente", list(entes), key="importar_ente", format_func=entes.get)
    mes = None
    if "corte" in formato.pide:
        mes = st.selectbox("Mes al que llega", [None, *range(1, 13)], key="importar_corte",
                           format_func=lambda m: mes_nombre(m) if m else vista.DEL_ARCHIVO)  # fmt: skip
archivo = st.file_uploader(
    "Archivo (CSV, XLSX u ODS)", vista.EXTENSIONES, key=f"importar_archivo_{actual['vez']}"
)
ocupado = actual["trabajo"] is not None
if st.button("Revisar archivo", type="primary", disabled=archivo is None or ocupado, key="importar_revisar"):
    pedido = Contexto(persona, archivo.name, anio, ente_id, corte_mes=mes)
    vista.revisar(formato, archivo, pedido)
    st.rerun()

if actual["trabajo"] is not None:
    vista.progreso(actual["trabajo"])
if actual["problema"]:
    st.error(esc_md(actual["problema"]))
if deshecha := actual.pop("deshecha", ""):
    st.success(f"Se deshizo {esc_md(deshecha)}: la base quedó como antes de cargarlo.")
if actual["informe"] is not None:
    vista.mostrar_informe(actual["informe"])

preparada = actual["preparada"]
if preparada is not None and preparada.formato is formato and not ocupado:
    with st.container(border=True):
        st.markdown(f"### {esc_md(preparada.contexto.archivo)}")
        vista.mostrar_revision(preparada)
        if preparada.se_puede:
            st.markdown(esc_md(vista.que_cambia(preparada)))
            motivo = ""
            if preparada.revision.problemas:
                motivo = st.text_input("Por qué se acepta con observaciones", key="importar_motivo")
            falta = (
                bool(preparada.revision.problemas and not motivo.strip()) or not preparada.cuenta.mueve_algo
            )
            if bajas := preparada.cuenta.desaparecen:
                falta |= not st.checkbox(
                    f"Sí, dar de baja {bajas:,} que el archivo ya no trae", key="importar_bajas"
                )
            if st.button("Guardar carga", type="primary", disabled=falta, key="importar_guardar"):
                vista.guardar(preparada, persona, motivo)
                st.rerun()

st.subheader("Cargas hechas")
hechas = ask(cargas.cargas, formatos=tuple(formatos), limite=50)
if not hechas:
    st.text("Todavía no se carga ningún archivo.")
    st.stop()
st.dataframe(vista.tabla_de_cargas(hechas, titulos), hide_index=True, key="importar_cargas")
vigentes = {c["id"]: c for c in hechas if c["estado"] == "vigente"}
if not vigentes or not puede(persona, Accion.DESHACER_CARGA):
    st.stop()
elegida = st.selectbox(
    "Deshacer una carga",
    list(vigentes),
    index=None,
    key="importar_elegida",
    placeholder="Elija cuál",
    format_func=lambda cual: f"{cual} · {vigentes[cual]['archivo']}",
)
if elegida in vigentes:
    porque = st.text_input("Por qué se deshace", key="importar_porque")
    if st.button("Deshacer esta carga", disabled=not porque.strip(), key="importar_deshacer"):
        try:
            deshacer(formatos[vigentes[elegida]["formato"]], elegida, persona, porque.strip())
            actual.update(informe=None, preparada=None, problema="", deshecha=vigentes[elegida]["archivo"])
            st.rerun()
        except Problema as problema:
            st.error(esc_md(problema))
