"""Los campos de una meta o indicador que se captura: valores, resultado al momento y lo que piden."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from dashboard.ui import evidencias, historial_captura
from dashboard.ui.borrador_captura import Escrito, Hoja, Item
from dashboard.ui.estado import etiqueta
from dashboard.ui.texto import esc_md
from db.actions.captura import Entrega, Mejora
from db.queries.llano import llano
from db.queries.registro import evaluar
from db.rules.captura import pide_justificacion, pide_mejora, por_que_justificar, sospecha
from db.rules.formato import leer_numero, numero
from db.rules.permisos import Actor

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
    hoja = Hoja(formulario, persona, item, anio, mes)
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
            texto, valor, dudoso = _valor(hoja, renglon, previo)
            escrito["valores"][str(renglon["id"])] = texto
            if dudoso:
                escrito["por_confirmar"] = True
            if valor is not None:
                valores[renglon["id"]] = valor
        formulario.error(f"{item['clase']}-{item['id']}")
        if len(valores) == len(item["renglones"]):
            escrito |= _razones(session, hoja, valores, previo)
        if item["pide_beneficiarios"]:
            escrito["beneficiarios"] = _beneficiarios(hoja, previo)
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


def _valor(hoja: Hoja, renglon: Item, previo: Item) -> tuple[str, Decimal | None, bool]:
    """Lo escrito, el número que es y si falta confirmarlo."""
    guardado = "" if renglon["alcanzado"] is None else numero(renglon["alcanzado"])
    inicial = previo.get("valores", {}).get(str(renglon["id"]), guardado)
    que = f"{renglon['letra']} · {renglon['nombre']}" if renglon["letra"] else "Alcanzado"
    cual = str(renglon["id"])
    rotulo = esc_md(f"{que} ({renglon['unidad']})")
    texto = hoja.texto(f"valor-{cual}", rotulo, inicial, ("valores", cual))
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
        key=hoja.clave(f"confirma-{cual}-{texto}"),
    )
    return texto, valor, not confirmado and valor != renglon["alcanzado"]


def _mismo(previo: Item, renglon: Item, texto: str) -> bool:
    return bool(previo.get("valores", {}).get(str(renglon["id"])) == texto)


def _razones(session: Session, hoja: Hoja, valores: dict[int, Decimal], previo: Item) -> Escrito:
    """El resultado que daría y, si se sale de 90 a 110 %, la justificación y el plan de mejora."""
    item = hoja.item
    resultado = evaluar(session, hoja.anio, hoja.mes, item["clase"], item["id"], valores)
    if resultado is None:
        return {}
    como = llano(resultado)
    st.markdown(f"{etiqueta(como)} {esc_md(como['cifra'])}")
    escrito: Escrito = {}
    if pide_justificacion(resultado):
        st.caption(esc_md(por_que_justificar(resultado)))
        inicial = previo.get("justificacion", item["justificacion"])
        escrito["justificacion"] = hoja.texto("justificacion", "Justificación", inicial, ("justificacion",))
    if pide_mejora(resultado):
        escrito["mejora"] = _mejora(hoja, previo)
    return escrito


def _mejora(hoja: Hoja, previo: Item) -> Escrito:
    base = previo.get("mejora") or hoja.item["mejora"] or {}
    mejora = {
        nombre: hoja.texto(nombre, rotulo, base.get(nombre, ""), ("mejora", nombre))
        for nombre, rotulo in MEJORA.items()
    }
    for nombre, rotulo in (("inicio", "Empieza"), ("fin", "Termina")):
        mejora[nombre] = hoja.dia(nombre, rotulo, _dia(base.get(nombre)), ("mejora", nombre))
    return mejora


def _dia(valor: Any) -> date | None:
    if isinstance(valor, date) or not valor:
        return valor or None
    return date.fromisoformat(valor)


def _beneficiarios(hoja: Hoja, previo: Item) -> list[list[str]]:
    """Un renglón por lugar ya escrito y uno más en blanco; sólo los blancos del final se olvidan."""
    guardados = [[b["lugar"], str(b["mujeres"]), str(b["hombres"])] for b in hoja.item["beneficiarios"]]
    filas = previo.get("beneficiarios", guardados)
    rotulos = (("lugar", "Lugar {} en que se atendió"), ("mujeres", "Mujeres"), ("hombres", "Hombres"))
    escritos = [
        [
            hoja.texto(
                f"{nombre}-{n}", rotulo.format(n + 1), fila[columna], ("beneficiarios", str(n), str(columna))
            )
            for columna, (nombre, rotulo) in enumerate(rotulos)
        ]
        for n, fila in enumerate([*filas, ["", "", ""]])
    ]
    while escritos and not any(texto.strip() for texto in escritos[-1]):
        escritos.pop()
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
            if lugar.strip() or mujeres.strip() or hombres.strip()
        ),
    )
