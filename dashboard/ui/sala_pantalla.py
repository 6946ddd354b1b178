"""La pantalla de la sala: letra grande, un mensaje a la vez, y se actualiza sola."""

from collections.abc import Mapping
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.ui import laminas_material, presentacion
from dashboard.ui.laminas import TENUE, Lamina, hoja, proyectar
from dashboard.ui.redaccion import leer as leer_redaccion
from dashboard.ui.sala import CADA, leer, resultado
from dashboard.ui.tema import oscuro
from dashboard.ui.vista_inicio import vista_inicio
from db.queries.material import ejercicio_de
from db.rules.formato import fecha
from db.rules.sesiones import ESTADOS, ESTADOS_PUNTO, nombre
from db.rules.votacion import ICONOS, SENTIDOS

Datos = Mapping[str, Any]

COLORES = {"favor": "#1B6E3C", "contra": "#A3242A", "abstencion": "#5B6470"}


@st.fragment(run_every=CADA)
def dibujar(sesion_id: int) -> None:
    """La primera lámina sigue a quien lleva la sesión; con las flechas se ve otra, que se queda puesta."""
    una = leer(sesion_id)
    if una is None:
        return
    proyectar(laminas(una, oscuro()), aviso=f"En la sala: {_en_corto(una)}", principio="Lo de ahora")


def laminas(una: Datos, en_oscuro: bool) -> list[Lamina]:
    """Lo de ahora y el material de su punto; luego el orden del día, el plan, lo demás y los acuerdos.

    Se llaman por su nombre en la dirección: que cambie el punto o llegue un acuerdo no mueve la que se ve.
    """
    anio = ask(ejercicio_de, anio=una["anio"])
    materiales = {
        p["id"]: laminas_material.del_punto(p, una, anio, en_oscuro)
        for p in una["puntos"]
        if p["estado"] != "retirado"
    }
    suyo = materiales.pop(una["punto_id"], [])
    lista = [Lamina("", partial(_ahora, una)), *suyo, Lamina("orden", partial(_orden, una))]
    lista += presentacion.laminas(partial(_plan, anio, en_oscuro), en_oscuro)
    lista += [m for del_punto in materiales.values() for m in del_punto]
    return lista + ([Lamina("acuerdos", partial(_acuerdos, una))] if una["acuerdos"] else [])


def _plan(anio: int, en_oscuro: bool) -> Datos:
    return ask(vista_inicio, anio=anio, mes=None, ente_id=None, oscuro=en_oscuro)


def _en_corto(una: Datos) -> str:
    """Lo que pasa ahora, para quien ve otra lámina."""
    if una["abierta"] is not None:
        return f"{ICONOS['favor']} se está votando"
    if una["punto"] is not None:
        return f"punto {una['punto']['numero']}"
    return ESTADOS[una["estado"]][1].lower()


def _ahora(una: Datos) -> str:
    """El punto que se trata, la votación como va, o el quórum mientras llega la gente."""
    arriba = f"{una['comite']} · {nombre(una)}"
    quorum = escape(una["quorum"]["frase"])
    if una["estado"] == "convocada":
        codigo = f'Código de la sala: <strong style="font-size:2.6em">{escape(una["codigo"])}</strong>'
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
    return _del_punto(una, una["punto"], arriba, quorum)


def _del_punto(una: Datos, punto: Datos, arriba: str, quorum: str) -> str:
    """El punto que se trata: lo último que se votó, y el acuerdo como se redacta o como quedó."""
    suyas = [v for v in una["votaciones"] if v["punto_id"] == punto["id"] and v["estado"] != "abierta"]
    ultima = escape(f"{suyas[-1]['texto']} {resultado(suyas[-1])}") if suyas else ""
    tomados = [a for a in una["acuerdos"] if a["punto_id"] == punto["id"]]
    acuerdo = _acuerdo("Se redacta el acuerdo", leer_redaccion(punto["id"]))
    if not acuerdo and tomados:
        a = tomados[-1]
        acuerdo = _acuerdo(
            f"Acuerdo {a['numero']} · {a['responde']}, para el {fecha(a['vence'])}", a["texto"]
        )
    materiales = " · ".join(escape(m["titulo"]) for m in punto["materiales"])
    acompana = f'<span style="{TENUE}">Con la flecha: {materiales}</span>' if materiales else ""
    titulo = f"{punto['numero']}. {punto['titulo']}"
    pie = f'<span style="{TENUE}">{quorum}</span>'
    return hoja(arriba, titulo, escape(punto["descripcion"]), ultima, acuerdo, acompana, pie)


def _acuerdo(que: str, texto: str) -> str:
    """El acuerdo con letra grande y una raya al lado; vacío si no hay texto."""
    if not texto:
        return ""
    return (
        '<div style="border-left:.25em solid #9D2449;padding-left:.7em">'
        f'<div style="{TENUE}">{escape(que)}</div><div style="font-size:1.25em">{escape(texto)}</div></div>'
    )


def _barras(cuenta: Mapping[str, int], presentes: int) -> str:
    filas = []
    for sentido, palabra in SENTIDOS.items():
        parte = cuenta[sentido] / presentes if presentes else 0
        dibujo = f'<div style="height:.9em;width:{parte:.1%};background:{COLORES[sentido]}"></div>'
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
