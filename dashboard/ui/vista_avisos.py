"""Los avisos de una persona: lo no leído primero; elegir uno lo abre y lo da por leído."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.actions.avisos import marcar_leidos
from db.engine import reading, writing
from db.models.avisos import EstadoEntrega
from db.queries.avisos import suyos
from db.queries.municipio import zona
from db.rules.avisos import CLASES, renglones
from db.rules.formato import fecha_hora
from db.rules.permisos import Actor

Datos = Mapping[str, Any]

ANCHO = 240
"""De un aviso en la tabla: en un teléfono cabe junto a su estado."""


def leer(persona: Actor) -> tuple[list[dict[str, Any]], str]:
    """Sus avisos y la zona del municipio; no se guarda en memoria: leer uno no cambia la versión."""
    with reading() as session:
        if persona.usuario_id is None:
            return [], zona(session).key
        return suyos(session, persona.usuario_id), zona(session).key


def titulo(lista: Sequence[Datos]) -> str:
    """Cuántos faltan por leer."""
    faltan = sum(aviso["leido_en"] is None for aviso in lista)
    if not faltan:
        return "No tiene avisos por leer"
    return f"{mayuscula(contar(faltan, 'aviso', 'avisos', False))} por leer"


def _marcar(persona: Actor, avisos: Sequence[int] | None = None) -> None:
    assert persona.usuario_id is not None
    with writing(persona) as session:
        marcar_leidos(session, persona.usuario_id, avisos)


def abierto(persona: Actor, lista: Sequence[Datos]) -> Datos | None:
    """El aviso que trae la dirección, si es suyo; abrirlo lo da por leído."""
    aviso = next((a for a in lista if a["id"] == entero("aviso")), None)
    if aviso is not None and aviso["leido_en"] is None:
        _marcar(persona, [aviso["id"]])
        st.rerun()
    return aviso


def detalle(aviso: Datos, lugar: str) -> None:
    """Un aviso entero, con las ligas a donde se atiende."""
    with st.container(border=True):
        st.markdown(f"**{esc_md(aviso['titulo'])}**")
        st.caption(esc_md(f"{CLASES[aviso['clase']]} · {fecha_hora(aviso['creado_en'], lugar)}"))
        partes = renglones(aviso["texto"])
        rutas = dict.fromkeys([*(liga for _, liga in partes if liga), aviso["ruta"]])
        for ruta in filter(None, rutas):
            _liga(ruta, partes)
        renglon = "- {}" if any(liga for _, liga in partes) else "{}\n"
        if aviso["texto"]:
            st.markdown("\n".join(renglon.format(esc_md(texto)) for texto, _ in partes if texto.strip()))


def _liga(ruta: str, partes: Sequence[tuple[str, str]]) -> None:
    """La liga a una pantalla; si lleva a capturar varias cosas, dice cuántas."""
    direccion = urlsplit(ruta)
    cuantas = sum(liga == ruta for _, liga in partes)
    rotulo = f"Capturar ({cuantas:,})" if cuantas else "Abrir"
    enlace(direccion.path.strip("/"), rotulo, dict(parse_qsl(direccion.query)))


def tabla(persona: Actor, lista: Sequence[Datos], lugar: str) -> None:
    """Todos; elegir uno lo abre."""
    columnas = {
        "Aviso": [aviso["titulo"] for aviso in lista],
        "Estado": ["● Por leer" if aviso["leido_en"] is None else "○ Leído" for aviso in lista],
        "Cuándo": [fecha_hora(aviso["creado_en"], lugar) for aviso in lista],
    }
    if any(aviso["correo"] for aviso in lista):
        columnas["Por correo"] = [_correo(aviso["correo"], lugar) for aviso in lista]
    evento = st.dataframe(
        columnas,
        column_config={"Aviso": st.column_config.TextColumn(width=ANCHO)},
        hide_index=True,
        placeholder="—",
        key=clave_de_ida("avisos"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Sus avisos",
    )
    if evento.selection.rows:
        ir("avisos", {"aviso": lista[evento.selection.rows[0]]["id"]})
    st.caption("Elija uno para abrirlo.")
    if any(aviso["leido_en"] is None for aviso in lista):
        st.button("Dar todos por leídos", on_click=_marcar, args=(persona,))


def _correo(entrega: Datos | None, lugar: str) -> str | None:
    if entrega is None:
        return None
    if entrega["estado"] == EstadoEntrega.ENTREGADO:
        return f"✔ {fecha_hora(entrega['momento'], lugar)}"
    if entrega["estado"] == EstadoEntrega.PENDIENTE:
        return "▷ Saliendo"
    return f"✖ {entrega['error']}"
