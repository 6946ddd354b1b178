"""El calendario de captura en pantalla: las ventanas, sus prórrogas y los trámites de planeación."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.actions import calendario as acciones
from db.rules.calendario import (
    DIAS_DE_CAPTURA,
    DIAS_DE_RECORDATORIO,
    MAXIMO_DE_DIAS,
    Evento,
    ics,
)
from db.rules.captura import Situacion, situacion
from db.rules.formato import en_zona, fecha, fecha_hora, mes_anio, mes_nombre
from db.rules.permisos import Actor
from db.rules.problema import Problema

Datos = Mapping[str, Any]

CLASES = {
    "actividades": "Metas de actividad",
    "indicadores": "Indicadores",
    "presupuesto": "Presupuesto",
    "narrativas": "Narrativas",
}
SITUACIONES = {
    Situacion.POR_ABRIR: "▷ Por abrir",
    Situacion.ABIERTA: "✔ Abierta",
    Situacion.CERRADA: "■ Cerrada",
}
ORDEN = (Situacion.ABIERTA, Situacion.POR_ABRIR, Situacion.CERRADA)
"""Primero lo que aún se puede capturar."""

TODAS = 0
"""«Todas las dependencias»; no es None porque Streamlit lo dibujaría como vacío."""

FORMATO = "DD/MM/YYYY"


def _situacion(ventana: Datos, ahora: datetime) -> Situacion:
    return situacion(ahora, ventana["abre"], ventana["plazo"])


def titulo(anio: int, datos: Datos, ahora: datetime) -> str:
    """Cuántas ventanas están abiertas y cuál cierra primero."""
    if not datos["ventanas"]:
        return f"{anio} no tiene calendario de captura"
    abiertas = [v for v in datos["ventanas"] if _situacion(v, ahora) is Situacion.ABIERTA]
    if abiertas:
        cuando = fecha_hora(min(v["plazo"] for v in abiertas), datos["zona"])
        cuantas = mayuscula(contar(len(abiertas), "ventana abierta", "ventanas abiertas"))
        return f"{cuantas}; la primera cierra el {cuando}"
    por_abrir = [v["abre"] for v in datos["ventanas"] if _situacion(v, ahora) is Situacion.POR_ABRIR]
    if por_abrir:
        return f"Ninguna ventana abierta; la próxima abre el {fecha_hora(min(por_abrir), datos['zona'])}"
    return f"Todas las ventanas de {anio} ya cerraron"


def tabla(anio: int, datos: Datos, ahora: datetime) -> None:
    """Las ventanas del ejercicio, en la hora del municipio, y su descarga para el calendario personal."""
    lista = sorted(datos["ventanas"], key=lambda v: ORDEN.index(_situacion(v, ahora)))
    zona = datos["zona"]
    if not lista:
        st.info("Sin calendario no hay plazos: se puede capturar en cualquier momento.")
        return
    st.dataframe(
        {
            "Periodo": [mes_nombre(v["mes"]).capitalize() for v in lista],
            "Qué se captura": [CLASES[v["clase"]] for v in lista],
            "Situación": [SITUACIONES[_situacion(v, ahora)] for v in lista],
            "Cierra": [fecha_hora(v["plazo"], zona) for v in lista],
            "Abre": [fecha_hora(v["abre"], zona) for v in lista],
            "Recuerda": [fecha_hora(v["recuerda"], zona) if v["recuerda"] else None for v in lista],
            "Prórrogas": [len(v["prorrogas"]) or None for v in lista],
        },
        hide_index=True,
        placeholder="—",
        alt="Ventanas de captura del ejercicio",
    )
    st.download_button(
        "Descargar los plazos (.ics)",
        partial(archivo_ics, anio, lista, ahora),
        file_name=f"captura_{anio}.ics",
        mime="text/calendar",
        icon=":material/event:",
        on_click="ignore",
    )


def archivo_ics(anio: int, lista: Sequence[Datos], ahora: datetime) -> bytes:
    """Los plazos del ejercicio, uno por ventana, para cualquier calendario."""
    eventos = [
        Evento(
            clave=f"ventana-{v['id']}",
            titulo=f"Cierra la captura: {CLASES[v['clase']].lower()}, {mes_anio(anio, v['mes'])}",
            momento=v["plazo"],
        )
        for v in lista
    ]
    return ics(eventos, f"Captura {anio}", ahora)


def prorrogas(anio: int, datos: Datos) -> None:
    """Las prórrogas dadas, con su razón y quién las autorizó."""
    dadas = [(v, p) for v in datos["ventanas"] for p in v["prorrogas"]]
    if not dadas:
        return
    st.subheader(mayuscula(contar(len(dadas), "prórroga dada", "prórrogas dadas")), anchor=False)
    st.dataframe(
        {
            "Periodo": [mes_anio(anio, v["mes"]) for v, _ in dadas],
            "Qué se captura": [CLASES[v["clase"]] for v, _ in dadas],
            "Para": [p["dependencia"] or "Todas las dependencias" for _, p in dadas],
            "Hasta": [fecha_hora(p["cierra"], datos["zona"]) for _, p in dadas],
            "Motivo": [p["motivo"] for _, p in dadas],
            "Autorizó": [p["autorizo"] for _, p in dadas],
        },
        hide_index=True,
        alt="Prórrogas con su motivo",
    )


def proponer(anio: int, datos: Datos, version: int) -> None:
    """Pone todas las ventanas del año con los mismos días."""
    formulario = Formulario(f"calendario_{anio}", version)
    with st.expander("Poner el calendario del año", expanded=not datos["ventanas"]):
        with st.form(formulario.nombre):
            st.markdown("Cada ventana abre al terminar su periodo. Los periodos cerrados no se mueven.")
            dias = st.number_input(
                "Días para capturar", 1, MAXIMO_DE_DIAS, DIAS_DE_CAPTURA, key=formulario.campo("dias")
            )
            formulario.error("dias")
            recordar = st.number_input(
                "Recordar cuántos días antes", 0, MAXIMO_DE_DIAS - 1, DIAS_DE_RECORDATORIO,
                key=formulario.campo("recordar"),
            )  # fmt: skip
            formulario.error("recordar")
            enviado = st.form_submit_button("Poner el calendario", type="primary")
        if enviado:
            formulario.guardar(partial(_proponer, anio, int(dias), int(recordar)), propios={}, actuales=dict)


def _proponer(anio: int, dias: int, recordar: int, session: Session, persona: Actor) -> None:
    acciones.proponer_calendario(session, persona, anio=anio, dias=dias, recordar=recordar)


def _elegir_ventana(datos: Datos, clave: str) -> Datos | None:
    vivas = {v["id"]: v for v in datos["ventanas"] if v["mes"] not in datos["cerrados"]}
    elegida = st.selectbox(
        "Ventana",
        list(vivas),
        key=clave,
        format_func=lambda n: f"{mes_nombre(vivas[n]['mes']).capitalize()} · {CLASES[vivas[n]['clase']]}",
    )
    return vivas.get(elegida)


def mover(datos: Datos) -> None:
    """Cambia las fechas de una ventana de un periodo abierto."""
    with st.expander("Mover una ventana"):
        ventana = _elegir_ventana(datos, "mover_cual")
        if ventana is None:
            st.markdown("No hay ventanas de periodos abiertos.")
            return
        formulario = Formulario(f"ventana_{ventana['id']}", ventana["version"])
        with st.form(formulario.nombre):
            fechas = {}
            for campo, rotulo in (
                ("abre", "Abre"),
                ("recuerda", "Recuerda"),
                ("cierra", "Cierra a las 23:59"),
            ):
                actual = ventana[campo]
                fechas[campo] = st.date_input(
                    rotulo,
                    en_zona(actual, datos["zona"]).date() if actual else None,
                    key=formulario.campo(campo),
                    format=FORMATO,
                )
                formulario.error(campo)
            enviado = st.form_submit_button("Guardar las fechas")
        if enviado:
            visibles = {rotulo: fecha(dia) for rotulo, dia in fechas.items()}
            formulario.guardar(
                partial(_mover, ventana["id"], formulario.version, fechas), propios=visibles, actuales=dict
            )


def _mover(
    ventana_id: int, version: int, fechas: Mapping[str, date | None], session: Session, persona: Actor
) -> None:
    acciones.mover_ventana(
        session,
        persona,
        ventana_id=ventana_id,
        abre=_obligada(fechas["abre"], "abre"),
        recuerda=fechas["recuerda"],
        cierra=_obligada(fechas["cierra"], "cierra"),
        version=version,
    )


def _obligada(dia: date | None, campo: str) -> date:
    if dia is None:
        raise Problema("Falta la fecha.", "Elija un día.", campo=campo)
    return dia


def dar_prorroga(anio: int, datos: Datos, version: int) -> None:
    """Más plazo para una dependencia o para todas, con su razón."""
    with st.expander("Dar una prórroga"):
        ventana = _elegir_ventana(datos, "prorroga_cual")
        if ventana is None:
            st.markdown("No hay ventanas de periodos abiertos.")
            return
        formulario = Formulario(f"prorroga_{anio}_{ventana['id']}", version)
        generales: dict[int, str] = {TODAS: "Todas las dependencias", **datos["generales"]}
        with st.form(formulario.nombre):
            st.caption(esc_md(f"El plazo general es el {fecha_hora(ventana['plazo'], datos['zona'])}."))
            para = st.selectbox(
                "Para", list(generales), key=formulario.campo("dependencia"),
                format_func=generales.__getitem__,
            )  # fmt: skip
            formulario.error("dependencia")
            hasta = st.date_input("Hasta las 23:59 del", None, key=formulario.campo("cierra"), format=FORMATO)
            formulario.error("cierra")
            motivo = st.text_input("Motivo", key=formulario.campo("motivo"), max_chars=300)
            formulario.error("motivo")
            enviado = st.form_submit_button("Dar la prórroga")
        if enviado:
            formulario.guardar(
                partial(_prorrogar, ventana["id"], para or None, hasta, motivo), propios={}, actuales=dict
            )


def _prorrogar(
    ventana_id: int,
    dependencia_id: int | None,
    hasta: date | None,
    motivo: str,
    session: Session,
    persona: Actor,
) -> None:
    acciones.dar_prorroga(
        session,
        persona,
        ventanas=[ventana_id],
        dependencia_id=dependencia_id,
        cierra=_obligada(hasta, "cierra"),
        motivo=motivo,
    )
