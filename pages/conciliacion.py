"""Conciliación: lo que entregó Tesorería, vuelto a sumar y comparado al centavo, con sus observaciones."""

import streamlit as st

from dashboard.cache import ask, ask_con
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import secciones, vista_cambios, vista_pendientes
from dashboard.ui import vista_conciliacion as vista
from dashboard.ui.camino import pestanas
from dashboard.ui.comprobaciones import vista_resumen
from dashboard.ui.enlaces import fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries import conciliacion
from db.queries.cambios_presupuesto import cambios
from db.queries.cotejo_eaepe import eaepe_contra_claves
from db.queries.nombres_gasto import entes

PARTES = {
    "resumen": "Comprobaciones",
    "identidades": "Identidades",
    "cambios": "Qué cambió",
    "eaepe": "EAEPE",
    "observaciones": "Observaciones",
}

fijar_direccion()
marco = filtros()
if marco.anio is None:
    secciones.base_vacia()
    st.stop()
persona, nombres = actor(), ask(entes)
donde = {"anio": marco.anio, "ente_id": marco.ente_id}
arriba = st.container()
parte = pestanas("parte", PARTES)

if parte == "observaciones":
    filas = vista_pendientes.todas(marco.anio, marco.ente_id)
    arriba.title(vista_pendientes.titulo(filas), anchor=False)
    vista_pendientes.dibujar(filas)
    st.stop()

huella = ask(conciliacion.huella, **donde)
rotas = ask_con(huella, conciliacion.identidades, mes=marco.mes, **donde)
detalles = ask_con(huella, conciliacion.detalle, **donde)
resumen = ask(vista_resumen, mes=marco.mes, rotas=rotas["claves"], detalles=detalles, **donde)
sin_cerrar = vista.pendientes(marco.anio)
arriba.caption(f"Ejercicio {marco.anio} · corte: {rotas['corte']}")
if not resumen["hay"]:
    arriba.title(f"Todavía no hay presupuesto por clave en {marco.anio}", anchor=False)
    st.info("Tesorería lo carga en Importar, con el formato «Presupuesto por clave».")
    st.stop()

if parte == "identidades":
    arriba.title(vista.titulo_de_identidades(rotas), anchor=False)
    elegido = vista.identidades(rotas, sin_cerrar)
elif parte == "cambios":
    with st.container(horizontal=True):
        cortes = vista_cambios.elegir_cortes(marco.anio, nombres, marco.ente_id)
    hallado = ask(cambios, **cortes) if cortes else None
    if cortes is None or hallado is None:
        arriba.title("Qué cambió entre dos cortes", anchor=False)
        st.stop()
    arriba.title(esc_md(vista_cambios.titulo(hallado)), anchor=False)
    pagina = vista_cambios.pagina_de(sum(hallado["tipos"].values()))
    if pagina:
        hallado = ask(cambios, **cortes, pagina=pagina) or hallado
    elegido = vista_cambios.dibujar(cortes, hallado, pagina, sin_cerrar)
elif parte == "eaepe":
    cotejo = ask(eaepe_contra_claves, **donde)
    arriba.title(vista.titulo_del_cotejo(cotejo), anchor=False)
    elegido = vista.cotejo(cotejo, sin_cerrar, nombres)
else:
    arriba.title(esc_md(resumen["titulo"]), anchor=False)
    elegido = vista.resumen(resumen, sin_cerrar)
vista.hallazgo(persona, marco.anio, parte, elegido, nombres)
if parte == "resumen":
    vista.cortes(resumen["entes"])
