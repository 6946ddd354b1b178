"""Formato avances: periodos escritos de mil modos, quién valida, y lo cerrado no se toca."""

from datetime import timedelta
from pathlib import Path

import pytest

from db.base import ahora
from db.engine import writing
from db.models.captura import ClaseCaptura, EstadoPeriodo, Periodo, Ventana
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.conftest import actor
from tests.imports.ayuda import DATOS, consultar, escribir, poner, poner_hasta, uno

CABEZA = [
    *("periodo", "tipo", "clave_dep_general", "clave_dep_auxiliar", "codigo_proyecto"),
    *("numero_actividad", "indicador", "variable", "alcanzado", "justificacion"),
]
META = ["T1", "actividad", "A00", "100", "010502060402", "1", "", "", "285", ""]
VARIABLE = [
    "T1",
    "variable",
    "H00",
    "126",
    "020204010102",
    "",
    "Porcentaje de luminarias en servicio",
    "A",
    "9050",
    "",
]
MILLONESIMAS = 1_000_000


@pytest.fixture
def lista(base_sqlite: str) -> None:
    poner_hasta("avances")


def _archivo(tmp_path: Path, *filas: list[str], nombre: str = "avances.csv") -> Path:
    return escribir(tmp_path / nombre, [CABEZA, *filas])


def _con(fila: list[str], **cambios: str) -> list[str]:
    return [cambios.get(campo, valor) for campo, valor in zip(CABEZA, fila, strict=True)]


def _enlace(clave: str) -> object:
    dependencia, ente = consultar("SELECT id, ente_id FROM dependencia WHERE clave = :clave", clave=clave)[0]
    return actor(Rol.ENLACE, ente, dependencia)


def test_el_ods_con_titulos_carga_metas_y_variables_por_letra_o_nombre(base: str) -> None:
    poner_hasta("avances")
    informe = poner("avances", DATOS / "avances.ods")
    assert (informe.guardadas, informe.omitidas) == (5, 1)
    assert [
        (mes, a / MILLONESIMAS) for mes, a in consultar("SELECT mes, alcanzado FROM avance_meta ORDER BY id")
    ] == [
        (3, 285),
        (6, 310),
        (3, 1.5),
    ]
    assert consultar("SELECT trimestre, estado, documento FROM avance_variable") == [
        (1, "validado", "avances.ods"),
        (1, "validado", "avances.ods"),
    ]
    assert any("vacío no es 0" in aviso for aviso in informe.avisos)


@pytest.mark.usefixtures("lista")
def test_lo_de_planeacion_es_oficial_y_lo_del_enlace_queda_en_revision(tmp_path: Path) -> None:
    poner("avances", _archivo(tmp_path, META), _enlace("100"))
    assert consultar("SELECT estado, capturo, valido FROM avance_meta") == [
        ("en_revision", "prueba.enlace", "")
    ]
    informe = poner("avances", _archivo(tmp_path, META, nombre="oficial.csv"), actor(Rol.PLANEACION))
    assert informe.guardadas == 1
    assert consultar("SELECT estado, valido, documento FROM avance_meta") == [
        ("validado", "prueba.planeacion", "oficial.csv")
    ]


@pytest.mark.usefixtures("lista")
def test_el_enlace_no_toca_lo_de_otra_dependencia_ni_sabe_si_existe(tmp_path: Path) -> None:
    enlace = _enlace("126")
    ajena = poner("avances", _archivo(tmp_path, META), enlace)
    inventada = poner("avances", _archivo(tmp_path, _con(META, numero_actividad="99")), enlace)
    assert ajena.rechazadas[0]["regla"] == inventada.rechazadas[0]["regla"]
    assert uno("SELECT count(*) FROM avance_meta") == 0


@pytest.mark.usefixtures("lista")
def test_el_enlace_no_corrige_lo_validado(tmp_path: Path) -> None:
    poner("avances", _archivo(tmp_path, META))
    informe = poner("avances", _archivo(tmp_path, _con(META, alcanzado="1"), nombre="b.csv"), _enlace("A00"))
    assert "ya está validado" in informe.rechazadas[0]["regla"]
    assert poner("avances", _archivo(tmp_path, META, nombre="c.csv"), _enlace("A00")).sin_cambio == 1


@pytest.mark.usefixtures("lista")
def test_un_periodo_cerrado_se_niega_aun_a_planeacion_pero_lo_igual_pasa(tmp_path: Path) -> None:
    poner("avances", _archivo(tmp_path, META))
    with writing(LINEA_DE_COMANDOS) as session:
        session.add(Periodo(anio=2026, mes=3, estado=EstadoPeriodo.CERRADO))
    acumulado = _archivo(tmp_path, META, _con(META, periodo="T2"), nombre="b.csv")
    assert poner("avances", acumulado).guardadas == 1
    informe = poner("avances", _archivo(tmp_path, _con(META, alcanzado="1"), nombre="c.csv"))
    assert "cerrado" in informe.rechazadas[0]["regla"]


