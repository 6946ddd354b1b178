"""Todas las observaciones sin cerrar de un ejercicio, con la liga a lo que se observó."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.ui.enlaces import clave_de_ida, ir
from dashboard.ui.observaciones import ESTADOS
from dashboard.ui.texto import contar, mayuscula
from db.queries import observaciones
from db.rules.conciliacion import en_palabras
from db.rules.formato import fecha

Datos = Mapping[str, Any]

LUGARES = {
    "conciliacion": ("conciliacion", "hallazgo"),
    "programa": ("programas", "programa"),
    "indicador": ("indicadores", "indicador"),
    "meta": ("metas", "meta"),
    "clave": ("presupuesto", "clave"),
}
"""Asunto → pantalla y parámetro con que se abre lo observado."""


def todas(anio: int, ente_id: int | None) -> list[dict[str, Any]]:
    """Las que no se han cerrado, por plazo."""
    return ask(observaciones.abiertas, anio=anio, ente_id=ente_id)


def titulo(filas: Sequence[Datos]) -> str:
    """Cuántas no se han cerrado y cuántas ya vencieron."""
    if not filas:
        return "Ninguna observación sin cerrar"
    vencidas = sum(f["vencida"] for f in filas)
    tarde = f"; {contar(vencidas, 'con el plazo vencido', 'con el plazo vencido')}" if vencidas else ""
    return mayuscula(contar(len(filas), "observación sin cerrar", "observaciones sin cerrar")) + tarde


def dibujar(filas: Sequence[Datos]) -> None:
    """La tabla; elegir un renglón abre lo que se observó."""
    if not filas:
        st.info(
            "Se hacen desde la ficha de un programa, un indicador o una meta, y desde cada hallazgo aquí."
        )
        return
    evento = st.dataframe(
        {
            "Estado": [_estado(f) for f in filas],
            "Observación": [f["texto"] for f in filas],
            "De qué": [_de_que(f) for f in filas],
            "Plazo": [fecha(f["vence"]) if f["vence"] else "" for f in filas],
            "Contesta": [f["dependencia"] for f in filas],
            "Respuestas": [len(f["respuestas"]) for f in filas],
            "Hizo": [f["autor"] for f in filas],
        },
        column_config={"Observación": st.column_config.TextColumn(width=260)},
        hide_index=True,
        key=clave_de_ida("observaciones_sin_cerrar"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Observaciones sin cerrar",
    )
    for n in evento.selection.rows:
        pantalla, parametro = LUGARES[filas[n]["asunto"]]
        ir(pantalla, {parametro: filas[n]["referencia"]})


def _estado(f: Datos) -> str:
    if f["vencida"]:
        return "◆ Plazo vencido"
    _, icono, palabra = ESTADOS[f["estado"]]
    return f"{icono} {palabra}"


def _de_que(f: Datos) -> str:
    if f["asunto"] == "conciliacion":
        return en_palabras(f["referencia"])
    return f"{f['asunto'].capitalize()} {f['referencia']}"
