"""El editor de la fórmula: variables con nombre, la expresión que se revisa al escribirla y un ejemplo.

La expresión nunca corre como código: la lee `db/rules/formula.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import streamlit as st

from dashboard.formulario import Formulario
from dashboard.ui.palabras_indicador import OPERACIONES, resultado
from dashboard.ui.texto import esc_md
from db.actions.indicadores import FilaVariable
from db.actions.variables_indicador import LETRAS, exigir_variables
from db.models.actividad import OperacionMeta
from db.rules.formato import leer_numero, numero
from db.rules.formula import DenominadorCero, Formula, VariableFaltante, compilar, derivar
from db.rules.problema import Problema

Ficha = Mapping[str, Any]

PAUSA = "300ms"
"""Cuánto se espera sin teclear antes de revisar la expresión."""

TRIMESTRES = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Escrito:
    """Lo que hay en el editor; `problema` vacío si se puede guardar."""

    variables: tuple[FilaVariable, ...]
    impresa: str
    expresion: str
    problema: Problema | None


def editor(i: Ficha, formulario: Formulario) -> Escrito:
    """Dibuja el editor y dice, mientras se escribe, qué no se entiende y cuánto daría."""
    st.markdown("#### Variables y fórmula", anchors=False)
    st.caption(
        "Una letra por variable, de la A a la E. Lo programado que ya está escrito se cambia con una "
        "reconducción; aquí se llena lo que esté vacío en trimestres abiertos."
    )
    filas = st.data_editor(
        [_fila(v) for v in i["variables"]] or [_fila_vacia()],
        column_config={
            "Letra": st.column_config.SelectboxColumn("Letra", options=list(LETRAS), width=60),
            "Variable": st.column_config.TextColumn("Variable", width=280),
            "Operación": st.column_config.SelectboxColumn("Operación", options=list(OPERACIONES.values())),
        },
        num_rows="dynamic",
        hide_index=True,
        key=formulario.campo("variables"),
        alt="Variables de la fórmula y lo programado por trimestre",
    )
    variables, problema = _sin_tronar(filas)
    formulario.error("variables")
    if problema is not None:
        st.error(esc_md(problema))
    impresa = st.text_input(
        "Fórmula como está impresa en la ficha",
        i["formula_texto"],
        2000,
        key=formulario.campo("formula_texto"),
    )
    expresion = st.text_input(
        "Expresión con las letras de las variables",
        i["formula"] or "",
        500,
        key=formulario.campo("formula"),
        placeholder="(A/B)*100",
        live=PAUSA,
        help="Números, letras, + − × ÷ y paréntesis. Vacía, la fórmula queda «por confirmar».",
    )
    formulario.error("formula")
    fallo = _revisar(variables, impresa or "", expresion or "", i, formulario)
    return Escrito(variables, impresa or "", expresion or "", problema or fallo)


def _fila(v: Ficha) -> dict[str, str]:
    programado = {f"T{t}": _celda(v["original"][t - 1]) for t in TRIMESTRES}
    return {
        "Letra": v["letra"],
        "Variable": v["nombre"],
        "Unidad": v["unidad"],
        "Operación": OPERACIONES[v["operacion"]],
        **programado,
    }


def _fila_vacia() -> dict[str, str]:
    return {"Letra": "A", "Variable": "", "Unidad": "", "Operación": OPERACIONES["suma"]} | {
        f"T{t}": "" for t in TRIMESTRES
    }


def _celda(valor: Decimal | None) -> str:
    return "" if valor is None else numero(valor)


def _sin_tronar(filas: Sequence[Mapping[str, Any]]) -> tuple[tuple[FilaVariable, ...], Problema | None]:
    try:
        return leer_variables(filas), None
    except Problema as problema:
        return (), problema


def leer_variables(filas: Sequence[Mapping[str, Any]]) -> tuple[FilaVariable, ...]:
    """Las variables escritas en la tabla; un renglón del todo vacío no cuenta. Problema si algo no se lee."""
    operaciones = {palabra: OperacionMeta(clave) for clave, palabra in OPERACIONES.items()}
    leidas = []
    for fila in filas:
        celdas = {nombre: str(valor or "").strip() for nombre, valor in fila.items()}
        if not any(celdas.get(c) for c in ("Letra", "Variable", "Unidad", *(f"T{t}" for t in TRIMESTRES))):
            continue
        letra = celdas.get("Letra", "").upper()
        trimestres = [(t, _cantidad(letra, t, celdas.get(f"T{t}", ""))) for t in TRIMESTRES]
        leidas.append(
            FilaVariable(
                letra,
                celdas.get("Variable", ""),
                celdas.get("Unidad", ""),
                operaciones.get(celdas.get("Operación", ""), OperacionMeta.SUMA),
                tuple((t, valor) for t, valor in trimestres if valor is not None),
            )
        )
    variables = tuple(sorted(leidas, key=lambda v: v.letra))
    exigir_variables(variables)
    return variables


def _cantidad(letra: str, trimestre: int, texto: str) -> Decimal | None:
    try:
        return leer_numero(texto)
    except ValueError as error:
        raise Problema(
            f"{letra}, trimestre {trimestre}: {error}", "Escriba sólo la cantidad.", "variables"
        ) from error


def _revisar(
    variables: Sequence[FilaVariable], impresa: str, expresion: str, i: Ficha, formulario: Formulario
) -> Problema | None:
    """Dice si la expresión se entiende; si sí, calcula el ejemplo. Devuelve lo que impide guardar."""
    nombres = {v.letra: v.nombre for v in variables}
    if not variables:
        return None
    if not expresion.strip():
        st.warning("Sin expresión la fórmula queda por confirmar y no se evalúa.")
        if propuesta := derivar(impresa, nombres):
            campo = formulario.campo("formula")
            st.button(
                esc_md(f"Usar {propuesta}, que se entiende de la fórmula impresa"),
                key=formulario.campo("propuesta"),
                on_click=st.session_state.update,
                args=({campo: propuesta},),
            )
        return None
    try:
        formula = compilar(expresion.upper(), nombres)
    except Problema as problema:
        st.error(esc_md(problema))
        return problema
    sobran = sorted(nombres.keys() - formula.variables)
    if sobran:
        st.warning(esc_md(f"La fórmula no usa {', '.join(sobran)}."))
    _ejemplo(formula, i, formulario)
    return None


def _ejemplo(formula: Formula, i: Ficha, formulario: Formulario) -> None:
    """Un valor por variable (lo programado del año, para empezar) y lo que daría la fórmula."""
    del_anio = {v["letra"]: v["anual_vigente"] for v in i["variables"]}
    letras = sorted(formula.variables)
    valores: dict[str, str] = {}
    with st.container(horizontal=True):
        for letra in letras:
            valores[letra] = (
                st.text_input(
                    f"{letra}, de ejemplo",
                    _celda(del_anio.get(letra)) or "1",
                    20,
                    key=formulario.campo(f"ejemplo_{letra}"),
                    live=PAUSA,
                    width=130,
                )
                or ""
            )
    try:
        st.success(esc_md(f"Con esos valores da {resultado(evaluar(formula, valores), i['unidad'])}."))
    except Problema as problema:
        st.error(esc_md(problema))


def evaluar(formula: Formula, valores: Mapping[str, str]) -> Decimal:
    """Lo que da la fórmula con los valores escritos. Problema si alguno no es una cantidad o no se puede."""
    leidos: dict[str, Decimal | None] = {}
    for letra, texto in valores.items():
        try:
            leidos[letra] = leer_numero(texto)
        except ValueError as error:
            raise Problema(f"{letra}: {error}") from error
        if (leidos[letra] or 0) < 0:
            raise Problema(f"{letra} no puede ser negativa.", "Las variables cuentan o miden desde 0.")
    try:
        return formula.evaluar(leidos)
    except DenominadorCero:
        raise Problema(
            "Con esos valores se divide entre cero.", "En un periodo así el indicador queda «sin dato»."
        ) from None
    except VariableFaltante as falta:
        raise Problema(f"Falta el valor de {falta.args[0]}.", "Escriba una cantidad.") from None
