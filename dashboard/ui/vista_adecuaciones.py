"""Adecuaciones en pantalla: qué respalda lo ampliado y reducido, los documentos y su captura."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.ui.captura_adecuacion import capturar
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.tabla_gasto import ANCHO_CLAVE, PESOS, pesos
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.queries import adecuaciones
from db.queries.nombres_gasto import entes
from db.rules.formato import fecha, mes_nombre, moneda
from db.rules.permisos import Accion, Actor, Objeto, puede

Datos = Mapping[str, Any]

LISTADAS = 300


def pantalla(persona: Actor, donde: Mapping[str, Any], arriba: Any) -> None:
    """La ficha de la adecuación que pide la dirección, o la conciliación con la lista de documentos."""
    if "adecuacion" in st.query_params:
        _ficha(
            persona,
            ask(adecuaciones.ficha, anio=donde["anio"], adecuacion_id=entero("adecuacion") or 0),
            arriba,
        )
        return
    datos = ask(adecuaciones.conciliacion, **donde)
    lista = ask(adecuaciones.lista, anio=donde["anio"], ente_id=donde["ente_id"])
    arriba.caption(f"Ejercicio {donde['anio']} · corte: {datos['corte']}")
    arriba.title(esc_md(_titulo(datos, lista)), anchor=False)
    _conciliacion(datos)
    _documentos(lista)
    if puede(persona, Accion.REGISTRAR_ADECUACIONES, Objeto(donde["ente_id"])):
        cajon = st.expander(
            "Registrar una adecuación", expanded=not lista, key="registrar_adecuacion", on_change="rerun"
        )
        if cajon.open:
            with cajon:
                capturar(donde["anio"], donde["ente_id"], ask(entes), None)


def _titulo(datos: Datos, lista: Sequence[Datos]) -> str:
    if not datos["hay_corte"]:
        cuantas = mayuscula(contar(len(lista), "adecuación", "adecuaciones"))
        return f"{cuantas}, sin presupuesto con qué compararlas"
    if not datos["diferencias"]:
        return (
            "Todo lo ampliado y reducido tiene documento"
            if datos["claves"]
            else "Nadie ha movido el presupuesto"
        )
    if datos["sin_documento"]:
        return f"{moneda(datos['sin_documento'])} ampliados o reducidos sin documento"
    return f"{moneda(datos['no_reflejado'])} con documento que el corte no refleja"


def _conciliacion(datos: Datos) -> None:
    """Corte contra documentos, en total y clave por clave."""
    st.table(
        {
            "Hasta el corte": ["Ampliaciones", "Reducciones"],
            "En el corte": [moneda(centavos) for centavos in datos["en_corte"]],
            "En documentos": [moneda(centavos) for centavos in datos["en_documentos"]],
        }
    )
    diferencias = datos["diferencias"]
    if not diferencias:
        return
    st.markdown(
        f"**{contar(len(diferencias), 'clave no coincide', 'claves no coinciden')}** de {datos['claves']:,}: "
        f"{esc_md(moneda(datos['sin_documento']))} sin documento y {esc_md(moneda(datos['no_reflejado']))} "
        "con documento que el corte no trae."
    )
    vistas = diferencias[:LISTADAS]
    evento = st.dataframe(
        {
            "Clave": [d["clave"] for d in vistas],
            "Sin documento": [pesos(d["sin_documento"]) for d in vistas],
            "No reflejado": [pesos(d["no_reflejado"]) for d in vistas],
            "Ampliado en el corte": [pesos(d["corte"][0]) for d in vistas],
            "Ampliado en documentos": [pesos(d["documentos"][0]) for d in vistas],
            "Reducido en el corte": [pesos(d["corte"][1]) for d in vistas],
            "Reducido en documentos": [pesos(d["documentos"][1]) for d in vistas],
        },
        column_config={t: st.column_config.NumberColumn(format=PESOS) for t in _IMPORTES}
        | {"Clave": st.column_config.TextColumn(width=ANCHO_CLAVE)},
        hide_index=True,
        key=clave_de_ida("diferencias"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Claves en que el corte y los documentos no coinciden",
    )
    nombres = ask(entes)
    for fila in evento.selection.rows:
        ir("presupuesto", {"clave": vistas[fila]["clave"], "ente": nombres.get(vistas[fila]["ente"], "")})


_IMPORTES = (
    "Sin documento",
    "No reflejado",
    "Ampliado en el corte",
    "Ampliado en documentos",
    "Reducido en el corte",
    "Reducido en documentos",
)


def _documentos(lista: Sequence[Datos]) -> None:
    st.subheader("Documentos", anchor=False)
    if not lista:
        st.markdown("Aún no se registra ninguna adecuación: se capturan abajo o se cargan en Importar.")
        return
    evento = st.dataframe(
        {
            "Folio": [a["folio"] for a in lista],
            "Fecha": [fecha(a["fecha"]) for a in lista],
            "Tipo": [a["tipo_nombre"] for a in lista],
            "Ampliaciones": [pesos(a["ampliacion"]) for a in lista],
            "Reducciones": [pesos(a["reduccion"]) for a in lista],
            "Claves": [a["claves"] for a in lista],
            "Documento": [a["documento"] for a in lista],
            "Ente": [a["ente"] for a in lista],
        },
        column_config={
            t: st.column_config.NumberColumn(format=PESOS) for t in ("Ampliaciones", "Reducciones")
        },
        hide_index=True,
        key=clave_de_ida("adecuaciones"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Adecuaciones registradas",
    )
    for fila in evento.selection.rows:
        ir("presupuesto", {"parte": "adecuaciones", "adecuacion": lista[fila]["id"]})


def _ficha(persona: Actor, a: Datos | None, arriba: Any) -> None:
    with arriba:
        enlace("presupuesto", "Todas las adecuaciones", {"parte": "adecuaciones"})
    if a is None:
        arriba.title("Esa adecuación no existe en este ejercicio, o se borró", anchor=False)
        return
    arriba.caption(esc_md(f"{a['ente']} · {fecha(a['fecha'])} · {a['documento'] or 'sin documento'}"))
    arriba.title(esc_md(f"{a['tipo_nombre']} {a['folio']}: {_importe(a)}"), anchor=False)
    if a["motivo"]:
        st.markdown(esc_md(a["motivo"]))
    evento = st.dataframe(
        {
            "Clave": [r["clave"] for r in a["renglones"]],
            "Mes": [mes_nombre(r["mes"]).capitalize() for r in a["renglones"]],
            "Ampliación": [pesos(r["ampliacion"]) for r in a["renglones"]],
            "Reducción": [pesos(r["reduccion"]) for r in a["renglones"]],
        },
        column_config={t: st.column_config.NumberColumn(format=PESOS) for t in ("Ampliación", "Reducción")},
        hide_index=True,
        key=clave_de_ida(f"adecuacion_{a['id']}"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Claves que mueve la adecuación",
    )
    for fila in evento.selection.rows:
        ir("presupuesto", {"clave": a["renglones"][fila]["clave"], "ente": a["ente"]})
    if puede(persona, Accion.REGISTRAR_ADECUACIONES, Objeto(a["ente_id"])):
        cajon = st.expander("Corregir o borrar", key="corregir_adecuacion", on_change="rerun")
        if cajon.open:
            with cajon:
                capturar(a["anio"], a["ente_id"], {}, a)


def _importe(a: Datos) -> str:
    return moneda(a["ampliacion"] or a["reduccion"])
