"""PbRM-01c, 02a y 08c: encabezados letra por letra, firmas en su orden y cuentas que cuadran."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.reports import pbrm_metas
from dashboard.reports.bloques import Columna, Firmas, Tabla
from dashboard.reports.documento import Documento, Parametros
from dashboard.reports.preguntar import una_lectura
from db.engine import writing
from db.rules.pbrm import avance, calendario, variacion
from db.rules.periodo import Operacion
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.db import mundo
from tests.db.mundo import ANIO

OFICIALES: dict[str, list[str]] = {
    "pbrm_01c": [
        "Código",
        "Descripción de las Metas de Actividad sustantivas relevantes",
        "Metas de actividad: Unidad de Medida",
        "Metas de actividad: Año anterior: Programado",
        "Metas de actividad: Año anterior: Alcanzado",
        "Metas de actividad: Año: Programado",
        "Variación: Absoluta",
        "Variación: %",
    ],
    "pbrm_02a": [
        "Código",
        "Descripción de las Metas de Actividad",
        "Unidad de Medida",
        "Cantidad Programada Anual",
        *(
            f"{nombre} Trimestre: {que}"
            for nombre in ("Primer", "Segundo", "Tercer", "Cuarto")
            for que in ("Abs.", "%")
        ),
    ],
    "pbrm_08c": [
        "ID",
        "Nombre de la meta de actividad",
        "Programación Anual: Unidad de Medida",
        "Programación Anual: Programada",
        *(
            f"{periodo}: {que}: {como}"
            for periodo in ("Avance Trimestral", "Avance Acumulado Anual")
            for que in ("Programada", "Alcanzada", "Variación")
            for como in ("Meta", "%")
        ),
    ],
}
FIRMAS = {
    "pbrm_01c": ["ELABORÓ", "Vo.Bo.", "AUTORIZÓ"],
    "pbrm_02a": ["ELABORÓ", "REVISÓ", "AUTORIZÓ"],
    "pbrm_08c": ["ELABORÓ", "REVISÓ", "AUTORIZÓ"],
}
COLUMNAS: dict[str, tuple[Columna, ...]] = {
    "pbrm_01c": pbrm_metas.COLUMNAS_01C,
    "pbrm_02a": pbrm_metas.COLUMNAS_02A,
    "pbrm_08c": pbrm_metas.COLUMNAS_08C,
}


def hacer(clave: str, **mas: str) -> Documento:
    reporte = next(r for r in pbrm_metas.REPORTES if r.clave == clave)
    with una_lectura() as preguntar:
        return reporte.construir(preguntar, Parametros(ANIO, 6, **mas))  # type: ignore[arg-type]


@pytest.mark.parametrize("clave", OFICIALES)
def test_los_encabezados_son_los_oficiales_y_en_su_orden(clave: str) -> None:
    assert [": ".join((*c.grupos, c.titulo)) for c in COLUMNAS[clave]] == OFICIALES[clave]


@pytest.fixture
def con_metas(base: str) -> None:
    """Diez por trimestre en cada meta; a junio la 1 lleva 5 y 12."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        mundo.cerrar(session, 3)
        mundo.avance(session, 1, 3, 5)
        mundo.avance(session, 1, 6, 12)


def test_una_hoja_por_proyecto_y_auxiliar_con_sus_firmas_y_sus_cuentas(con_metas: None) -> None:
    documentos = {clave: hacer(clave) for clave in OFICIALES}
    for clave, documento in documentos.items():
        tablas = [b for b in documento.bloques if isinstance(b, Tabla)]
        assert len(tablas) == 2
        for firmas in (b for b in documento.bloques if isinstance(b, Firmas)):
            assert [f.papel for f in firmas.firmas] == FIRMAS[clave]
        assert any("firma" in f.que for f in documento.faltas)
    primera = next(b for b in documentos["pbrm_08c"].bloques if isinstance(b, Tabla)).renglones[0]
    leidas = [c.texto.replace("\xa0", " ") for c in primera.celdas]
    assert leidas[3:] == [
        "40", "10", "25.0 %", "12", "30.0 %", "2", "5.0 %", "20", "50.0 %", "17", "42.5 %", "−3", "−7.5 %",
    ]  # fmt: skip
    assert len([b for b in hacer("pbrm_02a", proyecto="010204010102").bloques if isinstance(b, Tabla)]) == 1


def test_sin_metas_se_dice(base_sqlite: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    assert any("No hay metas" in f.que for f in hacer("pbrm_02a", programa="99999999").faltas)


cantidades = st.none() | st.integers(0, 10**6).map(Decimal)


@given(st.lists(cantidades, min_size=12, max_size=12))
def test_los_trimestres_de_una_suma_dan_el_cien_por_ciento(meses: list[Decimal | None]) -> None:
    partes = [c.parte for c in calendario(meses, Operacion.suma) if c.parte is not None]
    if any(meses):
        assert abs(sum(partes) - 100) < Decimal("0.0001")
    else:
        assert partes == []


@given(cantidades, cantidades, cantidades)
def test_la_variacion_es_lo_alcanzado_menos_lo_programado(
    programado: Decimal | None, alcanzado: Decimal | None, anual: Decimal | None
) -> None:
    a = avance(programado, alcanzado, anual)
    if alcanzado is None:
        assert a.variacion.meta is None
    else:
        assert a.variacion.meta == alcanzado - (programado or 0)
    assert (a.variacion.parte is None) == (alcanzado is None or not anual)
    assert variacion(Decimal(0), Decimal(5)).parte is None
