"""Formato guia: los dos archivos de la Guía Consultiva, y cada falta en su celda."""

from pathlib import Path

import pytest

from tests.imports.ayuda import DATOS, consultar, escribir, leer_csv, poner, uno

INDICADORES, ELEMENTOS = "guia_2025_2027_indicadores.csv", "guia_2025_2027_elementos.csv"


def test_los_dos_archivos_se_reconocen_por_sus_columnas(base: str) -> None:
    indicadores = poner("guia", DATOS / INDICADORES)
    assert (indicadores.rechazadas, indicadores.guardadas, indicadores.anio) == ([], 4, None)
    elementos = poner("guia", DATOS / ELEMENTOS)
    assert (elementos.rechazadas, elementos.guardadas) == ([], 5)
    assert consultar(
        "SELECT edicion, clave, modulo, tema, tipo, optimo, sin_variables FROM indicador_guia ORDER BY orden"
    ) == [
        ("2025-2027", "1.2.1", 1, "1.2", "gestion", "=2", "rezago"),
        ("2025-2027", "1.2.2", 1, "1.2", "gestion", "=3", "rezago"),
        ("2025-2027", "1.4.3", 1, "1.4", "desempeno", ">=80", "rezago"),
        ("2025-2027", "2.2.10", 2, "2.2", "desempeno", "<=50", "nd"),
    ]
    assert (
        uno(
            "SELECT count(*) FROM elemento_guia e JOIN indicador_guia i ON i.id = e.indicador_guia_id "
            "WHERE i.clave = '1.2.2'"
        )
        == 3
    )
    assert poner("guia", DATOS / ELEMENTOS).guardadas == 0


def test_la_edicion_que_nadie_dice_se_nombra_como_supuesta(base_sqlite: str, tmp_path: Path) -> None:
    filas = leer_csv(INDICADORES)
    informe = poner("guia", escribir(tmp_path / "guia.csv", filas))
    assert any("2025-2027" in defecto for defecto in informe.defectos)
    con_columna = [[*fila, "edicion" if n == 0 else "2028-2030"] for n, fila in enumerate(filas)]
    assert poner("guia", escribir(tmp_path / "g.csv", con_columna)).defectos == []
    assert consultar("SELECT DISTINCT edicion FROM indicador_guia ORDER BY edicion") == [
        ("2025-2027",),
        ("2028-2030",),
    ]


def test_cada_falta_de_los_indicadores_dice_su_celda(base_sqlite: str, tmp_path: Path) -> None:
    filas = [
        ["clave", "indicador", "tipo", "num_elementos", "optimo", "en_proceso", "rezago"],
        ["1.1.1", "Bueno", "gestión", "4", "=4", "<4 y >0", "=0"],
        ["1.1", "Clave corta", "gestión", "4", "=4", "", ""],
        ["1.1.2", "Tipo raro", "impacto", "", "=4", "", ""],
        ["1.1.3", "Umbral raro", "desempeño", "", ">=80", "más o menos 60", "<50"],
        ["1.1.4", "Encimados", "desempeño", "", ">=80", "<85 y >=50", "<50"],
        ["1.1.5", "Otro número", "gestión", "3", "=4", "", ""],
        ["1.1.1", "Repetido", "gestión", "4", "=4", "", ""],
        ["1.1.6", "", "gestión", "4", "=4", "", ""],
        ["1.1.7", "Código", "desempeño", "", "__import__('os')", "<1", ">1"],
    ]
    informe = poner("guia", escribir(tmp_path / "m.csv", filas))
    assert sorted(p["celda"] for p in informe.rechazadas) == [
        "A3", "A8", "B9", "C4", "D7", "E10", "F5", "F6",
    ]  # fmt: skip
    assert uno("SELECT count(*) FROM indicador_guia") == 0


def test_un_elemento_de_un_indicador_que_no_existe_no_entra(base_sqlite: str, tmp_path: Path) -> None:
    poner("guia", DATOS / INDICADORES)
    datos = [["9.9.9", "a", "Algo"], ["1.2.1", "a)", "Uno"], ["1.2.1", "A", "Dos"]]
    filas = [["clave", "inciso", "elemento"], *datos]
    informe = poner("guia", escribir(tmp_path / "guia_2025-2027.csv", filas))
    assert [p["celda"] for p in informe.rechazadas] == ["A2", "B4"]


def test_un_elemento_sin_texto_entra_con_su_letra_y_se_avisa(base_sqlite: str, tmp_path: Path) -> None:
    poner("guia", DATOS / INDICADORES)
    filas = [["clave", "inciso", "elemento"], ["1.2.1", "a", ""], ["1.2.1", "b", "Dos"]]
    informe = poner("guia", escribir(tmp_path / "guia.csv", filas))
    assert any("1.2.1 a)" in aviso for aviso in informe.avisos)
    assert consultar("SELECT texto FROM elemento_guia ORDER BY inciso") == [("Elemento a)",), ("Dos",)]
    sin_dos = [["clave", "inciso", "elemento"], ["1.2.1", "a", "Uno"], ["1.2.1", "b", ""]]
    poner("guia", escribir(tmp_path / "otra.csv", sin_dos))
    assert consultar("SELECT texto FROM elemento_guia ORDER BY inciso") == [("Uno",), ("Dos",)]


@pytest.mark.real
def test_la_guia_real_entra_completa(base: str, datos_reales: Path) -> None:
    for archivo in ("gdm_2025_2027_indicadores.csv", "gdm_2025_2027_elementos_gestion.csv"):
        informe = poner("guia", datos_reales / "gdm" / archivo)
        assert informe.rechazadas == [], archivo
        assert not any("Edición" in defecto for defecto in informe.defectos), archivo
    assert uno("SELECT count(*) FROM elemento_guia") == 394
    cuentas: dict[int, dict[str, int]] = {}
    for modulo, tipo, cuantos in consultar("SELECT modulo, tipo, count(*) FROM indicador_guia GROUP BY 1, 2"):
        cuentas.setdefault(modulo, {})[tipo] = cuantos
    assert [(c["gestion"], c.get("desempeno", 0)) for _, c in sorted(cuentas.items())] == [
        (10, 7), (9, 10), (14, 3), (8, 10), (9, 1), (16, 0), (8, 2), (6, 2),
    ]  # fmt: skip
    assert (
        uno(
            "SELECT count(*) FROM indicador_guia i WHERE i.tipo = 'gestion' AND i.optimo <> "
            "'=' || (SELECT count(*) FROM elemento_guia e WHERE e.indicador_guia_id = i.id)"
        )
        == 0
    )
