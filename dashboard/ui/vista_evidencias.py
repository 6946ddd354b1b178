"""La pantalla de evidencias: qué áreas entregaron sin prueba en cada periodo, y la biblioteca."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.gate.evidencia import RUTA
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.estado import color
from dashboard.ui.tema import oscuro
from dashboard.ui.texto import esc_md
from db.rules.estado import Estado
from db.rules.evidencias import PALABRA_CLASIFICACION, PALABRA_TIPO, tamano_en_palabras
from db.rules.formato import fecha_hora, mes_anio, mes_nombre
from db.rules.permisos import Accion, Actor, Objeto, puede

Datos = Mapping[str, Any]

POR_PAGINA = 100


def visibles(persona: Actor, datos: Datos) -> Datos:
    """La cobertura con sólo las áreas que su rol alcanza."""
    suyas = [
        a
        for a in datos["areas"]
        if puede(persona, Accion.VER_EVIDENCIAS, Objeto(a["ente_id"], frozenset({a["id"], a["general_id"]})))
    ]
    return {**datos, "areas": suyas}


def mes_elegido(datos: Datos, corte: int | None) -> int:
    """El periodo que se mira: el del corte, o el último en que la mayoría ya se entregó."""
    if corte is not None and corte in datos["meses"]:
        return corte
    sumas = {m: [_cuenta(a, m) for a in datos["areas"]] for m in datos["meses"]}
    mayoria = [
        m
        for m, cuentas in sumas.items()
        if sum(c["entregadas"] for c in cuentas) * 2 >= sum(c["tocan"] for c in cuentas) > 0
    ]
    return int(max(mayoria, default=datos["meses"][0]))


def _cuenta(area: Datos, mes: int) -> Datos:
    vacia: Datos = {"tocan": 0, "entregadas": 0, "con": 0, "sin": 0}
    cuenta: Datos = area["meses"].get(mes, vacia)
    return cuenta


def titulo(anio: int, mes: int, datos: Datos) -> str:
    """Cuántas entregas del periodo no traen evidencia."""
    cuando = mes_anio(anio, mes)
    cuentas = [_cuenta(a, mes) for a in datos["areas"]]
    entregadas, sin = sum(c["entregadas"] for c in cuentas), sum(c["sin"] for c in cuentas)
    if not entregadas:
        return f"Nadie ha entregado {cuando}"
    if not sin:
        return f"Todo lo entregado en {cuando} trae evidencia"
    van = "va" if sin == 1 else "van"
    return f"{sin:,} de {entregadas:,} entregas de {cuando} {van} sin evidencia"


def cobertura(datos: Datos, mes: int) -> None:
    """Área por periodo, primero el que se mira y quien más debe; elegir una abre sus evidencias."""
    areas = sorted(datos["areas"], key=lambda a: (-_cuenta(a, mes)["sin"], a["ente_id"], a["clave"]))
    meses = [mes, *(m for m in datos["meses"] if m != mes)]
    marco = pd.DataFrame(
        {
            "Área": [f"{a['clave']} {a['nombre']}" for a in areas],
            **{mes_nombre(m).capitalize(): [casilla(_cuenta(a, m)) for a in areas] for m in meses},
        }
    )
    es_oscuro = oscuro()
    estilos = pd.DataFrame("", index=marco.index, columns=marco.columns)
    for m in meses:
        estilos[mes_nombre(m).capitalize()] = [_estilo(_cuenta(a, m), es_oscuro) for a in areas]
    evento = st.dataframe(
        marco.style.apply(lambda _: estilos, axis=None),
        column_config={"Área": st.column_config.TextColumn(width=190)},
        height=320 if len(areas) > 8 else "content",
        hide_index=True,
        key=clave_de_ida("cobertura"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Entregas con evidencia por área y periodo",
    )
    st.caption("Cada casilla dice cuántas entregas traen evidencia. Elija un área para ver sólo las suyas.")
    if evento.selection.rows:
        ir("evidencias", {"area": areas[evento.selection.rows[0]]["id"]})


def casilla(cuenta: Datos) -> str:
    """«✔ 4 de 4», «▲ 1 de 4», «◆ 0 de 4»; «○ por entregar» y «—» si no toca."""
    if not cuenta["tocan"]:
        return "—"
    if not cuenta["entregadas"]:
        return "○ por entregar"
    icono = "✔" if not cuenta["sin"] else ("▲" if cuenta["con"] else "◆")
    return f"{icono} {cuenta['con']:,} de {cuenta['entregadas']:,}"


def _estilo(cuenta: Datos, es_oscuro: bool) -> str:
    if not cuenta["entregadas"]:
        return ""
    cual = Estado.adecuado if not cuenta["sin"] else (Estado.riesgo if cuenta["con"] else Estado.critico)
    return f"color: {color(cual, es_oscuro)}"


def pedir_filtro(datos: Datos, meses: Sequence[int]) -> dict[str, Any]:
    """Los filtros de la biblioteca, que viajan en la dirección: área, periodo, clasificación y texto."""
    areas = {a["general_id"]: a["general"] for a in datos["areas"]}
    areas |= {a["id"]: f"{a['clave']} {a['nombre']}" for a in datos["areas"]}
    pedida = entero("area")
    if pedida in areas:
        with st.container(horizontal=True):
            st.markdown(f"**{esc_md(areas[pedida])}**")
            enlace("evidencias", "Ver todas las áreas")
    with st.container(horizontal=True):
        mes = st.selectbox(
            "Periodo",
            [0, *meses],
            key="periodo",
            bind="query-params",
            format_func=lambda m: "Todos" if m == 0 else mes_nombre(m).capitalize(),
        )
        clasificacion = st.selectbox(
            "Clasificación",
            ["", *PALABRA_CLASIFICACION],
            key="clasificacion",
            bind="query-params",
            format_func=lambda c: " ".join(PALABRA_CLASIFICACION[c]) if c else "Todas",
        )
        buscar = st.text_input("Buscar", key="buscar", bind="query-params", placeholder="Archivo o resultado")
    return {
        "mes": mes or None,
        "clasificacion": clasificacion,
        "buscar": buscar[:80],
        "area_id": pedida if pedida in areas else None,
    }


def biblioteca(filas: Sequence[Datos]) -> None:
    """Los archivos con su liga de descarga, su clasificación y lo que prueban."""
    if not filas:
        st.info("Ninguna evidencia con estos filtros. Se suben al capturar, junto a cada resultado.")
        return
    vistas = _pagina(filas)
    st.dataframe(
        {
            "Archivo": [f["nombre"] for f in vistas],
            "Descarga": [None if f["retirada"] else f"{RUTA}{f['id']}" for f in vistas],
            "Prueba": [_prueba(f) for f in vistas],
            "Clasificación": [" ".join(PALABRA_CLASIFICACION[f["clasificacion"]]) for f in vistas],
            "Estado": [f"✖ Retirada: {f['motivo']}" if f["retirada"] else "✔ Vigente" for f in vistas],
            "Área": [f["area"] for f in vistas],
            "Tipo": [f"{PALABRA_TIPO[f['tipo']]}, {tamano_en_palabras(f['tamano'])}" for f in vistas],
            "Subió": [f"{f['subio']}, {fecha_hora(f['subida_en'])}" for f in vistas],
        },
        column_config={
            "Archivo": st.column_config.TextColumn(width=150),
            "Descarga": st.column_config.LinkColumn(display_text="Abrir", width=70),
            "Prueba": st.column_config.TextColumn(width=240),
        },
        hide_index=True,
        placeholder="—",
        alt="Evidencias con lo que prueban",
    )


def _prueba(f: Datos) -> str:
    primera = f["prueba"][0]
    mas = f" y {len(f['prueba']) - 1:,} más" if len(f["prueba"]) > 1 else ""
    return f"{primera['nombre']} ({mes_nombre(primera['mes'])}){mas}"


def _pagina(filas: Sequence[Datos]) -> Sequence[Datos]:
    if len(filas) <= POR_PAGINA:
        return filas
    elegida = st.selectbox(
        "Página",
        range(1, (len(filas) - 1) // POR_PAGINA + 2),
        key="pagina",
        bind="query-params",
        format_func=lambda n: (
            f"{(n - 1) * POR_PAGINA + 1:,} a {min(n * POR_PAGINA, len(filas)):,} de {len(filas):,}"
        ),
    )
    return filas[(elegida - 1) * POR_PAGINA : elegida * POR_PAGINA]
