"""Formato adecuaciones: se juntan por folio, cuadran con su tipo y se pueden deshacer."""

from pathlib import Path

from dashboard.imports.adecuaciones import FORMATO
from dashboard.imports.carga import deshacer
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.db.mundo_gasto import poner as presupuesto
from tests.imports.ayuda import DATOS, consultar, escribir, huella_de_la_base, poner, uno

ENCABEZADO = ["folio", "tipo", "fecha", "clave_presupuestaria", "mes", "ampliacion", "reduccion"]
CLAVE = "A00-100-010204010101-110101-1131-1"


def test_los_renglones_de_un_folio_son_una_adecuacion(base: str) -> None:
    presupuesto()
    informe = poner("adecuaciones", DATOS / "adecuaciones.csv", anio=2026)
    assert (informe.guardadas, informe.rechazadas, informe.observaciones) == (2, [], [])
    assert consultar(
        "SELECT a.folio, a.tipo, a.documento, r.clave, r.mes, r.ampliacion, r.reduccion FROM adecuacion a "
        "JOIN renglon_adecuacion r ON r.adecuacion_id = a.id ORDER BY a.folio, r.clave"
    ) == [
        ("ADE-001", "traspaso", "Oficio TM/120/2026", CLAVE, 3, 25_000_50, 0),
        ("ADE-001", "traspaso", "Oficio TM/120/2026", "B00-100-010204010101-250101-6141-1", 3, 0, 25_000_50),
        ("ADE-002", "ampliacion", "Acta 4", CLAVE, 2, 300_00, 0),
    ]


def test_repetir_no_mueve_nada_y_corregir_deja_lo_del_archivo(base_sqlite: str, tmp_path: Path) -> None:
    presupuesto()
    poner("adecuaciones", DATOS / "adecuaciones.csv", anio=2026)
    assert poner("adecuaciones", DATOS / "adecuaciones.csv", anio=2026).guardadas == 0
    filas = [ENCABEZADO, ["ADE-001", "ampliacion", "15/03/2026", CLAVE, "abril", "10", ""]]
    assert poner("adecuaciones", escribir(tmp_path / "c.csv", filas), anio=2026).guardadas == 1
    assert consultar("SELECT mes, ampliacion FROM renglon_adecuacion ORDER BY id") == [
        (2, 300_00),
        (4, 10_00),
    ]


def test_deshacer_deja_la_base_como_estaba(base: str) -> None:
    presupuesto()
    antes = huella_de_la_base()
    informe = poner("adecuaciones", DATOS / "adecuaciones.csv", anio=2026)
    assert informe.carga_id is not None
    deshacer(FORMATO, informe.carga_id, LINEA_DE_COMANDOS)
    assert huella_de_la_base() == antes


def test_una_clave_nueva_se_acepta_con_observacion(base_sqlite: str, tmp_path: Path) -> None:
    presupuesto()
    filas = [ENCABEZADO, ["X", "ampliacion", "15/03/2026", "Z99-1", "marzo", "10", ""]]
    informe = poner("adecuaciones", escribir(tmp_path / "n.csv", filas), anio=2026)
    assert informe.guardadas == 1
    assert [o["celda"] for o in informe.observaciones] == ["D2"]


def test_cada_falta_dice_su_celda_y_no_se_guarda_nada(base_sqlite: str, tmp_path: Path) -> None:
    presupuesto()
    filas = [
        ENCABEZADO,
        ["A", "traspaso", "15/03/2026", CLAVE, "marzo", "10", ""],
        ["B", "prestamo", "15/03/2026", CLAVE, "marzo", "10", ""],
        ["C", "ampliacion", "15/03/2025", CLAVE, "marzo", "10", ""],
        ["D", "ampliacion", "15/03/2026", CLAVE, "marzo", "-10", ""],
        ["E", "ampliacion", "15/03/2026", CLAVE, "marzo", "", ""],
        ["F", "ampliacion", "15/03/2026", CLAVE, "marzo", "10", ""],
        ["F", "reduccion", "", CLAVE, "marzo", "10", ""],
        ["G", "", "15/03/2026", CLAVE, "", "mucho", ""],
    ]
    informe = poner("adecuaciones", escribir(tmp_path / "m.csv", filas), anio=2026)
    celdas = {problema["celda"] for problema in informe.rechazadas}
    assert {"A2", "B3", "C4", "F5", "F6", "B8", "D8", "B9", "E9", "F9"} == celdas
    assert all(problema["remedio"] for problema in informe.rechazadas)
    assert uno("SELECT count(*) FROM adecuacion") == 0
