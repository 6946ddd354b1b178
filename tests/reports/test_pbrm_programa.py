"""PbRM-01a y 01e: encabezados y firmas letra por letra; el dinero de un proyecto se cuenta una vez."""

from datetime import date

from sqlalchemy import update

from dashboard.reports import pbrm_programa
from dashboard.reports.bloques import Firmas, Parrafo, Tabla
from dashboard.reports.documento import Documento, Parametros
from dashboard.reports.preguntar import una_lectura
from db.base import tabla
from db.engine import reading, writing
from db.models.estructura import Dependencia, Titular
from db.models.indicadores import Indicador, NivelMir
from db.models.mir import IndicadorMir, RenglonMir
from db.queries.matriz import Alcance, agrupar
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


def hacer(clave: str, ente_id: int | None = None) -> Documento:
    reporte = next(r for r in pbrm_programa.REPORTES if r.clave == clave)
    with una_lectura() as preguntar:
        return reporte.construir(preguntar, Parametros(ANIO, ente_id=ente_id))


def totales(documento: Documento) -> int:
    """La suma, en centavos, de los «Presupuesto Total» impresos."""
    tablas = [b for b in documento.bloques if isinstance(b, Tabla)]
    return sum(int(t.renglones[-1].celdas[-1].valor or 0) for t in tablas)


def aprobado(programa: str, ente_id: int | None) -> int:
    with reading() as session:
        alcance = Alcance(ANIO, 12, None if ente_id is None else (ente_id,))
        return agrupar(session, alcance, ("programa",), {"programa": programa})[(programa,)]["aprobado"]


def test_los_encabezados_son_los_oficiales_y_en_su_orden() -> None:
    for columnas, oficiales in (
        (pbrm_programa.COLUMNAS_01A, OFICIALES_01A),
        (pbrm_programa.COLUMNAS_01E, OFICIALES_01E),
    ):
        assert [": ".join((*c.grupos, c.titulo)) for c in columnas] == oficiales


def test_el_total_suma_cada_proyecto_una_vez(base: str) -> None:
    poner()
    documento = hacer("pbrm_01a")
    for hoja in (b for b in documento.bloques if isinstance(b, Tabla)):
        *proyectos, suma = [f.celdas[-1].valor or 0 for f in hoja.renglones]
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
    matriz = next(b for b in hacer("pbrm_01e").bloques if isinstance(b, Tabla))
    assert [f.celdas[0].texto for f in matriz.renglones] == ["Fin", "Contribuir", "Propósito", "Vivir mejor"]


def test_el_01a_suma_el_presupuesto_del_programa_y_lo_que_no_lleva_se_dice(base: str) -> None:
    poner()
    assert totales(hacer("pbrm_01a", ente_id=1)) == aprobado("01020401", 1) == 800
    assert not any("No van" in f.que for f in hacer("pbrm_01a", ente_id=1).faltas)
    # El DIF gastó por una A00 que no está registrada: no hay hoja donde ponerlo.
    todo = hacer("pbrm_01a")
    assert aprobado("01020401", None) - totales(todo) == 30
    (falta,) = (f for f in todo.faltas if "No van" in f.que)
    assert "$0.30 del programa 01020401" in falta.que and "A00 no está registrada" in falta.que
    notas = [b.texto for b in todo.bloques if isinstance(b, Parrafo)]
    assert notas and all("$0.30" in nota for nota in notas)


def test_sin_su_auxiliar_registrada_el_dinero_no_se_pierde_callado(base_sqlite: str) -> None:
    poner()
    d = tabla(Dependencia)
    with writing(LINEA_DE_COMANDOS) as session:
        session.execute(update(d).where(d.c.id == 12).values(clave="999"))
    documento = hacer("pbrm_01a", ente_id=1)
    assert aprobado("01020401", 1) - totales(documento) == 500
    assert any("$5.00" in f.que and "ninguna dependencia auxiliar de B00" in f.que for f in documento.faltas)


def test_con_titulares_no_le_faltan_firmas(base_sqlite: str) -> None:
    poner()
    d = tabla(Dependencia)
    with writing(LINEA_DE_COMANDOS) as session:
        for cual, nombre in ((1, "Tesorería"), (2, "Unidad de Planeación")):
            session.execute(update(d).where(d.c.id == cual).values(nombre=nombre))
        for cual in (1, 2, 11):
            session.add(Titular(dependencia_id=cual, nombre="Alguien", cargo="T", desde=date(2020, 1, 1)))
    documento = hacer("pbrm_01a", ente_id=1)
    assert not any("firma" in f.que for f in documento.faltas)
    assert {f.nombre for b in documento.bloques if isinstance(b, Firmas) for f in b.firmas} == {"Alguien"}


def test_la_frecuencia_y_el_tipo_salen_de_la_ficha_o_de_la_matriz(base_sqlite: str) -> None:
    poner()
    with writing(LINEA_DE_COMANDOS) as session:
        session.add(
            Indicador(
                id=1, anio=ANIO, ente_id=1, proyecto_id=1, dependencia_id=11, nombre="Con ficha", formula="A"
            )
        )
        session.add(
            RenglonMir(id=1, programa_id=1, ente_id=1, nivel=NivelMir.FIN, orden=1, resumen="Contribuir")
        )
        session.flush()
        session.add(IndicadorMir(renglon_id=1, indicador_id=1))
        session.add(
            IndicadorMir(renglon_id=1, orden=2, nombre="Tipo", frecuencia="Anual", tipo="Estratégico")
        )
    matriz = next(b for b in hacer("pbrm_01e").bloques if isinstance(b, Tabla))
    assert matriz.renglones[1].celdas[3].texto.splitlines() == ["Trimestral Gestión", "Anual Estratégico"]
