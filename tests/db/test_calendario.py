"""Ventanas, prórrogas y el tablero de captura, en los dos motores."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from db.actions import calendario as acciones
from db.actions import captura, paso_captura
from db.actions.calendario import dar_prorroga, mover_ventana, proponer_calendario
from db.actions.idempotencia import Conflicto
from db.engine import reading, writing
from db.models.captura import ClaseCaptura
from db.queries import avance_captura
from db.queries import calendario as consultas
from db.queries.avance_captura import pendientes, tablero
from db.queries.calendario import calendario, plazos, vencimientos, ventana, ventanas
from db.rules.captura import Situacion
from db.rules.formato import fecha_hora
from db.rules.permisos import LINEA_DE_COMANDOS, Rol, SinPermiso
from db.rules.problema import Problema
from tests.db import mundo
from tests.db.test_captura import AJENO, UIPPE, entrega, mandar, persona, regresar

ANIO, DE_METAS = mundo.ANIO, ClaseCaptura.ACTIVIDADES
AHORA = datetime(2026, 8, 1, 18, tzinfo=UTC)
PASADO_MANANA = date(2026, 8, 3)


@pytest.fixture(autouse=True)
def reloj(monkeypatch: pytest.MonkeyPatch) -> None:
    """Es el 1 de agosto de 2026: vencieron dos trimestres y el tercero no abre."""
    for modulo in (avance_captura, consultas, acciones, captura, paso_captura):
        monkeypatch.setattr(modulo, "ahora", lambda: AHORA)


@pytest.fixture
def listo(base: str) -> Iterator[str]:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    with writing(UIPPE) as session:
        proponer_calendario(session, UIPPE, anio=ANIO)
    yield base


def ampliar(dependencia: int | None, hasta: date = PASADO_MANANA, motivo: str = "Sin luz") -> None:
    with reading() as session:
        cual = next(v["id"] for v in ventanas(session, anio=ANIO) if v["clase"] == DE_METAS)
    with writing(UIPPE) as session:
        dar_prorroga(session, UIPPE, ventanas=[cual], dependencia_id=dependencia, cierra=hasta, motivo=motivo)


def test_un_clic_pone_el_anio_y_repetirlo_no_cambia_nada(listo: str) -> None:
    with reading() as session:
        puestas = ventanas(session, anio=ANIO)
    assert len(puestas) == 16
    primera = puestas[0]
    assert fecha_hora(primera["cierra"]) == "10/04/2026, 23:59 h"
    assert fecha_hora(primera["recuerda"]) == "07/04/2026, 09:00 h"
    with writing(UIPPE) as session:
        proponer_calendario(session, UIPPE, anio=ANIO)
    with reading() as session:
        assert ventanas(session, anio=ANIO) == puestas


def test_lo_cerrado_no_se_mueve(base: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        mundo.cerrar(session, 3)
    with reading() as session:
        antes = [v for v in ventanas(session, anio=ANIO) if v["mes"] == 3]
    with writing(UIPPE) as session:
        assert proponer_calendario(session, UIPPE, anio=ANIO, dias=20) == 12
    with reading() as session:
        assert [v for v in ventanas(session, anio=ANIO) if v["mes"] == 3] == antes
        assert calendario(session, anio=ANIO)["cerrados"] == [3]
    with pytest.raises(Problema, match="marzo"):
        ampliar(None)


def test_mover_revisa_orden_y_version(listo: str) -> None:
    with reading() as session:
        cual = ventanas(session, anio=ANIO)[0]

    def mueve(abre: date, cierra: date) -> None:
        with writing(UIPPE) as session:
            mover_ventana(
                session,
                UIPPE,
                ventana_id=cual["id"],
                abre=abre,
                recuerda=None,
                cierra=cierra,
                version=cual["version"],
            )

    with pytest.raises(Problema, match="antes de abrir"):
        mueve(date(2026, 4, 9), date(2026, 4, 8))
    mueve(date(2026, 4, 1), date(2026, 4, 20))
    with reading() as session:
        movida = ventanas(session, anio=ANIO)[0]
    assert fecha_hora(movida["cierra"]) == "20/04/2026, 23:59 h" and movida["recuerda"] is None
    with pytest.raises(Conflicto):
        mueve(date(2026, 4, 1), date(2026, 4, 25))


def test_la_prorroga_alcanza_solo_a_su_dependencia(listo: str) -> None:
    ampliar(1)
    with reading() as session:
        por = plazos(session, ANIO)
        suya, ajena = ventana(session, ANIO, 3, DE_METAS, [1]), ventana(session, ANIO, 3, DE_METAS, [2])
        assert por[DE_METAS, 3, 1] > por[DE_METAS, 3, 2]
        assert {v["id"] for v in vencimientos(session, ANIO, [1])} == {
            v["id"] for v in vencimientos(session, ANIO)
        }
    assert suya is not None and ajena is not None
    assert (suya["situacion"], ajena["situacion"]) == (Situacion.ABIERTA, Situacion.CERRADA)
    assert suya["prorrogada"] and not ajena["prorrogada"]
    mandar(entrega("10"))
    with pytest.raises(Problema, match="cerró"):
        mandar(entrega("10", 3), actor=AJENO)
    ampliar(None)
    mandar(entrega("10", 3), actor=AJENO)


def test_la_prorroga_pide_razon_una_general_y_ampliar(listo: str) -> None:
    for dependencia, hasta, motivo, campo in (
        (1, PASADO_MANANA, " ", "motivo"),
        (11, PASADO_MANANA, "x", "dependencia"),
        (1, date(2026, 4, 30), "x", "cierra"),
    ):
        with pytest.raises(Problema) as error:
            ampliar(dependencia, hasta, motivo)
        assert error.value.campo == campo
    ampliar(1)
    with pytest.raises(Problema, match="plazo vigente"):
        ampliar(1)


@pytest.mark.parametrize("rol", [r for r in Rol if r is not Rol.PLANEACION])
def test_solo_planeacion_pone_el_calendario(listo: str, rol: Rol) -> None:
    actor = persona("x", rol, 1 if rol is Rol.ENLACE else None)
    with pytest.raises(SinPermiso), writing(actor) as session:
        proponer_calendario(session, actor, anio=ANIO)


def test_el_tablero_cuenta_lo_que_toca_y_como_va(listo: str) -> None:
    ampliar(1)
    mandar(entrega("10"), entrega("10", 2))
    regresar(2)
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.avance(session, 3, 3, 10)
    with reading() as session:
        datos = tablero(session, anio=ANIO)
        uno, dos = datos["dependencias"]
        faltan = pendientes(session, anio=ANIO, mes=3, dependencia_id=1)
    nada = {
        "tocan": 2, "a_tiempo": 0, "tarde": 0, "devuelto": 0, "falta": 0, "por_capturar": 0,
        "sin_evidencia": 0,
    }  # fmt: skip
    assert uno["meses"][3] == nada | {"a_tiempo": 1, "devuelto": 1, "sin_evidencia": 1}
    assert dos["meses"][3] == nada | {"a_tiempo": 1, "falta": 1, "sin_evidencia": 1}
    assert uno["meses"][12] == nada | {"por_capturar": 2}
    assert [(p["id"], p["va"], p["con_evidencia"]) for p in faltan] == [
        (2, "devuelto", False),
        (1, "a_tiempo", False),
    ]
