"""La pantalla de la sala: letra grande, un mensaje a la vez, y se actualiza sola."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import de_todos, enlace
from dashboard.ui.laminas import de_material, del_plan, hoja
from dashboard.ui.sala import CADA, leer, resultado
from dashboard.ui.tema import oscuro
from db.rules.sesiones import ESTADOS_PUNTO, nombre
from db.rules.votacion import ICONOS, SENTIDOS

Datos = Mapping[str, Any]

LAMINA = "lamina"
"""Cuál se ve; va en la dirección, para que recargar no la pierda."""
COLORES = {"favor": "#1B6E3C", "contra": "#A3242A", "abstencion": "#5B6470"}


def dibujar(sesion_id: int) -> None:
    """Lo que pasa ahora; con las flechas se recorre el orden del día, el plan, el material y los acuerdos."""
    st.set_page_config(initial_sidebar_state="collapsed")
    _viva(sesion_id)
    with st.container(horizontal=True):
        st.button(
            "Anterior", key="lamina_antes", shortcut="Left", on_click=_mover, args=(-1,), type="tertiary"
        )
        st.button(
            "Siguiente", key="lamina_despues", shortcut="Right", on_click=_mover, args=(1,), type="tertiary"
        )
        enlace("sesiones", "Salir de la pantalla", {"sesion": sesion_id}, de_todos())


def _mover(paso: int) -> None:
    cual = max(0, (entero(LAMINA) or 0) + paso)
    if cual:
        st.query_params[LAMINA] = str(cual)
    else:
        st.query_params.pop(LAMINA, None)


@st.fragment(run_every=CADA)
def _viva(sesion_id: int) -> None:
    una = leer(sesion_id)
    if una is None:
        return
    laminas = [_ahora(una), _orden(una)]
    cual = entero(LAMINA) or 0
    if cual >= len(laminas):
        # Lo que sale del plan cuesta leerlo: sólo si se pide.
        laminas += del_plan(una["anio"], oscuro()) + de_material(una, oscuro())
        laminas += [_acuerdos(una)] if una["acuerdos"] else []
    st.html(laminas[min(cual, len(laminas) - 1)])


def _ahora(una: Datos) -> str:
    """El punto que se trata, la votación como va, o el quórum mientras llega la gente."""
    arriba = f"{una['comite']} · {nombre(una)}"
    quorum = escape(una["quorum"]["frase"])
    if una["estado"] == "convocada":
        codigo = f'Código de la sala: <strong style="font-size:3.4rem">{escape(una["codigo"])}</strong>'
        return hoja(arriba, "Registro de asistencia", quorum, codigo)
    if una["estado"] == "cerrada":
        return hoja(arriba, "Sesión clausurada", f"{len(una['acuerdos'])} acuerdos tomados")
    if una["abierta"] is not None:
        faltan = len(una["abierta"]["faltan"])
        dice = "Ya votaron todos los presentes" if not faltan else f"Faltan {faltan} por votar"
        return hoja(
            "Votación", una["abierta"]["texto"], _barras(una["abierta"]["cuenta"], una["presentes"]), dice
        )
    if una["punto"] is None:
        return hoja(arriba, "En un momento seguimos", quorum)
    suyas = [v for v in una["votaciones"] if v["punto_id"] == una["punto"]["id"] and v["estado"] != "abierta"]
    ultima = escape(f"{suyas[-1]['texto']} {resultado(suyas[-1])}") if suyas else ""
    tomados = [a for a in una["acuerdos"] if a["punto_id"] == una["punto"]["id"]]
    acuerdo = escape(f"Acuerdo {tomados[-1]['numero']}: {tomados[-1]['texto']}") if tomados else ""
    titulo = f"{una['punto']['numero']}. {una['punto']['titulo']}"
    return hoja(arriba, titulo, escape(una["punto"]["descripcion"]), ultima, acuerdo, quorum)


def _barras(cuenta: Mapping[str, int], presentes: int) -> str:
    filas = []
    for sentido, palabra in SENTIDOS.items():
        parte = cuenta[sentido] / presentes if presentes else 0
        dibujo = f'<div style="height:1.6rem;width:{parte:.1%};background:{COLORES[sentido]}"></div>'
        filas.append(f"<div>{ICONOS[sentido]} {palabra}: <strong>{cuenta[sentido]}</strong></div>{dibujo}")
    return "".join(filas)


def _orden(una: Datos) -> str:
    puntos = "".join(
        f"<div>{ESTADOS_PUNTO[p['estado']][0]} {p['numero']}. {escape(p['titulo'])}</div>"
        for p in una["puntos"]
    )
    return hoja(f"{una['comite']} · {nombre(una)}", "Orden del día", puntos)


def _acuerdos(una: Datos) -> str:
    lista = "".join(
        f'<div style="margin-bottom:.8rem"><strong>{escape(a["numero"])}</strong> {escape(a["texto"])} '
        f"({escape(a['responde'])})</div>"
        for a in una["acuerdos"]
    )
    return hoja(f"{una['comite']} · {nombre(una)}", "Acuerdos de la sesión", lista)
