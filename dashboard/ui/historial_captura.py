"""La historia de lo capturado, con sus comentarios: la ven quien captura y quien revisa."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.sesion import actor
from dashboard.ui.texto import contar, esc_md
from db.actions.revision import comentar
from db.models.captura import ClaseItem
from db.queries.historial_captura import historial
from db.rules.formato import fecha_hora, mes_nombre
from db.rules.permisos import Accion, Actor, Objeto, puede

Paso = Mapping[str, Any]


def seccion(clase: str, item_id: int, anio: int, mes: int | None = None) -> None:
    """Un cajón con los pasos y comentarios de una meta o indicador; sin `mes`, los de todo el ejercicio.

    Quien no puede ver la captura de esa área, o si nadie ha capturado, no lo ve. Comenta quien captura ahí y
    quien revisa, sobre el último periodo con pasos.
    """
    datos = ask(historial, clase=clase, item_id=item_id, anio=anio, mes=mes)
    if datos is None or not datos["pasos"]:
        return
    suyo = Objeto(datos["ente_id"], frozenset(datos["dependencias"]))
    if not puede(actor(), Accion.VER_CAPTURA, suyo):
        return
    pasos: Sequence[Paso] = datos["pasos"]
    rotulo = f"Historia de la captura: {contar(len(pasos), 'paso', 'pasos', False)}"
    cajon = st.expander(rotulo, key=f"historial_{clase}_{item_id}_{mes}", on_change="rerun")
    if not cajon.open:
        return
    with cajon:
        st.markdown("\n".join(renglon(paso, con_mes=mes is None) for paso in pasos))
        if puede(actor(), Accion.CARGAR_AVANCES, suyo):
            _comentar(clase, item_id, anio, max(paso["mes"] for paso in pasos))


def renglon(paso: Paso, *, con_mes: bool) -> str:
    """«- **Validó** · Nombre · 08/10/2026, 17:42 h — lo que dijo», en Markdown."""
    de = f" ({mes_nombre(paso['mes'])})" if con_mes else ""
    dicho = f"  \n{esc_md(paso['texto'])}" if paso["texto"] else ""
    return f"- **{paso['que']}**{de} · {esc_md(paso['quien'])} · {esc_md(fecha_hora(paso['momento']))}{dicho}"


def _comentar(clase: str, item_id: int, anio: int, mes: int) -> None:
    formulario = Formulario(f"comentario_{clase}_{item_id}_{mes}", 0)
    with st.form(formulario.nombre):
        texto = st.text_area(
            f"Comentario sobre {mes_nombre(mes)}",
            key=formulario.campo("comentario"),
            max_chars=1000,
            height=80,
        )
        formulario.error("comentario")
        enviado = st.form_submit_button("Comentar")
    if enviado:
        formulario.guardar(partial(_guardar, clase, item_id, anio, mes, texto), propios={}, actuales=dict)


def _guardar(
    clase: str, item_id: int, anio: int, mes: int, texto: str, session: Session, persona: Actor
) -> None:
    comentar(session, persona, anio=anio, mes=mes, item=(ClaseItem(clase), item_id), texto=texto)
