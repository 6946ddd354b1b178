"""El presupuesto en una pantalla: momentos, meses, programa × capítulo, lo que falta gastar y un programa.

Es la hoja de la reunión con Tesorería; todo sale de los resúmenes, salvo las partidas del programa elegido.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.ui import tabla_gasto
from dashboard.ui import vista_presupuesto as analisis
from dashboard.ui.camino import elegir
from dashboard.ui.enlaces import enlace
from dashboard.ui.texto import esc_md
from db.queries.matriz import Alcance, agrupar, por_meses
from db.queries.municipio import corte as corte_de
from db.queries.nombres_gasto import entes, nombres
from db.rules.cruce import Cruce, cruzar, mayores, parte_gastada
from db.rules.formato import moneda, pct

Datos = Mapping[str, Any]

PEORES = 5
PROGRAMA, CAPITULO, PARTIDA = "programa", "capitulo", "partida"


def vistazo(
    session: Session, *, anio: int, mes: int | None, ente_id: int | None, programa: str, oscuro: bool
) -> dict[str, Any] | None:
    """Todo lo que la pantalla dice a un corte; None sin presupuesto por clave.

    `programa` es el que se abre por partida; si no tiene dinero, el de mayor subejercicio.
    """
    corte, _ = corte_de(session, anio, mes)
    alcance = Alcance(anio, corte.mes, None if ente_id is None else (ente_id,))
    pares = agrupar(session, alcance, (PROGRAMA, CAPITULO), {})
    if not pares:
        return None
    cruce = cruzar({(fila, columna): monto for (fila, columna), monto in pares.items()})
    quitado, total = analisis.sin_transferencias(session, alcance, cruce.total)
    de_programa = nombres(session, anio, PROGRAMA, cruce.filas)
    peores = mayores(cruce.por_fila, 1)[:PEORES]
    abierto = programa if programa in cruce.por_fila else (peores or cruce.filas)[0]
    partidas = agrupar(session, alcance, (PARTIDA,), {PROGRAMA: abierto})
    montos = {llave[0]: monto for llave, monto in partidas.items()}
    # Capítulos y partidas son del mismo catálogo: se lee una vez.
    de_objeto = nombres(session, anio, PARTIDA, [*montos, *cruce.columnas])
    return {
        "anio": anio,
        "corte": corte.en_palabras,
        "titulo": analisis.titulo(total),
        "momentos": analisis.momentos(total),
        "interno": analisis.interno(cruce.total, quitado, total),
        "meses": analisis.por_mes(por_meses(session, alcance, {}), corte.mes, oscuro),
        "cruce": tabla_gasto.tabla_cruzada(cruce, "devengado", de_programa, de_objeto),
        "peores": _peores(cruce, peores, de_programa),
        "abierto": abierto,
        "programas": {c: tabla_gasto.rotulo(c, de_programa[c]) for c in cruce.filas},
        "partidas": tabla_gasto.tabla_por_una(montos, de_objeto, cruce.por_fila[abierto]),
        "entes": entes(session),
    }


def _peores(cruce: Cruce, codigos: list[str], nombrados: Mapping[str, str]) -> str:
    """Los programas con más dinero sin devengar, en Markdown."""
    renglones = [
        f"1. **{esc_md(tabla_gasto.rotulo(c, nombrados[c]))}**: "
        f"{moneda(cruce.por_fila[c]['subejercicio'])} sin devengar, "
        f"{pct(parte_gastada(cruce.por_fila[c]))} gastado"
        for c in codigos
    ]
    return "\n".join(renglones) or "Ningún programa tiene dinero sin devengar."


def dibujar(vista: Datos | None, arriba: Any) -> None:
    """La pantalla entera."""
    if vista is None:
        arriba.title("Todavía no hay presupuesto por clave", anchor=False)
        st.info("Tesorería lo carga en Importar, con el formato «Presupuesto por clave».")
        return
    arriba.caption(f"Ejercicio {vista['anio']} · corte: {vista['corte']}")
    arriba.title(esc_md(vista["titulo"]), anchor=False)
    analisis.momentos_y_grafica(vista)
    if vista["interno"]:
        st.caption(esc_md(vista["interno"]))
    st.markdown(f"### Lo que más falta por devengar\n\n{vista['peores']}", anchors=False)
    st.markdown("### Devengado por programa y capítulo", anchors=False)
    tabla_gasto.dibujar_cruce(
        vista["cruce"], (PROGRAMA, CAPITULO), "devengado", "vistazo", {}, vista["entes"]
    )
    st.markdown("### Un programa, partida por partida", anchors=False)
    elegir("ver", "Programa", vista["programas"], vista["abierto"])
    enlace("programas", "Ficha del programa", {"programa": vista["abierto"]})
    tabla_gasto.dibujar_una(
        vista["partidas"], PARTIDA, "vistazo", {PROGRAMA: vista["abierto"]}, vista["entes"]
    )
