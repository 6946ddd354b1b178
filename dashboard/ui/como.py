"""«¿Cómo se calculó?»: toda cifra abre su explicación, y la explicación tiene dirección (`?como=…`)."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import streamlit as st

from dashboard.ui.estado import etiqueta
from dashboard.ui.texto import esc_md
from db.rules.banda import Banda
from db.rules.estado import Estado
from db.rules.formato import mes_anio

PARAMETRO = "como"
PREGUNTA = "¿Cómo se calculó?"
_FILAS_A_LA_VISTA = 12

Explicacion = tuple[str, Callable[[], None]]
"""Título de la ventana y función que dibuja su contenido."""


def boton(clave: str, texto: str = PREGUNTA) -> None:
    """Un botón que abre la explicación `clave` de esta pantalla."""
    st.button(f":blue[{texto}]", key=f"como_{clave}", type="tertiary", on_click=_abrir, args=(clave,))


def _abrir(clave: str) -> None:
    st.query_params[PARAMETRO] = clave


def _cerrar() -> None:
    st.query_params.pop(PARAMETRO, None)


def atender(explicaciones: Mapping[str, Explicacion]) -> None:
    """Abre la explicación que pide la dirección; una clave desconocida no abre nada."""
    pedida = st.query_params.get(PARAMETRO)
    if pedida is None or pedida not in explicaciones:
        return
    titulo, dibujar = explicaciones[pedida]
    st.dialog(titulo, width="large", on_dismiss=_cerrar)(dibujar)()


def explicar(resultado: Mapping[str, Any]) -> None:
    """La explicación de un resultado: fórmula, de qué datos salió, qué quedó fuera y con qué bandas."""
    detalle = resultado["detalle"]
    renglones = [_cifra(resultado), f"**Fórmula:** {esc_md(detalle['formula'])}"]
    if detalle["corte"]:
        renglones.append(f"**Corte:** {mes_anio(*detalle['corte'])}")
    if detalle["total"]:
        renglones.append(f"**Cobertura:** {_cobertura(detalle)}")
    st.markdown("\n\n".join(renglones))
    _insumos(detalle["insumos"])
    cierre = [f"- {_excluido(*e)}" for e in detalle["excluidos"]]
    if cierre:
        st.markdown("**Fuera del cálculo**\n\n" + "\n".join(cierre))
    notas = [*_bandas(detalle["bandas"]), *(f"- {esc_md(n)}" for n in detalle["notas"])]
    if notas:
        st.markdown("**Bandas y notas**\n\n" + "\n".join(notas))


def _cifra(resultado: Mapping[str, Any]) -> str:
    """La cifra y su estado; una cifra que no se califica con bandas va sola: el estado no tendría porqué."""
    if resultado["valor"] is None:
        return etiqueta(resultado)
    cifra = f"**{esc_md(resultado['cifra'])}**"
    return f"{cifra} · {etiqueta(resultado)}" if resultado["detalle"]["bandas"] else cifra


def _cobertura(detalle: Mapping[str, Any]) -> str:
    texto, ceros = f"{detalle['evaluados']:,} de {detalle['total']:,} evaluados", detalle["cuentan_cero"]
    if not ceros:
        return texto
    return f"{texto}; {ceros:,} sin reporte {'cuenta' if ceros == 1 else 'cuentan'} como 0"


def _insumos(insumos: list[list[str]]) -> None:
    if not insumos:
        return
    if len(insumos) <= _FILAS_A_LA_VISTA:
        filas = [f"- {esc_md(n)}: {esc_md(v)}{f' ({esc_md(f)})' if f else ''}" for n, v, f in insumos]
        st.markdown("**De dónde sale**\n\n" + "\n".join(filas))
        return
    st.markdown(f"**De dónde sale** ({len(insumos):,} datos)")
    st.dataframe(
        {
            "Dato": [i[0] for i in insumos],
            "Valor": [i[1] for i in insumos],
            "Fuente": [i[2] for i in insumos],
        },
        hide_index=True,
        height=320,
        placeholder="—",
        alt="Los datos de que sale la cifra",
    )


def _excluido(nombre: str, motivo: str, cuantos: int) -> str:
    return f"{esc_md(nombre)}{f' ({cuantos:,})' if cuantos > 1 else ''}: {esc_md(motivo)}"


def _bandas(bandas: list[dict[str, Any]]) -> list[str]:
    if not bandas:
        return []
    return ["- " + "; ".join(f"{b['icono']} {esc_md(b['palabra'])} {_limites(b)}" for b in bandas)]


def _limites(b: Mapping[str, Any]) -> str:
    inferior, superior = (None if v is None else Decimal(v) for v in (b["inferior"], b["superior"]))
    nombre = (b["codigo"], b["palabra"], b["icono"], b["color"])
    return esc_md(Banda(*nombre, inferior, superior, Estado(b["equivale"])).intervalo)
