"""Una observación vive hasta que se contesta y se cierra, y sólo por quien puede."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from db.actions.idempotencia import Conflicto
from db.actions.observaciones import cerrar, observar, reabrir, responder
from db.base import ahora
from db.engine import reading, writing
from db.queries.observaciones import abiertas, de_asunto, pendientes_por_referencia
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db.mundo import ANIO, fundar

CONTRALORIA, TESORERIA = actor(Rol.CONTRALORIA), actor(Rol.TESORERIA)
ENLACE_A, ENLACE_B = actor(Rol.ENLACE, 1, 1), actor(Rol.ENLACE, 1, 2)
PROGRAMA = "01020401"


def _abrir(**otros: Any) -> int:
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
    with writing(CONTRALORIA) as session:
        datos = {"asunto": "programa", "referencia": PROGRAMA, "texto": "¿Por qué no avanza?"} | otros
        observacion = observar(session, CONTRALORIA, anio=ANIO, **datos)
        assert observacion.id is not None
        return observacion.id


def _una(referencia: str = PROGRAMA) -> dict[str, Any]:
    with reading() as session:
        (unica,) = de_asunto(session, ANIO, "programa", referencia)
    return unica


def _hacer(quien: Actor, cambio: Callable[..., Any], cual: int, **datos: Any) -> None:
    with writing(quien) as session:
        cambio(session, quien, cual, version=_una()["version"], **datos)


def test_se_contesta_se_cierra_y_deja_de_estar_pendiente(base: str) -> None:
    cual = _abrir(dependencia_id=11)
    assert _una()["estado"] == "abierta" and _una()["ente_id"] == 1
    _hacer(ENLACE_A, responder, cual, texto="La obra se licitó en mayo.")
    assert _una()["estado"] == "respondida"
    assert [r["texto"] for r in _una()["respuestas"]] == ["La obra se licitó en mayo."]
    with reading() as session:
        assert pendientes_por_referencia(session, ANIO, "programa") == {PROGRAMA: 1}
    _hacer(CONTRALORIA, cerrar, cual)
    assert _una()["estado"] == "cerrada" and _una()["cerro"] == CONTRALORIA.cuenta
    with reading() as session:
        assert abiertas(session, ANIO) == []
        assert pendientes_por_referencia(session, ANIO, "programa") == {}


def test_la_reabierta_vuelve_a_esperar_respuesta_y_dice_por_que(base: str) -> None:
    cual = _abrir()
    _hacer(TESORERIA, responder, cual, texto="Ya se corrigió.")
    _hacer(CONTRALORIA, cerrar, cual)
    _hacer(CONTRALORIA, reabrir, cual, texto="No aparece en el corte.")
    una = _una()
    assert (una["estado"], una["cerro"], una["cerrada_en"]) == ("abierta", "", None)
    assert [r["texto"] for r in una["respuestas"]] == ["Ya se corrigió.", "No aparece en el corte."]


def test_ni_se_cierra_sin_respuesta_ni_se_contesta_lo_cerrado(base: str) -> None:
    cual = _abrir()
    with pytest.raises(Problema, match="aún no tiene respuesta"):
        _hacer(CONTRALORIA, cerrar, cual)
    with pytest.raises(Problema, match="sigue abierta"):
        _hacer(CONTRALORIA, reabrir, cual, texto="Otra vez.")
    _hacer(TESORERIA, responder, cual, texto="Sí.")
    _hacer(CONTRALORIA, cerrar, cual)
    with pytest.raises(Problema, match="ya está cerrada"):
        _hacer(TESORERIA, responder, cual, texto="Otra cosa.")
    with pytest.raises(Problema, match="ya está cerrada"):
        _hacer(CONTRALORIA, cerrar, cual)


def test_el_enlace_contesta_solo_la_de_su_dependencia_y_no_cierra(base: str) -> None:
    cual = _abrir(dependencia_id=11)
    with pytest.raises(SinPermiso):
        _hacer(ENLACE_B, responder, cual, texto="No es mía.")
    _hacer(ENLACE_A, responder, cual, texto="Sí es mía.")
    for quien in (ENLACE_A, actor(Rol.PRESIDENCIA), actor(Rol.COPLADEM), actor(Rol.ADMINISTRACION)):
        with pytest.raises(SinPermiso):
            _hacer(quien, cerrar, cual)
        with pytest.raises(SinPermiso), writing(quien) as session:
            observar(session, quien, anio=ANIO, asunto="programa", referencia=PROGRAMA, texto="Yo también.")


def test_lo_que_falta_se_dice_antes_de_guardar(base: str) -> None:
    cual = _abrir()
    for datos, campo in (
        ({"texto": "  "}, "texto"),
        ({"texto": "x" * 2_001}, "texto"),
        ({"vence": ahora().date() - timedelta(days=3)}, "vence"),
        ({"dependencia_id": 999}, "dependencia"),
        ({"dependencia_id": 1, "ente_id": 7}, "dependencia"),
    ):
        with pytest.raises(Problema) as problema, writing(CONTRALORIA) as session:
            todo = {"asunto": "programa", "referencia": "otra", "texto": "Algo."} | datos
            observar(session, CONTRALORIA, anio=ANIO, **todo)
        assert problema.value.campo == campo
    with pytest.raises(Problema, match="Falta el texto"):
        _hacer(TESORERIA, responder, cual, texto=" \n ")
    assert _una()["respuestas"] == []


def test_quien_abrio_una_version_vieja_no_cambia_nada(base: str) -> None:
    cual = _abrir()
    _hacer(TESORERIA, responder, cual, texto="Sí.")
    with pytest.raises(Conflicto), writing(TESORERIA) as session:
        responder(session, TESORERIA, cual, version=1, texto="Otra.")


def test_las_pendientes_van_por_plazo_y_por_dependencia(base: str) -> None:
    _abrir(dependencia_id=11)
    hoy = ahora().date()
    with writing(CONTRALORIA) as session:
        for referencia, dias, dependencia in (("b", 30, 12), ("a", 2, 12)):
            observar(
                session,
                CONTRALORIA,
                anio=ANIO,
                asunto="clave",
                referencia=referencia,
                texto="Algo.",
                dependencia_id=dependencia,
                vence=hoy + timedelta(days=dias),
            )
    with reading() as session:
        assert [f["referencia"] for f in abiertas(session, ANIO)] == ["a", "b", PROGRAMA]
        assert [f["referencia"] for f in abiertas(session, ANIO, dependencias=(1,))] == [PROGRAMA]
        assert [f["referencia"] for f in abiertas(session, ANIO, asunto="clave", ente_id=1)] == ["a", "b"]
        assert abiertas(session, ANIO - 1) == []
