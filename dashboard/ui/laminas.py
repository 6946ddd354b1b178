"""Las láminas de la pantalla de la sala: el estado del plan, lo que está en rojo y el material de cada punto.

Cada una es HTML sin código; todo texto va escapado. Las cifras son las mismas de Inicio y de las fichas.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard.cache import ask
from dashboard.ui import presentacion
from dashboard.ui.estado import color
from dashboard.ui.vista_inicio import vista_inicio
from db.queries.ficha_ejecutiva import composicion
from db.queries.figuras import figuras
from db.queries.material import ejercicio_de
from db.queries.tablero import tablero
from db.rules.estado import PRESENTACION, Estado
from db.rules.ficha_ejecutiva import frase, lo_peor

Datos = Mapping[str, Any]

GRANDE, MEDIA = "font-size:3rem;line-height:1.15;font-weight:700", "font-size:1.9rem;line-height:1.3"
CASOS, PEORES = 5, 6
"""Renglones que se leen al fondo de una sala."""


def hoja(arriba: str, grande: str, *mas: str) -> str:
    """Una lámina: de qué es, su mensaje y lo demás, ya en HTML."""
    cuerpo = "".join(f'<div style="{MEDIA};margin-top:1.2rem">{parte}</div>' for parte in mas if parte)
    return (
        f'<div><div style="{MEDIA}">{escape(arriba)}</div>'
        f'<h1 style="{GRANDE};margin:.6rem 0">{escape(grande)}</h1>{cuerpo}</div>'
    )


def del_plan(anio: int, oscuro: bool) -> list[str]:
    """Cómo va el plan y lo que pide atención, con quien responde; nada si no hay cifras."""
    suyo = ask(ejercicio_de, anio=anio)
    vista = ask(vista_inicio, anio=suyo, mes=None, ente_id=None, oscuro=oscuro)
    if vista["vacio"]:
        return []
    casos = ask(tablero, anio=suyo, mes=None, ente_id=None)["excepciones"]
    return [presentacion.hoja(vista, oscuro), *([_en_rojo(casos, oscuro)] if casos else [])]


def _en_rojo(casos: Sequence[Datos], oscuro: bool) -> str:
    filas = []
    for c in casos[:CASOS]:
        quien = " · ".join(p for p in (c["porque"], c["responsable"]) if p)
        signo = f'<strong style="color:{color(c["estado"], oscuro)}">{_etiqueta(c["estado"])}</strong>'
        filas.append(
            f'<div style="margin-bottom:1rem">{signo} <strong>{escape(c["titulo"])}</strong>'
            f'<div style="font-size:1.4rem">{escape(quien)}</div></div>'
        )
    return hoja("Requiere atención", f"Los {len(filas)} primeros, y quién responde", "".join(filas))


def _etiqueta(estado: str) -> str:
    return escape(PRESENTACION[Estado(estado)].etiqueta)


def de_material(una: Datos, oscuro: bool) -> list[str]:
    """Una lámina por material de los puntos vigentes; la de un programa o un eje lleva sus cifras."""
    return [
        _material(punto, m, ask(ejercicio_de, anio=una["anio"]), oscuro)
        for punto in una["puntos"]
        if punto["estado"] != "retirado"
        for m in punto["materiales"]
    ]


def _material(punto: Datos, m: Datos, anio: int, oscuro: bool) -> str:
    arriba = f"Punto {punto['numero']}: {punto['titulo']}"
    cual = {"nodo": "nodo_id", "programa": "programa"}.get(m["clase"])
    mes = ask(tablero, anio=anio, mes=None, ente_id=None)["mes"]
    if cual is None or not mes:
        return hoja(arriba, m["titulo"], "Está en la carpeta de la sesión.")
    referencia = int(m["referencia"]) if cual == "nodo_id" else m["referencia"]
    de_que = ask(composicion, anio=anio, mes=mes, **{cual: referencia})
    if de_que is None:
        return hoja(arriba, m["titulo"], "Ya no está en el ejercicio.")
    todas = ask(figuras, anio=anio, mes=mes, ente_id=None)
    suya = todas[de_que["suya"]["asunto"]].get(de_que["suya"]["referencia"])
    dinero = todas["dinero"].get(de_que["suya"]["dinero"])
    dicho = frase(de_que["nombre"], suya["cumplimiento"] if suya else None, dinero)
    peores = lo_peor(
        (
            (parte["nombre"], todas[parte["asunto"]][parte["referencia"]]["cumplimiento"])
            for parte in de_que["partes"]
            if parte["referencia"] in todas[parte["asunto"]]
        ),
        PEORES,
    )
    filas = "".join(
        f'<div><strong style="color:{color(r["estado"], oscuro)}">{_etiqueta(r["estado"])} '
        f"{escape(r['cifra'])}</strong> {escape(nombre)}</div>"
        for nombre, r in peores
    )
    return hoja(arriba, dicho, filas, escape(de_que["titular"] or ""))
