"""Los campos de una meta o indicador que se captura: valores, resultado al momento y lo que piden."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from dashboard.ui import evidencias, historial_captura
from dashboard.ui.estado import etiqueta
from dashboard.ui.texto import esc_md
from db.actions.captura import Entrega, Mejora
from db.queries.llano import llano
from db.queries.registro import evaluar
from db.rules.captura import pide_justificacion, pide_mejora, por_que_justificar, sospecha
from db.rules.formato import leer_numero, numero
from db.rules.permisos import Actor

Item = Mapping[str, Any]
Escrito = dict[str, Any]
"""Lo que la persona lleva escrito de una cosa, tal como lo tecleó: es también su borrador."""

ICONO = {
    "Sin capturar": "▷",
    "Borrador": "▷",
    "Enviado": "◐",
    "En revisión": "◐",
    "Devuelto": "◆",
    "Validado": "✔",
    "Publicado": "✔",
}
MEJORA = {"accion": "Qué se hará", "responsable": "Quién", "prueba": "Cómo se comprueba"}


def _campo(formulario: Formulario, item: Item, nombre: str) -> str:
    return formulario.campo(f"{item['clase']}-{item['id']}-{nombre}")


def _texto(formulario: Formulario, item: Item, nombre: str, rotulo: str, inicial: str) -> str:
    """Un campo de texto que conserva lo escrito entre corridas y entre pantallas."""
    clave = _campo(formulario, item, nombre)
    st.session_state.setdefault(clave, inicial)
    return st.text_input(rotulo, key=clave)


def dibujar(
    session: Session,
    persona: Actor,
    formulario: Formulario,
    item: Item,
    otros: Sequence[Item],
    anio: int,
    mes: int,
) -> Escrito:
    """Dibuja los campos y devuelve lo escrito. Lo ilegible se dice junto al campo y no se pierde."""
    previo = item["borrador"] or {}
    escrito: Escrito = {"version": previo.get("version", item["version"]), "valores": {}}
    with st.container(border=True):
        _encabezado(item)
        if item["devolucion"] and item["palabra"] == "Devuelto":
            st.warning(f"Devuelto: {esc_md(item['devolucion'])}")
        if item.get("formula_texto"):
            st.caption(esc_md(f"Fórmula: {item['formula_texto']}"))
        valores = {}
        for renglon in item["renglones"]:
            texto, valor, dudoso = _valor(formulario, item, renglon, previo)
            escrito["valores"][str(renglon["id"])] = texto
            if dudoso:
                escrito["por_confirmar"] = True
            if valor is not None:
                valores[renglon["id"]] = valor
        formulario.error(f"{item['clase']}-{item['id']}")
        if len(valores) == len(item["renglones"]):
            escrito |= _razones(session, formulario, item, anio, mes, valores, previo)
        if item["pide_beneficiarios"]:
            escrito["beneficiarios"] = _beneficiarios(formulario, item, previo)
        evidencias.seccion(persona, anio, mes, [item], otros)
        if item["estado"] is not None:
            historial_captura.seccion(item["clase"].value, item["id"], anio, mes)
    return escrito


def _encabezado(item: Item) -> None:
    st.markdown(f"**{esc_md(item['nombre'])}**  \n{ICONO[item['palabra']]} {esc_md(item['palabra'])}")


def cerrado(item: Item) -> None:
    """Lo que ya se entregó y aquí no se escribe: su valor y su resultado."""
    with st.container(border=True):
        _encabezado(item)
        dichos = [
            f"{r['letra'] + ': ' if r['letra'] else ''}{numero(r['alcanzado'])} {r['unidad']}"
            for r in item["renglones"]
            if r["alcanzado"] is not None
        ]
        resultado = item["resultado"]
        cifra = f" · {etiqueta(resultado)} {esc_md(resultado['cifra'])}" if resultado else ""
        st.markdown(f"{esc_md('; '.join(dichos))}{cifra}")


def _valor(
    formulario: Formulario, item: Item, renglon: Item, previo: Item
) -> tuple[str, Decimal | None, bool]:
    """Lo escrito, el número que es y si falta confirmarlo."""
    guardado = "" if renglon["alcanzado"] is None else numero(renglon["alcanzado"])
    inicial = previo.get("valores", {}).get(str(renglon["id"]), guardado)
    que = f"{renglon['letra']} · {renglon['nombre']}" if renglon["letra"] else "Alcanzado"
    clave = f"valor-{renglon['id']}"
    texto = _texto(formulario, item, clave, esc_md(f"{que} ({renglon['unidad']})"), inicial)
    st.caption(esc_md(f"Programado {numero(renglon['programado'])} · anterior {numero(renglon['anterior'])}"))
    try:
        valor = leer_numero(texto)
    except ValueError as error:
        st.error(esc_md(error))
        return texto, None, False
    aviso = sospecha(valor, renglon["anterior"])
    if aviso is None:
        return texto, valor, False
    st.warning(f"◆ {esc_md(aviso)}")
    # Con el valor en la llave, cambiarlo vuelve a preguntar; lo ya enviado así no se pregunta otra vez.
    confirmado = st.checkbox(
        "Sí, es correcto",
        value=bool(previo and not previo.get("por_confirmar") and _mismo(previo, renglon, texto)),
        key=_campo(formulario, item, f"confirma-{renglon['id']}-{texto}"),
    )
    return texto, valor, not confirmado and valor != renglon["alcanzado"]


def _mismo(previo: Item, renglon: Item, texto: str) -> bool:
    return bool(previo.get("valores", {}).get(str(renglon["id"])) == texto)


def _razones(
    session: Session,
    formulario: Formulario,
    item: Item,
    anio: int,
    mes: int,
    valores: dict[int, Decimal],
    previo: Item,
) -> Escrito:
    """El resultado que daría y, si se sale de 90 a 110 %, la justificación y el plan de mejora."""
    resultado = evaluar(session, anio, mes, item["clase"], item["id"], valores)
    if resultado is None:
        return {}
    como = llano(resultado)
    st.markdown(f"{etiqueta(como)} {esc_md(como['cifra'])}")
    escrito: Escrito = {}
    if pide_justificacion(resultado):
        st.caption(esc_md(por_que_justificar(resultado)))
        inicial = previo.get("justificacion", item["justificacion"])
        escrito["justificacion"] = _texto(formulario, item, "justificacion", "Justificación", inicial)
    if pide_mejora(resultado):
        escrito["mejora"] = _mejora(formulario, item, previo)
    return escrito


def _mejora(formulario: Formulario, item: Item, previo: Item) -> Escrito:
    base = previo.get("mejora") or item["mejora"] or {}
    mejora = {
        nombre: _texto(formulario, item, nombre, rotulo, base.get(nombre, ""))
        for nombre, rotulo in MEJORA.items()
    }
    for nombre, rotulo in (("inicio", "Empieza"), ("fin", "Termina")):
        clave = _campo(formulario, item, nombre)
        st.session_state.setdefault(clave, _dia(base.get(nombre)))
        dia = st.date_input(rotulo, key=clave, format="DD/MM/YYYY")
        mejora[nombre] = dia.isoformat() if isinstance(dia, date) else ""
    return mejora


def _dia(valor: Any) -> date | None:
    if isinstance(valor, date) or not valor:
        return valor or None
    return date.fromisoformat(valor)


def _beneficiarios(formulario: Formulario, item: Item, previo: Item) -> list[list[str]]:
    """Un renglón por lugar ya escrito y uno más en blanco."""
    guardados = [[b["lugar"], str(b["mujeres"]), str(b["hombres"])] for b in item["beneficiarios"]]
    filas = previo.get("beneficiarios", guardados)
    escritos = []
    for n, fila in enumerate([*filas, ["", "", ""]]):
        lugar = _texto(formulario, item, f"lugar-{n}", f"Lugar {n + 1} en que se atendió", fila[0])
        mujeres = _texto(formulario, item, f"mujeres-{n}", "Mujeres", fila[1])
        hombres = _texto(formulario, item, f"hombres-{n}", "Hombres", fila[2])
        if lugar.strip() or mujeres.strip() or hombres.strip():
            escritos.append([lugar, mujeres, hombres])
    return escritos


def completo(item: Item, escrito: Escrito) -> bool:
    """¿Trae todos sus valores?"""
    return all(escrito["valores"].get(str(r["id"]), "").strip() for r in item["renglones"])


def _personas(texto: str) -> int:
    """Cuántas personas; vacío es ninguna. ValueError si no es un entero."""
    valor = leer_numero(texto) or Decimal(0)
    if valor != valor.to_integral_value():
        raise ValueError("Las personas atendidas son un número entero.")
    return int(valor)


def a_entrega(item: Item, escrito: Escrito) -> Entrega:
    """Lo escrito, listo para enviarse. ValueError si algo no es un número."""
    valores = {}
    for cual, texto in escrito["valores"].items():
        valor = leer_numero(texto)
        if valor is not None:
            valores[int(cual)] = valor
    m = escrito.get("mejora")
    mejora = None
    if m and m["inicio"] and m["fin"]:
        fechas = date.fromisoformat(m["inicio"]), date.fromisoformat(m["fin"])
        mejora = Mejora(m["accion"], m["responsable"], m["prueba"], *fechas)
    return Entrega(
        item["clase"],
        item["id"],
        valores,
        escrito["version"],
        escrito.get("justificacion", ""),
        mejora,
        tuple(
            (lugar, _personas(mujeres), _personas(hombres))
            for lugar, mujeres, hombres in escrito.get("beneficiarios", [])
        ),
    )
