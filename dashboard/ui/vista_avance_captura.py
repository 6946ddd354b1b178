"""El tablero de captura: dependencia por periodo con palabra, icono y color, y lo que falta de cada una."""

from collections.abc import Mapping, Sequence
from functools import partial
from io import BytesIO
from typing import Any

import pandas as pd
import streamlit as st
import xlsxwriter

from dashboard.imports.plantilla import INERTE
from dashboard.pages_map import puede_abrir
from dashboard.sesion import actor
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.estado import color
from dashboard.ui.tema import oscuro
from dashboard.ui.texto import contar, esc_md
from db.rules.calendario import PALABRA, Entregado, lo_mas_urgente, sumar_cuentas
from db.rules.estado import Estado
from db.rules.formato import mes_anio, mes_nombre
from db.rules.permisos import Accion, Actor, Objeto, puede

Datos = Mapping[str, Any]

COLOR = {
    Entregado.FALTA: Estado.critico,
    Entregado.DEVUELTO: Estado.no_programado,
    Entregado.POR_CAPTURAR: Estado.no_toca,
    Entregado.TARDE: Estado.riesgo,
    Entregado.A_TIEMPO: Estado.adecuado,
}
"""El estado cuyo color toma cada palabra, para que el mismo color diga siempre lo mismo."""

