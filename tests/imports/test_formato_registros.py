"""El formato de un registro: abre, corrige por folio, dice cada falta en su celda y no se deshace."""

from pathlib import Path

import pytest

from dashboard.imports.carga import deshacer
from dashboard.imports.registros import FORMATOS
from db.rules.permisos import LINEA_DE_COMANDOS
from db.rules.problema import Problema
from tests.imports.ayuda import consultar, escribir, poner, poner_hasta

ENCABEZADO = ["folio", "titulo", "clave_dep_general", "vence", "necesidad", "externo", "costo"]
ESTUDIOS = (
    "SELECT e.folio, e.titulo, s.necesidad, s.externo, s.costo "
    "FROM encargo e JOIN estudio s ON s.encargo_id = e.id"
)


def test_abre_y_con_folio_corrige(base: str, tmp_path: Path) -> None:
    poner_hasta("programas")
    filas = [ENCABEZADO, ["", "Fugas", "A00", "31/12/2030", "Se pierde agua", "Sí", "1,250.50"]]
    informe = poner("estudio", escribir(tmp_path / "e.csv", filas))
    assert (informe.guardadas, informe.rechazadas) == (1, [])
    ((folio, titulo, necesidad, externo, costo),) = consultar(ESTUDIOS)
    assert (titulo, necesidad, bool(externo), costo) == ("Fugas", "Se pierde agua", True, 125_050)
    filas = [ENCABEZADO, [folio, "Fugas y tomas", "A00", "", "Se pierde", "No", "0"]]
    assert poner("estudio", escribir(tmp_path / "e2.csv", filas)).rechazadas == []
    assert [(t, n) for _, t, n, _, _ in consultar(ESTUDIOS)] == [("Fugas y tomas", "Se pierde")]
    assert informe.carga_id is not None
    formato = next(f for f in FORMATOS if f.nombre == "estudio")
    with pytest.raises(Problema):
        deshacer(formato, informe.carga_id, LINEA_DE_COMANDOS)


def test_cada_falta_dice_su_celda(base_sqlite: str, tmp_path: Path) -> None:
    poner_hasta("programas")
    filas = [
        ENCABEZADO,
        ["EST-1999-001", "Con folio ajeno", "A00", "", "", "", ""],
        ["", "", "A00", "", "", "", ""],
        ["", "Sin dependencia", "Z99", "", "", "", ""],
        ["", "Fecha mala", "A00", "ayer", "", "", ""],
    ]
    informe = poner("estudio", escribir(tmp_path / "e.csv", filas))
    assert informe.guardadas == 0
    assert [p["celda"] for p in informe.rechazadas] == ["A2", "B3", "C4", "D5"]
