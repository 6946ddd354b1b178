"""PbRM-01a y 01e: encabezados y firmas letra por letra; el dinero de un proyecto se cuenta una vez."""

from dashboard.reports import pbrm_programa
from dashboard.reports.bloques import Firmas, Tabla
from dashboard.reports.documento import Documento, Parametros
from dashboard.reports.preguntar import una_lectura
from db.engine import writing
from db.models.indicadores import NivelMir
from db.models.mir import RenglonMir
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.db.mundo import ANIO
from tests.db.mundo_gasto import poner

OFICIALES_01A = [
    "Código Dependencia Auxiliar",
    "Denominación Dependencia Auxiliar",
    "Proyectos Ejecutados: Clave del Proyecto",
    "Proyectos Ejecutados: Denominación del Proyecto",
    "Presupuesto autorizado por Proyecto",
]
OFICIALES_01E = [
    "Objetivo o resumen narrativo",
    "Indicadores: Nombre",
    "Indicadores: Fórmula",
    "Indicadores: Frecuencia y Tipo",
    "Medios de verificación",
    "Supuestos",
]


def hacer(clave: str) -> Documento:
    reporte = next(r for r in pbrm_programa.REPORTES if r.clave == clave)
    with una_lectura() as preguntar:
        return reporte.construir(preguntar, Parametros(ANIO))


def test_los_encabezados_son_los_oficiales_y_en_su_orden() -> None:
    for columnas, oficiales in (
        (pbrm_programa.COLUMNAS_01A, OFICIALES_01A),
        (pbrm_programa.COLUMNAS_01E, OFICIALES_01E),
    ):
        assert [": ".join((*c.grupos, c.titulo)) for c in columnas] == oficiales


def test_el_total_suma_cada_proyecto_una_vez(base: str) -> None:
    poner()
    documento = hacer("pbrm_01a")
    for tabla in (b for b in documento.bloques if isinstance(b, Tabla)):
        *proyectos, suma = [f.celdas[-1].valor or 0 for f in tabla.renglones]
        assert sum(proyectos) == suma
    papeles = [[f.papel for f in b.firmas] for b in documento.bloques if isinstance(b, Firmas)]
    assert papeles and all(p == ["REVISÓ", "Vo.Bo.", "AUTORIZÓ"] for p in papeles)


def test_la_matriz_va_por_niveles_y_sin_ella_se_dice(base_sqlite: str) -> None:
    poner()
    sin_mir = hacer("pbrm_01e")
    assert not [b for b in sin_mir.bloques if isinstance(b, Tabla)]
    assert any("no tiene MIR" in f.que for f in sin_mir.faltas)
    with writing(LINEA_DE_COMANDOS) as session:
        for nivel, resumen in ((NivelMir.PROPOSITO, "Vivir mejor"), (NivelMir.FIN, "Contribuir")):
            session.add(RenglonMir(programa_id=1, ente_id=1, nivel=nivel, orden=1, resumen=resumen))
    tabla = next(b for b in hacer("pbrm_01e").bloques if isinstance(b, Tabla))
    assert [f.celdas[0].texto for f in tabla.renglones] == ["Fin", "Contribuir", "Propósito", "Vivir mejor"]
