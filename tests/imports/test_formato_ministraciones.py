"""Formato ministraciones: depósitos de fondos ya registrados, sin repetirse."""

from pathlib import Path

from dashboard.imports.carga import deshacer
from dashboard.imports.ministraciones import FORMATO
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.db.mundo_gasto import poner as presupuesto
from tests.db.test_fondos import registrar
from tests.imports.ayuda import DATOS, consultar, escribir, huella_de_la_base, poner, uno


def test_cada_deposito_va_a_su_fondo_y_repetir_no_suma(base: str) -> None:
    presupuesto()
    fondo_id = registrar()
    antes = huella_de_la_base()
    informe = poner("ministraciones", DATOS / "ministraciones.csv", anio=2026)
    assert (informe.guardadas, informe.rechazadas) == (2, [])
    assert consultar("SELECT fondo_id, importe, documento FROM ministracion ORDER BY fecha") == [
        (fondo_id, 1_250_000_00, "CLC-1"),
        (fondo_id, 1_250_000_00, "CLC-2"),
    ]
    assert poner("ministraciones", DATOS / "ministraciones.csv", anio=2026).guardadas == 0
    assert informe.carga_id is not None
    deshacer(FORMATO, informe.carga_id, LINEA_DE_COMANDOS)
    assert huella_de_la_base() == antes


def test_cada_falta_dice_su_celda(base_sqlite: str, tmp_path: Path) -> None:
    presupuesto()
    registrar()
    filas = [
        ["fondo", "fecha", "importe", "documento"],
        ["OTRO", "31/01/2026", "5", ""],
        ["FISMDF", "31/01/2020", "5", ""],
        ["FISMDF", "ayer", "5", ""],
        ["FISMDF", "31/01/2026", "0", ""],
        ["FISMDF", "31/01/2026", "1.234", ""],
        ["FISMDF", "28/02/2026", "5", "R"],
        ["FISMDF", "28/02/2026", "6", "R"],
        ["", "28/02/2026", "6", ""],
    ]
    informe = poner("ministraciones", escribir(tmp_path / "m.csv", filas), anio=2026)
    assert {p["celda"] for p in informe.rechazadas} == {"A2", "B3", "B4", "C5", "C6", "D8", "A9"}
    assert uno("SELECT count(*) FROM ministracion") == 0
