"""Lo que dicen los títulos de arriba, y los datos repartidos en columnas bajo un solo título combinado."""

from pathlib import Path

import pytest

from dashboard.imports.lectura.encabezado import Columna
from dashboard.imports.lectura.leer import leer
from db.rules.problema import Problema
from tests.imports.libros import libro

COLUMNAS = (Columna("concepto"), Columna("aprobado"))
TITULOS = [["Municipio"], ["Del 1 de enero al 30 de junio de 2026"]]


def test_los_titulos_de_arriba_se_conservan_sin_el_encabezado(tmp_path: Path) -> None:
    ruta = libro(tmp_path / "a.xlsx", [*TITULOS, ["Concepto", "Aprobado"], ["Dietas", 1]])
    assert leer(ruta, "a.xlsx", COLUMNAS).previas == [fila[0] for fila in TITULOS]


def test_lo_que_esta_bajo_un_titulo_combinado_es_un_solo_dato_con_sangria(tmp_path: Path) -> None:
    filas = [
        *TITULOS,
        ["", "", "Aprobado"],
        ["Servicios personales", "", 2],
        ["", "Dietas", 1],
        ["2000", "Materiales", 1],
    ]
    ruta = libro(tmp_path / "a.xlsx", filas, combinadas=[(2, 0, 2, 1, "Concepto")])
    assert leer(ruta, "a.xlsx", COLUMNAS).columnas["concepto"] == [
        "Servicios personales",
        " Dietas",
        "2000 Materiales",
    ]


def test_un_grupo_combinado_sobre_dos_columnas_iguales_sigue_siendo_ambiguo(tmp_path: Path) -> None:
    filas = [["", "", ""], ["Concepto", "Aprobado", "Aprobado"], ["Dietas", 1, 2]]
    ruta = libro(tmp_path / "a.xlsx", filas, combinadas=[(0, 1, 0, 2, "Egresos")])
    with pytest.raises(Problema, match="ambiguo"):
        leer(ruta, "a.xlsx", COLUMNAS)
