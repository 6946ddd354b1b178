"""Capturar las partidas de un proyecto: una tabla con su importe anual y de dónde salen sus meses."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.camino import elegir
from dashboard.ui.enlaces import enlace
from dashboard.ui.texto import esc_md
from dashboard.ui.vista_anteproyecto import con_lo_escrito
from db.actions.anteproyecto import guardar_partidas
from db.queries.anteproyecto_captura import captura
from db.rules.anteproyecto import (
    A_MANO,
    ANTERIOR,
    CALENDARIOS,
    COMO_ESTA,
    MESES,
    PAREJO,
    Propuesta,
    leer_propuesta,
)
from db.rules.formato import moneda
from db.rules.problema import Problema

Datos = Mapping[str, Any]

COLUMNAS = ("partida", "anual", "calendario", "fuente", *MESES, "justificacion")
ANCHO_IMPORTE = 125
"""Pixeles: cabe un importe de nueve cifras sin cortarse."""
AYUDA = (
    "Escriba el importe anual y elija de dónde salen los meses: **Parejo** los hace iguales, **Como el año "
    "anterior** sigue el calendario aprobado entonces, **Como está** conserva el que ya tiene y **A mano** "
    "toma los doce meses que usted escriba, a la derecha. Para quitar una partida, marque y borre su renglón."
)


def capturar(datos: Datos, etapa: Datos, editables: tuple[int, ...] | None) -> None:
    """Elegir un proyecto y dejar sus partidas; `editables` son las auxiliares propias (None, todas)."""
    suyos = [p for p in datos["proyectos"] if editables is None or p["auxiliar_id"] in editables]
    if not suyos:
        st.info("No hay proyectos que pueda capturar. Planeación los agrega en la estructura (PbRM-01a).")
        return
    opciones = {f"{p['auxiliar_id']}-{p['proyecto_id']}": p for p in suyos}
    rotulos = {
        llave: f"{p['proyecto']} {p['proyecto_nombre']} · {p['auxiliar']} · {moneda(p['propuesto'])}"
        for llave, p in opciones.items()
    }
    proyecto = opciones[elegir("proyecto", "Proyecto", rotulos, next(iter(rotulos)))]
    lugar = {campo: proyecto[campo] for campo in ("auxiliar_id", "proyecto_id")}
    guardado = ask(captura, etapa_id=etapa["id"], **lugar)
    formulario = Formulario(f"partidas_{etapa['id']}_{'_'.join(map(str, lugar.values()))}", guardado["firma"])
    st.markdown(AYUDA)
    escrita = _tabla(formulario, guardado)
    _como_quedaria(escrita, guardado, datos, proyecto["propuesto"])
    enlace("importar", "O cargue todo desde Excel", {"formato": "anteproyecto"})
    if st.button("Guardar partidas", type="primary", key=formulario.campo("guardar")):
        cambio = partial(_guardar, escrita, guardado, etapa["id"], lugar, formulario.version)
        formulario.guardar(cambio, propios={}, actuales=dict)


def _tabla(formulario: Formulario, guardado: Datos) -> list[dict[str, str]]:
    """La tabla de captura; devuelve sus renglones como textos."""
    partidas = {f"{clave} {nombre}".strip() for clave, nombre in guardado["partidas"].items()}
    fuentes = {f"{clave} {nombre}".strip() for clave, nombre in guardado["fuentes"].items()}
    filas = [_fila(fila, guardado) for fila in guardado["filas"]]
    tabla = st.data_editor(
        pd.DataFrame(filas, columns=list(COLUMNAS), dtype="str"),
        column_config={
            "partida": st.column_config.SelectboxColumn("Partida", options=sorted(partidas), width=190),
            "fuente": st.column_config.SelectboxColumn("Fuente", options=sorted(fuentes), width=150),
            "anual": st.column_config.TextColumn("Importe anual", width=ANCHO_IMPORTE, alignment="right"),
            "calendario": st.column_config.SelectboxColumn(
                "Meses", options=CALENDARIOS, default=PAREJO, width=150
            ),
            "justificacion": st.column_config.TextColumn("Justificación", max_chars=300),
            **{
                mes: st.column_config.TextColumn(mes.capitalize(), width=ANCHO_IMPORTE, alignment="right")
                for mes in MESES
            },
        },
        num_rows="dynamic",
        hide_index=True,
        key=formulario.campo("tabla"),
        alt="Partidas del proyecto con su importe y su calendario",
    )
    return [
        {str(campo): "" if pd.isna(valor) else str(valor) for campo, valor in fila.items()}
        for fila in tabla.to_dict("records")
    ]


def _fila(fila: Datos, guardado: Datos) -> dict[str, str]:
    def con_nombre(cual: str) -> str:
        return f"{fila[cual]} {guardado[f'{cual}s'].get(fila[cual], '')}".strip()

    return {
        "partida": con_nombre("partida"),
        "fuente": con_nombre("fuente"),
        "anual": _pesos(fila["anual"]),
        "calendario": COMO_ESTA,
        "justificacion": fila["justificacion"],
        **{mes: _pesos(importe) for mes, importe in zip(MESES, fila["meses"], strict=True)},
    }


def _pesos(centavos: int) -> str:
    return moneda(centavos).removeprefix("$")


def leer(escrita: Sequence[Mapping[str, str]], guardado: Datos) -> list[Propuesta]:
    """Los renglones escritos como partidas con sus doce meses. Problema con el renglón que está mal."""
    previos = {(f["partida"], f["fuente"]): f["meses"] for f in guardado["filas"]}
    pasado = guardado["anteriores"]
    propuestas = []
    for numero, fila in enumerate(escrita, start=1):
        campos = {**fila, "partida": _clave(fila["partida"]), "fuente": _clave(fila["fuente"])}
        if campos["calendario"] not in (A_MANO, ANTERIOR, PAREJO, COMO_ESTA):
            campos["calendario"] = PAREJO
        propuesta = leer_propuesta(
            numero,
            campos,
            previos=previos.get((campos["partida"], campos["fuente"]), ()),
            anteriores=pasado.get(campos["partida"]) or pasado.get("", ()),
        )
        if propuesta is not None:
            propuestas.append(propuesta)
    return propuestas


def _clave(texto: str) -> str:
    return texto.split(" ", 1)[0]


def _como_quedaria(escrita: Sequence[Mapping[str, str]], guardado: Datos, datos: Datos, antes: int) -> None:
    """Antes de guardar: cuánto suma lo escrito y cómo dejaría a la dependencia, o qué renglón está mal."""
    try:
        propuestas = leer(escrita, guardado)
    except Problema as problema:
        st.warning(esc_md(problema))
        return
    st.markdown(con_lo_escrito(datos, antes, sum(propuesta.anual for propuesta in propuestas)))


def _guardar(
    escrita: Sequence[Mapping[str, str]],
    guardado: Datos,
    etapa_id: int,
    lugar: Mapping[str, int],
    firma: str,
    session: Any,
    persona: Any,
) -> None:
    propuestas = leer(escrita, guardado)
    guardar_partidas(session, persona, etapa_id=etapa_id, propuestas=propuestas, firma=firma, **lugar)
