"""Agregar una obra a las que el comité prioriza: cuánto cuesta, quién responde y de dónde viene."""

from decimal import Decimal
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.campos import leer_importe
from dashboard.ui.captura_propuesta import elegir, listas
from db.actions import obras as acciones
from db.queries.propuestas import propuestas
from db.rules.formato import leer_numero
from db.rules.permisos import Actor
from db.rules.problema import Problema

CAMPOS = {
    "nombre": "Obra",
    "localidad": "Localidad",
    "fondo": "Fondo",
    "costo": "Costo, en pesos",
    "beneficiarios": "Personas que beneficia",
    "descripcion": "Descripción",
}


def leer(texto: str, campo: str) -> Decimal | None:
    """El número escrito; None si está vacío. Problema del campo si no lo es."""
    try:
        return leer_numero(texto)
    except ValueError as error:
        raise Problema(str(error), "Escriba un número.", campo) from error


def nueva(comite_id: int, anio: int, cuantas: int) -> None:
    """La forma; `cuantas` obras hay ya: al agregarse una, se abre otra vacía."""
    lineas, unidades = listas(anio)
    origenes: dict[int | None, str] = {None: "Ninguna"}
    for p in ask(propuestas):
        origenes[p["id"]] = f"{p['folio']} {p['tema']}"
    formulario = Formulario(f"obra_{comite_id}_{anio}", cuantas)
    with st.form(formulario.nombre):
        escrito: dict[str, Any] = {}
        for campo, rotulo in CAMPOS.items():
            inicial = "FAIS" if campo == "fondo" else ""
            escrito[campo] = st.text_input(rotulo, inicial, key=formulario.campo(campo))
            formulario.error(campo)
        escrito["dependencia_id"] = elegir(formulario, "dependencia_id", "Dependencia responsable", unidades)
        escrito["nodo_id"] = elegir(formulario, "nodo_id", "Línea del plan que atiende", lineas)
        escrito["propuesta_id"] = elegir(formulario, "propuesta_id", "Propuesta de que viene", origenes)
        enviado = st.form_submit_button("Agregarla", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            cifras = {
                "costo": leer_importe(escrito["costo"], "costo"),
                "beneficiarios": leer(escrito["beneficiarios"], "beneficiarios"),
            }
            acciones.proponer(session, actor, comite_id=comite_id, anio=anio, datos=escrito | cifras)

        formulario.guardar(guardar, propios=escrito, actuales=dict)
