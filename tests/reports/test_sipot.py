"""Los libros del SIPOT: encabezados y lugares oficiales, y todo lo que la plataforma rechazaría."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dashboard.reports import sipot
from dashboard.reports.documento import Parametros
from dashboard.reports.preguntar import una_lectura
from db.rules import sipot as reglas
from db.rules.sipot import EGRESOS, INDICADORES, TABLA_CAPITULOS, Formato, Libro
from tests.db.mundo import ANIO
from tests.db.mundo_gasto import MES, poner

OFICIALES = Path(__file__).parents[1] / "datos" / "encabezados_sipot.csv"

BUENA: dict[str, reglas.Valor] = {
    **dict.fromkeys((c.titulo for c in INDICADORES.columnas), "dato"),
    reglas.EJERCICIO: "2026",
    reglas.INICIO: date(2026, 7, 1),
    reglas.FIN: date(2026, 9, 30),
    reglas.SENTIDO: "Ascendente",
    reglas.ACTUALIZADO: date(2026, 10, 15),
}


@pytest.mark.parametrize("formato", [INDICADORES, TABLA_CAPITULOS])
def test_los_encabezados_son_los_oficiales_y_en_su_orden(formato: Formato) -> None:
    with OFICIALES.open(encoding="utf-8", newline="") as archivo:
        oficiales = [f["encabezado"] for f in csv.DictReader(archivo) if f["formato"] == formato.clave]
    assert [c.titulo for c in formato.columnas] == oficiales


def test_cada_cosa_va_en_su_renglon() -> None:
    libro = load_workbook(BytesIO(sipot.escribir(INDICADORES, Libro([BUENA]))))
    hoja = libro["Reporte de Formatos"]
    filas = list(hoja.iter_rows(values_only=True))
    assert [c for c in filas[1] if c] == ["TÍTULO", "NOMBRE CORTO", "DESCRIPCIÓN"]
    assert filas[3][0] == "1"
    assert filas[5][0] == "Tabla Campos"
    assert list(filas[6]) == [c.titulo for c in INDICADORES.columnas]
    assert filas[7][0] == "2026"
    assert hoja["B8"].number_format == "dd/mm/yyyy"
    assert libro["Hidden_1"].sheet_state == "hidden"
    assert [c.value for c in libro["Hidden_1"]["A"]] == list(reglas.SENTIDOS)


def test_lo_bien_lleno_no_se_rechaza() -> None:
    assert reglas.revisar(INDICADORES, Libro([BUENA])) == []


@pytest.mark.parametrize(
    ("titulo", "valor", "dice"),
    [
        (reglas.SENTIDO, "Regular", "catálogo"),
        (reglas.INICIO, "01/07/2026", "no es una fecha"),
        (reglas.FIN, date(2026, 6, 30), "termina antes"),
        (reglas.EJERCICIO, "2025", "no es el del periodo"),
        (reglas.AREA, "", "obligatoria"),
        ("Frecuencia de medición", "x" * 151, "150 letras"),
        (reglas.ACTUALIZADO, None, "obligatoria"),
    ],
)
def test_cada_falta_dice_su_celda(titulo: str, valor: reglas.Valor, dice: str) -> None:
    (rechazo,) = reglas.revisar(INDICADORES, Libro([BUENA, BUENA | {titulo: valor}]))
    assert (rechazo.fila, rechazo.hoja) == (9, INDICADORES.corto)
    assert dice in rechazo.que


def test_una_celda_vacia_se_acepta_solo_si_la_nota_lo_explica() -> None:
    sin = BUENA | {reglas.AJUSTADAS: None, reglas.NOTA: None}
    (rechazo,) = reglas.revisar(INDICADORES, Libro([sin]))
    assert rechazo.columna == reglas.AJUSTADAS
    assert reglas.revisar(INDICADORES, Libro([sin | {reglas.NOTA: "No se ajustó."}])) == []


def test_la_tabla_y_sus_renglones_se_corresponden() -> None:
    renglon: dict[str, reglas.Valor] = {
        **dict.fromkeys((c.titulo for c in TABLA_CAPITULOS.columnas), Decimal("1.50")),
        reglas.ID: 1,
    }
    fila: dict[str, reglas.Valor] = {
        **{t: BUENA[t] for t in (reglas.EJERCICIO, reglas.INICIO, reglas.FIN, reglas.ACTUALIZADO)},
        reglas.AREA: "Tesorería",
        reglas.CAPITULOS: 1,
        reglas.NOTA: "Sin liga.",
    }
    assert reglas.revisar(EGRESOS, Libro([fila], [renglon])) == []
    (suelto,) = reglas.revisar(EGRESOS, Libro([fila], [renglon, renglon | {reglas.ID: 2}]))
    assert (suelto.hoja, suelto.fila) == (TABLA_CAPITULOS.corto, 5)
    (sin_tabla,) = reglas.revisar(EGRESOS, Libro([fila | {reglas.CAPITULOS: 9}], []))
    assert "ID 9" in sin_tabla.que


def test_el_libro_de_egresos_sale_de_las_claves_y_no_se_rechaza(base: str) -> None:
    poner()
    with una_lectura() as preguntar:
        archivo = sipot.xlsx_egresos(preguntar, Parametros(ANIO, MES))
        libro = sipot._libro("egresos", preguntar, Parametros(ANIO, MES))
    # Sin catálogos cargados ni Tesorería registrada, eso y sólo eso se rechaza.
    assert {r.columna for r in reglas.revisar(EGRESOS, libro)} <= {
        reglas.AREA,
        TABLA_CAPITULOS.columnas[2].titulo,
    }
    hoja = load_workbook(BytesIO(archivo.contenido))["Tabla_393674"]
    filas = list(hoja.iter_rows(min_row=4, values_only=True))
    assert [f[1] for f in filas] == [f[TABLA_CAPITULOS.columnas[1].titulo] for f in libro.secundarias]
    for fila in filas:
        aprobado, neto, modificado, devengado, _pagado, sub = (Decimal(str(v)) for v in fila[3:])
        assert modificado == aprobado + neto
        assert sub == modificado - devengado
