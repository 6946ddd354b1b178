"""Formatos alineacion y catalogo: el plan estatal se carga, y el municipal se liga o se dice por qué no."""

from pathlib import Path

import pytest

from dashboard.imports import alineacion, catalogo
from dashboard.imports.carga import deshacer
from db.engine import writing
from db.rules.permisos import LINEA_DE_COMANDOS
from seed.catalogos import cargar_catalogos
from tests.imports.ayuda import DATOS, consultar, escribir, huella_de_la_base, poner, uno

LIGAS = (
    "SELECT n.clave, e.catalogo, e.clave FROM alineacion a JOIN nodo_plan n ON n.id = a.nodo_id "
    "JOIN entrada_catalogo e ON e.id = a.entrada_id ORDER BY n.clave, e.catalogo"
)


@pytest.fixture
def con_plan() -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        cargar_catalogos(session)
    poner("plan", DATOS / "plan.xlsx", anio=2026)


def test_el_plan_se_liga_a_los_cuatro_catalogos_y_deshacer_regresa(base: str, con_plan: None) -> None:
    inicio = huella_de_la_base()
    estatal = poner("catalogo", DATOS / "catalogo.csv")
    assert (estatal.guardadas, estatal.rechazadas) == (3, [])
    antes = huella_de_la_base()
    informe = poner("alineacion", DATOS / "alineacion.csv", anio=2026)
    assert (informe.guardadas, informe.rechazadas) == (4, [])
    assert consultar(LIGAS) == [
        ("L1.1.1", "ods_meta", "3.4"),
        ("L1.1.1", "ped", "1.1"),
        ("L1.1.2", "pnd", "2"),
        ("O1", "ods", "3"),
    ]
    assert poner("alineacion", DATOS / "alineacion.csv", anio=2026).guardadas == 0
    assert poner("catalogo", DATOS / "catalogo.csv").guardadas == 0
    assert informe.carga_id is not None and estatal.carga_id is not None
    deshacer(alineacion.FORMATO, informe.carga_id, LINEA_DE_COMANDOS)
    assert huella_de_la_base() == antes
    deshacer(catalogo.FORMATO, estatal.carga_id, LINEA_DE_COMANDOS)
    assert huella_de_la_base() == inicio


def test_una_liga_a_lo_que_no_existe_dice_su_celda(base_sqlite: str, con_plan: None, tmp_path: Path) -> None:
    filas = [
        ["clave_nodo", "catalogo", "clave_entrada"],
        ["L9.9.9", "ODS", "3"],
        ["L1.1.1", "ODS", "18"],
        ["L1.1.1", "PED", "1"],
        ["L1.1.1", "Fuente", "1"],
        ["L1.1.1; L1.1.2", "ODS", "3"],
        ["", "ODS", "3"],
    ]
    informe = poner("alineacion", escribir(tmp_path / "a.csv", filas), anio=2026)
    assert {p["celda"] for p in informe.rechazadas} == {"A2", "C3", "C4", "B5", "A6", "A7"}
    assert uno("SELECT count(*) FROM alineacion") == 0


def test_un_eje_sin_clave_se_nombra_completo(base_sqlite: str, con_plan: None, tmp_path: Path) -> None:
    filas = [["clave_nodo", "catalogo", "clave_entrada"], ["EJE 2: Gobierno moderno", "ODS", "16"]]
    assert poner("alineacion", escribir(tmp_path / "a.csv", filas), anio=2026).rechazadas == []
    ligado = "SELECT n.nombre FROM alineacion a JOIN nodo_plan n ON n.id = a.nodo_id"
    assert consultar(ligado) == [("Eje 2: Gobierno moderno",)]


def test_el_catalogo_no_toca_los_ods_ni_deja_sueltos(
    base_sqlite: str, con_plan: None, tmp_path: Path
) -> None:
    filas = [
        ["catalogo", "clave", "padre", "nombre"],
        ["ODS", "18", "", "Otro"],
        ["PED", "1", "", "Uno"],
        ["PED", "1", "", "Otra vez"],
        ["PED", "2.1", "2", "Cuelga de nada"],
        ["PED", "3", "3", "De sí mismo"],
        ["PED", "", "", "Sin clave"],
    ]
    informe = poner("catalogo", escribir(tmp_path / "c.csv", filas))
    assert {p["celda"] for p in informe.rechazadas} == {"A2", "B4", "C5", "C6", "B7"}
    assert uno("SELECT count(*) FROM entrada_catalogo WHERE catalogo = 'ped'") == 0


def test_un_plan_nacional_nuevo_corrige_los_nombres(base_sqlite: str, con_plan: None, tmp_path: Path) -> None:
    cuantos = uno("SELECT count(*) FROM entrada_catalogo WHERE catalogo = 'pnd'")
    filas = [["catalogo", "clave", "padre", "nombre"], ["PND", "1", "Eje general", "Nombre nuevo"]]
    assert poner("catalogo", escribir(tmp_path / "c.csv", filas)).rechazadas == []
    assert uno("SELECT nombre FROM entrada_catalogo WHERE catalogo = 'pnd' AND clave = '1'") == "Nombre nuevo"
    assert uno("SELECT count(*) FROM entrada_catalogo WHERE catalogo = 'pnd'") == cuantos
