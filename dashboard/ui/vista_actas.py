"""Las actas y minutas de los comités, con su estado, y lo que con ellas se demuestra ante la guía."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.estado import pintar
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.base import ahora
from db.rules import actas as reglas
from db.rules.acta import ESTADOS, FIJAS
from db.rules.estado import PRESENTACION
from db.rules.formato import en_zona, fecha, fecha_hora

Datos = Mapping[str, Any]

SIN_LEVANTAR = "▷ Sin levantar"


def celebradas(todas: Sequence[Datos]) -> list[Datos]:
    """Las sesiones de las que debe haber acta, la última primero."""
    return [s for s in reversed(todas) if s["estado"] == "cerrada"]


def titulo(todas: Sequence[Datos]) -> str:
    """«Cuatro actas: tres aprobadas, ninguna firmada»."""
    hechas = celebradas(todas)
    if not hechas:
        return "Aún no hay actas: ninguna sesión se ha celebrado"
    fijas = sum(s["acta"] in FIJAS for s in hechas)
    firmadas = sum(s["acta"] == "firmada" for s in hechas)
    cuantas = mayuscula(contar(len(hechas), "acta", "actas"))
    return f"{cuantas}: {contar(fijas, 'aprobada', 'aprobadas')} y {contar(firmadas, 'firmada', 'firmadas')}"


def papeles(suyas: Sequence[Datos], anio: int) -> None:
    """Instalación, calendario y minutas de un comité, con lo que falta."""
    for que, estado, dice in reglas.papeles(suyas, anio, ahora()):
        st.markdown(f"{pintar(estado, PRESENTACION[estado].icono, que)}: {esc_md(dice)}")
    enlace("guia", "Indicador 1.2.2 de la Guía", {"indicador": "1.2.2"})


def lista(todas: Sequence[Datos]) -> None:
    """Un renglón por sesión celebrada de todos los comités; elegirlo la abre."""
    filas = celebradas(todas)
    if not filas:
        return
    evento = st.dataframe(
        {
            "Acta": [" ".join(ESTADOS[s["acta"]]) if s["acta"] else SIN_LEVANTAR for s in filas],
            "Sesión": [s["nombre"] for s in filas],
            "Se celebró": [fecha_hora(s["prevista"]) for s in filas],
            "Se aprobó": [
                fecha(en_zona(s["acta_aprobada_en"]).date()) if s["acta_aprobada_en"] else None for s in filas
            ],
            "Comité": [s["comite"] for s in filas],
        },
        column_config={"Sesión": st.column_config.TextColumn(width=230)},
        hide_index=True,
        key=clave_de_ida("actas"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="Actas de todos los comités con su estado",
    )
    for fila in evento.selection.rows:
        ir("sesiones", {"sesion": filas[fila]["id"]})