FRASE = {
    Entregado.FALTA: ("falta", "faltan"),
    Entregado.DEVUELTO: ("devuelta", "devueltas"),
    Entregado.POR_CAPTURAR: ("por capturar", "por capturar"),
    Entregado.TARDE: ("tarde", "tarde"),
    Entregado.A_TIEMPO: ("a tiempo", "a tiempo"),
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGINA = {"meta": "metas", "indicador": "indicadores"}


def visibles(persona: Actor, datos: Datos) -> Datos:
    """El tablero con sólo las dependencias que su rol alcanza."""
    suyas = [
        d
        for d in datos["dependencias"]
        if puede(persona, Accion.VER_CAPTURA, Objeto(d["ente_id"], frozenset({d["id"]})))
    ]
    return {**datos, "dependencias": suyas}


def mes_elegido(datos: Datos, corte: int | None) -> int:
    """El periodo que se mira: el del corte, o el último en que la mayoría ya se entregó o venció."""
    if corte is not None and corte in datos["meses"]:
        return corte
    totales = {mes: _total(datos, mes) for mes in datos["meses"]}
    con_algo: list[int] = [mes for mes, t in totales.items() if t["por_capturar"] * 2 < t["tocan"]]
    primero: int = datos["meses"][0]
    return max(con_algo, default=primero)


def _total(datos: Datos, mes: int) -> dict[str, int]:
    return sumar_cuentas(d["meses"][mes] for d in datos["dependencias"])


def titulo(anio: int, mes: int, datos: Datos) -> str:
    """Cuántas dependencias ya entregaron todo el periodo."""
    con_algo = [d["meses"][mes] for d in datos["dependencias"] if d["meses"][mes]["tocan"]]
    listas = sum(c["a_tiempo"] + c["tarde"] == c["tocan"] for c in con_algo)
    cuando = mes_anio(anio, mes)
    if not con_algo:
        return f"En {cuando} no toca capturar"
    if listas == len(con_algo):
        return f"Todas entregaron {cuando}"
    return f"{listas} de {len(con_algo)} dependencias entregaron todo {cuando}"


def resumen(datos: Datos, mes: int) -> None:
    """Las cuentas del periodo en un renglón, cada una con su color, icono y palabra."""
    total = _total(datos, mes)
    partes = [_pintada(va, total[va.value]) for va in Entregado if total.get(va.value)]
    if total.get("sin_evidencia"):
        partes.append(f"{total['sin_evidencia']:,} entregadas sin evidencia")
    st.markdown(" · ".join(partes))


def _pintada(va: Entregado, cuantas: int) -> str:
    colores = {Estado.critico: "red", Estado.no_programado: "violet", Estado.no_toca: "gray"}
    colores |= {Estado.riesgo: "orange", Estado.adecuado: "green"}
    return f":{colores[COLOR[va]]}[{PALABRA[va][0]} **{cuantas:,} {FRASE[va][cuantas != 1]}**]"


def casilla(cuenta: Mapping[str, int]) -> str:
    """«◆ 3 faltan», lo que más urge de la casilla; «—» si no toca nada."""
    va = lo_mas_urgente(cuenta)
    if va is None:
        return "—"
    cuantas = cuenta[va.value]
    return f"{PALABRA[va][0]} {cuantas:,} {FRASE[va][cuantas != 1]}"


def tabla(anio: int, datos: Datos, mes: int) -> None:
    """Dependencia por periodo, primero el que se mira y quien más debe; elegir una abre lo que le falta."""
    dependencias = sorted(datos["dependencias"], key=partial(_urgencia, mes))
    meses = [mes, *(m for m in datos["meses"] if m != mes)]
    marco = pd.DataFrame(
        {
            "Dependencia": [f"{d['clave']} {d['nombre']}" for d in dependencias],
            **{mes_nombre(m).capitalize(): [casilla(d["meses"][m]) for d in dependencias] for m in meses},
            "Sin evidencia": [d["meses"][mes]["sin_evidencia"] for d in dependencias],
        }
    )
    estilos = pd.DataFrame("", index=marco.index, columns=marco.columns)
    es_oscuro = oscuro()
    for m in meses:
        estilos[mes_nombre(m).capitalize()] = [_estilo(d["meses"][m], es_oscuro) for d in dependencias]
    evento = st.dataframe(
        marco.style.apply(lambda _: estilos, axis=None),
        column_config={"Dependencia": st.column_config.TextColumn(width=200)},
        hide_index=True,
        key=clave_de_ida("tablero_captura"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Entregas por dependencia y periodo",
    )
    if evento.selection.rows:
        ir("avance_captura", {"dependencia": dependencias[evento.selection.rows[0]]["id"]})
    st.caption("Cada casilla dice lo que más urge. Elija una dependencia para ver qué le falta.")
    st.download_button(
        "Descargar para la reunión",
        partial(libro, anio, datos),
        file_name=f"captura_{anio}.xlsx",
        mime=XLSX,
        icon=":material/download:",
        on_click="ignore",
    )


def _urgencia(mes: int, dependencia: Datos) -> tuple[int, ...]:
    """Primero quien más debe en el periodo: lo que falta, luego lo devuelto y lo que va sin evidencia."""
    cuenta = dependencia["meses"][mes]
    return tuple(-cuenta[nombre] for nombre in ("falta", "devuelto", "por_capturar", "sin_evidencia"))


def _estilo(cuenta: Mapping[str, int], es_oscuro: bool) -> str:
    va = lo_mas_urgente(cuenta)
    return "" if va is None else f"color: {color(COLOR[va], es_oscuro)}"


def elegida(datos: Datos) -> Datos | None:
    """La dependencia de la dirección, si su rol la alcanza; si sólo alcanza una, ésa."""
    dependencias = datos["dependencias"]
    if len(dependencias) == 1:
        return dependencias[0]  # type: ignore[no-any-return]
    return next((d for d in dependencias if d["id"] == entero("dependencia")), None)


def detalle(dependencia: Datos, mes: int, lista: Sequence[Datos]) -> None:
    """Lo que le falta a una dependencia en el periodo; elegir un renglón abre su ficha."""
    nombre = esc_md(dependencia["nombre"])
    if not lista:
        st.subheader(f"{nombre}: nada pendiente en {mes_nombre(mes)}", anchor=False)
        return
    st.subheader(f"{nombre}: {contar(len(lista), 'entrega', 'entregas')} por atender", anchor=False)
    evento = st.dataframe(
        {
            "Cómo va": [" ".join(PALABRA[Entregado(p["va"])]) for p in lista],
            "Meta o indicador": [p["nombre"] for p in lista],
            "Evidencia": ["✔ Con evidencia" if p["con_evidencia"] else "○ Sin evidencia" for p in lista],
            "Área": [p["area"] for p in lista],
        },
        column_config={"Meta o indicador": st.column_config.TextColumn(width=260)},
        hide_index=True,
        key=clave_de_ida("captura_pendiente"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Lo que falta a la dependencia en el periodo",
    )
    if evento.selection.rows:
        uno = lista[evento.selection.rows[0]]
        ir(PAGINA[uno["clase"]], {uno["clase"]: uno["id"]})
    enlace("metas", "Todas sus metas", {"dependencia": dependencia["id"]})
    if puede_abrir(actor(), "evidencias"):
        enlace("evidencias", "Sus evidencias", {"area": dependencia["id"]})


def libro(anio: int, datos: Datos) -> bytes:
    """Un renglón por dependencia y periodo con todas sus cuentas, en números y sin fórmulas."""
    salida = BytesIO()
    archivo = xlsxwriter.Workbook(salida, INERTE)
    hoja, negrita = archivo.add_worksheet("Captura"), archivo.add_format({"bold": True})
    columnas = ("tocan", *(va.value for va in Entregado), "sin_evidencia")
    rotulos = ("Tocan", *(PALABRA[va][1] for va in Entregado), "Sin evidencia")
    hoja.write_row(0, 0, ("Clave", "Dependencia", "Periodo", *rotulos), negrita)
    hoja.set_column(1, 1, 48)
    hoja.freeze_panes(1, 2)
    fila = 1
    for d in datos["dependencias"]:
        for mes in datos["meses"]:
            cuentas = [d["meses"][mes][c] for c in columnas]
            hoja.write_row(fila, 0, (d["clave"], d["nombre"], mes_anio(anio, mes), *cuentas))
            fila += 1
    archivo.close()
    return salida.getvalue()
