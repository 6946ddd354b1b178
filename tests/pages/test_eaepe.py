"""El EAEPE en pantalla: la hoja oficial, de qué sale y sus cuadres."""

from pathlib import Path

import pytest

from dashboard.ui.hoja_eaepe import hoja
from db.engine import reading
from db.queries.eaepe import estado
from db.rules.eaepe import TITULOS
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.imports.ayuda import DATOS, poner
from tests.pages.ayuda import abrir, textos


@pytest.mark.parametrize("clasificacion", TITULOS)
def test_cada_clasificacion_de_la_demostracion_cuadra_y_se_emite(
    base_demo: str, clasificacion: str
) -> None:
    at = abrir("eaepe", Rol.TESORERIA, clasificacion=clasificacion)
    assert not at.exception
    dicho = textos(at)
    assert "subejercicio" in dicho and "Cuadra" in dicho and "No cuadra" not in dicho
    assert TITULOS[clasificacion].split(" (")[0] in dicho
    assert "Emitirlo en PDF, Word o Excel" in [liga.label for liga in at.get("page_link")]


def test_sin_claves_se_ve_el_archivo_de_cualquier_municipio(base_sqlite: str, tmp_path: Path) -> None:
    poner("eaepe", DATOS / "eaepe_objeto.xlsx", LINEA_DE_COMANDOS)
    at = abrir("eaepe", Rol.PRESIDENCIA, ejercicio="2026")
    assert not at.exception
    assert "cargado de" in textos(at) and "Del 1 de enero al 30 de junio de 2026" in textos(at)


def test_sin_nada_cargado_dice_que_hacer(base_sqlite: str) -> None:
    poner("eaepe", DATOS / "eaepe_dependencia.csv", LINEA_DE_COMANDOS)
    at = abrir("eaepe", Rol.TESORERIA, ejercicio="2026", clasificacion="funcional")
    assert not at.exception
    assert "Aún no hay estado analítico" in textos(at)


def test_la_hoja_escapa_lo_que_trae_el_archivo(base_sqlite: str) -> None:
    poner("eaepe", DATOS / "eaepe_objeto.xlsx", LINEA_DE_COMANDOS)
    with reading() as session:
        leido = estado(session, anio=2026, mes=None, ente_id=None, clasificacion="objeto_gasto")
    escrita = hoja(leido | {"renglones": [leido["renglones"][0] | {"concepto": "<b>Uno</b>"}]})
    assert "&lt;b&gt;Uno" in escrita and "1,300.50" in escrita
