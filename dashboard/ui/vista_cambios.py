"""Qué cambió entre dos cortes del presupuesto: totales, claves por página y descarga."""

import csv
from collections.abc import Mapping, Sequence
from functools import partial
from io import StringIO
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.ui.camino import elegir
from dashboard.ui.enlaces import clave_de_ida
from dashboard.ui.tabla_gasto import ANCHO_CLAVE, PESOS, pesos
from dashboard.ui.tarjetas_dinero import tarjetas
from dashboard.ui.texto import contar, mayuscula
from db.engine import reading
from db.queries.cambios_presupuesto import (
    CAMBIA,
    DESAPARECE,
    NUEVA,
    POR_PAGINA,
    TODAS,
    cambios,
    versiones,
)
from db.queries.presupuesto import MOMENTOS
from db.rules.conciliacion import referencia
from db.rules.formato import fecha, mdp, mes_nombre, moneda
from db.rules.texto import sin_formula

Datos = Mapping[str, Any]

TIPOS = {NUEVA: "✚ Nueva", DESAPARECE: "✖ Desaparece", CAMBIA: "▲ Cambia"}
LADOS = ("modificado", "devengado", "pagado")


def elegir_cortes(anio: int, entes: Mapping[str, str], ente_id: int | None) -> Datos | None:
    """El ente y los dos cortes, en la dirección; None si no hay dos que comparar."""
    ente = str(ente_id) if ente_id is not None else elegir("de_ente", "Ente", entes, next(iter(entes), ""))
    if not ente:
        return None
    guardadas = ask(versiones, anio=anio, ente_id=int(ente))
    if len(guardadas) < 2:
        st.info(f"{entes.get(ente, 'El ente')} tiene un solo corte de {anio}: aún no hay con qué comparar.")
        return None
    nombres = {str(v["id"]): _nombre(v) for v in guardadas}
    antes = elegir("antes", "Del corte", nombres, str(guardadas[1]["id"]))
    despues = elegir("despues", "Al corte", nombres, str(guardadas[0]["id"]))
    return {"anio": anio, "ente_id": int(ente), "antes": int(antes), "despues": int(despues)}


def _nombre(v: Datos) -> str:
    vigente = ", vigente" if v["vigente"] else ""
    return f"Versión {v['numero']} · {mes_nombre(v['mes'])} · {fecha(v['cargado_en'].date())}{vigente}"


def titulo(hallado: Datos) -> str:
    """Cuántas claves cambian y cuánto se mueve el modificado y el devengado."""
    cuantas = sum(hallado["tipos"].values())
    if not cuantas:
        return "Los dos cortes dicen lo mismo"
    totales = hallado["totales"]
    modificado = totales["aprobado"] + totales["ampliaciones"] - totales["reducciones"]
    dicho = mayuscula(contar(cuantas, "clave cambia", "claves cambian"))
    return f"{dicho}: {_en_mdp(modificado)} de modificado y {_en_mdp(totales['devengado'])} de devengado"


def _en_mdp(centavos: int) -> str:
    return f"+{mdp(centavos)}" if centavos > 0 else mdp(centavos)


def _mas(centavos: int) -> str:
    return f"+{moneda(centavos)}" if centavos > 0 else moneda(centavos)


def dibujar(donde: Datos, hallado: Datos, pagina: int, pendientes: Mapping[str, int]) -> str | None:
    """Cuántas de cada tipo, los totales, la página y la descarga; devuelve la referencia de la elegida."""
    tipos = hallado["tipos"]
    cuantas = sum(tipos.values())
    st.markdown(" · ".join(f"{nombre}: {tipos.get(tipo, 0):,}" for tipo, nombre in TIPOS.items()))
    totales = hallado["totales"]
    st.html(tarjetas([(m.capitalize(), _mas(totales[m]), "") for m in MOMENTOS], (3, 2)))
    if not cuantas:
        return None
    lista = hallado["renglones"]
    columnas: dict[str, list[Any]] = {
        "Clave": [r["clave"] for r in lista],
        "Qué pasó": [TIPOS[r["tipo"]] for r in lista],
    }
    for momento in LADOS:
        columnas[f"Cambio en {momento}"] = [pesos(r[momento][1] - r[momento][0]) for r in lista]
        columnas[f"{momento.capitalize()} antes"] = [pesos(r[momento][0]) for r in lista]
        columnas[f"{momento.capitalize()} después"] = [pesos(r[momento][1]) for r in lista]
    dinero = list(columnas)[2:]
    columnas["Sin cerrar"] = [pendientes.get(_referencia(donde, r)) for r in lista]
    evento = st.dataframe(
        columnas,
        column_config={"Clave": st.column_config.TextColumn(width=ANCHO_CLAVE)}
        | {c: st.column_config.NumberColumn(format=PESOS) for c in dinero},
        hide_index=True,
        key=clave_de_ida(f"cambios_{pagina}"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="Claves que cambian de un corte a otro",
    )
    _descargas(donde, hallado)
    return next((_referencia(donde, lista[n]) for n in evento.selection.rows), None)


def _referencia(donde: Datos, r: Datos) -> str:
    return referencia("cambio", r["clave"], donde["ente_id"])


def pagina_de(cuantas: int) -> int:
    """La página elegida, desde 0; sólo se pregunta si hay más de una."""
    paginas = -(-cuantas // POR_PAGINA)
    if paginas < 2:
        return 0
    nombres = {str(n): f"{n} de {paginas:,}" for n in range(1, paginas + 1)}
    return int(elegir("pagina", "Página", nombres, "1")) - 1


def _descargas(donde: Datos, hallado: Datos) -> None:
    nombre = f"cambios_{donde['anio']}_v{hallado['antes']['numero']}_v{hallado['despues']['numero']}"
    st.download_button(
        "Descargar todos en CSV",
        partial(_csv, dict(donde)),
        file_name=f"{nombre}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _csv(donde: Mapping[str, int]) -> bytes:
    """Todas las claves que cambian, en valores: lo que parezca fórmula va como texto."""
    with reading() as session:
        hallado = cambios(session, **donde, por_pagina=TODAS)
    return en_csv(hallado["renglones"] if hallado else [])


def en_csv(renglones: Sequence[Datos]) -> bytes:
    """Un renglón por clave con cada momento antes y después, en pesos."""
    momentos = (*MOMENTOS, "modificado")
    salida = StringIO()
    hoja = csv.writer(salida)
    lados = [f"{momento}_{lado}" for momento in momentos for lado in ("antes", "despues")]
    hoja.writerow(["clave", "que_paso", *lados])
    for r in renglones:
        importes = [str(pesos(centavos)) for momento in momentos for centavos in r[momento]]
        hoja.writerow([sin_formula(r["clave"]), r["tipo"], *importes])
    return b"\xef\xbb\xbf" + salida.getvalue().encode()
