"""Lo vencido respeta las prórrogas de cada dependencia, en los dos motores."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from db.base import ahora
from db.engine import reading, writing
from db.models.captura import ClaseCaptura, Prorroga, Ventana
from db.queries.casos import vencidos
from db.queries.evaluacion import Evaluacion
from db.queries.huella import huella_del_ejercicio
from db.queries.vencimiento import ventanas_cerradas
from db.rules.estado import Estado
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.db import mundo


@pytest.fixture
def ventana(base: str) -> Iterator[int]:
    """La del primer trimestre cerró hace nueve días; nadie ha capturado la meta 1 ni la 3."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        mundo.avance(session, 2, 3, 10)
        una = Ventana(
            anio=mundo.ANIO,
            mes=3,
            clase=ClaseCaptura.ACTIVIDADES,
            abre=ahora() - timedelta(days=20),
            cierra=ahora() - timedelta(days=9),
        )
        session.add(una)
        session.flush()
        assert una.id is not None
        cual = una.id
    yield cual


def ampliar(ventana: int, dependencia: int | None, dias: int) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        session.add(
            Prorroga(
                ventana_id=ventana,
                dependencia_id=dependencia,
                cierra=ahora() + timedelta(days=dias),
                motivo="Sin luz",
                autorizo="uippe",
                autorizada_en=ahora(),
            )
        )


def estados() -> dict[str, Estado]:
    with reading() as session:
        hojas = Evaluacion(session, mundo.ANIO, 3).hojas()
        return {clave: hojas[clave].cumplimiento.estado for clave in ("m1", "m3")}


def dias() -> dict[int, int]:
    with reading() as session:
        return {d.id: d.dias for d in vencidos(session, Evaluacion(session, mundo.ANIO, 3))}


def test_con_prorroga_no_esta_vencido_y_al_pasar_vuelve_a_estarlo(ventana: int) -> None:
    assert estados() == {"m1": Estado.vencido, "m3": Estado.vencido} and dias() == {1: 9, 2: 9}
    ampliar(ventana, 1, 2)
    assert estados() == {"m1": Estado.sin_dato, "m3": Estado.vencido} and dias() == {2: 9}
    with reading() as session:
        cerradas = ventanas_cerradas(session, mundo.ANIO, ClaseCaptura.ACTIVIDADES, "trimestre")
    assert (cerradas.de(1), cerradas.de(11), cerradas.de(12)) == (frozenset(), frozenset(), frozenset({1}))


def test_una_prorroga_para_todos_y_una_ya_pasada(ventana: int) -> None:
    ampliar(ventana, 1, -2)
    assert estados() == {"m1": Estado.vencido, "m3": Estado.vencido} and dias() == {1: 2, 2: 9}
    ampliar(ventana, None, 2)
    assert estados() == {"m1": Estado.sin_dato, "m3": Estado.sin_dato}


def test_la_historia_guardada_se_entera_de_una_prorroga(ventana: int) -> None:
    with reading() as session:
        antes = huella_del_ejercicio(session, mundo.ANIO)
    ampliar(ventana, 1, 2)
    with reading() as session:
        assert huella_del_ejercicio(session, mundo.ANIO) != antes
