"""Promesa: los archivos públicos de un municipio real se leen como vienen."""

import csv
import io
import os
from pathlib import Path

import pytest
import xlsxwriter

from dashboard.imports.lectura import hijo
from dashboard.imports.lectura.encabezado import Columna
from dashboard.imports.lectura.leer import armar, peticion
from dashboard.imports.lectura.limites import Limites
from dashboard.imports.lectura.valores import codigo

DATOS = os.environ.get("SIEM_DATOS_REALES", "")
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATOS, reason="SIEM_DATOS_REALES no apunta a los archivos municipales reales"),
]
ARCHIVOS = {
    "pdm_metepec_plano": 411,
    "actividades_2023_programadas": 1193,
    "indicadores_2023_pbrm01d": 329,
    "areas_2023": 308,
    "unidades_medida": 398,
    "edomex_dependencias_generales": 156,
    "edomex_dependencias_auxiliares": 408,
    "edomex_programas_presupuestarios": 148,
    "edomex_proyectos": 386,
    "edomex_mir_tipo_gaceta": 799,
}


@pytest.mark.parametrize("nombre", ARCHIVOS)
@pytest.mark.parametrize("como", ["csv", "xlsx"])
def test_el_archivo_real_se_lee_entero_e_identico(tmp_path: Path, nombre: str, como: str) -> None:
    original = Path(DATOS) / "metepec" / f"{nombre}.csv"
    filas = list(csv.reader(io.StringIO(original.read_text("utf-8-sig"), newline="")))
    ruta = original
    if como == "xlsx":
        ruta = tmp_path / f"{nombre}.xlsx"
        libro = xlsxwriter.Workbook(ruta, {"strings_to_numbers": False, "strings_to_formulas": False})
        hoja = libro.add_worksheet()
        for i, fila in enumerate(filas):
            for j, valor in enumerate(fila):
                hoja.write_string(i, j, valor)
        libro.close()
    columnas = [Columna(titulo) for titulo in filas[0]]
    lectura = armar(hijo.mensajes(peticion(ruta, nombre, columnas, Limites())))
    assert lectura.problemas == []
    assert len(lectura.filas) == ARCHIVOS[nombre]
    for j, titulo in enumerate(filas[0]):
        esperado = [f[j].replace("\r\n", "\n") if f[j].strip() else None for f in filas[1:]]
        leido = [v.replace("\r\n", "\n") if v else None for v in lectura.columnas[titulo]]
        assert leido == esperado


def test_los_codigos_reales_sobreviven_a_que_excel_los_vuelva_numeros() -> None:
    original = Path(DATOS) / "metepec" / "edomex_programas_presupuestarios.csv"
    with original.open(encoding="utf-8-sig", newline="") as archivo:
        codigos = [fila["codigo"].strip() for fila in csv.DictReader(archivo)]
    reparados = [codigo(str(int(c)), 8) for c in codigos]
    assert [r.valor for r in reparados if r] == codigos
