"""La hoja del EAEPE en pantalla, como la imprime el formato del CONAC."""

from collections.abc import Mapping
from html import escape
from typing import Any

from db.rules.eaepe import COLUMNAS, IMPORTES, NOMBRE, TITULOS, TOTAL
from db.rules.formato import contable

Datos = Mapping[str, Any]

SANGRIA = 1.1
"""Ancho de cada nivel, en em."""

CELDA = "padding:.15rem .25rem;text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums"
CABEZA = "padding:.25rem;text-align:center;border:1px solid currentColor;font-weight:650"


def encabezado(estado: Datos) -> tuple[str, ...]:
    """Ente, nombre del estado, clasificación y periodo, en ese orden."""
    titulo = TITULOS[estado["clasificacion"]]
    return (estado["ente"], NOMBRE, titulo, estado["periodo"], "(Cifras en pesos)")


def hoja(estado: Datos) -> str:
    """La hoja del estado; se recorre de lado en una pantalla angosta y cabe entera al imprimir."""
    titulos = "<br>".join(map(escape, encabezado(estado)))
    filas = "".join(_fila(r) for r in estado["renglones"])
    total = _celdas(estado["total"], "border-top:2px solid currentColor;font-weight:650")
    return (
        f'<div style="text-align:center;font-weight:650;line-height:1.35">{titulos}</div>'
        '<div role="region" aria-label="Estado analítico" tabindex="0" style="overflow-x:auto">'
        f'<table style="border-collapse:collapse;width:100%;font-size:.7rem">{_cabeza()}'
        f'<tbody>{filas}<tr><th scope="row" style="text-align:left;padding:.15rem .3em;'
        f'border-top:2px solid currentColor">{TOTAL}</th>{total}</tr></tbody></table></div>'
    )


def _cabeza() -> str:
    (*egresos, (subejercicio, seis)) = COLUMNAS.values()
    nombres = "".join(f'<th scope="col" style="{CABEZA}">{escape(t)}</th>' for t, _ in egresos)
    numeros = "".join(f'<td style="{CABEZA}">{escape(n)}</td>' for _, n in egresos)
    return (
        f'<thead><tr><th scope="col" rowspan="3" style="{CABEZA};min-width:9rem">Concepto</th>'
        f'<th scope="colgroup" colspan="{len(egresos)}" style="{CABEZA}">Egresos</th>'
        f'<th scope="col" rowspan="2" style="{CABEZA}">{escape(subejercicio)}</th></tr><tr>{nombres}</tr>'
        f'<tr>{numeros}<td style="{CABEZA}">{escape(seis)}</td></tr></thead>'
    )


def _fila(r: Datos) -> str:
    peso = "650" if r["nivel"] == 1 else "400"
    concepto = (
        f'<th scope="row" style="text-align:left;font-weight:{peso};'
        f'padding:.15rem .25rem .15rem {0.3 + SANGRIA * (r["nivel"] - 1):.1f}em">{escape(r["concepto"])}</th>'
    )
    return f"<tr>{concepto}{_celdas(r, f'font-weight:{peso}')}</tr>"


def _celdas(importes: Datos, estilo: str) -> str:
    return "".join(
        f'<td style="{CELDA};{estilo}">{escape(contable(importes[campo]))}</td>' for campo in IMPORTES
    )
