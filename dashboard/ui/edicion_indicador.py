"""Editar la ficha de un indicador: su fórmula, su sentido y sus datos técnicos."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.editor_formula import Escrito, editor
from dashboard.ui.palabras_indicador import FRECUENCIAS, NIVELES, QUE_ES_MEJOR, SENTIDOS, TIPOS
from db.actions.ficha_indicador import CambioFicha, editar_ficha
from db.models.indicadores import Frecuencia, NivelMir, SentidoIndicador, TipoIndicador
from db.queries.ficha_indicador import ficha_indicador
from db.rules.formato import leer_numero
from db.rules.permisos import Actor
from db.rules.problema import Problema

Ficha = Mapping[str, Any]

CORTOS = {
    "unidad": "Unidad del resultado (Porcentaje, Tasa, Índice…)",
    "dimension": "Dimensión que atiende",
    "linea_base_texto": "Línea base",
    "anio_base": "Año de la línea base",
    "responsable": "Cargo responsable",
    "ambito_geografico": "Ámbito geográfico",
    "cobertura": "Cobertura",
    "factor_comparacion": "Factor de comparación",
}
LARGOS = {
    "interpretacion": "Interpretación",
    "descripcion_factor": "Descripción del factor de comparación",
    "meta_descripcion": "Descripción de la meta anual",
    "fuente": "Fuente de los datos",
    "medios_verificacion": "Medios de verificación",
}
ANCHO = 300


@st.fragment
def editar(i: Ficha, anio: int) -> None:
    """El formulario entero; cada cambio sólo vuelve a correr esta parte."""
    formulario = Formulario(f"indicador_{i['id']}", i["version"])
    escrito = editor(i, formulario)
    st.markdown("#### Cómo se mide", anchors=False)
    medida = _como_se_mide(i, formulario)
    st.markdown("#### Datos de la ficha", anchors=False)
    textos = _textos(i, formulario)
    motivo = st.text_input(
        "Motivo, si cambia resultados de periodos cerrados",
        key=formulario.campo("motivo"),
        max_chars=500,
        help="Queda en la bitácora como corrección extemporánea.",
    )
    formulario.error("motivo")
    if st.button(
        "Guardar la ficha",
        type="primary",
        key=formulario.campo("guardar"),
        disabled=escrito.problema is not None,
    ):
        guardado = partial(_guardar, i, formulario.version, escrito, medida, textos, motivo or "")
        formulario.guardar(
            guardado,
            propios={**_visibles(textos), "Fórmula": escrito.expresion, "Sentido": medida["sentido"]},
            actuales=partial(_actuales, i["id"], anio),
        )


def _como_se_mide(i: Ficha, formulario: Formulario) -> dict[str, Any]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        elegidos = {
            "sentido": _elegir("Sentido", SENTIDOS, i["sentido"], formulario, "sentido"),
            "frecuencia": _elegir("Frecuencia", FRECUENCIAS, i["frecuencia"], formulario, "frecuencia"),
            "tipo": _elegir("Tipo", TIPOS, i["tipo"], formulario, "tipo"),
            "nivel_mir": _elegir("Nivel de la MIR", NIVELES, i["nivel"], formulario, "nivel", vacio=True),
        }
    st.caption(f"{SENTIDOS[elegidos['sentido']]}: {QUE_ES_MEJOR[elegidos['sentido']]}.")
    elegidos["sentido_confirmado"] = st.checkbox(
        "El sentido está confirmado", i["sentido_confirmado"], key=formulario.campo("sentido_confirmado")
    )
    elegidos["usa_linea_base"] = st.checkbox(
        "Compararlo contra su línea base (sólo descendentes)",
        i["usa_linea_base"],
        key=formulario.campo("usa_linea_base"),
    )
    return elegidos


def _elegir(
    titulo: str,
    opciones: Mapping[str, str],
    actual: str | None,
    formulario: Formulario,
    campo: str,
    vacio: bool = False,
) -> Any:
    claves: list[str | None] = [None, *opciones] if vacio else [*opciones]
    return st.selectbox(
        titulo,
        claves,
        claves.index(actual),
        key=formulario.campo(campo),
        format_func=lambda clave: opciones[clave] if clave else "Sin nivel",
        width=ANCHO // 2,
    )


def _textos(i: Ficha, formulario: Formulario) -> dict[str, str]:
    escritos: dict[str, str] = {}
    with st.container(horizontal=True):
        for campo, titulo in CORTOS.items():
            with st.container(width=ANCHO):
                escritos[campo] = (
                    st.text_input(titulo, str(i[campo] or ""), 300, key=formulario.campo(campo)) or ""
                )
                if campo in ("anio_base", "linea_base_texto"):
                    formulario.error("linea_base" if campo == "linea_base_texto" else campo)
    for campo, titulo in LARGOS.items():
        escritos[campo] = (
            st.text_area(titulo, i[campo], max_chars=2000, height=80, key=formulario.campo(campo)) or ""
        )
    return escritos


def _visibles(textos: Mapping[str, str]) -> dict[str, str]:
    return {titulo: textos[campo] for campo, titulo in (CORTOS | LARGOS).items()}


def _actuales(indicador_id: int, anio: int) -> dict[str, Any]:
    ahora = ask(ficha_indicador, indicador_id=indicador_id, anio=anio)
    if ahora is None:
        return {}
    textos = {campo: str(ahora[campo] or "") for campo in CORTOS | LARGOS}
    return {**_visibles(textos), "Fórmula": ahora["formula"] or "", "Sentido": ahora["sentido"]}


def _guardar(
    i: Ficha,
    version: int,
    escrito: Escrito,
    medida: Mapping[str, Any],
    textos: Mapping[str, str],
    motivo: str,
    session: Session,
    actor: Actor,
) -> None:
    nivel = medida["nivel_mir"]
    cambio = CambioFicha(
        tipo=TipoIndicador(medida["tipo"]),
        frecuencia=Frecuencia(medida["frecuencia"]),
        sentido=SentidoIndicador(medida["sentido"]),
        sentido_confirmado=medida["sentido_confirmado"],
        formula=escrito.expresion,
        variables=escrito.variables,
        nivel_mir=NivelMir(nivel) if nivel else None,
        usa_linea_base=medida["usa_linea_base"],
        linea_base=linea_base(i, textos["linea_base_texto"]),
        anio_base=anio_base(textos["anio_base"]),
        textos={
            **{campo: texto for campo, texto in textos.items() if campo != "anio_base"},
            "formula_texto": escrito.impresa,
        },
    )
    editar_ficha(session, actor, indicador_id=i["id"], version=version, cambio=cambio, motivo=motivo)


def linea_base(i: Ficha, texto: str) -> Any:
    """La cifra de la línea base: si su texto no cambió es la de siempre; si ya no es un número, ninguna."""
    if texto.strip() == i["linea_base_texto"]:
        return i["linea_base"]
    try:
        return leer_numero(texto, allow_pct=True)
    except ValueError:
        return None


def anio_base(texto: str) -> int | None:
    """El año escrito; vacío es ninguno. Problema si no es un año."""
    limpio = texto.strip()
    if not limpio:
        return None
    if not (limpio.isascii() and limpio.isdigit() and len(limpio) == 4):
        raise Problema(f"«{limpio}» no es un año.", "Escriba cuatro cifras, por ejemplo 2024.", "anio_base")
    return int(limpio)
