"""Formato plan: identidad que sobrevive a los cambios, niveles configurables y cada manía de los archivos."""

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from db.actions.pesos import guardar_juego
from db.engine import reading, writing
from db.queries.evaluacion import Evaluacion
from db.queries.pesos import firma_de, juegos
from db.rules.periodo import Corte
from db.rules.permisos import LINEA_DE_COMANDOS
from db.rules.problema import Problema
from tests.imports.ayuda import DATOS, consultar, escribir, poner, poner_hasta, uno

CABEZA = [
    "eje",
    "tema",
    "clave_objetivo",
    "objetivo",
    "clave_estrategia",
    "estrategia",
    "clave_linea",
    "linea_accion",
]
LINEA = [
    "Pilar 1: Social",
    "Salud",
    "O1",
    "Atender.",
    "E1.1",
    "Acercar.",
    "L1.1.1",
    "Operar la unidad móvil.",
]


def _con(**cambios: str) -> list[str]:
    return [cambios.get(campo, valor) for campo, valor in zip(CABEZA, LINEA, strict=True)]


def test_el_libro_con_titulos_y_celdas_combinadas_da_el_arbol(base_sqlite: str) -> None:
    poner_hasta("plan")
    poner("plan", DATOS / "plan.xlsx")
    assert consultar("SELECT nivel, count(*) FROM nodo_plan GROUP BY nivel ORDER BY nivel") == [
        (1, 3),
        (2, 3),
        (3, 3),
        (4, 4),
        (5, 5),
    ]
    assert uno("SELECT tipo FROM nodo_plan WHERE nombre = 'Eje 2: Gobierno moderno'") == "transversal"
    assert uno("SELECT nombre FROM nodo_plan WHERE clave = 'L1.1.2'") == "Abrir consultorios rurales."
    assert uno("SELECT nombre FROM nodo_plan WHERE clave = 'L3.1.1'") == "Actualizar el padrón."


def test_un_texto_corregido_conserva_el_nodo_y_guarda_lo_que_decia(base: str, tmp_path: Path) -> None:
    poner("plan", escribir(tmp_path / "a.csv", [CABEZA, LINEA]), anio=2026)
    antes = dict(consultar("SELECT clave, id FROM nodo_plan"))
    informe = poner(
        "plan", escribir(tmp_path / "b.csv", [CABEZA, _con(linea_accion="Otra cosa.")]), anio=2026
    )
    assert informe.guardadas == 1
    assert dict(consultar("SELECT clave, id FROM nodo_plan")) == antes
    assert consultar("SELECT nodo_id, version_plan, nombre FROM texto_nodo") == [
        (antes["L1.1.1"], 1, "Operar la unidad móvil.")
    ]
    assert uno("SELECT version_plan FROM plan") == 2
    assert consultar("SELECT numero FROM version_plan ORDER BY numero") == [(1,), (2,)]


def test_lo_que_ya_no_viene_se_da_de_baja_sin_borrarse(base_sqlite: str, tmp_path: Path) -> None:
    dos = _con(clave_linea="L1.1.2", linea_accion="Segunda.")
    poner("plan", escribir(tmp_path / "a.csv", [CABEZA, LINEA, dos]), anio=2026)
    poner("plan", escribir(tmp_path / "b.csv", [CABEZA, dos]), anio=2026)
    assert consultar(
        "SELECT clave, version_alta, version_baja FROM nodo_plan WHERE nivel = 5 ORDER BY clave"
    ) == [
        ("L1.1.1", 1, 2),
        ("L1.1.2", 1, None),
    ]


def test_una_linea_que_cambia_de_estrategia_es_la_misma(base_sqlite: str, tmp_path: Path) -> None:
    poner("plan", escribir(tmp_path / "a.csv", [CABEZA, LINEA]), anio=2026)
    identidad = uno("SELECT id FROM nodo_plan WHERE clave = 'L1.1.1'")
    otra = _con(clave_estrategia="E1.2", estrategia="Otra estrategia.")
    poner("plan", escribir(tmp_path / "b.csv", [CABEZA, otra]), anio=2026)
    assert consultar("SELECT id FROM nodo_plan WHERE clave = 'L1.1.1' AND version_baja IS NULL") == [
        (identidad,)
    ]


def test_sin_clave_un_nodo_se_reconoce_por_su_texto(base_sqlite: str, tmp_path: Path) -> None:
    filas = [["eje", "objetivo", "linea de accion"], ["Uno", "Dos", "Tres"], ["Uno", "Dos", "Cuatro"]]
    poner("plan", escribir(tmp_path / "a.csv", filas), anio=2026)
    antes = dict(consultar("SELECT nombre, id FROM nodo_plan"))
    assert (
        poner("plan", escribir(tmp_path / "b.csv", [filas[0], filas[2], filas[1]]), anio=2026).guardadas == 2
    )
    assert dict(consultar("SELECT nombre, id FROM nodo_plan WHERE version_baja IS NULL")) == antes


