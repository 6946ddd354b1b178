"""El catálogo de indicadores en pantalla: filtros en la dirección, lista, tendencias y tira de estados."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.ui import como, piezas
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import enlace, ir
from dashboard.ui.estado import etiqueta, etiqueta_de
from dashboard.ui.palabras_indicador import FRECUENCIAS, NIVELES, SENTIDOS
from dashboard.ui.texto import esc_md
from dashboard.ui.vista_indicadores import POR_PAGINA, leyenda, paginas, tabla
from db.queries.catalogo_indicadores import FORMULA, SENTIDO, FiltroIndicadores
from db.rules.formato import pct

Renglon = Mapping[str, Any]

VISTAS = tuple(POR_PAGINA)
LISTA, TENDENCIAS, ESTADOS = VISTAS
POR_CONFIRMAR = {FORMULA: "Fórmula por confirmar", SENTIDO: "Sentido por confirmar"}
ANCHO = 220
"""Pixeles de cada filtro: en un teléfono van uno por renglón."""


def pedir_filtro(catalogo: Renglon) -> FiltroIndicadores:
    """Búsqueda y filtros, escritos en la dirección con su clave: una liga ajena los trae puestos."""
    texto = st.text_input(
        "Buscar indicador",
        key="indicador_texto",
        bind="query-params",
        placeholder="Palabra, proyecto o dependencia",
        icon=":material/search:",
        max_chars=120,
    )
    opciones: dict[str, tuple[str, Mapping[Any, str]]] = {
        "dependencia": ("Dependencia", _en_orden(catalogo["dependencias"])),
        "programa": ("Programa", {c: f"{c} {n}" for c, n in catalogo["programas"].items()}),
        "ods": ("ODS", {c: f"{c}. {n}" for c, n in catalogo["ods"].items()}),
        "nivel": ("Nivel de la MIR", NIVELES),
        "sentido": ("Sentido", SENTIDOS),
        "frecuencia": ("Frecuencia", FRECUENCIAS),
        "por_confirmar": ("Por confirmar", POR_CONFIRMAR),
    }
    puestos = {nombre for nombre in opciones if nombre in st.query_params}
    cuantos = f" ({len(puestos)})" if puestos else ""
    with st.expander(f"Más filtros{cuantos}", key="indicador_filtros", on_change="rerun") as cajon:
        abierto = cajon.open or bool(puestos)
        elegidos = (
            {nombre: _elegir(nombre, titulo, posibles) for nombre, (titulo, posibles) in opciones.items()}
            if abierto
            else {}
        )
    return FiltroIndicadores(texto=texto or "", **elegidos)


def _en_orden(nombres: Mapping[int, str]) -> dict[int, str]:
    return dict(sorted(nombres.items(), key=lambda par: par[1]))


def _elegir(parametro: str, titulo: str, opciones: Mapping[Any, str]) -> Any:
    """Un filtro cuyo valor en la dirección es su clave y no su rótulo, que puede cambiar."""
    escrito = entero(parametro) if parametro == "dependencia" else st.query_params.get(parametro)
    actual = escrito if escrito in opciones else None
    clave = f"indicador_{parametro}"
    st.session_state[clave] = actual
    st.selectbox(
        titulo,
        list(opciones),
        index=None,
        key=clave,
        placeholder="Todos",
        format_func=opciones.__getitem__,
        on_change=_escribir,
        args=(parametro, clave),
        width=ANCHO,
    )
    return actual


def _escribir(parametro: str, clave: str) -> None:
    elegido = st.session_state[clave]
    if elegido is None:
        st.query_params.pop(parametro, None)
    else:
        st.query_params[parametro] = str(elegido)


def palabras_del_filtro(filtro: FiltroIndicadores, catalogo: Renglon) -> str:
    """De quién habla el título: lo elegido, con sus nombres."""
    partes = [
        catalogo["dependencias"].get(filtro.dependencia, ""),
        catalogo["programas"].get(filtro.programa, ""),
        f"ODS {filtro.ods}" if filtro.ods else "",
        NIVELES.get(filtro.nivel or "", ""),
        SENTIDOS.get(filtro.sentido or "", ""),
        FRECUENCIAS.get(filtro.frecuencia or "", ""),
        POR_CONFIRMAR.get(filtro.por_confirmar or "", ""),
    ]
    return " · ".join(parte for parte in partes if parte)


def conjunto(resultado: Renglon) -> None:
    """El cumplimiento de los elegidos, con su cobertura y su explicación."""
    partes = [etiqueta(resultado)]
    if resultado["valor"] is not None:
        partes.append(f"**{esc_md(pct(resultado['valor']))}** de cumplimiento conjunto")
    partes.append(f"{resultado['evaluados']:,} de {resultado['total']:,} evaluados")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(" · ".join(partes), width="content")
        como.boton("conjunto")


def pedir_vista() -> str:
    """Lista, tendencias o estados, en la dirección."""
    elegida = st.radio(
        "Ver como",
        VISTAS,
        key="ver",
        bind="query-params",
        horizontal=True,
        label_visibility="collapsed",
    )
    return str(elegida)


def pagina(cuantos: int, vista: str) -> slice:
    """La parte de la lista que toca dibujar; con más de una página, se elige."""
    cuantas, tamano = paginas(cuantos, vista), POR_PAGINA[vista]
    elegida = 1
    if cuantas > 1:
        elegida = st.selectbox(
            "Página",
            range(1, cuantas + 1),
            key=f"pagina_{vista.lower()}",
            bind="query-params",
            format_func=lambda n: f"{(n - 1) * tamano + 1:,} a {min(n * tamano, cuantos):,} de {cuantos:,}",
            width=ANCHO,
        )
    return slice((elegida - 1) * tamano, elegida * tamano)


def lista(renglones: Sequence[Renglon], clave: str = "indicadores_tabla") -> None:
    """Los indicadores como tabla; elegir un renglón abre su ficha."""
    evento = st.dataframe(
        tabla(renglones),
        column_config={
            "Indicador": st.column_config.TextColumn(width="medium"),
            "Tendencia": st.column_config.LineChartColumn("Tendencia"),
        },
        hide_index=True,
        key=clave,
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="Indicadores con su estado y tendencia",
    )
    if evento.selection.rows:
        ir("indicadores", {"indicador": renglones[evento.selection.rows[0]]["id"]})


def graficada(parte: Renglon, renglones: Sequence[Renglon], vista: str) -> None:
    """Tendencias o tira, con su leyenda y la manera de abrir una ficha sin ratón."""
    if vista == ESTADOS:
        st.markdown(":small[" + " · ".join(etiqueta_de(e) for e in leyenda(renglones)) + "]")
    piezas.grafica(parte, f"indicadores_{vista.lower()}")
    nombres = {r["id"]: r["nombre"] for r in renglones}
    elegido = st.selectbox(
        "Abrir la ficha de",
        list(nombres),
        index=None,
        key=f"abrir_{vista.lower()}",
        placeholder="Elija un indicador",
        format_func=nombres.__getitem__,
    )
    if elegido is not None:
        ir("indicadores", {"indicador": elegido})


def limpiar(filtro: FiltroIndicadores) -> None:
    """La liga que quita todos los filtros, si hay alguno."""
    if filtro != FiltroIndicadores():
        enlace("indicadores", "← Todos los indicadores")
