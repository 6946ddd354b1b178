"""Formato programas: 8 o 12 dígitos, varios ejercicios en un archivo y ceros que Excel quitó."""

from pathlib import Path

from tests.imports.ayuda import DATOS, consultar, escribir, poner, uno


def test_cada_renglon_se_guarda_en_su_ejercicio(base: str) -> None:
    informe = poner("programas", DATOS / "programas.csv")
    assert (informe.guardadas, informe.anio) == (4, None)
    assert consultar("SELECT anio, clave FROM programa ORDER BY anio, clave") == [
        (2025, "01050206"),
        (2026, "01050202"),
        (2026, "01050206"),
        (2026, "02020401"),
    ]
    assert uno("SELECT objetivo FROM programa WHERE clave = '02020401'") == "Alumbrar calles y plazas."


def test_los_proyectos_cuelgan_de_su_programa_con_sus_ceros(base_sqlite: str) -> None:
    poner("programas", DATOS / "programas.csv")
    informe = poner("programas", DATOS / "proyectos.csv")
    assert any("cero inicial" in aviso for aviso in informe.avisos)
    assert consultar(
        "SELECT p.clave, p.nombre, p.letra_conac FROM proyecto p JOIN programa g ON g.id = p.programa_id "
        "WHERE g.clave = '02020401'"
    ) == [("020204010102", "ALUMBRADO PÚBLICO", "E")]


def test_programas_y_proyectos_pueden_venir_juntos(base_sqlite: str, tmp_path: Path) -> None:
    filas = [["codigo", "nombre"], ["010502060402", "Proyecto"], ["01050206", "Programa"]]
    assert poner("programas", escribir(tmp_path / "j.csv", filas), anio=2026).guardadas == 2
    assert uno("SELECT anio FROM proyecto") == 2026


def test_un_proyecto_sin_su_programa_no_entra(base_sqlite: str) -> None:
    informe = poner("programas", DATOS / "proyectos.csv")
    assert len(informe.rechazadas) == 3
    assert "no existe el programa" in informe.rechazadas[0]["regla"]
    assert uno("SELECT count(*) FROM proyecto") == 0


def test_cada_falta_dice_su_celda(base_sqlite: str, tmp_path: Path) -> None:
    filas = [
        ["codigo", "codigo_programa", "nombre", "clasificacion_programatica_conac", "anio"],
        ["01050206", "", "Programa", "", "2026"],
        ["010502060401", "01050299", "Proyecto", "", "2026"],
        ["010502060402", "", "Proyecto", "ZZ", "2026"],
        ["0105", "", "Corto", "", "2026"],
        ["01050206", "", "Repetido", "", "2026"],
        ["01050207", "", "Sin año", "", "dos mil"],
    ]
    informe = poner("programas", escribir(tmp_path / "m.csv", filas), anio=2026)
    assert sorted(p["celda"] for p in informe.rechazadas) == ["A5", "A6", "B3", "D4", "E7"]
