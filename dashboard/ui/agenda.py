"""Llevar a la agenda del teléfono (.ics) las sesiones de un comité y las fechas de sus acuerdos."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

import streamlit as st

from dashboard.cache import ask
from db.base import ahora
from db.queries.municipio import zona
from db.rules.acuerdos import VIVOS
from db.rules.calendario import Evento, ics

Datos = Mapping[str, Any]

POR_CELEBRAR = ("programada", "convocada")
HORA_DE_UN_ACUERDO = time(9)


def de_sesiones(lista: Sequence[Datos]) -> None:
    """Las que aún no se celebran; nada si no hay."""
    eventos = [
        Evento(f"sesion-{s['id']}", f"{s['nombre']} de {s['comite']}", s["prevista"], s["lugar"])
        for s in lista
        if s["estado"] in POR_CELEBRAR
    ]
    rotulo = "Llevarla a mi agenda (.ics)" if len(lista) == 1 else "Llevarlas a mi agenda (.ics)"
    _boton(rotulo, eventos, "Sesiones del comité", "sesiones.ics")


def de_acuerdos(lista: Sequence[Datos]) -> None:
    """El día en que vence cada acuerdo vivo, con quien responde; nada si no hay."""
    donde = ask(zona)
    eventos = [
        Evento(
            f"acuerdo-{a['id']}",
            f"Vence el acuerdo {a['numero']}",
            datetime.combine(a["vence"], HORA_DE_UN_ACUERDO, donde),
            f"{a['texto']} Responde: {a['responde']}",
        )
        for a in lista
        if a["estado"] in VIVOS
    ]
    rotulo = "Llevarlo a mi agenda (.ics)" if len(lista) == 1 else "Llevar las fechas a mi agenda (.ics)"
    _boton(rotulo, eventos, "Acuerdos", "acuerdos.ics")


def _boton(rotulo: str, eventos: Sequence[Evento], nombre: str, archivo: str) -> None:
    if eventos:
        st.download_button(
            rotulo,
            ics(eventos, nombre, ahora()),
            file_name=archivo,
            mime="text/calendar",
            icon=":material/event:",
            on_click="ignore",
            key=f"ics_{archivo}",
        )
