"""Los fondos etiquetados en pantalla: la lista por lo que urge y la ficha de cada uno."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.ui import piezas
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.estado import pintar
from dashboard.ui.grafica_fondo import grafica_del_fondo, puntos_del_fondo
from dashboard.ui.tabla_gasto import ANCHO_NOMBRE, PESOS, pesos, rotulo
from dashboard.ui.tarjetas_dinero import tarjetas
from dashboard.ui.texto import esc_md, mayuscula
from db.engine import reading
from db.queries import fondos, municipio
from db.rules.cruce import ordenar
from db.rules.estado import PRESENTACION, Estado
from db.rules.fondo import cuanto_queda
from db.rules.formato import fecha, mdp, moneda

Datos = Mapping[str, Any]

SALDOS = (
    ("Asignado", "asignado", "lo publicado en el año"),
    ("Recibido", "recibido", "ministrado hasta hoy"),
    ("Por recibir", "por_recibir", ""),
    ("Presupuestado", "modificado", "modificado de sus claves"),
    ("Comprometido", "comprometido", ""),
    ("Devengado", "devengado", ""),
    ("Pagado", "pagado", ""),
    ("Por devengar", "por_devengar", "asignado − devengado"),
    ("Recibido sin pagar", "en_caja", "recibido − pagado"),
)


def hoy() -> date:
    """La fecha del municipio; no se guarda en memoria, porque cambia sin que nadie escriba."""
    with reading() as session:
        return municipio.hoy(session)


def vista_fondo(
    session: Session, *, anio: int, mes: int | None, fondo_id: int, dia: date, oscuro: bool
) -> dict[str, Any] | None:
    """La ficha de un fondo con su gráfica; None si no es del ejercicio."""
    ficha = fondos.ficha(session, anio=anio, mes=mes, fondo_id=fondo_id, hoy=dia)
    if ficha is None:
        return None
    puntos = puntos_del_fondo(anio, ficha["mes"], ficha["ministraciones"], ficha["meses"])
    return {**ficha, "grafica": grafica_del_fondo(puntos, ficha["mes"], oscuro)}


def titulo_de_la_lista(lista: Sequence[Datos]) -> str:
    """Cuánto queda por devengar entre todos y cuál plazo está más cerca."""
    queda = sum(max(0, f["saldo"]["por_devengar"]) for f in lista)
    dias = [p["dias"] for f in lista for p in f["plazos"] if p["que"] == "devengar" and p["resta"] > 0]
    cerca = f"; el primer plazo {cuanto_queda(min(dias))}" if dias else ""
    cerca = cerca.replace("queda un día", "vence en un día").replace("quedan", "vence en")
    return f"{mdp(queda)} de fondos por devengar{cerca}"


def titulo_del_fondo(f: Datos) -> str:
    """«FISMDF: quedan 12.3 mdp por devengar y 39 días»."""
    queda = f["saldo"]["por_devengar"]
    if queda <= 0:
        return f"{f['clave']}: todo lo asignado está devengado"
    plazo = next((p for p in f["plazos"] if p["que"] == "devengar"), None)
    if plazo is None:
        return f"{f['clave']}: quedan {mdp(queda)} por devengar"
    if plazo["dias"] <= 0:
        return f"{f['clave']}: quedan {mdp(queda)} por devengar y {cuanto_queda(plazo['dias'])}"
    dias = "un día" if plazo["dias"] == 1 else f"{plazo['dias']:,} días"
    return f"{f['clave']}: quedan {mdp(queda)} por devengar y {dias}"


def tabla(lista: Sequence[Datos]) -> None:
    """Un renglón por fondo; elegirlo abre su ficha."""
    importes = {nombre: campo for nombre, campo, _ in SALDOS}
    evento = st.dataframe(
        {
            "Fondo": [f"{f['clave']} {f['nombre']}" for f in lista],
            "Plazo": [_plazo(f) for f in lista],
            "Por devengar": [pesos(f["saldo"]["por_devengar"]) for f in lista],
            **{n: [pesos(f["saldo"][c]) for f in lista] for n, c in importes.items() if n != "Por devengar"},
            "Fuente": [f["fuente"] for f in lista],
            "Ente": [f["ente"] for f in lista],
        },
        column_config={n: st.column_config.NumberColumn(format=PESOS) for n in importes}
        | {"Fondo": st.column_config.TextColumn(width=ANCHO_NOMBRE)},
        hide_index=True,
        key=clave_de_ida("fondos"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Fondos etiquetados con su saldo y su plazo",
    )
    for fila in evento.selection.rows:
        ir("fondos", {"fondo": lista[fila]["id"]})


def _plazo(f: Datos) -> str:
    for plazo in f["plazos"]:
        if plazo["resta"] > 0:
            icono = PRESENTACION[Estado(plazo["estado"])].icono
            return f"{icono} {plazo['palabra']}: {cuanto_queda(plazo['dias'])} para {plazo['que']}"
    return "Sin plazos pendientes" if f["plazos"] else "Sin plazos capturados"


def ficha(f: Datos) -> None:
    """Saldo, plazos, gráfica, qué paga y ministraciones."""
    st.html(tarjetas([(nombre, moneda(f["saldo"][campo]), nota) for nombre, campo, nota in SALDOS], (3, 4)))
    if f["plazos"]:
        st.markdown("\n".join(f"- {_plazo_en_md(p)}" for p in f["plazos"]))
    if f["reglas"]:
        st.markdown(f"**En qué se gasta:** {esc_md(f['reglas'])}")
    piezas.grafica(f["grafica"], "fondo")
    enlace(
        "presupuesto", "Ver su gasto por cualquier clasificación", {"fondo": f["fuente"], "ente": f["ente"]}
    )
    _proyectos(f)
    _ministraciones(f["ministraciones"])


def _plazo_en_md(p: Datos) -> str:
    icono = PRESENTACION[Estado(p["estado"])].icono
    queda = f"; restan {moneda(p['resta'])}" if p["resta"] > 0 else ""
    dicho = esc_md(f"{mayuscula(p['que'])}: {p['en_palabras']}{queda}")
    return f"{pintar(p['estado'], icono, p['palabra'])} · {dicho}"


def _proyectos(f: Datos) -> None:
    gastado: Mapping[str, Datos] = f["proyectos"]
    if not gastado:
        st.info(esc_md(f"Ninguna clave cargada tiene una fuente que empiece con {f['fuente']}."))
        return
    orden = ordenar(gastado)
    st.subheader("Qué paga", anchor=False)
    evento = st.dataframe(
        {
            "Proyecto": [rotulo(p, f["nombres"].get(p, "")) for p in orden],
            "Devengado": [pesos(gastado[p]["devengado"]) for p in orden],
            "Modificado": [pesos(gastado[p]["modificado"]) for p in orden],
            "Pagado": [pesos(gastado[p]["pagado"]) for p in orden],
            "Programa": [rotulo(p[:8], f["programas"].get(p[:8], "")) for p in orden],
        },
        column_config={
            n: st.column_config.NumberColumn(format=PESOS) for n in ("Devengado", "Modificado", "Pagado")
        }
        | {"Proyecto": st.column_config.TextColumn(width=ANCHO_NOMBRE)},
        hide_index=True,
        key=clave_de_ida(f"proyectos_fondo_{f['id']}"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Proyectos que paga el fondo",
    )
    for fila in evento.selection.rows:
        ir(
            "presupuesto",
            {"fondo": f["fuente"], "proyecto": orden[fila], "ente": f["ente"], "por": "partida"},
        )


def _ministraciones(lista: Sequence[Datos]) -> None:
    st.subheader("Ministraciones", anchor=False)
    if not lista:
        st.markdown("Aún no se registra ningún depósito.")
        return
    st.dataframe(
        {
            "Fecha": [fecha(m["fecha"]) for m in lista],
            "Importe": [pesos(m["importe"]) for m in lista],
            "Documento": [m["documento"] for m in lista],
        },
        column_config={"Importe": st.column_config.NumberColumn(format=PESOS)},
        hide_index=True,
        alt="Ministraciones del fondo",
    )