@pytest.mark.usefixtures("lista")
def test_fuera_de_su_ventana_el_enlace_no_captura_y_planeacion_si(tmp_path: Path) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        abre, cierra = ahora() - timedelta(days=20), ahora() - timedelta(days=10)
        session.add(Ventana(anio=2026, mes=3, clase=ClaseCaptura.ACTIVIDADES, abre=abre, cierra=cierra))
    ruta = _archivo(tmp_path, META)
    assert "no es tiempo" in poner("avances", ruta, _enlace("100")).rechazadas[0]["regla"]
    assert poner("avances", ruta, actor(Rol.PLANEACION)).guardadas == 1


@pytest.mark.usefixtures("lista")
@pytest.mark.parametrize(
    "escrito",
    ["T2", "2T", "Trim. 2", "2do trimestre", "Segundo trimestre", "T2 2026", "2.º trimestre de 2026"],
)
def test_un_trimestre_se_escribe_de_muchos_modos(tmp_path: Path, escrito: str) -> None:
    poner("avances", _archivo(tmp_path, _con(META, periodo=escrito)))
    assert consultar("SELECT mes FROM avance_meta") == [(6,)]


@pytest.mark.usefixtures("lista")
@pytest.mark.parametrize("escrito", ["mayo", "May", "2026-05", "05/2026", "mayo 2026"])
def test_un_ejercicio_sin_avances_toma_la_periodicidad_del_archivo(tmp_path: Path, escrito: str) -> None:
    informe = poner("avances", _archivo(tmp_path, _con(META, periodo=escrito)))
    assert any("pasa a reportarse por mes" in defecto for defecto in informe.defectos)
    assert consultar("SELECT mes FROM avance_meta") == [(5,)]
    assert uno("SELECT periodicidad FROM ejercicio WHERE anio = 2026") == "mes"


@pytest.mark.usefixtures("lista")
def test_un_ejercicio_con_avances_por_trimestre_no_acepta_meses(tmp_path: Path) -> None:
    poner("avances", _archivo(tmp_path, META))
    informe = poner("avances", _archivo(tmp_path, _con(META, periodo="mayo"), nombre="b.csv"))
    assert "se reportan por trimestre" in informe.rechazadas[0]["regla"]


@pytest.mark.usefixtures("lista")
@pytest.mark.parametrize(("mayor", "meses"), [("4", [3, 12]), ("5", [1, 5])])
def test_los_numeros_solos_son_meses_si_alguno_pasa_de_cuatro(
    tmp_path: Path, mayor: str, meses: list[int]
) -> None:
    informe = poner("avances", _archivo(tmp_path, _con(META, periodo="1"), _con(META, periodo=mayor)))
    assert [fila[0] for fila in consultar("SELECT mes FROM avance_meta ORDER BY mes")] == meses
    assert any("sólo con número" in aviso for aviso in informe.avisos)


@pytest.mark.usefixtures("lista")
@pytest.mark.parametrize(
    ("fila", "celda", "regla"),
    [
        (_con(META, alcanzado="-3"), "I2", "negativo"),
        (_con(META, alcanzado="N/A"), "I2", "no es un número"),
        (_con(META, alcanzado="12 %"), "I2", "porcentaje"),
        (_con(META, periodo="T5"), "A2", "no es un periodo"),
        (_con(META, periodo="T1 2025"), "A2", "no es un periodo de 2026"),
        (_con(META, periodo=""), "A2", "falta"),
        (_con(META, numero_actividad="7"), "F2", "no existe en 2026"),
        (_con(META, tipo="otra"), "B2", "no es un tipo"),
        (_con(VARIABLE, variable="Z"), "H2", "no tiene esa variable"),
        (_con(VARIABLE, indicador="Otro"), "G2", "no existe en 2026"),
        (_con(VARIABLE, periodo="mayo"), "A2", "por trimestre"),
    ],
)
def test_cada_falta_dice_su_celda(tmp_path: Path, fila: list[str], celda: str, regla: str) -> None:
    informe = poner("avances", _archivo(tmp_path, fila))
    assert [p["celda"] for p in informe.rechazadas] == [celda]
    assert regla in informe.rechazadas[0]["regla"]
    assert uno("SELECT count(*) FROM avance_meta") + uno("SELECT count(*) FROM avance_variable") == 0


@pytest.mark.usefixtures("lista")
def test_dos_renglones_del_mismo_avance_se_niegan(tmp_path: Path) -> None:
    informe = poner("avances", _archivo(tmp_path, META, _con(META, alcanzado="9")))
    assert informe.rechazadas[0]["celda"] == "A3"


@pytest.mark.usefixtures("lista")
def test_corregir_un_avance_conserva_su_justificacion(tmp_path: Path) -> None:
    poner("avances", _archivo(tmp_path, _con(META, justificacion="Llovió")))
    poner("avances", _archivo(tmp_path, _con(META, alcanzado="290"), nombre="b.csv"))
    assert consultar("SELECT alcanzado, justificacion FROM avance_meta") == [(290 * MILLONESIMAS, "Llovió")]
