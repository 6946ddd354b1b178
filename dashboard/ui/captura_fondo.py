"""Los formularios de un fondo: sus datos y plazos, y sus ministraciones."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from dashboard.ui.campos import leer_fecha, leer_importe
from db.actions import fondos
from db.actions.fondos import DatosFondo
from db.rules.formato import fecha, moneda
from db.rules.permisos import Actor
from db.rules.problema import Problema

Datos = Mapping[str, Any]

CAMPOS = {
    "clave": ("Clave", "Como «FISMDF»."),
    "nombre": ("Nombre", ""),
    "fuente": ("Fuente", "Código, o principio del código, de la fuente en la clave presupuestaria."),
    "asignado": ("Asignado en el año", "Lo publicado que corresponde al municipio, en pesos."),
    "compromiso": ("Plazo para comprometer", "dd/mm/aaaa; vacío si no lo tiene."),
    "devengo": ("Plazo para devengar", "dd/mm/aaaa; vacío si no lo tiene."),
    "pago": ("Plazo para pagar", "dd/mm/aaaa; vacío si no lo tiene."),
    "reglas": ("En qué se gasta y con qué norma", ""),
}


def capturar(anio: int, ente_id: int | None, entes: Mapping[str, str], f: Datos | None) -> None:
    """Registra un fondo, o corrige `f`. Sin ente en el marco se pide cuál."""
    formulario = Formulario(f"fondo_{f['id'] if f else 'nuevo'}", f["version"] if f else 0)
    previos = _visibles(f)
    with st.form(formulario.nombre):
        if ente_id is None:
            elegido = st.selectbox(
                "Ente", list(entes), key=formulario.campo("ente"), format_func=lambda e: entes[e]
            )
            ente_id = int(elegido) if elegido else None
        escrito = {}
        for campo, (titulo, ayuda) in CAMPOS.items():
            escrito[campo] = st.text_input(
                titulo, previos[campo], key=formulario.campo(campo), help=ayuda or None
            )
            formulario.error(campo)
        formulario.error("plazos")
        enviado = st.form_submit_button("Corregir el fondo" if f else "Registrar el fondo", type="primary")
    if enviado:
        formulario.guardar(
            partial(_guardar, anio, ente_id, f, escrito, formulario.version),
            propios={CAMPOS[c][0]: v for c, v in escrito.items()},
            actuales=lambda: {CAMPOS[c][0]: v for c, v in previos.items()},
        )


def _visibles(f: Datos | None) -> dict[str, str]:
    if f is None:
        return dict.fromkeys(CAMPOS, "")
    limites = {c: f[f"limite_{c}"] for c in ("compromiso", "devengo", "pago")}
    return {
        **{c: f[c] for c in ("clave", "nombre", "fuente", "reglas")},
        "asignado": moneda(f["asignado"]),
        **{c: fecha(dia) if dia else "" for c, dia in limites.items()},
    }


def _guardar(
    anio: int,
    ente_id: int | None,
    f: Datos | None,
    escrito: Mapping[str, str],
    version: int,
    session: Session,
    actor: Actor,
) -> None:
    datos = DatosFondo(
        escrito["clave"],
        escrito["nombre"],
        escrito["fuente"],
        leer_importe(escrito["asignado"], "asignado") or 0,
        leer_fecha(escrito["compromiso"], "compromiso"),
        leer_fecha(escrito["devengo"], "devengo"),
        leer_fecha(escrito["pago"], "pago"),
        escrito["reglas"],
    )
    if f is not None:
        fondos.corregir_fondo(session, actor, f["id"], version=version, datos=datos)
    elif ente_id is None:
        raise Problema("Falta el ente.", "Elija uno.")
    else:
        fondos.registrar_fondo(session, actor, anio=anio, ente_id=ente_id, datos=datos)


def ministracion(f: Datos) -> None:
    """Anota un depósito del fondo."""
    formulario = Formulario(f"ministracion_{f['id']}", len(f["ministraciones"]))
    with st.form(formulario.nombre):
        dia = st.text_input("Fecha", key=formulario.campo("fecha"), placeholder="dd/mm/aaaa")
        formulario.error("fecha")
        importe = st.text_input("Importe", key=formulario.campo("importe"), placeholder="1,250,000.00")
        formulario.error("importe")
        documento = st.text_input("Recibo o transferencia", key=formulario.campo("documento"))
        enviado = st.form_submit_button("Registrar la ministración", type="primary")
    if enviado:
        cambio = partial(_depositar, f["id"], dia, importe, documento)
        formulario.guardar(cambio, propios={}, actuales=dict)


def _depositar(fondo_id: int, dia: str, importe: str, documento: str, session: Session, actor: Actor) -> None:
    cuando, cuanto = leer_fecha(dia, "fecha"), leer_importe(importe, "importe")
    if cuando is None:
        raise Problema("Falta la fecha.", "Escríbala como dd/mm/aaaa.", "fecha")
    if cuanto is None:
        raise Problema("Falta el importe.", "Escriba lo depositado.", "importe")
    fondos.registrar_ministracion(
        session, actor, fondo_id=fondo_id, fecha=cuando, importe=cuanto, documento=documento
    )


def borrar_ministracion(f: Datos) -> None:
    """Quita un depósito mal capturado, elegido de la lista."""
    opciones = {m["id"]: m for m in f["ministraciones"]}
    if not opciones:
        return
    formulario = Formulario(f"borrar_ministracion_{f['id']}", len(opciones))
    elegida = st.selectbox(
        "Quitar una ministración mal capturada",
        list(opciones),
        index=None,
        placeholder="Elija cuál",
        key=formulario.campo("cual"),
        format_func=lambda n: f"{fecha(opciones[n]['fecha'])} · {moneda(opciones[n]['importe'])}",
    )
    if elegida is not None and st.button("Quitarla", key=formulario.campo("quitar")):
        cambio = partial(
            fondos.borrar_ministracion, ministracion_id=elegida, version=opciones[elegida]["version"]
        )
        formulario.guardar(cambio, propios={}, actuales=dict)
