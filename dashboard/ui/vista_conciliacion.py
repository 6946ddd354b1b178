"""La conciliación en pantalla: qué se comprobó, qué no cuadra y la observación de cada hallazgo."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.ui import observaciones as en_observaciones
from dashboard.ui.comprobaciones import TODAS_LAS_CLAVES, etiqueta
from dashboard.ui.enlaces import clave_de_ida, enlace
from dashboard.ui.tabla_gasto import ANCHO_CLAVE, ANCHO_NOMBRE, PESOS, pesos
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.queries import observaciones
from db.rules.conciliacion import LADOS, en_palabras
from db.rules.estado import Estado
from db.rules.formato import mes_nombre
from db.rules.permisos import Actor

Datos = Mapping[str, Any]

ASUNTO = "conciliacion"
SUYOS = {"identidades": "identidad:", "cambios": "cambio:", "eaepe": "eaepe:"}
"""Con qué empieza la referencia de los hallazgos de cada vista."""
ANCHO_IMPORTE = 130
"""Pixeles: caben mil millones de pesos con sus centavos."""
LARGO_MAXIMO = 160
"""Letras de una referencia; más no es de nadie."""
MOMENTOS = {
    "aprobado": "Aprobado",
    "ampliaciones": "Ampliaciones",
    "reducciones": "Reducciones",
    "modificado": "Modificado",
    "comprometido": "Comprometido",
    "devengado": "Devengado",
    "ejercido": "Ejercido",
    "pagado": "Pagado",
}


def resumen(vista: Datos, pendientes: Mapping[str, int]) -> str | None:
    """La tabla de lo comprobado; devuelve la referencia del renglón elegido."""
    filas = vista["filas"]
    evento = st.dataframe(
        {
            "Estado": [etiqueta(f["estado"]) for f in filas],
            "Qué se comprueba": [f["que"] for f in filas],
            "Importe": [None if f["importe"] is None else pesos(f["importe"]) for f in filas],
            "Qué pasa": [f["dicho"] for f in filas],
            "Sin cerrar": [pendientes.get(f["referencia"]) for f in filas],
            "Ente": [f["ente"] for f in filas],
        },
        column_config={
            "Qué se comprueba": st.column_config.TextColumn(width=ANCHO_NOMBRE),
            "Importe": st.column_config.NumberColumn(format=PESOS, width=ANCHO_IMPORTE),
            "Qué pasa": st.column_config.TextColumn(width=ANCHO_NOMBRE),
            "Sin cerrar": st.column_config.NumberColumn(help="Observaciones sin cerrar de ese renglón."),
        },
        hide_index=True,
        key=clave_de_ida("comprobado"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="Comprobaciones de la conciliación y su resultado",
    )
    return next((filas[n]["referencia"] for n in evento.selection.rows), None)


def cortes(entes: Sequence[Datos]) -> None:
    """Los totales de control de cada corte vigente, de qué archivo salieron."""
    st.subheader("Totales de control de los cortes vigentes", anchor=False)
    st.dataframe(
        {
            "Ente": [e["ente"] for e in entes],
            **{titulo: [pesos(e["control"][m]) for e in entes] for m, titulo in MOMENTOS.items()},
            "Hasta": [mes_nombre(e["mes"]) for e in entes],
            "Versión": [e["numero"] for e in entes],
            "Archivo": [e["archivo"] for e in entes],
        },
        column_config={t: st.column_config.NumberColumn(format=PESOS) for t in MOMENTOS.values()},
        hide_index=True,
        alt="Totales de control por ente y momento",
    )


def titulo_de_identidades(hallado: Datos) -> str:
    """Cuántas claves rompen alguna."""
    return mayuscula(contar(hallado["claves"], "clave rompe una identidad", "claves rompen una identidad"))


def titulo_del_cotejo(renglones: Sequence[Datos]) -> str:
    """Cuántos renglones del EAEPE no dicen lo que las claves."""
    if not renglones:
        return "Ningún ente tiene a la vez claves y EAEPE que comparar"
    malos = sum(not r["cuadra"] for r in renglones)
    dicho = contar(malos, "renglón del EAEPE difiere", "renglones del EAEPE difieren", femenino=False)
    return mayuscula(f"{dicho} de las claves")


def identidades(hallado: Datos, pendientes: Mapping[str, int]) -> str | None:
    """Las claves que rompen una identidad; devuelve la referencia de la elegida."""
    renglones = hallado["renglones"]
    if not renglones:
        st.success("Al corte, ninguna clave rompe el orden de los momentos ni trae negativos.")
        return None
    evento = st.dataframe(
        {
            "Clave": [r["clave"] for r in renglones],
            "Importe": [pesos(abs(r["importe"])) for r in renglones],
            "Qué pasa": [r["mensaje"] for r in renglones],
            "Regla": [r["regla"] for r in renglones],
            "Dependencia": [r["dependencia"] for r in renglones],
            "Partida": [r["partida"] for r in renglones],
            "Sin cerrar": [pendientes.get(r["referencia"]) for r in renglones],
            "Ente": [hallado["entes"].get(r["ente"], "") for r in renglones],
        },
        column_config={
            "Clave": st.column_config.TextColumn(width=ANCHO_CLAVE),
            "Importe": st.column_config.NumberColumn(format=PESOS),
        },
        hide_index=True,
        key=clave_de_ida("identidades"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="Claves que rompen una identidad",
    )
    return next((renglones[n]["referencia"] for n in evento.selection.rows), None)


def cotejo(renglones: Sequence[Datos], pendientes: Mapping[str, int], entes: Mapping[str, str]) -> str | None:
    """EAEPE contra claves; devuelve la referencia del renglón elegido."""
    if not renglones:
        st.info("Se compara cuando un ente tiene cargados el presupuesto por clave y su EAEPE.")
        return None
    orden = sorted(renglones, key=lambda r: (r["cuadra"], -abs(r["mayor"])))
    columnas: dict[str, list[Any]] = {
        "Estado": [etiqueta(Estado.adecuado if r["cuadra"] else Estado.critico) for r in orden],
        "Renglón": [f"{r['codigo']} {r['concepto']}" for r in orden],
        "Mayor diferencia": [pesos(r["mayor"]) for r in orden],
    }
    for momento in LADOS:
        columnas[f"{momento.capitalize()} en el EAEPE"] = [pesos(r["eaepe"][momento]) for r in orden]
        columnas[f"{momento.capitalize()} en las claves"] = [pesos(r["claves"][momento]) for r in orden]
    dinero = [c for c in columnas if c not in ("Estado", "Renglón")]
    columnas |= {
        "Sin cerrar": [pendientes.get(r["referencia"]) for r in orden],
        "Corte": [mes_nombre(r["mes"]) for r in orden],
        "Ente": [entes.get(r["ente"], "") for r in orden],
    }
    evento = st.dataframe(
        columnas,
        column_config={"Renglón": st.column_config.TextColumn(width=ANCHO_NOMBRE)}
        | {c: st.column_config.NumberColumn(format=PESOS) for c in dinero},
        hide_index=True,
        key=clave_de_ida("cotejo"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="EAEPE cargado contra la suma de las claves",
    )
    return next((orden[n]["referencia"] for n in evento.selection.rows), None)


def hallazgo(persona: Actor, anio: int, vista: str, elegido: str | None, entes: Mapping[str, str]) -> None:
    """El hallazgo elegido, o el que pide la dirección, con su liga y sus observaciones.

    Cada vista sólo muestra los suyos; la de comprobaciones, cualquiera.
    """
    if elegido is not None:
        st.query_params["hallazgo"] = elegido
    cual = st.query_params.get("hallazgo", "")[:LARGO_MAXIMO]
    if not cual or not cual.startswith(SUYOS.get(vista, "")):
        st.caption("Elija un renglón para observarlo.")
        return
    parte, _, resto = cual.partition(":")
    objeto, _, ente = resto.rpartition(":")
    st.subheader(esc_md(en_palabras(cual)), anchor=False)
    if cual == TODAS_LAS_CLAVES:
        enlace("conciliacion", "Ver las claves", {"parte": "identidades"})
    elif parte in ("identidad", "cambio") and ente in entes:
        enlace("presupuesto", "Abrir la clave", {"clave": objeto, "ente": entes[ente]})
    if parte == "plan":
        enlace("vinculos", "Ver la lista en Dinero y plan")
    if parte == "eaepe":
        enlace("eaepe", "Ver el estado analítico")
    en_observaciones.seccion(persona, anio, ASUNTO, cual, ente_id=int(ente) if ente in entes else None)


def pendientes(anio: int) -> dict[str, int]:
    """Observaciones sin cerrar por hallazgo."""
    return ask(observaciones.pendientes_por_referencia, anio=anio, asunto=ASUNTO)
