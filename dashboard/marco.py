"""El marco de todas las pantallas: título, escudo, menú, pie con «Salir» y permiso de entrada."""

from html import escape
from typing import Any

import streamlit as st
from sqlmodel import Session
from streamlit.navigation.page import Page

from dashboard.gate.estaticos import ESCUDO
from dashboard.pages_map import PAGES, Pagina, puede_abrir
from dashboard.ui.enlaces import ir
from dashboard.ui.vista_busqueda import LARGO
from db.engine import reading
from db.queries import municipio
from db.queries.avisos import sin_leer
from db.rules.permisos import Actor

ICONO = "/app/static/icono.svg"
AVISOS = "avisos"
CAJA, PEDIDO = "_buscador", "_buscar_pedido"
NOMBRE = "Sistema de Información Estratégica Municipal"


def contexto(session: Session) -> dict[str, Any]:
    """Lo que el marco ofrece y el ejercicio en que se abre: el más nuevo que ya tiene metas."""
    return municipio.contexto(session) | {"actual": municipio.ejercicio_actual(session)}


def configurar(datos: dict[str, Any]) -> None:
    """Título de la pestaña y ancho de la pantalla."""
    nombre = datos["municipio"]["nombre"]
    st.set_page_config(
        page_title=f"SIEM · {nombre}" if nombre else "SIEM",
        page_icon=ICONO,
        layout="wide",
    )
    if datos["municipio"]["tiene_escudo"]:
        st.logo(ESCUDO, size="large", icon_image=ESCUDO)


def por_leer(persona: Actor) -> int:
    """Cuántos avisos le faltan por leer; se pregunta siempre, porque leerlos no cambia la versión."""
    if persona.usuario_id is None:
        return 0
    with reading() as session:
        return sin_leer(session, persona.usuario_id)


def titulo(pagina: Pagina, avisos: int) -> str:
    return f"{pagina.titulo} ({avisos:,})" if avisos and pagina.direccion == AVISOS else pagina.titulo


def paginas(persona: Actor) -> dict[Page, Pagina]:
    """Todas las pantallas, siempre; las que su rol no abre van escondidas. «Avisos» dice cuántos por leer.

    Una pantalla sin registrar contesta en inglés; registrada y sin permiso, contestamos nosotros.
    """
    avisos = por_leer(persona)
    return {
        st.Page(
            pagina.ruta,
            title=titulo(pagina, avisos),
            icon=pagina.icono,
            default=pagina.inicial,
            visibility="visible" if pagina.en_menu and puede_abrir(persona, pagina.direccion) else "hidden",
        ): pagina
        for pagina in PAGES
    }


def menu(registradas: dict[Page, Pagina]) -> dict[str, list[Page]]:
    """Las pantallas bajo el encabezado de su grupo, en su orden."""
    grupos: dict[str, list[Page]] = {}
    for registrada, pagina in registradas.items():
        grupos.setdefault(pagina.grupo, []).append(registrada)
    return grupos


def buscador() -> None:
    """La caja de buscar, en todas las pantallas; lo pedido se atiende en `atender_busqueda`."""
    st.text_input(
        "Buscar en todo el sistema",
        key=CAJA,
        max_chars=LARGO,
        placeholder="Buscar…",
        label_visibility="collapsed",
        icon=":material/search:",
        on_change=_pedir,
    )


def _pedir() -> None:
    st.session_state[PEDIDO] = st.session_state[CAJA]
    st.session_state[CAJA] = ""


def atender_busqueda() -> None:
    """Va a los resultados si se acaba de pedir algo."""
    if pedido := str(st.session_state.pop(PEDIDO, "")).strip():
        ir("buscar", {"texto": pedido})


def pie(datos: dict[str, Any], persona: Actor) -> None:
    """De quién son los datos, quién está dentro y la salida."""
    renglones = [datos["municipio"]["nombre"] or NOMBRE, datos["plan"] or ""]
    lugar = "<br>".join(escape(renglon) for renglon in renglones if renglon)
    st.html(
        f"<p>{lugar}</p><p>{escape(persona.nombre or persona.cuenta)}<br>"
        "<a href='/salir' target='_self' style='color:inherit'>Salir</a></p>"
    )


def exigir_pagina(persona: Actor, pagina: Pagina, inicio: Page) -> None:
    """Termina la corrida con «No tiene permiso» si el rol no alcanza."""
    if puede_abrir(persona, pagina.direccion):
        return
    st.title("No tiene permiso")
    st.write("No existe o su rol no abre esta página. Pida a la administración del sistema que lo revise.")
    st.page_link(inicio, label="Ir al inicio")
    st.stop()
