"""El diagnóstico de un programa: quién lo escribe, lo que se exige y lo que el PbRM-01b dice de él."""

import pytest

from dashboard.reports.bloques import Ficha, Firmas, Lista, Titulo
from dashboard.reports.documento import Parametros
from dashboard.reports.preguntar import con
from dashboard.reports.registro import reporte_de
from db.actions import diagnostico as acciones
from db.actions.idempotencia import Conflicto
from db.engine import reading, writing
from db.queries.diagnostico import atendido, descripciones, involucrados
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db import mundo
from tests.db.mundo import ANIO

PLANEACION = actor(Rol.PLANEACION)
ENLACE = Actor(2, "enlace.a", "Enlace", (Asignacion(Rol.ENLACE, 1, 1),))
FODA = {"fortalezas": "Personal", "oportunidades": "Fondos", "debilidades": "Equipo", "amenazas": "Lluvias"}
GRUPO = {"grupo": "Vecinas", "postura": "a_favor", "fuerza": 4, "interes": "Agua"}


@pytest.fixture
def fundado(base: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)


def describir(quien: Actor, dependencia: int = 1, version: int = 0, **mas: str) -> None:
    with writing(quien) as session:
        acciones.guardar_descripcion(
            session,
            quien,
            programa_id=1,
            ente_id=1,
            dependencia_id=dependencia,
            version=version,
            textos=FODA | mas,
        )


def test_lo_escribe_la_dependencia_y_se_lee_igual(fundado: None) -> None:
    describir(ENLACE, estrategias="Por ruta")
    with reading() as session:
        (una,) = descripciones(session, programa_id=1, ente_id=1)
    assert {campo: una[campo] for campo in FODA} == FODA and una["estrategias"] == "Por ruta"
    with pytest.raises(Conflicto):
        describir(PLANEACION)
    describir(PLANEACION, version=1, amenazas="Sequía")


def test_ni_tesoreria_ni_quien_no_tiene_metas_ahi(fundado: None) -> None:
    with pytest.raises(SinPermiso):
        describir(actor(Rol.TESORERIA))
    with pytest.raises(Problema, match="no tiene metas"):
        describir(PLANEACION, dependencia=99)
    with pytest.raises(Problema, match="letras"):
        describir(PLANEACION, fortalezas="x" * 4_001)


def test_los_involucrados_se_agregan_se_corrigen_y_se_quitan(fundado: None) -> None:
    with writing(PLANEACION) as session:
        cual = acciones.guardar_involucrado(
            session, PLANEACION, programa_id=1, ente_id=1, involucrado_id=None, version=0, datos=GRUPO
        )
    with pytest.raises(Problema, match="1 a 5"), writing(PLANEACION) as session:
        malo = GRUPO | {"fuerza": 6}
        acciones.guardar_involucrado(
            session, PLANEACION, programa_id=1, ente_id=1, involucrado_id=cual, version=1, datos=malo
        )
    with pytest.raises(SinPermiso), writing(PLANEACION) as session:
        acciones.guardar_involucrado(
            session, PLANEACION, programa_id=1, ente_id=2, involucrado_id=cual, version=1, datos=GRUPO
        )
    with reading() as session:
        assert [(i["grupo"], i["postura"]) for i in involucrados(session, programa_id=1, ente_id=1)] == [
            ("Vecinas", "a_favor")
        ]
    with writing(PLANEACION) as session:
        acciones.quitar_involucrado(session, PLANEACION, involucrado_id=cual, version=1)


def test_el_01b_lleva_sus_encabezados_y_lo_que_atiende_del_plan(fundado: None) -> None:
    describir(ENLACE)
    with reading() as session:
        assert atendido(session, anio=ANIO, clave="01020401", dependencia_id=1)["plan"] == [
            ["1 Eje uno", "L1.1 Línea uno"]
        ]
        reporte = reporte_de("pbrm_01b")
        documento = reporte.construir(
            con(session), Parametros(ANIO, 12, dependencia_id=1, programa="01020401")
        )
    assert [b.texto for b in documento.bloques if isinstance(b, Titulo)] == [
        "Diagnóstico",
        "Objetivo del Programa presupuestario",
        "Estrategias para alcanzar el objetivo del Programa presupuestario",
        "Objetivo, Estrategias y Líneas de Acción del PDM atendidas",
        "Objetivos y metas para el Desarrollo Sostenible (ODS), atendidas",
    ]
    fichas = [b for b in documento.bloques if isinstance(b, Ficha)]
    assert [(c.rotulo, c.valor) for c in fichas[1].campos] == [
        ("Fortalezas", "Personal"),
        ("Oportunidades", "Fondos"),
        ("Debilidades", "Equipo"),
        ("Amenazas", "Lluvias"),
    ]
    assert [b.elementos for b in documento.bloques if isinstance(b, Lista)] == [
        ("1 Eje uno › L1.1 Línea uno",)
    ]
    (firmas,) = [b for b in documento.bloques if isinstance(b, Firmas)]
    assert [f.papel for f in firmas.firmas] == ["ELABORÓ", "REVISÓ", "AUTORIZÓ"]
    assert not any("diagnóstico" in f.que for f in documento.faltas)


def test_sin_escribirlo_el_01b_dice_quien_falta(fundado: None) -> None:
    with reading() as session:
        documento = reporte_de("pbrm_01b").construir(
            con(session), Parametros(ANIO, 12, dependencia_id=1, programa="01020401")
        )
    assert any("no ha escrito el diagnóstico" in f.que for f in documento.faltas)
