"""Formato ingresos: largo, ancho o acumulado; cada falta con su celda y nada a medias."""

from pathlib import Path

import pytest

from dashboard.imports.carga import deshacer
from dashboard.imports.ingresos import FORMATO
from db.rules.permisos import LINEA_DE_COMANDOS, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.imports.ayuda import DATOS, consultar, escribir, poner, uno

TITULOS = ["rubro", "concepto", "fuente", "mes", "estimado", "recaudado"]


def test_entra_con_titulos_otros_nombres_y_sin_contar_el_total(base: str) -> None:
    informe = poner("ingresos", DATOS / "ingresos.csv", anio=2026)
    assert informe.rechazadas == []
    assert consultar(
        "SELECT rubro, mes, estimado, ampliaciones, reducciones, devengado, recaudado FROM renglon_ingreso "
        "ORDER BY rubro, mes"
    ) == [
        ("1201", 1, 100_000, 10_000, 0, 90_050, 90_050),
        ("1201", 2, 100_000, 0, 5_000, 80_000, 70_000),
        ("8101", 1, 500_000, 0, 0, 500_000, 500_000),
    ]
    assert uno("SELECT mes FROM corte_ingreso") == 2
    assert informe.carga_id is not None
    deshacer(FORMATO, informe.carga_id, LINEA_DE_COMANDOS)
    assert uno("SELECT count(*) FROM renglon_ingreso") == 0
    assert uno("SELECT count(*) FROM corte_ingreso") == 0


def test_la_segunda_carga_es_otra_version_y_deshacerla_devuelve_la_primera(base: str, tmp_path: Path) -> None:
    poner("ingresos", DATOS / "ingresos.csv", anio=2026)
    otro = escribir(tmp_path / "i.csv", [TITULOS, ["11", "Predial", "", "enero", "10", "20"]])
    segunda = poner("ingresos", otro, anio=2026)
    assert consultar("SELECT numero, vigente FROM corte_ingreso ORDER BY numero") == [(1, 0), (2, 1)]
    assert segunda.carga_id is not None
    deshacer(FORMATO, segunda.carga_id, LINEA_DE_COMANDOS)
    assert consultar("SELECT numero, vigente FROM corte_ingreso") == [(1, 1)]


def test_ancho_con_una_columna_por_mes(base_sqlite: str, tmp_path: Path) -> None:
    titulos = ["rubro", "concepto", "estimado enero", "recaudado_enero", "Estimado feb", "Recaudado feb"]
    poner(
        "ingresos", escribir(tmp_path / "a.csv", [titulos, ["11", "Predial", "1", "2", "3", "4"]]), anio=2026
    )
    assert consultar("SELECT mes, estimado, recaudado FROM renglon_ingreso ORDER BY mes") == [
        (1, 100, 200),
        (2, 300, 400),
    ]


def test_sin_mes_se_pide_el_corte(base_sqlite: str, tmp_path: Path) -> None:
    archivo = escribir(
        tmp_path / "a.csv", [["rubro", "concepto", "estimado", "recaudado"], ["11", "P", "1", "2"]]
    )
    with pytest.raises(Problema, match="de qué mes"):
        poner("ingresos", archivo, anio=2026)
    assert uno("SELECT count(*) FROM corte_ingreso") == 0


def test_cada_falta_dice_su_celda_y_nada_se_guarda(base_sqlite: str, tmp_path: Path) -> None:
    filas = [
        TITULOS,
        ["XX", "Predial", "", "enero", "1", "1"],
        ["11", "Predial", "", "treceavo", "1", "1"],
        ["11", "Predial", "", "enero", "1.234", "1"],
    ]
    informe = poner("ingresos", escribir(tmp_path / "i.csv", filas), anio=2026)
    assert {p["celda"] for p in informe.rechazadas} == {"A2", "D3", "E4"}
    assert uno("SELECT count(*) FROM corte_ingreso") == 0


def test_lo_que_no_cuadra_se_avisa_y_se_guarda(base_sqlite: str, tmp_path: Path) -> None:
    filas = [
        [*TITULOS[:4], "estimado", "ampliaciones", "modificado", "devengado", "recaudado"],
        ["11", "Predial", "", "enero", "100", "10", "105", "5", "9"],
    ]
    informe = poner("ingresos", escribir(tmp_path / "i.csv", filas), anio=2026)
    assert uno("SELECT count(*) FROM renglon_ingreso") == 1
    dicho = " ".join(observacion["regla"] for observacion in informe.observaciones)
    assert "modificado" in dicho or "no es estimado" in dicho
    assert "recaudado mayor que devengado" in dicho


def test_solo_tesoreria_los_carga(base_sqlite: str) -> None:
    with pytest.raises(SinPermiso):
        poner("ingresos", DATOS / "ingresos.csv", anio=2026, actor=actor(Rol.PLANEACION))
