"""Corregir lo de un periodo ya cerrado: la cifra congelada queda y la nueva dice que es extemporánea."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.texto import esc_md
from db.actions.captura import Entrega, corregir_extemporaneo
from db.engine import reading
from db.models.captura import ClaseItem
from db.queries.calendario import calendario
from db.queries.captura import items
from db.queries.registro import areas
from db.rules.formato import leer_numero, numero
from db.rules.permisos import Actor
from db.rules.problema import Problema

Datos = Mapping[str, Any]


def corregir(anio: int, mes: int) -> None:
    """Se elige dependencia y meta o indicador, se escriben sus valores y el documento que lo sustenta."""
    generales = ask(calendario, anio=anio)["generales"]
    dependencia = st.selectbox(
        "Dependencia", list(generales), index=None, key="correccion_dependencia",
        placeholder="Elija una dependencia", format_func=generales.__getitem__,
    )  # fmt: skip
    if dependencia is None:
        return
    with reading() as session:
        lista = items(session, anio, mes, areas(session, dependencia))
    cual = st.selectbox(
        "Meta o indicador", range(len(lista)), index=None, key=f"correccion_{dependencia}",
        placeholder="Elija qué se corrige", format_func=lambda n: lista[n]["nombre"],
    )  # fmt: skip
    if cual is not None:
        _formulario(anio, mes, lista[cual])


def _formulario(anio: int, mes: int, item: Datos) -> None:
    formulario = Formulario(f"correccion_{item['clase']}_{item['id']}_{mes}", item["version"])
    with st.form(formulario.nombre):
        st.caption(esc_md(f"{item['palabra']} · {item['proyecto']}"))
        escritos = {}
        for renglon in item["renglones"]:
            actual = renglon["alcanzado"]
            escritos[renglon["id"]] = st.text_input(
                esc_md(f"{renglon['nombre']} ({renglon['unidad']})"),
                "" if actual is None else numero(actual),
                key=formulario.campo(str(renglon["id"])),
            )
        formulario.error(f"{item['clase']}-{item['id']}")
        motivo = st.text_input("Documento y motivo", key=formulario.campo("motivo"), max_chars=300)
        formulario.error("motivo")
        enviado = st.form_submit_button("Registrar la corrección")
    if enviado:
        formulario.guardar(
            partial(_corregir, anio, mes, item, formulario.version, escritos, motivo),
            propios={},
            actuales=dict,
        )


def _corregir(
    anio: int,
    mes: int,
    item: Datos,
    version: int,
    escritos: Mapping[int, str],
    motivo: str,
    session: Session,
    persona: Actor,
) -> None:
    campo = f"{item['clase']}-{item['id']}"
    valores = {}
    for cual, texto in escritos.items():
        try:
            valor = leer_numero(texto)
        except ValueError as error:
            raise Problema(str(error), "Escriba una cantidad, por ejemplo 1,250.", campo=campo) from error
        if valor is None:
            raise Problema("Falta el valor corregido.", "Escriba una cantidad.", campo=campo)
        valores[cual] = valor
    entrega = Entrega(
        ClaseItem(item["clase"]), item["id"], valores, version, justificacion=item["justificacion"]
    )
    corregir_extemporaneo(session, persona, anio=anio, mes=mes, entrega=entrega, motivo=motivo)
