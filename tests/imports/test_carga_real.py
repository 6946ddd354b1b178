"""Los archivos de un municipio real entran como están, en el orden en que se publican."""

from pathlib import Path

import pytest

from db.audit import verificar_cadena
from db.engine import reading
from tests.imports.ayuda import consultar, poner, uno

EN_ORDEN = (
    ("estructura", "edomex_dependencias_generales.csv"),
    ("estructura", "edomex_dependencias_auxiliares.csv"),
    ("estructura", "areas_2023.csv"),
    ("programas", "edomex_programas_presupuestarios.csv"),
    ("programas", "edomex_proyectos.csv"),
    ("plan", "pdm_metepec_plano.csv"),
    ("actividades", "actividades_2023_programadas.csv"),
    ("indicadores", "indicadores_2023_pbrm01d.csv"),
)


@pytest.mark.real
def test_los_archivos_reales_se_cargan_en_su_orden(base: str, datos_reales: Path) -> None:
    for formato, archivo in EN_ORDEN:
        informe = poner(formato, datos_reales / "metepec" / archivo)
        assert informe.rechazadas == [], archivo
        assert informe.guardadas > 0
    assert [
        fila[1] for fila in consultar("SELECT nivel, count(*) FROM nodo_plan GROUP BY nivel ORDER BY nivel")
    ] == [
        7,
        60,
        63,
        139,
        411,
    ]
    assert uno("SELECT count(*) FROM meta_actividad") == 1193
    assert uno("SELECT count(DISTINCT meta_id) FROM cita_linea") == 597
    assert uno("SELECT count(*) FROM indicador") == 329
    assert uno("SELECT count(*) FROM indicador WHERE formula IS NOT NULL") >= 300
    assert consultar("SELECT anio, count(*) FROM programa GROUP BY anio ORDER BY anio") == [
        (2023, 74),
        (2024, 74),
    ]
    assert uno("SELECT count(*) FROM proyecto") == 386
    assert uno("SELECT nombre FROM administracion") == "2022-2024"
    assert consultar(
        "SELECT e.tipo, count(*) FROM meta_actividad m JOIN ente e ON e.id = m.ente_id "
        "GROUP BY e.tipo ORDER BY e.tipo"
    ) == [("agua", 198), ("ayuntamiento", 940), ("deporte", 55)]
    assert uno("SELECT count(*) FROM avance_meta") == 0
    with reading() as session:
        assert verificar_cadena(session) is None


@pytest.mark.real
def test_los_archivos_reales_otra_vez_no_cambian_nada(base_sqlite: str, datos_reales: Path) -> None:
    guardadas = [
        [poner(formato, datos_reales / "metepec" / archivo).guardadas for formato, archivo in EN_ORDEN]
        for _ in range(3)
    ]
    # La segunda vez ya hay catálogo, y las áreas que ninguna meta nombró se ligan con sus proyectos.
    assert [i for i, cuantas in enumerate(guardadas[1]) if cuantas] == [2]
    assert guardadas[2] == [0] * len(EN_ORDEN)
