"""Los ingresos ya compuestos: qué se dice, cuánto llegó por rubro y si alcanza para lo gastado."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.ui.grafica_ingresos import acumular, grafica
from db.queries.ingresos import ingresos, sumar
from db.queries.llano import llano
from db.rules.formato import mdp, moneda, pct
from db.rules.ingreso import avance_de_ingresos, en_palabras, rubro_de
from db.rules.periodo import Corte

Datos = Mapping[str, Any]

COLUMNAS = ("Estimado", "Ampl./(Red.)", "Modificado", "Devengado", "Recaudado", "Diferencia")
"""Las del Estado Analítico de Ingresos, en su orden; la diferencia es recaudado − estimado."""


def vista_ingresos(
    session: Session, *, anio: int, mes: int | None, ente_id: int | None, oscuro: bool
) -> dict[str, Any] | None:
    """Todo lo que la pantalla dice a un corte; None si no se han cargado ingresos."""
    datos = ingresos(session, anio=anio, mes=mes, ente_id=ente_id)
    if datos is None:
        return None
    total = sumar(datos["renglones"])
    puntos = acumular(datos)
    aqui = puntos[datos["mes"] - 1]
    resta = aqui["recaudado"] - aqui["gastado"]
    hallazgo = (
        f"Lo recaudado cubre lo devengado y sobran {mdp(resta)}"
        if resta >= 0
        else f"Lo devengado rebasa lo recaudado por {mdp(-resta)}"
    )
    return {
        "anio": anio,
        "corte": datos["corte"],
        "titulo": en_palabras(aqui["recaudado"], aqui["previsto"], aqui["gastado"]),
        "avance": llano(avance_de_ingresos(aqui["recaudado"], aqui["previsto"], Corte(anio, datos["mes"]))),
        "grafica": grafica(hallazgo, puntos, datos["mes"], oscuro),
        "tabla": _tabla(datos["renglones"]),
        "etiquetado": _por_etiqueta(datos["renglones"]),
        "atrasado": datos["hasta"] < datos["mes"],
        "total": total.recaudado,
    }


def _fila(nombre: str, renglones: list[Any]) -> dict[str, str]:
    suma = sumar(renglones)
    importes = (
        suma.estimado,
        suma.ampliaciones - suma.reducciones,
        suma.modificado,
        suma.devengado,
        suma.recaudado,
        suma.diferencia,
    )
    return {"Rubro": nombre} | dict(zip(COLUMNAS, map(moneda, importes), strict=True))


def _tabla(renglones: list[Any]) -> list[dict[str, str]]:
    """Un renglón por rubro, sus conceptos debajo y el total al final."""
    filas = []
    for digito, grupo in groupby(renglones, key=lambda r: r[0][:1]):
        del_rubro = list(grupo)
        filas.append(_fila(f"{digito} {rubro_de(digito)}", del_rubro))
        for (clave, concepto), juntos in groupby(del_rubro, key=lambda r: r[:2]):
            filas.append(_fila(f"    {clave} {concepto}", list(juntos)))
    return [*filas, _fila("Total", renglones)]


def _por_etiqueta(renglones: list[Any]) -> str:
    """Cuánto de lo recaudado es etiquetado (fuentes 2…), si los renglones traen su fuente."""
    con_fuente = [r for r in renglones if r[2]]
    if not con_fuente:
        return ""
    etiquetado = sumar([r for r in con_fuente if r[2].startswith("2")]).recaudado
    libre = sumar([r for r in con_fuente if not r[2].startswith("2")]).recaudado
    return f"De lo recaudado, {mdp(libre)} es de libre disposición y {mdp(etiquetado)}, etiquetado."


def dibujar_tabla(vista: Datos) -> None:
    """La tabla del Estado Analítico de Ingresos, al corte."""
    st.dataframe(
        vista["tabla"], hide_index=True, column_config={"Rubro": st.column_config.Column(pinned=True)}
    )


def resumen(vista: Datos) -> str:
    """El renglón de apoyo: avance y etiquetado."""
    avance = vista["avance"]["valor"]
    partes = [f"{pct(avance)} de lo previsto al corte" if avance is not None else "", vista["etiquetado"]]
    return " · ".join(parte for parte in partes if parte)
