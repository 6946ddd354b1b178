"""Formato estructura: catálogo oficial o áreas, y los descentralizados en su propio ente."""

from pathlib import Path

import pytest

from db.rules.problema import Problema
from tests.imports.ayuda import DATOS, consultar, escribir, poner, uno

CABEZA = ["area", "dependencia", "clave_dep_general", "clave_dep_auxiliar", "codigo_proyecto"]


def test_del_catalogo_se_queda_el_anio_mas_nuevo(base_sqlite: str) -> None:
    informe = poner("estructura", DATOS / "estructura_catalogo.csv")
    assert (informe.guardadas, informe.omitidas, informe.anio) == (6, 1, None)
    assert consultar(
        "SELECT catalogo, ambito, nombre FROM entrada_catalogo WHERE clave IN ('A00', '126') ORDER BY clave"
    ) == [
        ("dependencia_auxiliar", "Municipios", "Alumbrado Público"),
        ("dependencia_general", "Municipios", "Presidencia"),
    ]
    assert uno("SELECT count(*) FROM ejercicio") == 0


def test_las_areas_toman_el_nombre_oficial_y_si_no_hay_el_del_archivo(base: str) -> None:
    poner("estructura", DATOS / "estructura_catalogo.csv")
    informe = poner("estructura", DATOS / "estructura_areas.csv")
    nombres = dict(consultar("SELECT clave, nombre FROM dependencia WHERE padre_id IS NULL"))
    assert nombres == {
        "A00": "Presidencia",
        "H00": "Servicios Públicos",
        "B00": "Dirección General",
        "Z09": "Dirección de Parques",
    }
    assert uno("SELECT nombre FROM dependencia WHERE clave = '901'") == "Unidad sin catálogo"
    assert "El renglón 4 no trae área ni dependencias; se omite." in informe.avisos


def test_las_areas_del_organismo_de_agua_van_a_su_ente(base_sqlite: str) -> None:
    poner("estructura", DATOS / "estructura_areas.csv")
    assert consultar(
        "SELECT e.nombre, e.tipo, d.clave FROM dependencia d JOIN ente e ON e.id = d.ente_id "
        "WHERE e.tipo != 'ayuntamiento' ORDER BY d.id"
    ) == [("OPDAPAS", "agua", "B00"), ("OPDAPAS", "agua", "205")]


def test_si_se_indica_el_ente_todo_va_a_ese(base_sqlite: str) -> None:
    poner("estructura", DATOS / "estructura_catalogo.csv")
    ente_id = uno("SELECT id FROM ente")
    poner("estructura", DATOS / "estructura_areas.csv", ente_id=ente_id)
    assert consultar("SELECT DISTINCT ente_id FROM dependencia") == [(ente_id,)]


def test_los_proyectos_ejecutados_se_ligan_si_ya_hay_catalogo(base_sqlite: str) -> None:
    poner("programas", DATOS / "programas.csv")
    poner("programas", DATOS / "proyectos.csv")
    poner("estructura", DATOS / "estructura_areas.csv")
    assert sorted(consultar("SELECT area FROM proyecto_ejecutado")) == [
        ("Alumbrado",),
        ("Depto. de Ingresos",),
        ("Secretaría Particular",),
    ]


def test_corregir_un_nombre_del_catalogo_se_cuenta_como_cambio(base_sqlite: str, tmp_path: Path) -> None:
    poner("estructura", DATOS / "estructura_catalogo.csv")
    nuevo = escribir(
        tmp_path / "c.csv",
        [["clave", "nombre"], ["A00", "Presidencia Municipal"], ["126", "Alumbrado Público"]],
    )
    informe = poner("estructura", nuevo)
    assert (informe.guardadas, informe.sin_cambio) == (1, 1)


@pytest.mark.parametrize(
    ("fila", "celda"),
    [
        (["Área", "Dep", "", "100", ""], "C2"),
        (["Área", "Dep", "A00", "1-0", ""], "D2"),
        (["Área", "Dep", "A00", "100", "12345"], "E2"),
    ],
)
def test_cada_falta_dice_su_celda(base_sqlite: str, tmp_path: Path, fila: list[str], celda: str) -> None:
    informe = poner("estructura", escribir(tmp_path / "m.csv", [CABEZA, fila]))
    assert [p["celda"] for p in informe.rechazadas] == [celda]
    assert uno("SELECT count(*) FROM dependencia") == 0


def test_una_clave_de_catalogo_con_otra_forma_no_entra(base_sqlite: str, tmp_path: Path) -> None:
    informe = poner("estructura", escribir(tmp_path / "m.csv", [["clave", "nombre"], ["AB1", "X"]]))
    assert informe.rechazadas[0]["celda"] == "A2"


def test_un_archivo_sin_claves_lo_dice(base_sqlite: str, tmp_path: Path) -> None:
    with pytest.raises(Problema, match="faltan columnas"):
        poner("estructura", escribir(tmp_path / "m.csv", [["area", "dependencia"], ["a", "b"]]))
