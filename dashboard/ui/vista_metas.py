"""Metas e indicadores en pantalla: tablas, filtros en palabras y la ficha de cada hoja."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.ui import como, piezas
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.estado import etiqueta, simple
from dashboard.ui.texto import esc_md
from db.rules.cierre import contraste
from db.rules.estado import PRESENTACION, Estado
from db.rules.formato import numero, pct

Renglon = Mapping[str, Any]

POR_PAGINA = 200


def cantidad(valor: Any, unidad: str = "") -> str:
    """«1,234 acciones», o «—» si no hay dato."""
    return "—" if valor is None else f"{numero(valor)} {unidad}".strip()


def filtro_de_estado(por_estado: Mapping[str, int]) -> None:
    """Botones con cuántas hay en cada estado; el elegido queda en la dirección."""
    presentes = [estado.value for estado in Estado if estado.value in por_estado]

    def nombre(estado: str) -> str:
        como_se_ve = PRESENTACION[Estado(estado)]
        return f"{como_se_ve.icono} {como_se_ve.palabra} ({por_estado.get(estado, 0):,})"

    st.pills("Estado", presentes, key="estado", bind="query-params", format_func=nombre)


def tabla_de_metas(metas: Sequence[Renglon]) -> None:
    """Una página de metas; elegir un renglón abre su ficha."""
    inicio = _pagina(len(metas))
    vistas = metas[inicio : inicio + POR_PAGINA]
    evento = st.dataframe(
        {
            "Estado": [simple(m["cumplimiento"]) for m in vistas],
            "Meta": [m["nombre"] for m in vistas],
            "Cumplimiento": [m["cumplimiento"]["cifra"] for m in vistas],
            "Logrado": [cantidad(m["alcanzado"]) for m in vistas],
            "Programado": [cantidad(m["programado"]) for m in vistas],
            "Meta anual": [cantidad(m["meta_anual"]) for m in vistas],
            "Unidad": [m["unidad"] for m in vistas],
            "Dependencia": [m["dependencia"] for m in vistas],
            "Proyecto": [m["proyecto"] for m in vistas],
        },
        column_config={"Meta": st.column_config.TextColumn(width="medium")},
        hide_index=True,
        key=clave_de_ida("metas_tabla"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="Metas de actividad con su estado",
    )
    if evento.selection.rows:
        ir("metas", {"meta": vistas[evento.selection.rows[0]]["id"]})


def _pagina(cuantas: int) -> int:
    if cuantas <= POR_PAGINA:
        return 0
    paginas = (cuantas - 1) // POR_PAGINA + 1
    elegida = st.selectbox(
        "Página",
        range(1, paginas + 1),
        key="pagina",
        bind="query-params",
        format_func=lambda n: (
            f"{(n - 1) * POR_PAGINA + 1:,} a {min(n * POR_PAGINA, cuantas):,} de {cuantas:,}"
        ),
    )
    return (elegida - 1) * POR_PAGINA


def ficha_de_meta(m: Renglon) -> None:
    """La hoja: qué se prometió, qué se logró en cada periodo, quién lo capturó y a qué sirve."""
    st.caption(
        esc_md(f"{m['dependencia']} · {m['auxiliar']} · proyecto {m['proyecto']} {m['proyecto_nombre']}")
    )
    st.title(esc_md(m["nombre"]), anchor=False)
    st.markdown(f"{etiqueta(m['cumplimiento'])} · {esc_md(_logro(m))}")
    if m["congelado"] and (cambio := contraste(m["congelado"], m["cumplimiento"])):
        st.info(esc_md(f"El periodo está cerrado y después se corrigió: {cambio}."))
    piezas.tarjetas(
        [
            _cifra("cumplimiento", "Cumplimiento al corte", m["cumplimiento"]["cifra"], "contra lo vigente"),
            _cifra("original", "Contra lo original", m["cumplimiento_original"]["cifra"], _original(m)),
            _cifra("avance", "Avance del año", m["avance_anual"]["cifra"], _del_anio(m)),
        ]
    )
    st.subheader("Por periodo", anchor=False)
    st.dataframe(
        {
            "Periodo": [p["texto"] for p in m["periodos"]],
            "Programado": [cantidad(p["programado"]) for p in m["periodos"]],
            "Original": [cantidad(p["original"]) for p in m["periodos"]],
            "Alcanzado": [cantidad(p["alcanzado"]) for p in m["periodos"]],
            "Por validar": [cantidad(p["preliminar"]) for p in m["periodos"]],
            "Quién y con qué": [p["fuente"] for p in m["periodos"]],
        },
        hide_index=True,
        placeholder="—",
        alt="Programado y alcanzado por periodo",
    )
    st.subheader("A qué sirve", anchor=False)
    enlace(
        "programas", esc_md(f"Programa {m['programa']} {m['programa_nombre']}"), {"programa": m["programa"]}
    )
    if not m["lineas"]:
        st.markdown("No cita ninguna línea del plan: queda fuera de su cumplimiento.")
    for linea in m["lineas"]:
        enlace("plan", esc_md(f"{linea['clave']} {linea['nombre']}"), {"nodo": linea["id"]})
    como.atender(
        {
            "cumplimiento": ("Cumplimiento al corte", lambda: como.explicar(m["cumplimiento"])),
            "original": ("Contra la meta original", lambda: como.explicar(m["cumplimiento_original"])),
            "avance": ("Avance del año", lambda: como.explicar(m["avance_anual"])),
        }
    )


def _cifra(clave: str, nombre: str, cifra: str, renglon: str) -> dict[str, str]:
    return {"clave": clave, "nombre": nombre, "cifra": cifra, "renglon": esc_md(renglon), "pregunta": ""}


def _logro(m: Renglon) -> str:
    return f"{cantidad(m['alcanzado'])} de {cantidad(m['programado'], m['unidad'])} al corte"


def _original(m: Renglon) -> str:
    return f"meta original del año: {cantidad(m['original'], m['unidad'])}"


def _del_anio(m: Renglon) -> str:
    return f"meta vigente del año: {cantidad(m['meta_anual'], m['unidad'])}"


def conjunto(resultado: Renglon, cuantas: int, uno: str, varios: str) -> str:
    """«87.5 % de lo programado · 12 de 14 evaluadas · 14 metas», en Markdown."""
    partes = [etiqueta(resultado)]
    if resultado["valor"] is not None:
        partes.append(f"**{esc_md(pct(resultado['valor']))}** de lo programado")
    evaluadas = "evaluadas" if uno.endswith("a") else "evaluados"
    partes.append(f"{resultado['evaluados']:,} de {resultado['total']:,} {evaluadas}")
    partes.append(f"{cuantas:,} {uno if cuantas == 1 else varios}")
    return " · ".join(partes)
