"""Lo que pide revisión: cada hallazgo nombra su clave, y sólo del corte vigente."""

from typing import Any

from db.engine import reading
from db.queries import movimientos
from db.queries.matriz import Alcance
from tests.db.mundo import ANIO
from tests.db.mundo_gasto import CLAVES, MES, poner

ALCANCE = Alcance(ANIO, MES, (1,))


def hallar(pregunta: Any) -> dict[str, dict[str, Any]]:
    with reading() as session:
        filas, cuantas = pregunta(session, ALCANCE)
    assert cuantas == len(filas)
    return {fila["clave"]: fila for fila in filas}


def test_las_claves_quietas_dicen_en_que_meses(base: str) -> None:
    poner()
    quietas = hallar(movimientos.claves_sin_movimiento)
    assert {clave: fila["meses"] for clave, fila in quietas.items()} == {
        CLAVES[0].clave: (2,),
        CLAVES[1].clave: (1, 3),
        CLAVES[2].clave: (2, 3),
    }
    assert quietas[CLAVES[1].clave]["dependencia"] == "B00-100"


def test_un_programa_se_mueve_si_alguna_de_sus_claves_lo_hace(base: str) -> None:
    poner()
    with reading() as session:
        assert movimientos.programas_sin_movimiento(session, ALCANCE) == []
        (quieto,) = movimientos.programas_sin_movimiento(session, Alcance(ANIO, 5, (1,)))
    assert (quieto["codigo"], quieto["meses"]) == ("01020401", (4, 5))


def test_adefas_sobreejercicio_negativos_y_orden(base: str) -> None:
    poner()
    dos, tres = CLAVES[1].clave, CLAVES[2].clave
    assert set(hallar(movimientos.adefas)) == {tres}
    sobre = hallar(movimientos.sobreejercidas)
    assert {c: f["monto"]["subejercicio"] for c, f in sobre.items()} == {dos: -30, tres: -2}
    assert {c: f["meses"] for c, f in hallar(movimientos.negativos).items()} == {tres: (1,)}
    assert set(hallar(movimientos.fuera_de_orden)) == {dos, tres}


def test_sin_presupuesto_no_hay_hallazgos(base: str) -> None:
    with reading() as session:
        assert movimientos.adefas(session, ALCANCE) == ([], 0)
        assert movimientos.programas_sin_movimiento(session, ALCANCE) == []
