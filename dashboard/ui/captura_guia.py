"""Capturar un indicador de la Guía Consultiva: un solo formulario con sus elementos o sus variables."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import streamlit as st

from dashboard.formulario import Formulario
from dashboard.imports.lectura.valores import ValorInvalido
from dashboard.imports.lectura.valores import fecha as leer_fecha
from dashboard.ui.texto import esc_md
from db.actions.guia import Captura, Comprobado, guardar_diagnostico
from db.rules.formato import fecha, leer_numero
from db.rules.guia import EstadoGuia
from db.rules.guia_evaluacion import OPCION
from db.rules.problema import Problema

Datos = Mapping[str, Any]
Escrito = dict[str, Any]
"""Campo → lo que la persona dejó en su control."""

DE_OPCION = (EstadoGuia.OPTIMO, EstadoGuia.EN_PROCESO, EstadoGuia.REZAGO)


def captura(d: Datos) -> None:
    """El formulario de un indicador en su año."""
    formulario = Formulario(f"guia_{d['clave']}_{d['anio']}", d["firma"])
    with st.form(formulario.nombre):
        if d["tipo"] == "gestion":
            escrito = _elementos(d, formulario)
        elif d["opciones"]:
            escrito = _opcion(d, formulario)
        elif d["variables"]:
            escrito = _variables(d, formulario)
        else:
            escrito = {"valor": _texto("Valor", d["valor"], "valor", formulario)}
        escrito |= _lo_demas(d, formulario)
        enviado = st.form_submit_button("Guardar", type="primary")
    if enviado:
        formulario.guardar(
            partial(_guardar, d, formulario.version, escrito),
            propios=_visible(d, escrito),
            actuales=lambda: _visible(d, _guardado(d)),
        )


def _visible(d: Datos, escrito: Escrito) -> dict[str, str]:
    """Lo capturado con sus nombres, para comparar lo propio con lo que otra persona guardó."""
    visto: dict[str, str] = {}
    for e in d["elementos"]:
        marcado, evidencia = escrito[f"cumple_{e['id']}"], escrito[f"evidencia_{e['id']}"]
        dicho = f"{'Sí' if marcado else 'No'} · {evidencia or 'sin evidencia'}"
        visto[f"{e['inciso']}) {e['texto']}"] = dicho
    for v in d["variables"]:
        if not v["automatica"]:
            valor = escrito[v["letra"]]
            visto[v["nombre"]] = ("Sí" if valor else "No") if isinstance(valor, bool) else valor
    return {**visto, "No medible": "Sí" if escrito["no_medible"] else "No", "Nota": escrito["nota"]}


def _guardado(d: Datos) -> Escrito:
    """Lo que la base tiene ahora, con la forma de lo escrito."""
    return {
        **{f"cumple_{e['id']}": e["cumple"] for e in d["elementos"]},
        **{f"evidencia_{e['id']}": e["evidencia"] for e in d["elementos"]},
        **{v["letra"]: v["valor"] == "1" if d["indice"] else v["valor"] for v in d["variables"]},
        "no_medible": d["no_medible"],
        "nota": d["nota"],
    }


def _texto(rotulo: str, valor: str, campo: str, formulario: Formulario, ayuda: str | None = None) -> str:
    escrito = st.text_input(rotulo, valor, key=formulario.campo(campo), help=ayuda)
    formulario.error(campo)
    return str(escrito or "")


def _elementos(d: Datos, formulario: Formulario) -> Escrito:
    escrito: Escrito = {}
    if not d["elementos"]:
        st.warning("Faltan los elementos de este indicador: cárguelos en Importar, formato guía.")
    for e in d["elementos"]:
        i = e["id"]
        escrito[f"cumple_{i}"] = st.checkbox(
            esc_md(f"{e['inciso']}) {e['texto']}"), e["cumple"], key=formulario.campo(f"cumple_{i}")
        )
        with st.container(horizontal=True, gap="small"):
            escrito[f"evidencia_{i}"] = st.text_input(
                f"Evidencia de {e['inciso']})",
                e["evidencia"],
                key=formulario.campo(f"evidencia_{i}"),
                placeholder="Documento y dónde está",
            )
            escrito[f"fecha_{i}"] = st.text_input(
                f"Fecha de {e['inciso']})",
                fecha(e["fecha"]) if e["fecha"] else "",
                key=formulario.campo(f"fecha_{i}"),
                placeholder="dd/mm/aaaa",
                width=130,
            )
        formulario.error(f"evidencia_{i}")
    return escrito


def _opcion(d: Datos, formulario: Formulario) -> Escrito:
    rotulos = dict(zip(DE_OPCION, d["opciones"], strict=True))
    actual = next((n for n, e in enumerate(DE_OPCION) if e == d["opcion"]), None)
    elegida = st.radio(
        "Opción", list(DE_OPCION), actual, key=formulario.campo(OPCION), format_func=rotulos.__getitem__
    )
    return {OPCION: elegida}


def _variables(d: Datos, formulario: Formulario) -> Escrito:
    """Un control por variable; lo que ya se sabe llega escrito y la persona lo acepta o lo corrige."""
    propuestas = d["propuesta"]["variables"] if d["propuesta"] else {}
    nuevo = not any(v["valor"] for v in d["variables"] if not v["automatica"])
    escrito: Escrito = {}
    for v in d["variables"]:
        letra = v["letra"]
        if v["automatica"]:
            icono = "✔ Sí" if v["valor"] == "1" else "○ No"
            st.markdown(f"{esc_md(v['nombre'])}: **{icono}** (sale de ese indicador)")
        elif d["indice"]:
            marcada = bool(v["sugerida"]) if nuevo else v["valor"] == "1"
            escrito[letra] = st.checkbox(esc_md(v["nombre"]), marcada, key=formulario.campo(letra))
        else:
            valor = propuestas.get(letra, "") if nuevo else v["valor"]
            escrito[letra] = _texto(v["nombre"], valor, letra, formulario)
    formulario.error("variables")
    return escrito


def _lo_demas(d: Datos, formulario: Formulario) -> Escrito:
    escrito: Escrito = {"no_medible": False, "motivo": ""}
    if d["admite_nm"]:
        escrito["no_medible"] = st.checkbox(
            "No medible (NM): no le toca al municipio", d["no_medible"], key=formulario.campo("no_medible")
        )
        escrito["motivo"] = _texto(
            "Por qué no es medible y con qué documento", d["motivo"], "motivo", formulario
        )
    escrito["nota"] = _texto("Nota", d["nota"], "nota", formulario)
    return escrito


def _guardar(d: Datos, abierta: str, escrito: Escrito, session: Any, persona: Any) -> None:
    elementos = {e["id"]: _comprobado(e, escrito) for e in d["elementos"]}
    variables = {
        v["letra"]: _de_variable(escrito[v["letra"]], v) for v in d["variables"] if v["letra"] in escrito
    }
    guardar_diagnostico(
        session,
        persona,
        indicador_id=d["id"],
        anio=d["anio"],
        abierta=abierta,
        captura=Captura(
            elementos=elementos,
            variables=variables,
            valor=_numero(escrito.get("valor", ""), "valor"),
            opcion=escrito.get(OPCION),
            no_medible=escrito["no_medible"],
            motivo=escrito["motivo"],
            nota=escrito["nota"],
        ),
    )


def _comprobado(e: Datos, escrito: Escrito) -> Comprobado:
    i = e["id"]
    try:
        dia = leer_fecha(escrito[f"fecha_{i}"])
    except ValorInvalido as error:
        raise Problema(f"Fecha de {e['inciso']}): {error.regla}.", error.remedio, f"evidencia_{i}") from error
    return Comprobado(escrito[f"cumple_{i}"], escrito[f"evidencia_{i}"] or "", dia)


def _de_variable(valor: bool | str, v: Datos) -> Decimal | None:
    return Decimal(valor) if isinstance(valor, bool) else _numero(valor, v["letra"])


def _numero(texto: str, campo: str) -> Decimal | None:
    try:
        return leer_numero(texto)
    except ValueError as error:
        raise Problema(str(error), "Escriba un número, por ejemplo 1,234.50.", campo) from error
