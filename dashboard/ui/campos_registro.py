"""Pedir y leer los campos que un registro declara; lo que no se entiende es un `Problema` de su campo."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.campos import leer_fecha, leer_importe
from db.queries.listas import opciones
from db.rules.encargos import Campo, Tipo
from db.rules.formato import fecha, numero
from db.rules.problema import Problema

Datos = Mapping[str, Any]


def pedir(formulario: Formulario, campos: Sequence[Campo], actual: Datos) -> dict[str, Any]:
    """Dibuja cada campo con su valor de hoy y devuelve lo escrito, sin leer."""
    return {c.clave: _pedir(formulario, c, actual.get(c.clave)) for c in campos}


def _pedir(formulario: Formulario, campo: Campo, actual: Any) -> Any:
    llave, rotulo = formulario.campo(campo.clave), campo.rotulo
    ayuda = campo.ayuda or None
    escrito: Any
    if campo.tipo is Tipo.SI_NO:
        escrito = st.checkbox(rotulo, bool(actual), key=llave, help=ayuda)
    elif campo.tipo in (Tipo.OPCION, Tipo.LIGADO):
        escrito = _elegir(campo, actual, llave)
    elif campo.tipo is Tipo.PARRAFO:
        escrito = st.text_area(rotulo, actual or "", key=llave, help=ayuda, height=90)
    else:
        pista = "dd/mm/aaaa" if campo.tipo is Tipo.FECHA else None
        escrito = st.text_input(rotulo, _escrito(campo, actual), key=llave, help=ayuda, placeholder=pista)
    formulario.error(campo.clave)
    return escrito


def _elegir(campo: Campo, actual: Any, llave: str) -> Any:
    valores: Mapping[Any, str] = campo.opciones
    if campo.tipo is Tipo.LIGADO:
        valores = ask(opciones, fuente=campo.fuente)
    lista = list(valores)
    sin = None if campo.tipo is Tipo.LIGADO else 0
    return st.selectbox(
        campo.rotulo,
        lista,
        index=lista.index(actual) if actual in valores else sin,
        format_func=lambda cual: valores[cual],
        key=llave,
        help=campo.ayuda or None,
        placeholder="Elija",
    )


def _escrito(campo: Campo, valor: Any) -> str:
    if valor is None:
        return ""
    if campo.tipo is Tipo.FECHA:
        return fecha(valor)
    if campo.tipo is Tipo.DINERO:
        return f"{Decimal(valor).scaleb(-2):,.2f}"
    return numero(valor) if campo.tipo is Tipo.CANTIDAD else str(valor)


def leer(campos: Sequence[Campo], escrito: Datos) -> dict[str, Any]:
    """Lo escrito, vuelto dato. `Problema` con el campo que no se entiende."""
    return {c.clave: _leer(c, escrito[c.clave]) for c in campos}


def _leer(campo: Campo, escrito: Any) -> Any:
    if campo.tipo is Tipo.FECHA:
        return leer_fecha(escrito, campo.clave)
    if campo.tipo is Tipo.DINERO:
        return _o_cero(campo, leer_importe(escrito, campo.clave))
    if campo.tipo in (Tipo.ENTERO, Tipo.CANTIDAD):
        return _numero(campo, escrito)
    return escrito


def _numero(campo: Campo, escrito: str) -> int | Decimal | None:
    limpio = escrito.replace(",", "").replace("%", "").strip()
    if not limpio:
        return _o_cero(campo, None)
    try:
        valor = Decimal(limpio)
        if campo.tipo is Tipo.CANTIDAD and valor.is_finite():
            return valor
        if valor == valor.to_integral_value():
            return int(valor)
    except (InvalidOperation, ValueError, OverflowError):
        pass
    ejemplo = "12.5" if campo.tipo is Tipo.CANTIDAD else "12"
    raise Problema(f"«{campo.rotulo}» no es un número.", f"Escriba, por ejemplo, {ejemplo}.", campo.clave)


def _o_cero(campo: Campo, valor: int | None) -> int | None:
    """Vacío es cero sólo donde la tabla no admite vacío; donde se mide, vacío es «sin dato»."""
    return valor if valor is not None or campo.vacio else 0
