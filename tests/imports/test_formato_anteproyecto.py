"""Formato anteproyecto: de la plantilla a la etapa abierta, renglón por renglón y sólo lo propio."""

from pathlib import Path

import openpyxl
import pytest

from dashboard.imports.anteproyecto import FORMATO
from dashboard.imports.carga import deshacer
from dashboard.imports.plantilla import plantilla
from db.actions.anteproyecto_cierre import cerrar_etapa
from db.engine import reading, writing
from db.queries import anteproyecto as lee
from db.rules.anteproyecto import MESES
from db.rules.permisos import Rol
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db import mundo_anteproyecto as mundo
from tests.imports.ayuda import DATOS, escribir, poner, uno

CABEZA = [
    *("ejercicio", "clave_dep_general", "clave_dep_auxiliar", "codigo_proyecto"),
    *("fuente", "partida", "importe_anual", "enero", "diciembre"),
]
FILA = ["2027", "A00", "100", "010204010101", "11", "1130", "120.05", "", ""]
AJENA = ["2027", "B00", "100", "010204010102", "15", "2110", "", "10", "20.50"]


@pytest.fixture
def etapa(base_sqlite: str) -> int:
    return mundo.abrir()


def _archivo(tmp_path: Path, *filas: list[str], nombre: str = "anteproyecto.csv") -> Path:
    return escribir(tmp_path / nombre, [CABEZA, *filas])


def _con(fila: list[str], **cambios: str) -> list[str]:
    return [cambios.get(campo, valor) for campo, valor in zip(CABEZA, fila, strict=True)]


def _partidas(etapa_id: int) -> list[tuple[str, str, int]]:
    with reading() as session:
        return [(f["general"], f["partida"], f["anual"]) for f in lee.partidas(session, etapa_id)]


def test_el_archivo_inventado_se_guarda_entero(base: str) -> None:
    etapa_id = mundo.abrir()
    informe = poner("anteproyecto", DATOS / "anteproyecto.csv", mundo.PLANEACION)
    assert (informe.guardadas, informe.rechazadas) == (4, [])
    assert _partidas(etapa_id) == [
        ("A00", "1131", 12_000_005),
        ("A00", "2110", 120_000),
        ("B00", "2110", 3_050),
        ("B00", "6120", 90_000_000),
    ]
    assert poner("anteproyecto", DATOS / "anteproyecto.csv", mundo.PLANEACION).sin_cambio == 4


def test_sin_meses_se_reparte_parejo_y_con_meses_se_respetan(etapa: int, tmp_path: Path) -> None:
    poner("anteproyecto", _archivo(tmp_path, FILA, AJENA), mundo.PLANEACION)
    with reading() as session:
        una, otra = lee.partidas(session, etapa)
    assert sum(una["meses"]) == 12_005
    assert max(una["meses"]) - min(una["meses"]) == 1
    assert (otra["meses"][0], otra["meses"][11], otra["anual"]) == (1_000, 2_050, 3_050)


def test_el_archivo_deja_a_su_proyecto_solo_con_sus_partidas(etapa: int, tmp_path: Path) -> None:
    mundo.proponer(etapa, mundo.propuesta(5, "2110"))
    mundo.proponer(etapa, mundo.propuesta(7), auxiliar=mundo.AUXILIAR_B, numero=2)
    informe = poner("anteproyecto", _archivo(tmp_path, FILA), mundo.PLANEACION)
    assert informe.desaparecen == 1
    assert _partidas(etapa) == [("A00", "1130", 12_005), ("B00", "1130", 7)]


def test_el_enlace_carga_lo_suyo_y_lo_ajeno_no_existe(etapa: int, tmp_path: Path) -> None:
    informe = poner("anteproyecto", _archivo(tmp_path, FILA, AJENA), mundo.ENLACE)
    inventada = poner("anteproyecto", _archivo(tmp_path, _con(AJENA, clave_dep_general="Z99")), mundo.ENLACE)
    assert [p["celda"] for p in informe.rechazadas] == ["C3"]
    assert "no existe o no es la suya" in informe.rechazadas[0]["regla"]
    assert "no existe o no es la suya" in inventada.rechazadas[0]["regla"]
    assert _partidas(etapa) == []
    assert poner("anteproyecto", _archivo(tmp_path, FILA), mundo.ENLACE).guardadas == 1


