"""Promesa: ningún archivo tumba al servidor; cada uno recibe un mensaje claro que dice qué hacer."""

import time
import tracemalloc
from pathlib import Path

import pytest
import xlsxwriter

from dashboard.imports.lectura.encabezado import Columna
from dashboard.imports.lectura.leer import leer
from dashboard.imports.lectura.limites import Limites
from dashboard.imports.lectura.preescaneo import preescanear
from db.rules.problema import Problema
from tests.imports import hostil

COLUMNAS = (Columna("clave"), Columna("nombre"))


def guardar(carpeta: Path, datos: bytes) -> Path:
    ruta = carpeta / "subido"
    ruta.write_bytes(datos)
    return ruta


@pytest.mark.parametrize("caso", hostil.HOSTILES)
def test_el_preescaneo_rechaza_lo_hostil_con_mensaje_y_remedio(tmp_path: Path, caso: str) -> None:
    fabrica, mensaje = hostil.HOSTILES[caso]
    ruta = guardar(tmp_path, fabrica())
    with pytest.raises(Problema) as rechazo:
        preescanear(ruta, "Avance.xlsx", Limites())
    assert mensaje in rechazo.value.mensaje
    assert rechazo.value.remedio


def test_la_bomba_se_rechaza_sin_ocupar_memoria(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, hostil.HOSTILES["bomba"][0]())
    tracemalloc.start()
    try:
        with pytest.raises(Problema):
            preescanear(ruta, "bomba.xlsx", Limites(max_razon=10_000, max_descomprimido=50 << 20))
        assert tracemalloc.get_traced_memory()[1] < 20 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("nombre", ["a.xlsx", "a.csv", "a.pdf", "a"])
def test_el_contenido_decide_y_no_la_extension(tmp_path: Path, nombre: str) -> None:
    assert preescanear(guardar(tmp_path, hostil.sano()), nombre, Limites()) == "xlsx"
    assert preescanear(guardar(tmp_path, b"Clave;Nombre\r\n1;x\r\n"), nombre, Limites()) == "csv"
    assert preescanear(guardar(tmp_path, hostil.ods(hostil.fila_ods(["Clave"]))), nombre, Limites()) == "ods"


def test_las_filas_vacias_repetidas_al_final_de_libreoffice_no_cuentan(tmp_path: Path) -> None:
    filas = hostil.fila_ods(["Clave", "Nombre"]) + hostil.fila_ods(["1", "x"])
    relleno = hostil.fila_ods_cruda(hostil.celda_ods(None, 1024), 1_048_570)
    ruta = guardar(tmp_path, hostil.ods(filas + relleno))
    assert leer(ruta, "a.ods", COLUMNAS).columnas == {"clave": ["1"], "nombre": ["x"]}


def test_una_celda_lejana_que_solo_tiene_formato_no_estorba(tmp_path: Path) -> None:
    fila = hostil.texto("A1", "Clave") + hostil.texto("B1", "Nombre")
    dato = hostil.texto("A2", "1") + hostil.texto("B2", "x")
    lejana = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    datos = hostil.xlsx_crudo(f'<row r="1">{fila}</row><row r="2">{dato}</row>{lejana}')
    assert leer(guardar(tmp_path, datos), "a.xlsx", COLUMNAS).filas == [2]


def test_los_topes_son_de_cada_formato(tmp_path: Path) -> None:
    datos = hostil.xlsx_crudo(
        f'<row r="1">{hostil.texto("A1", "x")}</row><row r="30000"><c r="A30000"><v>1</v></c></row>'
    )
    ruta = guardar(tmp_path, datos)
    with pytest.raises(Problema, match="máximo 20,000"):
        preescanear(ruta, "a.xlsx", Limites())
    assert preescanear(ruta, "a.xlsx", Limites(max_filas=30_000)) == "xlsx"
    with pytest.raises(Problema, match="fila 30,000"):
        preescanear(ruta, "a.xlsx", Limites(max_filas=29_999))


@pytest.mark.parametrize(
    ("ultima", "cabe"), [("GR", True), ("GS", False), ("AAA", False), ("HA", False), ("FZ", True)]
)
def test_la_columna_200_es_la_ultima_que_cabe(tmp_path: Path, ultima: str, cabe: bool) -> None:
    ruta = guardar(tmp_path, hostil.xlsx_crudo(f'<row r="7"><c r="{ultima}7"><v>1</v></c></row>'))
    if cabe:
        assert preescanear(ruta, "a.xlsx", Limites()) == "xlsx"
    else:
        with pytest.raises(Problema, match=f"columna {ultima}"):
            preescanear(ruta, "a.xlsx", Limites())


def test_cien_mil_filas_se_revisan_rapido(tmp_path: Path) -> None:
    ruta = tmp_path / "grande.xlsx"
    libro = xlsxwriter.Workbook(ruta, {"constant_memory": True})
    hoja = libro.add_worksheet()
    for i in range(20_000):
        hoja.write_row(i, 0, [i + j / 100 for j in range(20)])
    libro.close()
    limites = Limites(max_filas=200_000)
    inicio = time.perf_counter()
    preescanear(ruta, "grande.xlsx", limites)
    # La quinta parte de 100,000 × 20, que debe tardar menos de 1.5 s; con holgura para una máquina ocupada.
    assert time.perf_counter() - inicio < 0.9
