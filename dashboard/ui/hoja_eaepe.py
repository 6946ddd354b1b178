"""El EAEPE como lo imprime el formato del CONAC: la hoja en HTML y el libro de Excel, sin fórmulas vivas."""

from collections.abc import Mapping
from decimal import Decimal
from html import escape
from io import BytesIO
from typing import Any

import xlsxwriter

from dashboard.imports.plantilla import INERTE
from db.rules.eaepe import COLUMNAS, IMPORTES, NOMBRE, TITULOS, TOTAL
from db.rules.formato import moneda

Datos = Mapping[str, Any]

PESOS = "#,##0.00;(#,##0.00)"
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


def contable(centavos: int) -> str:
    """Sin signo de pesos y con lo negativo entre paréntesis, como en el formato: «(1,250.00)»."""
    texto = moneda(abs(centavos)).removeprefix("$")
    return f"({texto})" if centavos < 0 else texto


def libro(estado: Datos) -> bytes:
    """El mismo estado en una hoja de Excel, con los importes como números."""
    salida = BytesIO()
    archivo = xlsxwriter.Workbook(salida, INERTE)
    hoja_ = archivo.add_worksheet("EAEPE")
    negrita = archivo.add_format({"bold": True, "align": "center", "text_wrap": True, "valign": "vcenter"})
    hoja_.set_column(0, 0, 60)
    hoja_.set_column(1, len(COLUMNAS), 20)
    for renglon, texto in enumerate(encabezado(estado)):
        hoja_.merge_range(renglon, 0, renglon, len(COLUMNAS), texto, negrita)
    inicio = len(encabezado(estado)) + 1
    hoja_.merge_range(inicio, 0, inicio + 2, 0, "Concepto", negrita)
    hoja_.merge_range(inicio, 1, inicio, len(COLUMNAS) - 1, "Egresos", negrita)
    hoja_.merge_range(inicio, len(COLUMNAS), inicio + 1, len(COLUMNAS), "Subejercicio", negrita)
    for columna, (titulo, numero) in enumerate(COLUMNAS.values(), start=1):
        if columna < len(COLUMNAS):
            hoja_.write_string(inicio + 1, columna, titulo, negrita)
        hoja_.write_string(inicio + 2, columna, numero, negrita)
    filas = [*estado["renglones"], {"concepto": TOTAL, "nivel": 1, **estado["total"]}]
    for renglon, fila in enumerate(filas, start=inicio + 3):
        _escribir(archivo, hoja_, renglon, fila)
    archivo.close()
    return salida.getvalue()


def _escribir(archivo: Any, hoja_: Any, renglon: int, fila: Datos) -> None:
    fuerte = fila["nivel"] == 1
    texto = archivo.add_format({"bold": fuerte, "indent": fila["nivel"] - 1})
    dinero = archivo.add_format({"bold": fuerte, "num_format": PESOS})
    hoja_.write_string(renglon, 0, fila["concepto"], texto)
    for columna, campo in enumerate(IMPORTES, start=1):
        hoja_.write_number(renglon, columna, Decimal(fila[campo]).scaleb(-2), dinero)
