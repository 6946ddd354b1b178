"""Formato indicadores: fórmula derivada o por confirmar, línea base libre, operaciones escritas como sea."""

import csv
from pathlib import Path

import pytest

from tests.imports.ayuda import DATOS, consultar, escribir, poner, poner_hasta, uno


def _filas() -> list[list[str]]:
    with (DATOS / "indicadores.csv").open(encoding="utf-16", newline="") as archivo:
        return list(csv.reader(archivo))


def _cambiada(tmp_path: Path, renglon: int, **cambios: str) -> Path:
    filas = _filas()
    for campo, valor in cambios.items():
        filas[renglon][filas[0].index(campo)] = valor
    return escribir(tmp_path / "cambio.csv", filas)


@pytest.fixture
def lista(base: str) -> None:
    poner_hasta("indicadores")


@pytest.mark.usefixtures("lista")
def test_la_formula_impresa_se_vuelve_expresion_o_queda_por_confirmar() -> None:
    informe = poner("indicadores", DATOS / "indicadores.csv")
    assert consultar("SELECT nombre, formula FROM indicador ORDER BY id") == [
        ("Porcentaje de luminarias en servicio", "(A/B)*100"),
        ("Tasa de variación de audiencias", "((A/B)-1)*100"),
        ("Satisfacción", None),
    ]
    assert any("Fórmula por confirmar en 1" in defecto for defecto in informe.defectos)
    assert uno("SELECT count(*) FROM indicador WHERE sentido_confirmado") == 0


@pytest.mark.usefixtures("lista")
def test_la_linea_base_es_numero_solo_si_lo_es() -> None:
    poner("indicadores", DATOS / "indicadores.csv")
    assert consultar("SELECT linea_base_texto, linea_base FROM indicador ORDER BY id") == [
        ("91.5 %", 91_500_000),
        ("50 asesorías en 2025", None),
        ("", None),
    ]


@pytest.mark.usefixtures("lista")
def test_tipos_y_operaciones_con_sus_maneras_de_escribirse() -> None:
    poner("indicadores", DATOS / "indicadores.csv")
    assert consultar("SELECT tipo, frecuencia FROM indicador ORDER BY id") == [
        ("estrategico", "trimestral"),
        ("gestion", "anual"),
        ("gestion", "semestral"),
    ]
    assert [fila[0] for fila in consultar("SELECT operacion FROM variable_indicador ORDER BY id")] == [
        "valor_actual",
        "constante",
        "suma",
        "suma",
        "valor_actual",
    ]


@pytest.mark.usefixtures("lista")
def test_un_trimestre_vacio_no_es_cero() -> None:
    poner("indicadores", DATOS / "indicadores.csv")
    assert consultar(
        "SELECT p.trimestre FROM programacion_variable p JOIN variable_indicador v ON v.id = p.variable_id "
        "WHERE v.nombre = 'Calificación media' ORDER BY p.trimestre"
    ) == [(2,), (4,)]


@pytest.mark.usefixtures("lista")
def test_volver_a_cargar_respeta_lo_que_una_persona_confirmo(tmp_path: Path) -> None:
    from db.engine import writing
    from db.models.indicadores import Indicador, SentidoIndicador
    from db.rules.permisos import LINEA_DE_COMANDOS

    poner("indicadores", DATOS / "indicadores.csv")
    with writing(LINEA_DE_COMANDOS) as session:
        ficha = session.get_one(Indicador, uno("SELECT max(id) FROM indicador"))
        ficha.formula, ficha.sentido, ficha.sentido_confirmado = "A", SentidoIndicador.REGULAR, True
    poner("indicadores", _cambiada(tmp_path, 3, a_t2="7"))
    assert consultar("SELECT formula, sentido FROM indicador ORDER BY id DESC LIMIT 1") == [("A", "regular")]


@pytest.mark.usefixtures("lista")
def test_una_variable_con_avances_no_se_quita(tmp_path: Path) -> None:
    from db.rules.problema import Problema

    poner("indicadores", DATOS / "indicadores.csv")
    poner("avances", DATOS / "avances.ods")
    sin_b = {f"b_t{t}": "" for t in range(1, 5)} | {"variable_b": ""}
    with pytest.raises(Problema, match="ya tiene avances"):
        poner("indicadores", _cambiada(tmp_path, 1, **sin_b))
    informe = poner("indicadores", _cambiada(tmp_path, 2, **sin_b))
    assert informe.guardadas == 1
    assert uno("SELECT count(*) FROM variable_indicador") == 4


@pytest.mark.parametrize(
    ("cambios", "celda"),
    [
        ({"variable_a": ""}, "P2"),
        ({"operacion_a": "A veces"}, "R2"),
        ({"frecuencia": "Lunar"}, "I2"),
        ({"tipo": "Otro"}, "G2"),
        ({"a_t1": "9.100"}, "S2"),
        ({"indicador": ""}, "F2"),
        ({"codigo_proyecto": "010502060499"}, "D2"),
    ],
)
def test_cada_falta_dice_su_celda(
    base_sqlite: str, tmp_path: Path, cambios: dict[str, str], celda: str
) -> None:
    poner_hasta("indicadores")
    informe = poner("indicadores", _cambiada(tmp_path, 1, **cambios))
    assert celda in [p["celda"] for p in informe.rechazadas]
    assert uno("SELECT count(*) FROM indicador") == 0


def test_los_demas_campos_de_la_ficha_entran_si_el_archivo_los_trae(base_sqlite: str, tmp_path: Path) -> None:
    poner_hasta("indicadores")
    filas = _filas()
    extra = {
        "Año base": ("2025", "dos mil", ""),
        "unidad": ("Porcentaje", "", ""),
        "Fuente de información": ("Censo propio", "", ""),
        "responsable": ("Dirección de Alumbrado", "", ""),
        "Ámbito geográfico": ("Municipal", "", ""),
        "cobertura": ("Población total", "", ""),
        "descripción de la meta anual": ("Sostener el servicio", "", ""),
    }
    completas = [
        [*fila, *(list(extra) if n == 0 else [valores[n - 1] for valores in extra.values()])]
        for n, fila in enumerate(filas)
    ]
    informe = poner("indicadores", escribir(tmp_path / "completa.csv", completas))
    assert consultar(
        "SELECT anio_base, unidad, fuente, responsable, ambito_geografico, cobertura, meta_descripcion "
        "FROM indicador ORDER BY id LIMIT 2"
    ) == [
        (2025, "Porcentaje", "Censo propio", "Dirección de Alumbrado", "Municipal", "Población total",
         "Sostener el servicio"),
        (None, "", "", "", "", "", ""),
    ]  # fmt: skip
    assert any("no es un año" in o["regla"] for o in informe.observaciones)