@pytest.mark.parametrize("cuantos", [3, 7])
def test_un_plan_tiene_de_tres_a_siete_niveles(base_sqlite: str, tmp_path: Path, cuantos: int) -> None:
    filas = [[f"nivel_{n}" for n in range(1, cuantos + 1)], [f"Texto {n}" for n in range(1, cuantos + 1)]]
    poner("plan", escribir(tmp_path / "n.csv", filas), anio=2026)
    assert uno("SELECT niveles FROM plan") == cuantos
    assert uno("SELECT max(nivel) FROM nodo_plan") == cuantos


def test_dos_niveles_no_son_un_plan(base_sqlite: str, tmp_path: Path) -> None:
    with pytest.raises(Problema, match="de 3 a 7 niveles"):
        poner("plan", escribir(tmp_path / "n.csv", [["nivel_1", "nivel_2"], ["a", "b"]]))


def test_otro_numero_de_niveles_no_sustituye_a_un_plan_guardado(base_sqlite: str, tmp_path: Path) -> None:
    poner("plan", escribir(tmp_path / "a.csv", [CABEZA, LINEA]), anio=2026)
    tres = [["nivel_1", "nivel_2", "nivel_3"], ["a", "b", "c"]]
    with pytest.raises(Problema, match="5 niveles y el archivo trae 3"):
        poner("plan", escribir(tmp_path / "b.csv", tres), anio=2026)


@pytest.mark.parametrize(
    ("segunda", "celda"),
    [
        (_con(), "G3"),
        (_con(clave_linea="L1.1.2", objetivo="Otro texto."), "D3"),
        (_con(clave_linea="L1.1.2", linea_accion=""), "H3"),
        (_con(clave_estrategia="E9", estrategia="Nueva."), "G3"),
    ],
    ids=["linea_repetida", "clave_con_dos_textos", "falta_el_texto", "clave_en_dos_estrategias"],
)
def test_cada_falta_dice_su_celda(base_sqlite: str, tmp_path: Path, segunda: list[str], celda: str) -> None:
    informe = poner("plan", escribir(tmp_path / "m.csv", [CABEZA, LINEA, segunda]))
    assert [p["celda"] for p in informe.rechazadas] == [celda]
    assert uno("SELECT count(*) FROM nodo_plan") == 0


def test_una_hoja_oculta_primero_no_engana(base_sqlite: str, tmp_path: Path) -> None:
    ruta = tmp_path / "oculta.xlsx"
    libro = xlsxwriter.Workbook(ruta)
    vieja, buena = libro.add_worksheet("Vieja"), libro.add_worksheet("Buena")
    for hoja, linea in ((vieja, _con(linea_accion="Vieja")), (buena, LINEA)):
        hoja.write_row(0, 0, CABEZA)
        hoja.write_row(1, 0, linea)
    vieja.hide()
    buena.activate()
    libro.close()
    poner("plan", ruta, anio=2026)
    assert uno("SELECT nombre FROM nodo_plan WHERE nivel = 5") == LINEA[-1]


def test_no_se_carga_un_plan_que_deja_hermanos_sin_peso(base: str, tmp_path: Path) -> None:
    dos = _con(clave_linea="L1.1.2", linea_accion="Segunda.")
    poner("plan", escribir(tmp_path / "a.csv", [CABEZA, LINEA, dos]), anio=2026)
    ids = dict(consultar("SELECT clave, id FROM nodo_plan WHERE nivel = 5"))
    plan = uno("SELECT id FROM plan")

    def pesar(mes: int, primera: int, segunda: int) -> None:
        with reading() as session:
            firma = firma_de(juegos(session, plan))
        with writing(LINEA_DE_COMANDOS) as session:
            guardar_juego(
                session,
                LINEA_DE_COMANDOS,
                plan_id=plan,
                firma=firma,
                desde=Corte(2026, mes),
                motivo="Cabildo",
                aprobo="Cabildo",
                pesos={ids["L1.1.1"]: Decimal(primera), ids["L1.1.2"]: Decimal(segunda)},
            )

    pesar(1, 0, 100)
    solo_una = escribir(tmp_path / "b.csv", [CABEZA, LINEA])
    with pytest.raises(Problema, match=r"«Acercar\.» suman 0 con los pesos que rigen desde enero de 2026"):
        poner("plan", solo_una, anio=2026)
    assert consultar("SELECT count(*) FROM nodo_plan WHERE version_baja IS NOT NULL") == [(0,)]
    pesar(2, 100, 0)
    poner("plan", solo_una, anio=2026)
    with reading() as session:
        for mes in (1, 2):
            assert Evaluacion(session, 2026, mes).plan()["raiz"].total == 0
