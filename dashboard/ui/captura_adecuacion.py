"""El formulario de una adecuación: sus datos y, en una tabla, las claves que mueve."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from dashboard.ui.campos import leer_fecha
from db.actions.adecuaciones import (
    Documento,
    borrar_adecuacion,
    corregir_adecuacion,
    registrar_adecuacion,
)
from db.models.adecuaciones import TipoAdecuacion
from db.rules.adecuacion import NOMBRE, Movimiento
from db.rules.formato import fecha, leer_moneda, mes_nombre, moneda
from db.rules.permisos import Actor
from db.rules.problema import Problema

MESES = [mes_nombre(mes).capitalize() for mes in range(1, 13)]
Datos = Mapping[str, Any]


def capturar(anio: int, ente_id: int | None, entes: Mapping[str, str], a: Datos | None) -> None:
    """Registra una adecuación, o corrige `a`. Sin ente en el marco se pide cuál."""
    formulario = Formulario(f"adecuacion_{a['id'] if a else 'nueva'}", a["version"] if a else 0)
    with st.form(formulario.nombre):
        if ente_id is None:
            elegido = st.selectbox(
                "Ente", list(entes), key=formulario.campo("ente"), format_func=lambda e: entes[e]
            )
            ente_id = int(elegido) if elegido else None
        escrito = _datos(formulario, a)
        renglones = _tabla(formulario, a)
        formulario.error("movimientos")
        enviado = st.form_submit_button(
            "Corregir la adecuación" if a else "Registrar la adecuación", type="primary"
        )
    if enviado:
        cambio = partial(_guardar, anio, ente_id, a, escrito, renglones, formulario.version)
        formulario.guardar(cambio, propios=escrito, actuales=lambda: _visibles(a))
    if a is not None:
        _borrar(a)


def _datos(formulario: Formulario, a: Datos | None) -> dict[str, str]:
    visibles = _visibles(a)
    tipos = list(TipoAdecuacion)
    folio = st.text_input("Folio", visibles["Folio"], key=formulario.campo("folio"))
    formulario.error("folio")
    tipo = st.selectbox(
        "Tipo",
        tipos,
        tipos.index(TipoAdecuacion(a["tipo"])) if a else 0,
        key=formulario.campo("tipo"),
        format_func=lambda t: NOMBRE[t.value],
    )
    dia = st.text_input("Fecha", visibles["Fecha"], key=formulario.campo("fecha"), placeholder="dd/mm/aaaa")
    formulario.error("fecha")
    documento = st.text_input(
        "Documento que la autoriza", visibles["Documento"], key=formulario.campo("documento")
    )
    motivo = st.text_input("Motivo", visibles["Motivo"], key=formulario.campo("motivo"))
    return {"Folio": folio, "Tipo": tipo.value, "Fecha": dia, "Documento": documento, "Motivo": motivo}


def _visibles(a: Datos | None) -> dict[str, str]:
    if a is None:
        return dict.fromkeys(("Folio", "Tipo", "Fecha", "Documento", "Motivo"), "")
    return {
        "Folio": a["folio"],
        "Tipo": a["tipo"],
        "Fecha": fecha(a["fecha"]),
        "Documento": a["documento"],
        "Motivo": a["motivo"],
    }


def _tabla(formulario: Formulario, a: Datos | None) -> Sequence[Datos]:
    guardados: list[Any] = [
        {
            "Clave": r["clave"],
            "Mes": MESES[r["mes"] - 1],
            "Ampliación": moneda(r["ampliacion"]) if r["ampliacion"] else "",
            "Reducción": moneda(r["reduccion"]) if r["reduccion"] else "",
        }
        for r in (a["renglones"] if a else ())
    ]
    editados: list[Any] = st.data_editor(
        guardados or [{"Clave": "", "Mes": None, "Ampliación": "", "Reducción": ""}],
        column_config={
            "Clave": st.column_config.TextColumn(width="medium"),
            "Mes": st.column_config.SelectboxColumn(options=MESES),
            "Ampliación": st.column_config.TextColumn(),
            "Reducción": st.column_config.TextColumn(),
        },
        num_rows="dynamic",
        hide_index=True,
        key=formulario.campo("movimientos"),
    )
    return editados


def _guardar(
    anio: int,
    ente_id: int | None,
    a: Datos | None,
    escrito: Mapping[str, str],
    renglones: Sequence[Datos],
    version: int,
    session: Session,
    actor: Actor,
) -> None:
    documento = Documento(
        escrito["Folio"],
        TipoAdecuacion(escrito["Tipo"]),
        _fecha(escrito["Fecha"]),
        escrito["Documento"],
        escrito["Motivo"],
        tuple(_movimiento(r) for r in renglones if any(r.values())),
    )
    if a is not None:
        corregir_adecuacion(session, actor, a["id"], version=version, documento=documento)
    elif ente_id is None:
        raise Problema("Falta el ente.", "Elija uno.")
    else:
        registrar_adecuacion(session, actor, anio=anio, ente_id=ente_id, documento=documento)


def _fecha(texto: str) -> Any:
    dia = leer_fecha(texto, "fecha")
    if dia is None:
        raise Problema("Falta la fecha.", "Escríbala como dd/mm/aaaa.", "fecha")
    return dia


def _movimiento(renglon: Datos) -> Movimiento:
    clave, mes = str(renglon.get("Clave") or ""), renglon.get("Mes")
    if mes not in MESES:
        raise Problema(f"Falta el mes de {clave or 'un renglón'}.", "Elíjalo en la tabla.", "movimientos")
    importes = [_importe(clave, renglon.get(campo)) for campo in ("Ampliación", "Reducción")]
    return Movimiento(clave, MESES.index(mes) + 1, *importes)


def _importe(clave: str, texto: Any) -> int:
    try:
        return leer_moneda(str(texto or "")) or 0
    except ValueError as error:
        raise Problema(f"{clave}: {error}", "Escriba pesos, por ejemplo 25,000.00.", "movimientos") from error


def _borrar(a: Datos) -> None:
    """Borrar pide confirmación y queda en la bitácora."""
    formulario = Formulario(f"borrar_adecuacion_{a['id']}", a["version"])
    seguro = st.checkbox("Confirmo que esta adecuación se borra", key=formulario.campo("seguro"))
    if st.button("Borrar la adecuación", key=formulario.campo("borrar"), disabled=not seguro):
        cambio = partial(borrar_adecuacion, adecuacion_id=a["id"], version=formulario.version)
        formulario.guardar(cambio, propios={}, actuales=dict)
