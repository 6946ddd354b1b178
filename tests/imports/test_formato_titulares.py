"""Formato titulares: cada persona en su dependencia, quien es relevado se cierra y deshacer regresa todo."""

from pathlib import Path

from dashboard.imports.carga import deshacer
from dashboard.imports.titulares import FORMATO
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.imports.ayuda import DATOS, consultar, escribir, huella_de_la_base, poner, poner_hasta, uno

TITULARES = (
    "SELECT t.nombre, t.desde, t.hasta FROM titular t JOIN dependencia d ON d.id = t.dependencia_id "
    "ORDER BY d.padre_id IS NOT NULL, t.desde"
)


def test_quien_es_relevado_se_cierra_la_vispera(base: str) -> None:
    poner_hasta("programas")
    antes = huella_de_la_base()
    informe = poner("titulares", DATOS / "titulares.csv")
    assert (informe.guardadas, informe.rechazadas) == (3, [])
    assert [(n, str(d), h and str(h)) for n, d, h in consultar(TITULARES)] == [
        ("Ana Inventada", "2025-01-01", "2026-05-31"),
        ("Luis Inventado", "2026-06-01", None),
        ("Tere Inventada", "2025-01-01", "2025-12-31"),
    ]
    assert poner("titulares", DATOS / "titulares.csv").guardadas == 0
    assert informe.carga_id is not None
    deshacer(FORMATO, informe.carga_id, LINEA_DE_COMANDOS)
    assert huella_de_la_base() == antes


def test_un_archivo_nuevo_releva_a_quien_ya_estaba(base_sqlite: str, tmp_path: Path) -> None:
    poner_hasta("programas")
    poner("titulares", DATOS / "titulares.csv")
    filas = [["clave_dep_general", "nombre", "cargo", "desde"], ["A00", "Eva", "Presidenta", "01/09/2026"]]
    assert poner("titulares", escribir(tmp_path / "t.csv", filas)).rechazadas == []
    assert [(n, h and str(h)) for n, _, h in consultar(TITULARES)][1:3] == [
        ("Luis Inventado", "2026-08-31"),
        ("Eva", None),
    ]


def test_cada_falta_dice_su_celda(base_sqlite: str, tmp_path: Path) -> None:
    poner_hasta("programas")
    filas = [
        ["clave_dep_general", "clave_dep_auxiliar", "nombre", "cargo", "desde", "hasta"],
        ["Z99", "", "Ana", "Titular", "01/01/2026", ""],
        ["A00", "999", "Ana", "Titular", "01/01/2026", ""],
        ["A00", "", "", "Titular", "01/01/2026", ""],
        ["A00", "", "Ana", "Titular", "ayer", ""],
        ["A00", "", "Ana", "Titular", "01/02/2026", "01/01/2026"],
        ["A00", "", "Ana", "Titular", "01/01/2026", "31/03/2026"],
        ["A00", "", "Eva", "Titular", "31/03/2026", ""],
    ]
    informe = poner("titulares", escribir(tmp_path / "t.csv", filas))
    assert {p["celda"] for p in informe.rechazadas} == {"A2", "B3", "C4", "E5", "F6", "E8"}
    assert uno("SELECT count(*) FROM titular") == 0