@pytest.mark.parametrize(
    ("cambios", "celda", "regla"),
    [
        ({"partida": "9999"}, "F2", "Clasificador por Objeto"),
        ({"partida": "1100"}, "F2", "Clasificador por Objeto"),
        ({"partida": ""}, "F2", "falta"),
        ({"fuente": "99"}, "E2", "Clasificador por Fuentes"),
        ({"codigo_proyecto": "010204010199"}, "D2", "no existe en 2027"),
        ({"codigo_proyecto": "12"}, "D2", "signos"),
        ({"clave_dep_auxiliar": "999"}, "C2", "no existe o no es la suya"),
        ({"importe_anual": ""}, "G2", "no tiene importe"),
        ({"importe_anual": "-5"}, "G2", "no es un importe posible"),
        ({"importe_anual": "mucho"}, "G2", "no es un número"),
        ({"importe_anual": "0.005"}, "G2", "fracciones|puede ser mil"),
        ({"enero": "1"}, "G2", "los meses suman $1.00"),
        ({"ejercicio": "2026"}, "A3", "no es de 2027"),
    ],
)
def test_cada_falta_dice_su_celda(
    etapa: int, tmp_path: Path, cambios: dict[str, str], celda: str, regla: str
) -> None:
    filas = [_con(FILA, **cambios)] if "ejercicio" not in cambios else [FILA, _con(AJENA, **cambios), AJENA]
    informe = poner("anteproyecto", _archivo(tmp_path, *filas), mundo.PLANEACION)
    assert informe.rechazadas[0]["celda"] == celda
    assert any(parte in informe.rechazadas[0]["regla"] for parte in regla.split("|"))
    assert informe.rechazadas[0]["remedio"]
    assert _partidas(etapa) == []


def test_dos_renglones_de_la_misma_partida_se_niegan(etapa: int, tmp_path: Path) -> None:
    informe = poner("anteproyecto", _archivo(tmp_path, FILA, FILA), mundo.PLANEACION)
    assert "ya está en el renglón 2" in informe.rechazadas[0]["regla"]


def test_sin_etapa_abierta_se_dice_y_no_se_crea_el_ejercicio(etapa: int, tmp_path: Path) -> None:
    with pytest.raises(Problema, match="2028 no tiene una etapa abierta"):
        poner("anteproyecto", _archivo(tmp_path, _con(FILA, ejercicio="2028")), mundo.PLANEACION)
    poner("anteproyecto", _archivo(tmp_path, FILA), mundo.PLANEACION)
    assert uno("SELECT count(*) FROM ejercicio WHERE anio >= 2027") == 0


def test_deshacer_regresa_lo_que_habia_y_lo_cerrado_no_se_deshace(base: str, tmp_path: Path) -> None:
    etapa_id = mundo.abrir()
    mundo.proponer(etapa_id, mundo.propuesta(5, "2110"))
    primera = poner("anteproyecto", _archivo(tmp_path, FILA), mundo.PLANEACION)
    assert primera.carga_id is not None
    deshacer(FORMATO, primera.carga_id, mundo.PLANEACION, "prueba")
    assert _partidas(etapa_id) == [("A00", "2110", 5)]
    segunda = poner("anteproyecto", _archivo(tmp_path, FILA, nombre="b.csv"), mundo.PLANEACION)
    with reading() as session:
        vista = lee.huella_de_la_etapa(lee.partidas(session, etapa_id), lee.techos(session, etapa_id))
    with writing(mundo.TESORERIA) as session:
        cerrar_etapa(session, mundo.TESORERIA, etapa_id=etapa_id, huella=vista, motivo="prueba")
    assert segunda.carga_id is not None
    with pytest.raises(Problema, match="ya se cerró"):
        deshacer(FORMATO, segunda.carga_id, mundo.PLANEACION, "prueba")
    assert _partidas(etapa_id) == [("A00", "1130", 12_005)]


def test_quien_no_captura_no_carga(etapa: int, tmp_path: Path) -> None:
    for rol in (Rol.TESORERIA, Rol.CONTRALORIA):
        with pytest.raises(Problema, match="no tiene permiso"):
            poner("anteproyecto", _archivo(tmp_path, FILA), actor(rol))


def test_la_plantilla_trae_los_doce_meses_y_se_puede_cargar(etapa: int, tmp_path: Path) -> None:
    ruta = tmp_path / "plantilla.xlsx"
    ruta.write_bytes(plantilla(FORMATO, FORMATO.columnas))
    libro = openpyxl.load_workbook(ruta)
    hoja = libro["Datos"]
    encabezados = [celda.value for celda in hoja[3]]
    assert set(MESES) < set(encabezados)
    for encabezado, valor in zip(CABEZA, FILA, strict=True):
        if valor:
            hoja.cell(4, encabezados.index(encabezado) + 1, valor)
    libro.save(ruta)
    assert poner("anteproyecto", ruta, mundo.PLANEACION).guardadas == 1
    assert _partidas(etapa) == [("A00", "1130", 12_005)]
