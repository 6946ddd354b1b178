"""Importes en tarjetas en el HTML de la hoja: en un teléfono ninguna cifra se corta."""

from collections.abc import Sequence
from html import escape

Tarjeta = tuple[str, str, str]
"""Nombre, importe ya escrito y nota."""


def tarjetas(lista: Sequence[Tarjeta], cortes: Sequence[int]) -> str:
    """Los renglones de tarjetas; `cortes` dice cuántas van en cada uno y las demás van en el último."""
    estilo = "display:flex;flex-wrap:wrap;gap:.1rem .8rem;margin:0;padding:0"
    renglones, desde = [], 0
    for cuantas in (*cortes, len(lista)):
        renglones.append("".join(map(_tarjeta, lista[desde : desde + cuantas])))
        desde += cuantas
    return "".join(f'<dl style="{estilo}">{renglon}</dl>' for renglon in renglones if renglon)


def _tarjeta(tarjeta: Tarjeta) -> str:
    nombre, importe, nota = tarjeta
    pie = f"<br><small>{escape(nota)}</small>" if nota else ""
    return (
        '<div style="min-width:8.7rem;flex:1 1 8.7rem;padding:.35rem 0">'
        f'<dt style="font-size:.85rem;opacity:.8">{escape(nombre)}</dt>'
        '<dd style="margin:0;font-weight:650;font-variant-numeric:tabular-nums">'
        f"{escape(importe)}{pie}</dd></div>"
    )
