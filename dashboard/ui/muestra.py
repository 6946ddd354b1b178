"""Un documento en pantalla, antes de emitirlo: los mismos bloques, dibujados con lo que la pantalla tiene."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard.reports.bloques import (
    Bloque,
    Celda,
    Cifras,
    Estilo,
    Ficha,
    Firmas,
    Grafica,
    Imagen,
    LadoALado,
    Lista,
    Parrafo,
    Tabla,
    Titulo,
    colocar,
)
from dashboard.reports.documento import Documento
from dashboard.reports.glifos import LETRA
from dashboard.ui.texto import esc_md

BLOQUES, RENGLONES = 30, 200
"""Hasta dónde llega la muestra: lo demás se ve en el archivo."""

PAPEL = {"background": "white", "view": {"stroke": None}, "font": LETRA, "axisY": {"labelLimit": 150}}
"""Las gráficas de un documento van en papel blanco, también con la pantalla oscura."""


def dibujar(documento: Documento) -> None:
    """El encabezado, los bloques y, si son muchos, hasta dónde llega la muestra."""
    with st.container(border=True):
        lineas = [*map(esc_md, documento.encabezado.lineas), f"**{esc_md(documento.titulo)}**"]
        st.markdown("\\\n".join(lineas))
        bloques(documento.bloques[:BLOQUES])
        if len(documento.bloques) > BLOQUES:
            st.caption("La muestra llega hasta aquí; el archivo trae lo demás.")


def bloques(lista: Sequence[Bloque]) -> None:
    """Cada bloque que tiene algo que verse; los de acomodo (saltos, índice) no."""
    for bloque in lista:
        if poner := DIBUJOS.get(type(bloque)):
            poner(bloque)


def _parrafo(bloque: Parrafo) -> None:
    texto = "\n\n".join(esc_md(trozo) for trozo in bloque.texto.split("\n\n"))
    if bloque.estilo is Estilo.NOTA:
        st.caption(texto)
    else:
        st.markdown(f"**{texto}**" if bloque.estilo is Estilo.DESTACADO else texto)


def _lista(bloque: Lista) -> None:
    marca = "1." if bloque.numerada else "-"
    st.markdown("\n".join(f"{marca} {esc_md(e)}" for e in bloque.elementos))


def _ficha(bloque: Ficha) -> None:
    st.markdown(
        "\n".join(
            f"- **{esc_md(c.rotulo)}:** {esc_md(f'{c.clave} {c.valor}'.strip())}" for c in bloque.campos
        )
    )


def _cifras(bloque: Cifras) -> None:
    st.markdown(
        "\n".join(
            f"- {esc_md(c.rotulo)}: **{esc_md(c.valor)}** {esc_md(c.nota)}".rstrip() for c in bloque.cifras
        )
    )


def tabla_llana(tabla: Tabla) -> dict[str, list[str]]:
    """La tabla por columnas, con los encabezados combinados escritos en cada una y sin repetir nombres."""
    nombres: list[str] = []
    for columna in tabla.columnas:
        nombre = base = " · ".join((*columna.grupos, columna.titulo)) or " "
        while nombre in nombres:
            nombre += " "
        nombres.append(nombre if nombre != base else base)
    filas = [r.celdas for r in tabla.renglones[:RENGLONES]]
    cuadro = [[""] * len(nombres) for _ in filas]
    for puesta in colocar(filas):
        cuadro[puesta.fila][puesta.columna] = _escrita(puesta.celda)
    return {nombre: [fila[i] for fila in cuadro] for i, nombre in enumerate(nombres)}


def _escrita(celda: Celda) -> str:
    return "\u2003" * celda.sangria + celda.texto


def _tabla(bloque: Tabla) -> None:
    if bloque.titulo:
        st.markdown(f"**{esc_md(bloque.titulo)}**")
    st.dataframe(tabla_llana(bloque), hide_index=True, alt=bloque.resumen or bloque.titulo or "Tabla")
    if len(bloque.renglones) > RENGLONES:
        st.caption(f"Se ven {RENGLONES} de {len(bloque.renglones):,} renglones.")


def _grafica(bloque: Grafica) -> None:
    if bloque.titulo:
        st.markdown(f"**{esc_md(bloque.titulo)}**")
    spec: dict[str, Any] = {**bloque.spec, "height": bloque.alto, "config": PAPEL}
    st.vega_lite_chart(spec, theme=None, alt=bloque.alt)
    if bloque.datos:
        with st.expander("Ver datos"):
            st.dataframe(tabla_llana(bloque.datos), hide_index=True, alt="Datos de la gráfica")


def _imagen(bloque: Imagen) -> None:
    dibujo = bloque.contenido.decode() if bloque.tipo == "image/svg+xml" else bloque.contenido
    st.image(dibujo, caption=esc_md(bloque.pie) or None, alt=bloque.alt)


def _firmas(bloque: Firmas) -> None:
    st.markdown(
        "\n".join(
            f"- **{esc_md(f.papel)}:** {esc_md(f.nombre or 'sin titular')} · {esc_md(f.cargo)}"
            for f in bloque.firmas
        )
    )


def _lado_a_lado(bloque: LadoALado) -> None:
    for parte in bloque.partes:
        bloques(parte)


DIBUJOS: dict[type, Any] = {
    Titulo: lambda b: st.markdown(f"{'#' * min(b.nivel + 2, 6)} {esc_md(b.texto)}", anchors=False),
    Parrafo: _parrafo,
    Lista: _lista,
    Tabla: _tabla,
    Ficha: _ficha,
    Cifras: _cifras,
    Grafica: _grafica,
    Imagen: _imagen,
    Firmas: _firmas,
    LadoALado: _lado_a_lado,
}
