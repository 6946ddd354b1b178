"""PbRM-01d y 08b: encabezados y firmas letra por letra, y el indicador medido en su trimestre y acumulado."""

from decimal import Decimal

import pytest

from dashboard.reports import pbrm_indicadores
from dashboard.reports.bloques import Columna, Ficha, Firmas, Tabla
from dashboard.reports.documento import Documento, Parametros
from dashboard.reports.preguntar import una_lectura
from db.base import ahora
from db.engine import writing
from db.models.actividad import EstadoAvance
from db.models.indicadores import AvanceVariable, Indicador, ProgramacionVariable, VariableIndicador
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.db import mundo
from tests.db.mundo import ANIO

OFICIALES: dict[str, list[str]] = {
    "pbrm_01d": [
        "Variables del Indicador", "Unidad de Medida", "Tipo de Operación",
        "Trim. 1", "Trim. 2", "Trim. 3", "Trim. 4", "Meta Anual",
    ],
    "pbrm_08b": [
        "Variable", "Unidad de medida", "Operación", "Meta anual",
        "Avance trimestral: Programado", "Avance trimestral: %", "Avance trimestral: Alcanzado",
        "Avance trimestral: %", "Avance acumulado: Programado", "Avance acumulado: %",
        "Avance acumulado: Alcanzado", "Avance acumulado: %",
    ],
    "comportamiento": [
        "Meta anual",
        "Avance trimestral: Programado", "Avance trimestral: Alcanzado", "Avance trimestral: EF%",
        "Avance trimestral: Semáforo", "Avance acumulado: Programado", "Avance acumulado: Alcanzado",
        "Avance acumulado: EF%", "Avance acumulado: Semáforo",
    ],
}  # fmt: skip
CABEZA_01D = [
    "Nombre del Indicador", "Fórmula de Cálculo", "Interpretación", "Dimensión que Atiende",
    "Frecuencia de Medición", "Factor de Comparación", "Tipo de Indicador",
    "Descripción del Factor de Comparación", "Línea Base",
]  # fmt: skip
CABEZA_08B = [
    "Nombre del indicador", "Fórmula del cálculo", "Interpretación", "Dimensión que atiende",
    "Frecuencia de medición", "Descripción del factor de comparación", "Ámbito geográfico", "Cobertura",
    "Línea base",
]  # fmt: skip


def titulos(columnas: tuple[Columna, ...]) -> list[str]:
    return [": ".join((*c.grupos, c.titulo)) for c in columnas]


def test_los_encabezados_son_los_oficiales_y_en_su_orden() -> None:
    assert titulos(pbrm_indicadores.COLUMNAS_01D) == OFICIALES["pbrm_01d"]
    assert titulos(pbrm_indicadores.COLUMNAS_08B) == OFICIALES["pbrm_08b"]
    assert titulos(pbrm_indicadores.COMPORTAMIENTO_08B) == OFICIALES["comportamiento"]


@pytest.fixture
def indicador(base: str) -> None:
    """A ÷ B × 100 con A de 10 por trimestre y B constante 20; se logró 10 y luego 6."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        session.add(
            Indicador(
                id=1,
                anio=ANIO,
                ente_id=1,
                proyecto_id=1,
                dependencia_id=11,
                nombre="Cobertura",
                formula="A / B * 100",
                formula_texto="(A/B)*100",
            )
        )
        session.flush()
        for cual, letra, operacion, prometido in ((1, "A", "suma", 10), (2, "B", "constante", 20)):
            session.add(
                VariableIndicador(
                    id=cual, indicador_id=1, letra=letra, nombre=letra, unidad="Persona", operacion=operacion
                )
            )
            session.flush()
            for t in (1, 2, 3, 4):
                session.add(ProgramacionVariable(variable_id=cual, trimestre=t, cantidad=Decimal(prometido)))
            for t, logrado in ((1, prometido), (2, 6 if letra == "A" else 20)):
                session.add(
                    AvanceVariable(
                        variable_id=cual,
                        trimestre=t,
                        alcanzado=Decimal(logrado),
                        estado=EstadoAvance.VALIDADO,
                        capturado_en=ahora(),
                    )
                )


def hacer(clave: str) -> Documento:
    reporte = next(r for r in pbrm_indicadores.REPORTES if r.clave == clave)
    with una_lectura() as preguntar:
        return reporte.construir(preguntar, Parametros(ANIO, 6))


def test_el_trimestre_y_el_acumulado_se_miden_cada_uno(indicador: None) -> None:
    documento = hacer("pbrm_08b")
    tablas = [b for b in documento.bloques if isinstance(b, Tabla)]
    variables, comportamiento = tablas
    a = [c.texto.replace("\xa0", " ") for c in variables.renglones[0].celdas]
    assert a[3:] == ["40", "10", "25.0 %", "6", "15.0 %", "20", "50.0 %", "16", "40.0 %"]
    medido = [c.texto.replace("\xa0", " ") for c in comportamiento.renglones[0].celdas]
    assert medido[:4] == ["200", "50", "30", "60.0 %"]
    assert medido[5:8] == ["100", "80", "80.0 %"]
    assert any("sin explicarlo: 1" in f.que for f in documento.faltas)


def test_cada_ficha_lleva_sus_rotulos_y_sus_firmas(indicador: None) -> None:
    for clave, rotulos, firman in (
        ("pbrm_01d", CABEZA_01D, ["ELABORÓ", "VALIDÓ"]),
        ("pbrm_08b", CABEZA_08B, ["ELABORÓ", "VO. BO."]),
    ):
        documento = hacer(clave)
        fichas = [b for b in documento.bloques if isinstance(b, Ficha)]
        assert rotulos in [[c.rotulo for c in f.campos] for f in fichas]
        (firmas,) = (b for b in documento.bloques if isinstance(b, Firmas))
        assert [f.papel for f in firmas.firmas] == firman
