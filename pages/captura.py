"""Capturar: un área y un periodo, todas sus metas e indicadores; lo escrito se guarda solo."""

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.formulario import Formulario
from dashboard.sesion import actor
from dashboard.ui import captura_libro, grupos_captura, secciones, vista_captura
from dashboard.ui.texto import contar, esc_md
from db.base import ahora
from db.queries.acuses import acuses, lugares
from db.rules.captura import periodo_inicial
from db.rules.formato import mes_nombre

elegido, persona = filtros(), actor()
if elegido.anio is None:
    secciones.base_vacia()
    st.stop()
anio = elegido.anio
datos = ask(lugares, anio=anio)
suyas = vista_captura.areas_de(persona, datos)
if not suyas or not datos["meses"]:
    st.title("No hay nada que capturar", anchor=False)
    st.info("Su cuenta no tiene una dependencia que capture en este ejercicio.")
    st.stop()
lugar_del_titulo = st.empty()
meses = {mes: mes_nombre(mes).capitalize() for mes in datos["meses"]}
inicial = periodo_inicial(datos["abiertos"], datos["plazos"], ahora()) or datos["meses"][-1]
mes = vista_captura.elegir(meses, "Periodo que termina en", "mes", inicial)
area = vista_captura.elegir(suyas, "Dependencia", "area", next(iter(suyas)))
lista = vista_captura.leer(anio, mes, area, persona)
faltan = sum(map(grupos_captura.falta, lista))
lugar_del_titulo.title(
    esc_md(
        f"Capturar {mes_nombre(mes)} de {anio}: {'falta' if faltan == 1 else 'faltan'} "
        f"{contar(faltan, 'resultado', 'resultados', False)}"
    ),
    anchor=False,
)
vista_captura.acuses(ask(acuses, anio=anio, mes=mes, dependencia_id=area), datos["zona"])
vista_captura.aviso_de_borrador(lista, datos["zona"])
formulario = Formulario(f"captura_{anio}_{mes}_{area}", 0)
vista_captura.atrasados(persona, lista, formulario, anio, mes)
captura_libro.dibujar(persona, formulario, lista, anio, mes, area, suyas[area])
por_proyecto = grupos_captura.grupos(lista)
abierto = grupos_captura.elegir(lista, por_proyecto)
escritos = vista_captura.campos(persona, formulario, lista, por_proyecto[abierto], anio, mes)
vista_captura.conservar(persona, lista, escritos, anio, mes)
grupos_captura.ir_al_siguiente(lista, por_proyecto, abierto)
escritos |= vista_captura.de_borradores(lista, por_proyecto[abierto])
vista_captura.mandar(formulario, lista, escritos, anio, mes, area)
