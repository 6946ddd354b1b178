"""La lista y la ficha de programas en los dos motores, con cifras que se suman a mano.

Al corte de marzo: el programa 01020401 tiene cuatro metas de 40 al año y el presupuesto de `mundo_gasto`.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update

from db.base import tabla
from db.engine import reading, writing
from db.models.estructura import Titular
from db.models.observaciones import AsuntoObservacion, EstadoObservacion, Observacion
from db.models.programas import Programa, Proyecto
from db.queries.ficha_programa import ficha_programa
from db.queries.historia_programa import financiero_del_programa, fisico_de_los_programas
from db.queries.lista_programas import dinero_de_la_fuente, lista_programas
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.db import mundo, mundo_gasto

CLAVE, MES = "01020401", mundo_gasto.MES


@pytest.fixture
def gasto(base: str) -> str:
    """El mundo con presupuesto, avances a marzo (5, 10 y 10 de 10; la cuarta, ninguno) y un titular."""
    mundo_gasto.poner()
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.cerrar(session, 3)
        for meta, logrado in ((1, 5), (2, 10), (3, 10)):
            mundo.avance(session, meta, 3, logrado)
        mundo.vincular(session, 2, 4, "1")
        session.execute(update(tabla(Proyecto)).where(tabla(Proyecto).c.id == 1).values(letra_conac="E"))
        session.add(Programa(id=9, anio=mundo.ANIO, clave="02020101", nombre="Sin usar"))
        session.add(
            Titular(
                dependencia_id=1,
                nombre="Titular de antes",
                cargo="Titular",
                desde=date(2020, 1, 1),
                hasta=date(2024, 12, 31),
            )
        )
        session.add(
            Titular(dependencia_id=1, nombre="Titular de hoy", cargo="Titular", desde=date(2025, 1, 1))
        )
    return base


def _leer(pregunta: Any, **parametros: Any) -> Any:
    with reading() as session:
        return pregunta(session, anio=mundo.ANIO, **parametros)


def test_el_programa_trae_su_dinero_de_todos_los_entes(gasto: str) -> None:
    """Aprobado 300 + 500 + 0 + 30; ampliado 30 + 7; reducido 100; devengado 50 + 40 + 430 + 9 + 30."""
    lista = _leer(lista_programas, mes=MES)
    (unico,) = lista["programas"]
    assert (unico["clave"], unico["modificado"], unico["devengado"]) == (CLAVE, 830 + 37 - 100, 559)
    assert unico["avance_financiero"] == Decimal(559) / 767 * 100
    assert lista["sin_usar"] == 1


def test_con_un_ente_el_dinero_es_solo_suyo(gasto: str) -> None:
    (unico,) = _leer(lista_programas, mes=MES, ente_id=1)["programas"]
    assert (unico["modificado"], unico["devengado"]) == (737, 529)
    (del_dif,) = _leer(lista_programas, mes=MES, ente_id=2)["programas"]
    assert (del_dif["modificado"], del_dif["cumplimiento"]["total"]) == (30, 0)
    assert del_dif["faltan"] == ["no tiene metas"]


def test_el_avance_anual_y_la_cobertura_salen_de_sus_metas(gasto: str) -> None:
    """Por proyecto: (12.5 + 25) ÷ 2 = 18.75 y 25; la meta vencida no tiene avance. El programa: 21.875."""
    (unico,) = _leer(lista_programas, mes=MES, ente_id=1)["programas"]
    assert unico["avance_anual"] == Decimal("21.875")
    assert (unico["cumplimiento"]["evaluados"], unico["cumplimiento"]["total"]) == (3, 4)
    assert unico["brecha"] == Decimal("21.875") - Decimal(529) / 737 * 100
    assert unico["atencion"] and unico["cuadrante"] == "gasta_sin_lograr"


def test_los_ejes_salen_de_las_citas_y_las_letras_de_sus_proyectos(gasto: str) -> None:
    lista = _leer(lista_programas, mes=MES, ente_id=1)
    assert lista["programas"][0]["ejes"] == [1, 3]
    assert lista["programas"][0]["letras"] == ["E"]
    assert set(lista["fuentes"]) == {"110101", "250101"}
    assert lista["dependencias"] == {lista["programas"][0]["dependencia_id"]: "Dependencia A00"}


def test_la_fuente_dice_cuanto_le_paga_a_cada_programa(gasto: str) -> None:
    """De 250101: 500 − 100 de una clave y 7 ampliados de la otra."""
    assert _leer(dinero_de_la_fuente, mes=MES, fuente="250101") == {CLAVE: 407}
    assert _leer(dinero_de_la_fuente, mes=MES, ente_id=2, fuente="250101") == {}
    assert _leer(dinero_de_la_fuente, mes=MES, fuente="999999") == {}


def test_la_ficha_trae_nodos_metas_proyectos_y_titular(gasto: str) -> None:
    f = _leer(ficha_programa, programa=CLAVE, mes=MES, ente_id=1)
    assert [(n["clave"], n["metas"], n["con_dinero"]) for n in f["nodos"]] == [
        ("L1.1", 2, False),
        ("L2.1", 1, True),
    ]
    assert [m["nombre"] for m in f["metas"]] == ["Meta 1", "Meta 4", "Meta 2", "Meta 3"]
    assert [(p["clave"], p["modificado"]) for p in f["proyectos"]] == [
        (mundo_gasto.UNO, 730),
        (mundo_gasto.DOS, 7),
    ]
    assert (f["responsable"]["nombre"], f["firmantes"][0]["nombre"]) == ("Dependencia A00", "Titular de hoy")
    assert [u["clave"] for u in f["ejecutan"]] == ["A00-100", "B00-100"]
    assert f["meses"][1]["devengado"] == 50 + 9 and sum(m["devengado"] for m in f["meses"].values()) == 529
    assert f["caso"]["titulo"].startswith("Derechos humanos: se gastó")


def test_un_programa_que_no_existe_no_tiene_ficha(gasto: str) -> None:
    for clave in ("99999999", "", "0102040", "<b>", "%"):
        assert _leer(ficha_programa, programa=clave) is None


def test_un_programa_sin_metas_ni_dinero_lo_dice(gasto: str) -> None:
    f = _leer(ficha_programa, programa="02020101", mes=MES)
    assert f["vacio"] and f["cumplimiento"] is None and f["dinero"] is None
    assert f["metas"] == f["nodos"] == f["proyectos"] == []


def test_las_observaciones_de_la_ficha_son_suyas_o_de_sus_hojas(gasto: str) -> None:
    momento = datetime(2026, 4, 1, tzinfo=UTC)
    casos = (
        (AsuntoObservacion.PROGRAMA, CLAVE, EstadoObservacion.ABIERTA, "del programa"),
        (AsuntoObservacion.META, "1", EstadoObservacion.RESPONDIDA, "de una meta"),
        (AsuntoObservacion.PROGRAMA, "02020101", EstadoObservacion.ABIERTA, "de otro"),
        (AsuntoObservacion.INDICADOR, "1", EstadoObservacion.ABIERTA, "de otro indicador"),
        (AsuntoObservacion.PROGRAMA, CLAVE, EstadoObservacion.CERRADA, "cerrada"),
    )
    with writing(LINEA_DE_COMANDOS) as session:
        for asunto, referencia, estado, texto in casos:
            session.add(
                Observacion(
                    anio=mundo.ANIO,
                    ente_id=1,
                    asunto=asunto,
                    referencia=referencia,
                    texto=texto,
                    estado=estado,
                    autor="x",
                    creada_en=momento,
                )
            )
    f = _leer(ficha_programa, programa=CLAVE, mes=MES, ente_id=1)
    assert {o["texto"] for o in f["observaciones"]} == {"del programa", "de una meta"}


def test_la_historia_acumula_cada_cierre_y_no_pasa_del_corte(gasto: str) -> None:
    """A marzo: 529 de 737. A diciembre nada más se devengó; el modificado ya era el del año."""
    entes = (1,)
    dinero = _leer(financiero_del_programa, entes=entes, programa=CLAVE, hasta=12)
    assert list(dinero) == [3, 6, 9, 12]
    assert (dinero[3]["devengado"], dinero[3]["modificado"]) == (529, 737)
    assert dinero[3]["avance"] == dinero[12]["avance"] == Decimal(529) / 737 * 100
    assert list(_leer(financiero_del_programa, entes=entes, programa=CLAVE, hasta=5)) == [3]
    assert _leer(financiero_del_programa, entes=entes, programa="02020101", hasta=12) == {}
    fisico = _leer(fisico_de_los_programas, ente_id=1, hasta=3)
    assert fisico[CLAVE][3]["avance_anual"] == Decimal("21.875")


def test_el_avance_financiero_de_la_lista_es_el_de_la_historia(gasto: str) -> None:
    (unico,) = _leer(lista_programas, mes=MES)["programas"]
    dinero = _leer(financiero_del_programa, entes=None, programa=CLAVE, hasta=MES)
    assert dinero[3]["avance"] == unico["avance_financiero"]


def test_sin_nada_cargado_la_lista_va_vacia(base: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    lista = _leer(lista_programas, ente_id=99)
    assert lista["programas"] == [] and lista["requieren"] == 0
