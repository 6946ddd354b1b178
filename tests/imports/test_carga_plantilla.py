"""La plantilla que se descarga la reconoce el mismo formato, y no ejecuta nada."""

import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from dashboard.imports.formato import Formato
from dashboard.imports.lectura.leer import leer
from dashboard.imports.lectura.problema_celda import ProblemaCelda
from dashboard.imports.plantilla import FILA_DE_ENCABEZADOS, libro_de_problemas, plantilla
from dashboard.imports.registro import FORMATS


@pytest.mark.parametrize("formato", FORMATS, ids=lambda f: f.nombre)
def test_la_plantilla_llena_se_lee_con_todas_sus_columnas(formato: Formato, tmp_path: Path) -> None:
    libro = openpyxl.load_workbook(BytesIO(plantilla(formato, formato.columnas)))
    assert libro.sheetnames == ["Datos", "Instrucciones"]
    hoja = libro["Datos"]
    for i, columna in enumerate(formato.columnas, start=1):
        hoja.cell(FILA_DE_ENCABEZADOS + 2, i, columna.ejemplo or "x")
    ruta = tmp_path / "plantilla.xlsx"
    libro.save(ruta)
    lectura = leer(ruta, ruta.name, formato.columnas, formato.limites)
    assert lectura.fila_encabezado == FILA_DE_ENCABEZADOS + 1
    assert set(lectura.columnas) == {columna.nombre for columna in formato.columnas}
    assert lectura.desconocidas == []
    assert len(lectura.filas) == 1


def test_la_lista_de_problemas_no_ejecuta_formulas() -> None:
    problema = ProblemaCelda("Hoja", "A1", '=HYPERLINK("http://x")', "@SUM(1)", "+cmd")
    partes = zipfile.ZipFile(BytesIO(libro_de_problemas([problema])))
    assert b"<f>" not in partes.read("xl/worksheets/sheet1.xml")
    assert not [nombre for nombre in partes.namelist() if "rels" in nombre and "sheet" in nombre]
