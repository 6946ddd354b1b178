"""Word y Excel: estructura de verdad, números de verdad, ninguna fórmula y siempre los mismos bytes."""

import io
import zipfile
from typing import Any

import docx
import openpyxl
import pytest
import time_machine
from docx.oxml.ns import qn

from dashboard.reports import a_docx, a_xlsx
from dashboard.reports.bloques import Celda, Columna, Parrafo, Tabla, renglon
from tests.reports.muestrario import EMISION, HOSTIL, NIVELES, documento


@pytest.fixture(scope="module")
def crudo_docx() -> bytes:
    return a_docx.hacer(documento(), EMISION)


@pytest.fixture(scope="module")
def word(crudo_docx: bytes) -> Any:
    return docx.Document(io.BytesIO(crudo_docx))


@pytest.fixture(scope="module")
def libro() -> Any:
    return openpyxl.load_workbook(io.BytesIO(a_xlsx.hacer(documento(), EMISION)))


def test_word_lleva_titulos_de_verdad(word: Any) -> None:
    titulos = {p.style.name: p.text for p in word.paragraphs if p.style.name.startswith("Heading")}
    assert titulos == {f"Heading {n}": nombre for n, nombre in enumerate(NIVELES, 1)}
    assert word.core_properties.title == "Documento de prueba" and word.core_properties.language == "es-MX"


def test_word_repite_los_encabezados_y_numera_sus_hojas(word: Any, crudo_docx: bytes) -> None:
    con_encabezado = [t for t in word.tables if t.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None]
    assert len(con_encabezado) == 1 and con_encabezado[0].cell(0, 2).text == "2026"
    # Los grupos van combinados: las tres columnas de 2026 son la misma casilla.
    assert con_encabezado[0].cell(0, 2)._tc is con_encabezado[0].cell(0, 4)._tc
    with zipfile.ZipFile(io.BytesIO(crudo_docx)) as paquete:
        pie = paquete.read("word/footer1.xml").decode()
        cuerpo = paquete.read("word/document.xml").decode()
    assert " PAGE " in pie and " NUMPAGES " in pie and "PRUEBA-2026-0001" in pie
    for alt in ("Dos barras: Ñandú 3 y B 5", "Foto de la obra"):
        assert f'descr="{alt}"' in cuerpo


def test_word_gira_la_hoja_donde_se_pide(word: Any) -> None:
    assert [s.page_width > s.page_height for s in word.sections] == [False, True]


def test_excel_no_tiene_formulas_y_sus_numeros_son_numeros(libro: Any) -> None:
    celdas = [c for hoja in libro for fila in hoja.iter_rows() for c in fila if c.value is not None]
    assert not [c.coordinate for c in celdas if c.data_type == "f"]
    assert sum(c.value == HOSTIL for c in celdas) >= 3
    dinero = [c for c in celdas if c.value == -1234.5]
    assert len(dinero) == 3 and all("$" in c.number_format for c in dinero)
    assert any(c.value == 12.34 and c.number_format.endswith('" %"') for c in celdas)


def test_excel_abre_una_hoja_por_parte_con_su_encabezado_fijo(libro: Any) -> None:
    assert libro.sheetnames == ["prueba", "Otra hoja"]
    primera = libro["prueba"]
    assert primera.freeze_panes and primera.print_title_rows
    assert primera.sheet_properties.pageSetUpPr.fitToPage
    assert "PRUEBA-2026-0001" in primera.oddFooter.left.text
    assert libro.properties.created == EMISION.momento.replace(tzinfo=None)


def test_excel_sin_emitir_dice_borrador() -> None:
    muestra = openpyxl.load_workbook(io.BytesIO(a_xlsx.hacer(documento((Parrafo("x"),)), None)))
    assert str(muestra.active["A1"].value).startswith("BORRADOR")


@pytest.mark.parametrize("hacer", [a_docx.hacer, a_xlsx.hacer])
def test_los_mismos_datos_dan_los_mismos_bytes(hacer: Any) -> None:
    uno = documento((Parrafo("x"), Tabla((Columna("A"),), (renglon("1"),))))
    with time_machine.travel("2026-11-23 10:00"):
        antes = hacer(uno, EMISION)
    with time_machine.travel("2027-01-05 09:30"):
        assert hacer(uno, EMISION) == antes


@pytest.mark.parametrize("hacer", [a_docx.hacer, a_xlsx.hacer])
def test_un_control_o_un_texto_enorme_no_rompe_el_archivo(hacer: Any) -> None:
    raro = "a\x00b\x0b\ud800c" + "z" * 40_000
    tabla = Tabla((Columna(raro[:60]),), (renglon(Celda(raro, alto=2)), renglon()))
    hecho = hacer(documento((Parrafo(raro), tabla), hoja="[mala]:*?/\\'" + "x" * 50), EMISION)
    with zipfile.ZipFile(io.BytesIO(hecho)) as paquete:
        assert paquete.testzip() is None
        assert not [n for n in paquete.namelist() if b"\x00" in paquete.read(n) and n.endswith(".xml")]
