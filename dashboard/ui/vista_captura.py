"""Capturar un área en un periodo: qué se elige, lo escrito guardado como borrador, y el envío con acuse."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario, reabrir
from dashboard.reports import acuse
from dashboard.ui import captura_campos
from dashboard.ui.borrador_captura import vacio
from dashboard.ui.direccion import entero
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.actions.borradores import descartar_borrador, guardar_borrador
from db.actions.captura import enviar
from db.audit import SOLO_BITACORA
from db.engine import reading, writing
from db.queries.captura import items, llave_de_borrador
from db.queries.registro import areas
from db.rules.captura import PASOS, EstadoAvance
from db.rules.formato import fecha_hora, hora
from db.rules.permisos import Accion, Actor, Objeto, puede
from db.rules.problema import Problema

Item = dict[str, Any]


def leer(anio: int, mes: int, area: int, persona: Actor) -> list[Item]:
    """Lo que toca al área; no se guarda en memoria, porque los borradores cambian sin avisar."""
    with reading() as session:
        return items(session, anio, mes, areas(session, area), persona.usuario_id)


def areas_de(persona: Actor, datos: Mapping[str, Any]) -> dict[int, str]:
    """Las dependencias en que captura, por su id; quien puede con la general no ve aparte sus auxiliares."""
    suyas: dict[int, str] = {}
    for area in datos["areas"]:
        ids = frozenset({area["id"], area["padre_id"]} - {None})
        if area["padre_id"] not in suyas and puede(
            persona, Accion.CARGAR_AVANCES, Objeto(area["ente_id"], ids)
        ):
            suyas[area["id"]] = f"{area['clave']} {area['nombre']}"
    return suyas


def elegir(opciones: Mapping[int, str], rotulo: str, parametro: str, inicial: int) -> int:
    """Una elección que viaja en la dirección."""
    pedido = entero(parametro)
    lista = list(opciones)
    cual = pedido if pedido is not None and pedido in opciones else inicial
    elegido: int = st.selectbox(rotulo, lista, lista.index(cual), format_func=lambda n: opciones[n])
    st.query_params[parametro] = str(elegido)
    return elegido


def campos(
    persona: Actor,
    formulario: Formulario,
    lista: Sequence[Item],
    visibles: Sequence[int],
    anio: int,
    mes: int,
) -> dict[int, Item]:
    """Los campos de lo visible que aún se puede escribir; devuelve lo escrito, por su lugar en la lista."""
    escritos = {}
    with reading() as session:
        for n in visibles:
            item = lista[n]
            if EstadoAvance.ENVIADO in PASOS[item["estado"]]:
                otros = [otro for otro in lista if otro is not item]
                escritos[n] = captura_campos.dibujar(session, persona, formulario, item, otros, anio, mes)
            else:
                captura_campos.cerrado(item)
    return escritos


def de_borradores(lista: Sequence[Item], visibles: Sequence[int]) -> dict[int, Item]:
    """Lo que quedó escrito en los grupos que no están a la vista: también se envía."""
    return {
        n: _sin_hora(item["borrador"])
        for n, item in enumerate(lista)
        if n not in visibles and item["borrador"] and EstadoAvance.ENVIADO in PASOS[item["estado"]]
    }


def _sin_hora(borrador: Item) -> Item:
    return {campo: valor for campo, valor in borrador.items() if campo != "guardado_en"}


def conservar(
    persona: Actor, lista: Sequence[Item], escritos: Mapping[int, Item], anio: int, mes: int
) -> None:
    """Guarda como borrador lo que cambió y olvida el que se vació; no refresca las pantallas de los demás."""
    cambiados = {n: escrito for n, escrito in escritos.items() if _cambio(lista[n], escrito)}
    if not cambiados or persona.usuario_id is None:
        return
    with writing(persona) as session:
        session.info[SOLO_BITACORA] = True
        for n, escrito in cambiados.items():
            llave = llave_de_borrador(anio, mes, lista[n]["clase"], lista[n]["id"])
            if vacio(lista[n], escrito):
                descartar_borrador(session, persona.usuario_id, [llave])
            else:
                guardar_borrador(session, persona.usuario_id, llave, escrito)


def _cambio(item: Item, escrito: Item) -> bool:
    if item["borrador"] is None:
        guardados = {str(r["id"]): r["alcanzado"] for r in item["renglones"]}
        return any(
            texto.strip() and guardados[cual] is None for cual, texto in escrito["valores"].items()
        ) or (item["estado"] is not None and _distinto(item, escrito))
    return _sin_hora(item["borrador"]) != escrito


def _distinto(item: Item, escrito: Item) -> bool:
    entrega = _legible(item, escrito)
    return entrega is None or entrega.valores != {r["id"]: r["alcanzado"] for r in item["renglones"]}


def _legible(item: Item, escrito: Item) -> Any:
    try:
        return captura_campos.a_entrega(item, escrito)
    except ValueError:
        return None


def aviso_de_borrador(lista: Sequence[Item], zona: str) -> None:
    """Dice que lo escrito sigue aquí, y de cuándo es."""
    momentos = [item["borrador"]["guardado_en"] for item in lista if item["borrador"]]
    if momentos:
        st.caption(esc_md(f"Tiene un borrador de las {hora(max(momentos), zona)}; se guarda solo."))


def atrasados(persona: Actor, lista: Sequence[Item], formulario: Formulario, anio: int, mes: int) -> None:
    """Borradores de algo que otra persona ya cambió: se dice, y se pueden dejar por lo guardado ahora."""
    viejos = [i for i in lista if i["borrador"] and i["borrador"]["version"] != i["version"]]
    if not viejos or persona.usuario_id is None:
        return
    st.warning(
        "Otra persona guardó después de que usted empezó a escribir: "
        + esc_md("; ".join(f"{i['nombre']} ({i['palabra'].lower()})" for i in viejos))
    )
    if st.button("Dejar mi borrador y ver lo guardado ahora"):
        llaves = [llave_de_borrador(anio, mes, i["clase"], i["id"]) for i in viejos]
        with writing(persona) as session:
            session.info[SOLO_BITACORA] = True
            descartar_borrador(session, persona.usuario_id, llaves)
        reabrir(formulario.nombre)
        st.rerun()


def mandar(
    formulario: Formulario,
    lista: Sequence[Item],
    escritos: Mapping[int, Item],
    anio: int,
    mes: int,
    area: int,
) -> None:
    """La lista de lo que va y el envío; lo que no se pudo enviar se dice junto a su campo."""
    escritos_ahora = [
        (lista[n], e)
        for n, e in sorted(escritos.items())
        if captura_campos.completo(lista[n], e) and (lista[n]["borrador"] or _cambio(lista[n], e))
    ]
    listos = [(item, e) for item, e in escritos_ahora if not e.get("por_confirmar")]
    if dudosos := len(escritos_ahora) - len(listos):
        st.warning(
            f"{mayuscula(contar(dudosos, 'resultado espera', 'resultados esperan', False))} que confirme "
            "su valor: se queda en borrador."
        )
    if not listos:
        st.info("Escriba un valor para poder enviarlo; lo escrito se guarda solo.")
        return
    rotulo = contar(len(listos), "resultado", "resultados", femenino=False)
    with st.expander(f"Revisar lo que va: {rotulo}"):
        st.dataframe(
            {
                "Meta o indicador": [i["nombre"] for i, _ in listos],
                "Valor": [" · ".join(e["valores"].values()) for _, e in listos],
            },
            hide_index=True,
            alt="Lo que se va a enviar",
        )
    if st.button(f"Enviar {rotulo}", type="primary"):
        formulario.guardar(partial(_enviar, listos, anio, mes, area), propios={}, actuales=dict)


def _enviar(
    listos: Sequence[tuple[Item, Item]], anio: int, mes: int, area: int, session: Session, persona: Actor
) -> None:
    entregas = []
    for item, escrito in listos:
        try:
            entregas.append(captura_campos.a_entrega(item, escrito))
        except ValueError as error:
            campo = f"{item['clase']}-{item['id']}"
            raise Problema(str(error), "Corrija el número.", campo=campo) from error
    enviar(session, persona, anio=anio, mes=mes, dependencia_id=area, entregas=entregas)
    if persona.usuario_id is not None:
        llaves = [llave_de_borrador(anio, mes, i["clase"], i["id"]) for i, _ in listos]
        descartar_borrador(session, persona.usuario_id, llaves)


def acuses(lista: Sequence[Item], zona: str) -> None:
    """El último acuse, con su folio y huella, y su descarga."""
    if not lista:
        return
    ultimo = lista[0]
    st.success(
        esc_md(f"Acuse {ultimo['folio']} · {fecha_hora(ultimo['enviado_en'], zona)} · {ultimo['huella']}")
    )
    st.download_button(
        "Descargar el acuse",
        partial(acuse.pdf, ultimo),
        file_name=f"acuse_{ultimo['folio']}.pdf",
        mime="application/pdf",
        on_click="ignore",
    )
