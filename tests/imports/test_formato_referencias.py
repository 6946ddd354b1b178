"""Formato referencias: se cargan, se corrigen, se rechazan con su celda y se deshacen."""

from pathlib import Path

import pytest

from dashboard.imports.carga import deshacer, exigir_formato
from dashboard.imports.registro import FORMATS
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.imports.ayuda import (
    DATOS,
    consultar,
    escribir,
    huella_de_la_base,
    leer_csv,
    poner,
    poner_hasta,
    uno,
)

ARCHIVO = DATOS / "referencias.csv"


@pytest.fixture
def lista(base: str) -> None:
    poner_hasta("avances")


def _cambiada(tmp_path: Path, **cambios: str) -> Path:
    filas = leer_csv("referencias.csv")
    for campo, valor in cambios.items():
        filas[1][filas[0].index(campo)] = valor
    return escribir(tmp_path / "cambio.csv", filas)


@pytest.mark.usefixtures("lista")
def test_se_cargan_se_corrigen_y_se_deshacen(tmp_path: Path) -> None:
    antes = huella_de_la_base()
    informe = poner("referencias", ARCHIVO)
    assert (informe.leidas, informe.guardadas) == (4, 4)
    assert consultar("SELECT serie, anio, trimestre, valor FROM referencia_indicador ORDER BY id") == [
        ("Municipio vecino", 2026, 1, 88_000_000),
        ("Municipio vecino", 2026, 2, 90_500_000),
        ("Estado", 2025, None, 87_250_000),
        ("Estado", 2025, None, -3_500_000),
    ]
    otra = poner("referencias", _cambiada(tmp_path, valor="89"))
    assert (otra.guardadas, otra.sin_cambio) == (1, 3)
    assert uno("SELECT valor FROM referencia_indicador ORDER BY id LIMIT 1") == 89_000_000
    formato = exigir_formato(FORMATS, "referencias")
    for carga_id in (otra.carga_id, informe.carga_id):
        assert carga_id is not None
        deshacer(formato, carga_id, LINEA_DE_COMANDOS, "Prueba")
    assert huella_de_la_base() == antes


@pytest.mark.parametrize(
    ("cambios", "celda"),
    [
        ({"codigo_proyecto": "010502060499"}, "B2"),
        ({"indicador": "No existe"}, "B2"),
        ({"serie": ""}, "C2"),
        ({"anio_referencia": "26"}, "D2"),
        ({"trimestre": "T5"}, "E2"),
        ({"trimestre": "marzo"}, "E2"),
        ({"valor": "ochenta"}, "F2"),
        ({"valor": ""}, "F2"),
        ({"valor": "1.234"}, "F2"),
        ({"trimestre": "T2"}, "C3"),
    ],
)
def test_cada_falta_dice_su_celda(
    base_sqlite: str, tmp_path: Path, cambios: dict[str, str], celda: str
) -> None:
    poner_hasta("avances")
    informe = poner("referencias", _cambiada(tmp_path, **cambios))
    assert celda in [p["celda"] for p in informe.rechazadas]
    assert uno("SELECT count(*) FROM referencia_indicador") == 0
