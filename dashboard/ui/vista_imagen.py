"""Lo propio de la imagen institucional: aplicar el lineamiento al sistema y lo que logró una acción."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.formulario import Formulario
from dashboard.sesion import actor
from dashboard.ui.texto import esc_md
from db.actions.imagen import aplicar
from db.rules.formato import numero, pct
from db.rules.imagen import logrado
from db.rules.permisos import Accion, puede

Datos = Mapping[str, Any]


def lineamiento(uno: Datos) -> None:
    """Que el sistema tome su color y, si están entre sus evidencias, su escudo y su logotipo."""
    if uno["etapa"] != "vigente" or not puede(actor(), Accion.EDITAR_CONFIGURACION):
        return
    formulario = Formulario(f"aplicar_{uno['id']}", uno["version"])
    with st.form(formulario.nombre):
        st.markdown(
            "El sistema y sus documentos toman de aquí su color. Si entre sus evidencias hay una imagen que "
            "diga «escudo» u otra que diga «logotipo», también."
        )
        formulario.error("color")
        formulario.error("escudo")
        enviado = st.form_submit_button("Aplicarlo al sistema", type="primary")
    if enviado:
        formulario.guardar(lambda s, a: aplicar(s, a, encargo_id=uno["id"]), propios={}, actuales=dict)


def accion(una: Datos) -> None:
    """Cuánto de lo esperado se logró."""
    parte = logrado(una["antes"], una["meta"], una["despues"])
    if parte is None:
        return
    medida = esc_md(una["medida"])
    st.markdown(
        f"**Se logró {pct(parte)} de lo esperado:** {medida} pasó de {numero(una['antes'])} a "
        f"{numero(una['despues'])}; se esperaba {numero(una['meta'])}."
    )
