"""Lo que pide revisión en el presupuesto, ordenado por dinero: cada renglón abre su lugar."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.ui import tabla_gasto
from dashboard.ui.enlaces import clave_de_ida, ir
from dashboard.ui.tabla_gasto import COLUMNAS, PESOS, pesos, rotulo
from dashboard.ui.texto import esc_md
from db.queries import movimientos
from db.queries.matriz import Alcance, agrupar
from db.queries.municipio import corte as corte_de
from db.queries.nombres_gasto import entes, nombres
from db.rules.cruce import mayores, parte_gastada
from db.rules.formato import mdp
from db.rules.matriz import CLASIFICACIONES
from db.rules.movimiento import meses_en_palabras

Datos = Mapping[str, Any]

DE_QUE = ("programa", "dependencia", "partida", "clave")
"""Por lo que se ordena el sub y el sobreejercicio."""

PREGUNTAS = {
    "subejercicio": "Subejercicio",
    "sobreejercicio": "Sobreejercicio",
    "claves_quietas": "Claves con meses sin movimiento",
    "programas_quietos": "Programas con meses sin movimiento",
    "adefas": "Adeudos anteriores y claves sin aprobado",
    "orden": "Momentos fuera de orden",
    "negativos": "Importes negativos",
}
QUE_ES = {
    "subejercicio": "Modificado menos devengado al corte; primero donde más queda.",
    "sobreejercicio": "Se devengó más de lo autorizado.",
    "claves_quietas": "Claves con presupuesto y algún mes, hasta el corte, sin devengado.",
    "programas_quietos": "Programas con presupuesto y algún mes, hasta el corte, en que nadie devengó.",
    "adefas": "Partidas 99 (adeudos de ejercicios anteriores) y claves que nacieron sin aprobado.",
    "orden": "Acumulado al corte, un momento rebasa al que lo precede: se pagó más de lo ejercido…",
    "negativos": "Meses con algún importe menor que cero.",
}
_POR_CLAVE: dict[str, Callable[[Session, Alcance], tuple[list[dict[str, Any]], int]]] = {
    "claves_quietas": movimientos.claves_sin_movimiento,
    "adefas": movimientos.adefas,
    "orden": movimientos.fuera_de_orden,
    "negativos": movimientos.negativos,
}


def vista_revision(
    session: Session, *, anio: int, mes: int | None, ente_id: int | None, que: str, de: str
) -> dict[str, Any]:
    """Los renglones de una pregunta a un corte, con su título y a dónde lleva cada uno."""
    corte, _ = corte_de(session, anio, mes)
    alcance = Alcance(anio, corte.mes, None if ente_id is None else (ente_id,))
    if que in _POR_CLAVE:
        filas, cuantas = _POR_CLAVE[que](session, alcance)
        de, vistas = "clave", [_de_clave(fila) for fila in filas]
    elif que == "programas_quietos":
        hallados = movimientos.programas_sin_movimiento(session, alcance)
        de, cuantas, vistas = "programa", len(hallados), [_de_programa(h) for h in hallados]
    else:
        montos = {llave[0]: m for llave, m in agrupar(session, alcance, (de,), {}).items()}
        orden = mayores(montos, 1 if que == "subejercicio" else -1)
        cuantas = len(orden)
        vistas = [{"codigo": c, "monto": montos[c], "cuando": ""} for c in orden[: movimientos.LIMITE]]
    return {
        "corte": f"Ejercicio {anio} · corte: {corte.en_palabras}",
        "titulo": _titulo(que, de, vistas, cuantas),
        "de": de,
        "renglones": vistas,
        "cuantas": cuantas,
        "nombres": nombres(session, anio, de, [v["codigo"] for v in vistas]),
        "entes": entes(session),
    }


def _de_clave(fila: Datos) -> dict[str, Any]:
    cuando = meses_en_palabras(fila["meses"]) if "meses" in fila else ""
    return {"codigo": f"{fila['clave']}@{fila['ente']}", "monto": fila["monto"], "cuando": cuando}


def _de_programa(fila: Datos) -> dict[str, Any]:
    return {
        "codigo": fila["codigo"],
        "ente": fila["ente"],
        "monto": fila["monto"],
        "cuando": meses_en_palabras(fila["meses"]),
    }


def _titulo(que: str, de: str, vistas: Sequence[Datos], cuantas: int) -> str:
    if not vistas:
        return f"{PREGUNTAS[que]}: nada que revisar"
    if que in ("subejercicio", "sobreejercicio"):
        mayor = abs(vistas[0]["monto"]["subejercicio"])
        return f"{PREGUNTAS[que]}: hasta {mdp(mayor)} en {_cual(de)}"
    dinero = mdp(sum(v["monto"]["modificado"] for v in vistas))
    cuales = CLASIFICACIONES[de].plural
    que_son = cuales if cuantas != 1 else ("una clave" if de == "clave" else "un programa")
    return f"{PREGUNTAS[que]}: {f'{cuantas:,} {que_son}' if cuantas != 1 else que_son}, {dinero}"


def _cual(de: str) -> str:
    nombre = CLASIFICACIONES[de].nombre.lower()
    return f"un {nombre}" if de == "programa" else f"una {nombre}"


def dibujar(vista: Datos, que: str) -> None:
    """La tabla de lo hallado; elegir un renglón abre su gasto."""
    st.caption(esc_md(QUE_ES[que]))
    lista = vista["renglones"]
    if not lista:
        st.success("Al corte, ninguna clave cae en este caso.")
        return
    de, nombre = vista["de"], CLASIFICACIONES[vista["de"]].nombre
    columnas: dict[str, list[Any]] = {
        nombre: [rotulo(v["codigo"], vista["nombres"].get(v["codigo"], "")) for v in lista],
    }
    if any(v["cuando"] for v in lista):
        columnas["Meses"] = [v["cuando"] for v in lista]
    columnas["Subejercicio"] = [pesos(v["monto"]["subejercicio"]) for v in lista]
    columnas[tabla_gasto.GASTADO] = [parte_gastada(v["monto"]) for v in lista]
    for campo, titulo in COLUMNAS.items():
        columnas.setdefault(titulo, [pesos(v["monto"][campo]) for v in lista])
    evento = st.dataframe(
        columnas,
        column_config={
            nombre: st.column_config.TextColumn(width=tabla_gasto.ancho(de)),
            tabla_gasto.GASTADO: st.column_config.NumberColumn(format=tabla_gasto.POR_CIENTO),
            **{t: st.column_config.NumberColumn(format=PESOS) for t in COLUMNAS.values()},
        },
        hide_index=True,
        key=clave_de_ida(f"revision_{que}_{de}"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt=vista["titulo"],
    )
    if vista["cuantas"] > len(lista):
        st.caption(f"Se listan los primeros {len(lista):,} de {vista['cuantas']:,}.")
    for fila in evento.selection.rows:
        _abrir(lista[fila], de, vista["entes"])


def _abrir(renglon: Datos, de: str, nombres_de_ente: Mapping[str, str]) -> None:
    destino = {"ente": nombres_de_ente[renglon["ente"]]} if renglon.get("ente") in nombres_de_ente else {}
    ir("presupuesto", tabla_gasto.bajar(destino, de, renglon["codigo"], nombres_de_ente))
