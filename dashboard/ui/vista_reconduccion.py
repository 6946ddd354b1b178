"""Reconducciones en pantalla: la lista, las candidatas y una solicitud con su dictamen y su trámite."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.ui import captura_reconduccion
from dashboard.ui.enlaces import clave_de_ida, ir
from dashboard.ui.estado import simple
from dashboard.ui.tabla_gasto import PESOS, pesos
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.queries import reconduccion
from db.queries.candidatas import candidatas as leer_candidatas
from db.queries.reconducible import Llave, llave_de
from db.rules.formato import fecha_hora, mes_nombre, numero
from db.rules.permisos import Accion, Actor, Objeto, puede
from db.rules.reconduccion import LADO, Lado
from db.rules.solicitud import EN_TRAMITE, PALABRA, EstadoSolicitud, Toca, toca

Datos = Mapping[str, Any]

ESPERA = {
    Toca.CORREGIR: ("borrador suyo sin presentar", "borradores suyos sin presentar"),
    Toca.OPINAR: ("reconducción espera su opinión", "reconducciones esperan su opinión"),
    Toca.AUTORIZAR: ("reconducción espera su autorización", "reconducciones esperan su autorización"),
}
LISTADAS = 300


def visibles(persona: Actor, anio: int, ente_id: int | None) -> list[Datos]:
    """Las solicitudes que esta persona puede leer; un borrador, sólo quien lo escribe."""
    return [s for s in ask(reconduccion.lista, anio=anio, ente_id=ente_id) if puede_ver(persona, s)]


def puede_ver(persona: Actor, s: Datos) -> bool:
    """¿La persona puede leer esta solicitud? Un borrador, sólo quien lo escribe."""
    if s["estado"] == EstadoSolicitud.BORRADOR.value and s["solicito"] != persona.cuenta:
        return False
    return puede(persona, Accion.VER_CAPTURA, Objeto(s["ente_id"], frozenset(s["dependencias"])))


def titulo(persona: Actor, anio: int, suyas: Sequence[Datos]) -> None:
    """Lo que espera a esta persona; si nada, cuántas hay y cuántas están en trámite."""
    esperan = [toca(persona, s) for s in suyas]
    for cual in (Toca.OPINAR, Toca.AUTORIZAR, Toca.CORREGIR):
        if cuantas := esperan.count(cual):
            dicho = contar(cuantas, *ESPERA[cual], femenino=cual is not Toca.CORREGIR)
            st.title(mayuscula(dicho), anchor=False)
            return
    tramite = sum(s["estado"] in EN_TRAMITE for s in suyas)
    todas = mayuscula(contar(len(suyas), "reconducción", "reconducciones"))
    st.title(f"{todas} en {anio}; {contar(tramite, 'en trámite', 'en trámite')}", anchor=False)


def tabla(persona: Actor, suyas: Sequence[Datos]) -> None:
    """Las solicitudes; lo que espera a la persona, primero. Elegir una abre su dictamen."""
    if not suyas:
        st.markdown("Nadie ha pedido reconducir. Las metas que lo necesitan están en «Candidatas».")
        return
    filas = sorted(suyas, key=lambda s: toca(persona, s) is None)[:LISTADAS]
    evento = st.dataframe(
        {
            "Estado": [" ".join(PALABRA[EstadoSolicitud(s["estado"])]) for s in filas],
            "Le toca": [_le_toca(persona, s) for s in filas],
            "Dependencia": [s["dependencia"] for s in filas],
            "Desde": [mes_nombre(s["mes_vigencia"]).capitalize() for s in filas],
            "Cambios": [s["items"] for s in filas],
            "Reduce": [pesos(s["reduce"]) if s["reduce"] else None for s in filas],
            "Amplía": [pesos(s["amplia"]) if s["amplia"] else None for s in filas],
            "Oficio": [s["oficio"] or None for s in filas],
            "Presentada": [fecha_hora(s["solicitada_en"]) if s["solicitada_en"] else None for s in filas],
        },
        column_config={t: st.column_config.NumberColumn(format=PESOS) for t in ("Reduce", "Amplía")}
        | {"Cambios": st.column_config.NumberColumn(help="Metas y variables que reprograma")},
        hide_index=True,
        placeholder="—",
        key=clave_de_ida("reconducciones"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Solicitudes de reconducción",
    )
    for fila in evento.selection.rows:
        ir("reconducciones", {"solicitud": filas[fila]["id"]})


def _le_toca(persona: Actor, s: Datos) -> str | None:
    paso = toca(persona, s)
    return None if paso is None else mayuscula(paso.value)


def candidatas(persona: Actor, anio: int, mes: int | None, ente_id: int | None) -> None:
    """Lo que al corte sale de 90 a 110 %, y la solicitud que se abre con lo elegido."""
    datos = ask(leer_candidatas, anio=anio, mes=mes, ente_id=ente_id)
    filas = [f for f in datos["filas"] if puede(persona, Accion.VER_CAPTURA, captura_reconduccion.objeto(f))][
        :LISTADAS
    ]
    st.caption(
        esc_md(
            f"Corte: {datos['corte']}. Fuera de 90 a 110 %, o logrado sin programar; lo más lejano, primero."
        )
    )
    if not filas:
        st.success("✔ Ninguna meta ni indicador pide reconducirse a este corte.")
        return
    pedidas = ask(reconduccion.en_solicitud, anio=anio)
    evento = st.dataframe(
        {
            "Se propone": [" ".join(LADO[Lado(f["lado"])]) for f in filas],
            "Meta o indicador": [f["nombre"] for f in filas],
            "Cumplimiento": [f["cumplimiento"]["cifra"] for f in filas],
            "Estado": [simple(f["cumplimiento"]) for f in filas],
            "Solicitud": [_va_en(f, pedidas) for f in filas],
            "Programado": [numero(f["programado"], 2) for f in filas],
            "Logrado": [numero(f["alcanzado"], 2) for f in filas],
            "Unidad": [f["unidad"] for f in filas],
            "Dependencia": [f["dependencia"] for f in filas],
        },
        column_config={"Meta o indicador": st.column_config.TextColumn(width="medium")},
        hide_index=True,
        placeholder="—",
        key=clave_de_ida("candidatas"),
        on_select="rerun",
        selection_mode="multi-row",
        alt="Metas e indicadores que piden reconducirse",
    )
    captura_reconduccion.pedir(persona, anio, [filas[n] for n in evento.selection.rows])


def _va_en(candidata: Datos, pedidas: Mapping[Llave, tuple[int, EstadoSolicitud]]) -> str | None:
    """En qué va la solicitud que ya la cambia, si hay."""
    halladas = [pedidas[llave] for campo in candidata["items"] if (llave := llave_de(campo)) in pedidas]
    return " ".join(PALABRA[max(halladas)[1]]) if halladas else None
