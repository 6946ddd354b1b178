"""Los estados del CONAC y de la LDF: encabezados oficiales, un solo total y nada vivo en Excel."""

import csv
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dashboard.reports import a_xlsx, eaepe
from dashboard.reports.bloques import Columna, Parrafo, Tabla, encabezado
from dashboard.reports.documento import Documento, Emision, Parametros
from dashboard.reports.preguntar import una_lectura
from db.rules import ldf
from db.rules.eaepe import TITULOS
from tests.db.mundo import ANIO
from tests.db.mundo_gasto import MES, poner

OFICIALES = Path(__file__).parents[1] / "datos" / "encabezados_conac.csv"
EMISION = Emision("EAEPE-1", False, "ab" * 32, 1, "Prueba", datetime(ANIO, 4, 1, tzinfo=UTC))


def hacer(reporte: Any, **otros: str) -> Documento:
    poner()
    with una_lectura() as preguntar:
        documento: Documento = reporte(preguntar, Parametros(ANIO, MES, otros=otros))
    return documento


def tablas(documento: Documento) -> list[Tabla]:
    return [b for b in documento.bloques if isinstance(b, Tabla)]


def impresos(tabla: Tabla) -> list[str]:
    """Los títulos de columna como se leen, con su número de columna."""
    numeradas = tabla.numeradas or ("",) * len(tabla.columnas)
    return [f"{c.titulo} {n}".strip() for c, n in zip(tabla.columnas, numeradas, strict=True)]


def comparable(titulo: str) -> str:
    return "".join(c for c in titulo if c not in " ()−-")


@pytest.mark.parametrize(
    ("formato", "columnas", "numeradas"),
    [
        ("EAEPE", eaepe.COLUMNAS_EGRESO, eaepe.NUMERADAS),
        ("EAI", eaepe.COLUMNAS_INGRESO, eaepe.NUMERADAS_INGRESO),
    ],
)
def test_los_encabezados_son_los_oficiales_y_en_su_orden(
    formato: str, columnas: tuple[Columna, ...], numeradas: tuple[str, ...]
) -> None:
    with OFICIALES.open(encoding="utf-8", newline="") as archivo:
        oficiales = [fila["encabezado"] for fila in csv.DictReader(archivo) if fila["formato"] == formato]
    nuestros = impresos(Tabla(columnas, (), numeradas=numeradas))
    assert list(map(comparable, nuestros)) == list(map(comparable, oficiales))


def test_cada_clasificacion_va_en_su_hoja_con_la_leyenda_y_la_firma(base_sqlite: str) -> None:
    documento = hacer(eaepe.egresos)
    assert [t.resumen for t in tablas(documento)] == list(TITULOS.values())
    leyendas = [b for b in documento.bloques if isinstance(b, Parrafo) and b.texto == eaepe.LEYENDA]
    assert len(leyendas) == len(TITULOS)
    libro = load_workbook(BytesIO(a_xlsx.hacer(documento, EMISION)))
    assert len(libro.sheetnames) == len(TITULOS)
    celdas = [c.value for hoja in libro for fila in hoja.iter_rows() for c in fila]
    assert not [c for c in celdas if isinstance(c, str) and c.startswith("=")]


def test_el_total_es_el_mismo_en_las_cinco_y_en_la_ldf(base_sqlite: str) -> None:
    documento = hacer(eaepe.egresos)
    totales = {tuple(c.valor for c in t.renglones[-1].celdas[1:]) for t in tablas(documento)}
    assert len(totales) == 1
    (total,) = totales
    with una_lectura() as preguntar:
        detallados = eaepe.detallado(preguntar, Parametros(ANIO, MES))
    con_todo = tablas(detallados)[:3]
    assert [b.resumen for b in con_todo] == [t for _, t in list(ldf.TITULOS.values())[:3]]
    for tabla in con_todo:
        filas = {f.celdas[0].texto: tuple(c.valor or 0 for c in f.celdas[1:]) for f in tabla.renglones}
        partes = [filas[titulo] for _, titulo in ldf.PARTES.values()]
        assert tuple(map(sum, zip(*partes, strict=True))) == filas[ldf.TOTAL]
        assert filas[ldf.TOTAL] == total


def test_lo_que_no_trae_fuente_se_dice(base_sqlite: str) -> None:
    with una_lectura() as preguntar:
        vacio = eaepe.egresos(preguntar, Parametros(ANIO, MES))
    assert not tablas(vacio)
    assert any("No hay datos" in f.que for f in vacio.faltas)


def test_los_encabezados_combinados_dejan_el_concepto_y_el_subejercicio_a_todo_lo_alto() -> None:
    primera, segunda, _ = encabezado(Tabla(eaepe.COLUMNAS_EGRESO, (), numeradas=eaepe.NUMERADAS))
    assert [(c.texto, c.ancho, c.alto) for c in primera] == [
        ("Concepto", 1, 2),
        ("Egresos", 5, 1),
        ("Subejercicio", 1, 2),
    ]
    assert [c.texto for c in segunda] == [c.titulo for c in eaepe.COLUMNAS_EGRESO[1:-1]]
