"""El EAEPE en pantalla: qué dice, la hoja oficial, de qué se compone y sus cuadres."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.ui.enlaces import enlace
from dashboard.ui.hoja_eaepe import hoja
from dashboard.ui.tabla_gasto import ANCHO_NOMBRE, PESOS, POR_CIENTO, pesos
from dashboard.ui.texto import contar
from db.queries import eaepe
from db.rules.eaepe import parte
from db.rules.formato import mdp, mes_nombre, moneda, pct

Datos = Mapping[str, Any]

PROGRAMATICA = "programatica"
ORIGENES = {eaepe.CLAVES: "De las claves", eaepe.ARCHIVO: "Del archivo cargado"}


def vista_eaepe(session: Session, **donde: Any) -> dict[str, Any]:
    """El estado con su hoja ya escrita y su análisis; se calcula una vez por versión de los datos."""
    estado = eaepe.estado(session, **donde)
    if not estado["renglones"]:
        return estado
    return {**estado, "hoja": hoja(estado), "titulo": titulo(estado), "analisis": analisis(estado)}


def titulo(estado: Datos) -> str:
    """Cuánto queda por ejercer y en qué renglón está la mayor parte."""
    total = estado["total"]
    queda = total["subejercicio"]
    if queda < 0:
        return f"Se devengaron {mdp(-queda)} más de los {mdp(total['modificado'])} autorizados"
    principales = _principales(estado)
    mayor = max(principales, key=lambda r: r["subejercicio"])
    de_el = parte(mayor["subejercicio"], queda)
    donde = f"; {pct(de_el, 0)} está en {mayor['concepto']}" if len(principales) > 1 and queda else ""
    return f"{mdp(queda)} de subejercicio{donde}"


def _principales(estado: Datos) -> list[Datos]:
    """Los que suman al total; por categoría programática, las letras, que «Programas» junta casi todas."""
    renglones: Sequence[Datos] = estado["renglones"]
    if estado["clasificacion"] != PROGRAMATICA:
        return [r for r in renglones if r["nivel"] == 1]
    siguientes = [*(r["nivel"] for r in renglones[1:]), 0]
    return [r for r, sigue in zip(renglones, siguientes, strict=True) if sigue <= r["nivel"]]


def analisis(estado: Datos) -> dict[str, list[Any]]:
    """Por renglón principal, del mayor subejercicio al menor: su peso, lo gastado y lo que cambió."""
    filas = sorted(
        (r for r in _principales(estado) if any((r["modificado"], r["devengado"]))),
        key=lambda r: -r["subejercicio"],
    )
    total, previo = estado["total"]["modificado"], estado["previo"]
    tabla: dict[str, list[Any]] = {
        "Concepto": [r["concepto"] for r in filas],
        "Subejercicio": [pesos(r["subejercicio"]) for r in filas],
        "Del total": [parte(r["modificado"], total) for r in filas],
        "Devengado": [parte(r["devengado"], r["modificado"]) for r in filas],
    }
    if previo:
        antes = [previo["por_renglon"].get(r["clave"] or r["concepto"]) for r in filas]
        mes = mes_nombre(previo["mes"])
        for campo, nombre in (("devengado", "Devengado"), ("modificado", "Modificado")):
            tabla[f"{nombre} desde {mes}"] = [
                None if a is None else pesos(r[campo] - a[campo]) for r, a in zip(filas, antes, strict=True)
            ]
    return tabla


def sin_estado(estado: Datos) -> None:
    """Ni claves ni archivo."""
    st.title(f"Aún no hay estado analítico de {estado['anio']}", anchor=False)
    st.info(
        "Se calcula solo cuando Tesorería carga el presupuesto por clave en Importar; si no lo tiene, "
        "cargue ahí el EAEPE que publica el ente, en cualquiera de sus clasificaciones."
    )


def de_donde(estado: Datos) -> str:
    """El renglón que dice de qué sale y a qué fecha llega."""
    if estado["origen"] == eaepe.ARCHIVO:
        return f"{estado['ente']} · cargado de «{estado['archivo']}», versión {estado['numero']}"
    interno = estado["interno"]
    nota = f" · suma; {moneda(interno)} son transferencias entre entes" if interno else ""
    return f"{estado['ente']} · calculado de las claves presupuestarias{nota}"


def dibujar(estado: Datos) -> None:
    """Los cuadres, dónde está lo que falta por ejercer, cómo emitirlo y la hoja."""
    _cuadres(estado)
    _analisis(estado["analisis"])
    enlace(
        "documentos",
        "Emitirlo en PDF, Word o Excel",
        {"documento": "eaepe", "clasificacion": estado["clasificacion"], "mes": estado["mes"]},
    )
    st.html(estado["hoja"])


def _analisis(tabla: Mapping[str, Sequence[Any]]) -> None:
    st.subheader("Dónde está lo que falta por ejercer", anchor=False)
    importes = [c for c in tabla if c == "Subejercicio" or " desde " in c]
    st.dataframe(
        dict(tabla),
        column_config={
            "Concepto": st.column_config.TextColumn(width=ANCHO_NOMBRE),
            **{c: st.column_config.NumberColumn(format=PESOS) for c in importes},
            "Del total": st.column_config.NumberColumn(format=POR_CIENTO, help="Parte del modificado."),
            "Devengado": st.column_config.NumberColumn(format=POR_CIENTO, help="Devengado ÷ modificado."),
        },
        hide_index=True,
        placeholder="—",
        alt="Subejercicio, peso y cambio de cada renglón principal",
    )


def _cuadres(estado: Datos) -> None:
    """Las identidades del estado: una línea si cumplen, la lista si no."""
    faltas: Sequence[Datos] = estado["faltas"]
    if not faltas:
        st.markdown(
            ":green[✔ **Cuadra**] Modificado, subejercicio y la suma de cada desglose, al peso por renglón."
        )
        return
    cuantas = contar(len(faltas), "renglón no cuadra", "renglones no cuadran", femenino=False)
    st.markdown(f":red[✖ **No cuadra**] {cuantas}.")
    st.dataframe(
        {
            "Concepto": [estado["renglones"][f["renglon"]]["concepto"] for f in faltas],
            "Qué pasa": [f["mensaje"] for f in faltas],
            "Regla": [f["regla"] for f in faltas],
        },
        hide_index=True,
        alt="Renglones del estado que no cuadran",
    )
