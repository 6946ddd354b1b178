"""Presupuesto en integración: del anteproyecto al aprobado, con techos, captura, comprobaciones y firmas."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import cierre_anteproyecto as tramites
from dashboard.ui import secciones
from dashboard.ui import vista_anteproyecto as vista
from dashboard.ui import vista_anteproyecto_dependencia as de_una
from dashboard.ui.camino import elegir, pestanas
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries import municipio
from db.queries.anteproyecto import etapas, generales
from db.queries.anteproyecto_captura import conceptos
from db.queries.anteproyecto_cotejo import contra_la_etapa_anterior, contra_tesoreria
from db.queries.anteproyecto_resumen import resumen
from db.queries.anteproyecto_revision import comprobaciones
from db.rules.anteproyecto import NOMBRE_ETAPA
from db.rules.permisos import Accion, Objeto, puede

fijar_direccion()
persona, elegido = actor(), filtros()
contexto = ask(municipio.contexto)
if elegido.anio is None or not contexto["entes"]:
    secciones.base_vacia()
    st.stop()
ente = vista.ente_de(persona, elegido.ente_id, contexto["entes"])
cierra = puede(persona, Accion.CERRAR_ETAPA, Objeto(ente["id"]))
todas = ask(etapas, ente_id=ente["id"])
siguiente = elegido.anio + 1
anios = sorted({siguiente, *(e["anio"] for e in todas)}, reverse=True)
arriba = st.container()
with st.container(horizontal=True):
    anio = int(elegir("anio", "Presupuesto de", {str(a): str(a) for a in anios}, str(siguiente)))
    suyas = {e["etapa"]: e for e in todas if e["anio"] == anio}
    nombres = {cual: NOMBRE_ETAPA[cual] for cual in suyas}
    etapa = suyas[elegir("etapa", "Etapa", nombres, list(suyas)[-1])] if suyas else None
arriba.caption(esc_md(ente["nombre"]))
if etapa is None:
    arriba.title(f"El presupuesto {anio} aún no se integra", anchor=False)
    if cierra:
        tramites.abrir(anio, ente["id"])
    else:
        st.info("Planeación o Tesorería abren el anteproyecto.")
    st.stop()

grandes = ask(generales, ente_id=ente["id"])
solo = vista.alcance(persona, ente["id"], grandes)
todo = ask(resumen, etapa_id=etapa["id"], solo=solo)
visibles = [d["id"] for d in todo["dependencias"]]
pedida = visibles[0] if solo is not None and len(visibles) == 1 else entero("dependencia")
if pedida in visibles:
    general = next(g for g in grandes if g["id"] == pedida)
    nombre = contexto["municipio"]["nombre"]
    de_una.pantalla(persona, general, etapa, nombre, sola=len(visibles) == 1, arriba=arriba)
    st.stop()

arriba.title(esc_md(vista.titular(etapa, todo)), anchor=False)
st.markdown(f"{vista.cifras(todo['total'], anio)}\n\n{vista.por_capitulo(todo['capitulos'])}")
vista.estado_de_la_etapa(etapa, todo)
abierta, entera = etapa["estado"] == "abierta", solo is None
cambios = ask(contra_la_etapa_anterior, etapa_id=etapa["id"]) if entera else None
techa = abierta and puede(persona, Accion.FIJAR_TECHOS, Objeto(ente["id"]))
partes = {
    "dependencias": "Dependencias",
    "capitulos": "Capítulos" if entera else "",
    "revision": "Comprobaciones",
    "cambios": "Cambios" if cambios else "",
    "techos": "Techos" if techa else "",
    "cierre": "Cierre" if abierta and cierra else "",
    "tesoreria": "Frente a Tesorería" if entera and not abierta and etapa["etapa"] == "aprobado" else "",
}
parte = pestanas("parte", {clave: rotulo for clave, rotulo in partes.items() if rotulo})
if parte == "dependencias":
    vista.dependencias(todo, etapa)
elif parte == "capitulos":
    vista.capitulos(todo["capitulos"], anio, ask(conceptos))
elif parte == "cambios" and cambios:
    vista.cotejo(cambios)
elif parte == "techos":
    tramites.techos(todo, etapa)
elif parte == "tesoreria":
    vista.contra_tesoreria(ask(contra_tesoreria, etapa_id=etapa["id"]), anio)
else:
    claves = None if entera else tuple(d["clave"] for d in todo["dependencias"])
    revisado = ask(comprobaciones, etapa_id=etapa["id"], solo=claves)
    if parte == "revision":
        vista.comprobaciones(revisado)
    else:
        tramites.cerrar(etapa, todo, revisado["graves"])
