"""Un estado en pantalla: color del tema, icono y palabra, siempre los tres."""

from collections.abc import Mapping
from typing import Any

from dashboard.ui.texto import esc_md
from db.rules.estado import PRESENTACION, Estado

COLOR_DEL_TEMA: dict[Estado, str] = {
    Estado.critico: "red",
    Estado.riesgo: "orange",
    Estado.adecuado: "green",
    Estado.sobrecumplido: "blue",
    Estado.vencido: "violet",
    Estado.no_programado: "violet",
    Estado.en_revision: "blue",
    Estado.sin_dato: "gray",
    Estado.sin_dato_suficiente: "gray",
    Estado.no_toca: "gray",
    Estado.sin_meta: "gray",
}
"""Nombre del color en Markdown; su tono para claro y oscuro está en `.streamlit/config.toml`."""


def pintar(estado: str, icono: str, palabra: str) -> str:
    """Markdown «✔ **En meta**» en el color de su estado."""
    return f":{COLOR_DEL_TEMA[Estado(estado)]}[{icono} **{esc_md(palabra)}**]"


def etiqueta(resultado: Mapping[str, Any]) -> str:
    """Markdown del estado de un resultado llano, con la palabra de su propia banda."""
    return pintar(resultado["estado"], resultado["icono"], resultado["palabra"])


def etiqueta_de(estado: str) -> str:
    """Markdown de un estado sin resultado: su palabra general."""
    como = PRESENTACION[Estado(estado)]
    return pintar(estado, como.icono, como.palabra)


def simple(resultado: Mapping[str, Any]) -> str:
    """«✔ En meta», para celdas y opciones, que no llevan color."""
    return f"{resultado['icono']} {resultado['palabra']}"


def simple_de(estado: str) -> str:
    """«✔ En meta» de un estado sin resultado."""
    return PRESENTACION[Estado(estado)].etiqueta


def color(estado: str, oscuro: bool) -> str:
    """El color del estado para dibujar, en el tema claro u oscuro."""
    return PRESENTACION[Estado(estado)].color(oscuro)
