"""Lecturas guardadas en memoria mientras nadie escriba: la llave lleva `data_version`.

Cualquier escritura, también desde la línea de comandos, sube la versión y refresca todas las pantallas;
ninguna página limpia nada. Lo que se guarda son valores llanos, nunca tablas ni clases propias.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy import select

from db.base import tabla
from db.engine import reading, url_de_la_base
from db.models.bitacora import DataVersion
from db.rules.formato import ZONA

T = TypeVar("T")

ENTRADAS = 256


def version_de_los_datos() -> int:
    """Número que sube con cada transacción que escribe."""
    with reading() as session:
        return int(session.execute(select(tabla(DataVersion).c.numero)).scalar_one())


@st.cache_data(max_entries=ENTRADAS, show_spinner=False)
def _guardado(
    _pregunta: Callable[..., T], nombre: str, base: str, version: int | str, **parametros: Any
) -> T:
    with reading() as session:
        return _pregunta(session, **parametros)


def ask_con(huella: str, pregunta: Callable[..., T], **parametros: Any) -> T:
    """Como `ask`, pero la respuesta dura lo que dure `huella`, aunque otros datos cambien."""
    nombre = f"{pregunta.__module__}.{pregunta.__qualname__}"
    return _guardado(pregunta, nombre, url_de_la_base(), huella, **parametros)


def ask(pregunta: Callable[..., T], **parametros: Any) -> T:
    """Responde `pregunta(session, **parametros)` con los datos de ahora; repetirla no cuesta.

    Dura a lo más el día: los plazos corren aunque nadie escriba.
    """
    nombre = f"{pregunta.__module__}.{pregunta.__qualname__}"
    vigencia = f"{version_de_los_datos()} {datetime.now(ZoneInfo(ZONA)).date()}"
    return _guardado(pregunta, nombre, url_de_la_base(), vigencia, **parametros)
