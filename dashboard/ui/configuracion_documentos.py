"""La parte de Configuración que llevan los documentos: número PbRM, logo y días que no cuentan."""

from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.formulario import Formulario
from db.actions.municipio import AVISO_MAXIMO, guardar_para_documentos
from db.queries import configuracion
from db.rules.formato import fecha


def documentos() -> None:
    """El número con que el estado nombra al municipio, la imagen derecha y los días inhábiles propios."""
    dato = ask(configuracion.municipio)
    if not dato["version"]:
        st.info("Guarde primero el municipio.")
        return
    formulario = Formulario("para_documentos", dato["version"])
    with st.form("para_documentos"):
        numero = st.text_input(
            "Número del municipio en los formatos PbRM", dato["numero_pbrm"], key=formulario.campo("numero")
        )
        formulario.error("numero_pbrm")
        dias = st.text_area(
            "Días inhábiles del municipio",
            _en_renglones(dato["dias_inhabiles"]),
            key=formulario.campo("dias"),
            help="Uno por renglón, como 24/12/2026. Los de ley ya cuentan. Mueven plazos de reconducción.",
        )
        formulario.error("dias_inhabiles")
        aviso = st.number_input(
            "Días antes de un plazo en que algo ya pide atención",
            min_value=0,
            max_value=AVISO_MAXIMO,
            value=dato["aviso_plazo_dias"],
            key=formulario.campo("aviso"),
            help="Vale para los acuerdos, los registros de la unidad y las acciones de mejora.",
        )
        formulario.error("aviso_plazo_dias")
        if dato["logo"]:
            st.image(dato["logo"], width=96, alt="Logo actual de los documentos")
        subido = st.file_uploader(
            "Logo del lado derecho (PNG o JPEG, hasta 300 KB)",
            type=["png", "jpg", "jpeg"],
            key=formulario.campo("logo"),
            max_upload_size=1,
        )
        quitar = bool(dato["logo"]) and st.checkbox("Quitar el logo", key=formulario.campo("quitar"))
        formulario.error("escudo")
        enviado = st.form_submit_button("Guardar para los documentos", type="primary")
    if enviado:
        cambio = partial(
            guardar_para_documentos,
            version=formulario.version,
            numero_pbrm=numero,
            dias_inhabiles=dias,
            aviso_plazo_dias=aviso,
            logo=subido.getvalue() if subido else None,
            quitar_logo=quitar,
        )
        formulario.guardar(cambio, propios=_visibles(numero, dias, aviso), actuales=_actuales)


def _en_renglones(dias: list[str]) -> str:
    return "\n".join(fecha(date.fromisoformat(dia)) for dia in dias)


def _visibles(numero: str, dias: str, aviso: int) -> dict[str, Any]:
    return {"Número PbRM": numero, "Días inhábiles": dias, "Días de aviso": aviso}


def _actuales() -> dict[str, Any]:
    dato = ask(configuracion.municipio)
    return _visibles(dato["numero_pbrm"], _en_renglones(dato["dias_inhabiles"]), dato["aviso_plazo_dias"])
