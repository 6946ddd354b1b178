"""Mis pendientes: qué debe la dependencia, para cuándo y en qué va; lo devuelto, primero y con su motivo."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import secciones, vista_captura, vista_preferencias
from dashboard.ui.enlaces import enlace
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.queries.acuses import lugares
from db.queries.por_revisar import debe
from db.rules.formato import fecha_hora, mes_nombre
from db.rules.permisos import Accion, Objeto, puede

elegido, persona = filtros(), actor()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
datos = ask(lugares, anio=elegido.anio)
suyas = {
    d["id"]: f"{d['clave']} {d['nombre']}"
    for d in datos["generales"]
    if puede(persona, Accion.CARGAR_AVANCES, Objeto(d["ente_id"], frozenset({d["id"]})))
}
if not suyas:
    st.title("No tiene pendientes", anchor=False)
    st.stop()
titulo = st.empty()
area = vista_captura.elegir(suyas, "Dependencia", "area", next(iter(suyas)))
lista = ask(debe, anio=elegido.anio, meses=datos["abiertos"], dependencia_id=area)
devueltos = sum(f["devuelto"] for f in lista)
cuantos = mayuscula(contar(len(lista), "resultado por capturar", "resultados por capturar", False))
regresados = contar(devueltos, "devuelto", "devueltos", False)
titulo.title(esc_md(f"{cuantos}; {regresados}"), anchor=False)
if lista:
    st.dataframe(
        {
            "Estado": [f"{'◆' if f['devuelto'] else '▷'} {f['palabra']}" for f in lista],
            "Qué se captura": [f["nombre"] for f in lista],
            "Periodo": [mes_nombre(f["mes"]).capitalize() for f in lista],
            "Cierra": [fecha_hora(f["cierra"], datos["zona"]) if f["cierra"] else None for f in lista],
            "Por qué se devolvió": [f["devolucion"] or None for f in lista],
        },
        hide_index=True,
        placeholder="—",
        alt="Lo que se debe capturar",
    )
    for mes in sorted({f["mes"] for f in lista}):
        enlace("captura", f"Capturar {mes_nombre(mes)}", {"mes": mes, "area": area})
vista_preferencias.plazos(persona)
