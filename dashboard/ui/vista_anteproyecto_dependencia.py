"""Una dependencia en el presupuesto en integración: 01a, 04a, comparación y su libro de Excel."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.cache import ask
from dashboard.ui.camino import pestanas
from dashboard.ui.captura_anteproyecto import capturar
from dashboard.ui.carga import XLSX
from dashboard.ui.cierre_anteproyecto import firmas
from dashboard.ui.enlaces import enlace
from dashboard.ui.libro_anteproyecto import libro
from dashboard.ui.tabla_gasto import pesos
from dashboard.ui.texto import esc_md
from dashboard.ui.vista_anteproyecto import (
    ANCHO_DE_QUIEN,
    FRENTE,
    PESOS,
    auxiliares,
    capitulos,
    cifras,
    columnas_de_dinero,
    comprobaciones,
    configuracion_de_dinero,
    por_capitulo,
    titular_de_una,
    volver,
)
from db.queries.anteproyecto_captura import conceptos
from db.queries.anteproyecto_dependencia import dependencia, titulares
from db.queries.anteproyecto_revision import comprobaciones as revisar
from db.rules.anteproyecto import MESES
from db.rules.formato import SIN_VALOR, moneda
from db.rules.permisos import Accion, Actor

Datos = Mapping[str, Any]

PARTES = {
    "captura": "Captura",
    "01a": "PbRM-01a",
    "04a": "PbRM-04a",
    "capitulos": "Capítulos",
    "anterior": "Año anterior",
    "revision": "Comprobaciones",
    "firmas": "Firmas",
}


def pantalla(
    persona: Actor, general: Datos, etapa: Datos, municipio: str, *, sola: bool, arriba: DeltaGenerator
) -> None:
    """Lo de una dependencia general, por partes; `sola` es que la persona no ve las demás."""
    ente_id, anio = etapa["ente_id"], etapa["anio"]
    mira = auxiliares(persona, ente_id, general, Accion.VER_ANTEPROYECTO)
    suyas = auxiliares(persona, ente_id, general, Accion.EDITAR_ANTEPROYECTO)
    datos = ask(dependencia, etapa_id=etapa["id"], general_id=general["id"], auxiliares=mira)
    nombres = ask(conceptos)
    arriba.title(esc_md(titular_de_una(datos)), anchor=False)
    st.markdown(f"{cifras(datos, anio)}\n\n{por_capitulo(datos['capitulos'])}")
    with st.container(horizontal=True):
        if not sola:
            volver(etapa)
        enlace("presupuesto", f"Gasto {anio - 1}", {"dependencia_general": datos["clave"]})
        enlace("metas", f"Metas {anio - 1}", {"dependencia": datos["id"]})
        descargar(datos, etapa, municipio, nombres)
    edita = etapa["estado"] == "abierta" and suyas != ()
    parte = pestanas("parte", {k: v for k, v in PARTES.items() if edita or k != "captura"})
    if parte == "captura":
        capturar(datos, etapa, suyas)
    elif parte == "01a":
        formato_01a(datos)
    elif parte == "04a":
        formato_04a(datos, nombres)
    elif parte == "capitulos":
        capitulos(datos["capitulos"], anio, nombres)
    elif parte == "anterior":
        comparacion(datos, anio, nombres)
    elif parte == "revision":
        comprobaciones(ask(revisar, etapa_id=etapa["id"], solo=(datos["clave"],)))
    else:
        firmas(datos, etapa, persona, ask(titulares, ente_id=ente_id))


def formato_01a(datos: Datos) -> None:
    """PbRM-01a: dependencia auxiliar, proyectos ejecutados y presupuesto autorizado por proyecto."""
    lista = datos["proyectos"]
    st.markdown("### PbRM-01a · Dimensión Administrativa del Gasto", anchors=False)
    st.dataframe(
        {
            "Código Dependencia Auxiliar": [p["auxiliar"] for p in lista],
            "Denominación Dependencia Auxiliar": [p["auxiliar_nombre"] for p in lista],
            "Clave del Proyecto": [p["proyecto"] for p in lista],
            "Denominación del Proyecto": [p["proyecto_nombre"] for p in lista],
            "Presupuesto autorizado por Proyecto": [pesos(p["propuesto"]) for p in lista],
        },
        column_config={
            "Presupuesto autorizado por Proyecto": st.column_config.NumberColumn(format=PESOS),
        },
        hide_index=True,
        alt="Proyectos ejecutados y su presupuesto",
    )
    st.markdown(f"Presupuesto Total: **{esc_md(moneda(sum(p['propuesto'] for p in lista)))}**")


def formato_04a(datos: Datos, nombres: Mapping[str, str]) -> None:
    """PbRM-04a: cada partida por mes, con su total por mes; los doce meses suman el año."""
    lista = por_partida(datos["partidas"])
    st.markdown("### PbRM-04a · Presupuesto de Egresos Detallado", anchors=False)
    meses = [sum(fila[1][mes] for fila in lista) for mes in range(len(MESES))]
    filas = [*lista, ("Total", tuple(meses))]
    st.dataframe(
        {
            "Partida": [
                f"{clave} {nombres.get(clave) or nombres.get(clave[:3] + '0', '')}".strip()
                for clave, _ in filas
            ],
            "Anual": [pesos(sum(suyos)) for _, suyos in filas],
            **{
                nombre.capitalize(): [pesos(suyos[mes]) for _, suyos in filas]
                for mes, nombre in enumerate(MESES)
            },
        },
        column_config={
            "Partida": st.column_config.TextColumn(width=ANCHO_DE_QUIEN),
            **{
                nombre: st.column_config.NumberColumn(format=PESOS)
                for nombre in ("Anual", *(mes.capitalize() for mes in MESES))
            },
        },
        hide_index=True,
        alt="Presupuesto por partida y mes",
    )
    st.markdown(
        f"Los doce meses suman **{esc_md(moneda(sum(meses)))}** y las partidas "
        f"**{esc_md(moneda(sum(f['anual'] for f in datos['partidas'])))}**."
    )


def por_partida(partidas: Sequence[Datos]) -> list[tuple[str, tuple[int, ...]]]:
    """Partida → sus doce meses, sumadas todas sus fuentes y proyectos."""
    suma: dict[str, list[int]] = defaultdict(lambda: [0] * len(MESES))
    for fila in partidas:
        for mes, importe in enumerate(fila["meses"]):
            suma[fila["partida"]][mes] += importe
    return [(partida, tuple(meses)) for partida, meses in sorted(suma.items())]


def comparacion(datos: Datos, anio: int, nombres: Mapping[str, str]) -> None:
    """Programa por capítulo: lo propuesto frente a lo aprobado, modificado y devengado el año anterior."""
    lista = datos["comparacion"]
    if datos["corte"] is None:
        st.info(f"No hay presupuesto de {anio - 1} cargado: no hay con qué comparar.")
    dinero = columnas_de_dinero(lista, anio)
    for sobra in ("Techo", FRENTE):
        dinero.pop(sobra)
    st.dataframe(
        {
            "Programa y capítulo": [
                f"{c['programa']} · {c['capitulo']}" if c["programa"] else c["nombre"] for c in lista
            ],
            **dinero,
            "Diferencia": [SIN_VALOR if c["diferencia"] is None else moneda(c["diferencia"]) for c in lista],
            "Programa": [c["nombre"] for c in lista],
            "Capítulo": [nombres.get(c["capitulo"], "") for c in lista],
        },
        column_config=configuracion_de_dinero(anio),
        hide_index=True,
        placeholder=SIN_VALOR,
        alt="Propuesto frente al año anterior por programa y capítulo",
    )


def descargar(datos: Datos, etapa: Datos, municipio: str, nombres: Mapping[str, str]) -> None:
    """El libro con 01a, 04a y capítulos, en valores; se arma al pedirlo."""
    st.download_button(
        "Descargar 01a y 04a",
        partial(libro, datos, etapa, municipio, nombres),
        file_name=f"anteproyecto_{etapa['anio']}_{datos['clave']}.xlsx",
        mime=XLSX,
        icon=":material/download:",
        on_click="ignore",
    )
