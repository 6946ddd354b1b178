"""Juegos de pesos: rigen desde su mes, su efecto se ve antes de guardarlos y nadie pisa a nadie."""

from decimal import Decimal
from typing import Any

import pytest

from db.actions.idempotencia import Conflicto
from db.actions.pesos import aprobar_por_acuerdo, guardar_juego, rechazar_propuesto
from db.engine import reading, writing
from db.queries.aprobacion import acuerdos_votados, aprobado_por
from db.queries.huella import huella_del_ejercicio
from db.queries.pesos import comparar, efecto, pesos_del_plan
from db.queries.tablero import tablero
from db.rules.periodo import Corte
from db.rules.permisos import LINEA_DE_COMANDOS, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db.mundo import ANIO, avance, cerrar, fundar
from tests.db.mundo_comite import acuerdo_votado

PLANEACION = actor(Rol.PLANEACION)
TRES_A_UNO: dict[int, Decimal | None] = {1: Decimal(75), 3: Decimal(25)}


@pytest.fixture
def mundo(base: str) -> str:
    """Eje 1 (metas 1 y 2) al 100 %, eje 2 (meta 3) al 50 %, a marzo, sin cerrar."""
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
        for meta, alcanzado in ((1, 10), (2, 10), (3, 5)):
            avance(session, meta, 3, alcanzado)
    return base


def leer(mes: int = 3) -> dict[str, Any]:
    with reading() as session:
        datos = pesos_del_plan(session, anio=ANIO, mes=mes)
    assert datos is not None
    return datos


def guardar(pesos: dict[int, Decimal | None], mes: int = 1, **mas: Any) -> int:
    firma = mas.pop("firma", None)
    quien = mas.pop("quien", PLANEACION)
    todo: dict[str, Any] = {"desde": Corte(ANIO, mes), "motivo": "Prioridades", "aprobo": "COPLADEMUN", **mas}
    with writing(quien) as session:
        return guardar_juego(
            session, quien, plan_id=1, firma=leer()["firma"] if firma is None else firma, pesos=pesos, **todo
        )


def cumplimiento(mes: int = 3) -> Decimal:
    with reading() as session:
        return tablero(session, anio=ANIO, mes=mes)["cumplimiento"]["valor"]  # type: ignore[no-any-return]


def test_el_efecto_se_ve_antes_de_guardar_y_es_el_que_resulta(mundo: str) -> None:
    with reading() as session:
        filas = efecto(session, anio=ANIO, mes=3, ente_id=None, pesos=tuple(TRES_A_UNO.items()))
    plan = filas[0]
    assert (plan["antes"]["valor"], plan["despues"]["valor"]) == (Decimal(75), Decimal("87.5"))
    assert plan["diferencia"] == Decimal("12.5") and [f["diferencia"] for f in filas[1:]] == [0, 0]
    assert cumplimiento() == 75
    guardar(TRES_A_UNO)
    assert cumplimiento() == Decimal("87.5")


def test_cada_corte_usa_el_juego_que_rige(mundo: str) -> None:
    primero = guardar(TRES_A_UNO)
    segundo = guardar({1: Decimal(1), 3: Decimal(1), 2: None}, mes=6)
    assert leer(3)["vigente"]["id"] == primero
    assert leer(6)["vigente"]["id"] == segundo
    assert [j["id"] for j in leer(3)["juegos"]] == [segundo, primero]
    with reading() as session:
        cambios = comparar(session, anio=ANIO, uno=primero, otro=segundo)
    assert [(c["clave"], c["antes"], c["despues"]) for c in cambios] == [("1", 75, 1), ("2", 25, 1)]


def test_lo_que_no_se_puede_consolidar_se_rechaza(mundo: str) -> None:
    for pesos in ({1: Decimal(0), 3: Decimal(0)}, {1: Decimal(-1)}, {2: Decimal(0)}, {99: Decimal(1)}):
        with pytest.raises(Problema):
            guardar(dict(pesos))
    for mas in ({"motivo": " "}, {"aprobo": ""}, {"desde": Corte(2031, 1)}):
        with pytest.raises(Problema):
            guardar(TRES_A_UNO, **mas)
    assert leer()["juegos"] == []


def test_un_periodo_cerrado_no_cambia_de_pesos(mundo: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        cerrar(session, 3)
    with pytest.raises(Problema, match="marzo de 2026 ya se cerró"):
        guardar(TRES_A_UNO, mes=3)
    guardar(TRES_A_UNO, mes=4)
    assert cumplimiento(3) == 75
    assert leer(3)["cerrado"] == (ANIO, 3)


def test_quien_abrio_antes_no_pisa_el_juego_nuevo(mundo: str) -> None:
    firma = leer()["firma"]
    guardar(TRES_A_UNO)
    with pytest.raises(Conflicto):
        guardar(TRES_A_UNO, firma=firma)


def test_sin_el_permiso_nadie_fija_pesos(mundo: str) -> None:
    for rol in (Rol.ADMINISTRACION, Rol.TESORERIA, Rol.ENLACE, Rol.PRESIDENCIA, Rol.COPLADEM):
        with pytest.raises(SinPermiso):
            guardar(TRES_A_UNO, quien=actor(rol))


def test_lo_propuesto_no_pesa_hasta_que_un_acuerdo_votado_lo_aprueba(mundo: str) -> None:
    juego = guardar(TRES_A_UNO, propuesto=True, aprobo="")
    assert leer()["vigente"] is None
    assert cumplimiento() == Decimal(75)
    with reading() as session:
        antes = huella_del_ejercicio(session, ANIO)
    votado, negado = acuerdo_votado(1, True), acuerdo_votado(2, False)
    for mal in (negado, 99):
        with pytest.raises(Problema, match="votación aprobada"), writing(PLANEACION) as session:
            aprobar_por_acuerdo(session, PLANEACION, juego_id=juego, acuerdo_id=mal)
    with pytest.raises(SinPermiso), writing(actor(Rol.ENLACE)) as session:
        aprobar_por_acuerdo(session, actor(Rol.ENLACE), juego_id=juego, acuerdo_id=votado)

    with writing(PLANEACION) as session:
        aprobar_por_acuerdo(session, PLANEACION, juego_id=juego, acuerdo_id=votado)

    vigente = leer()["vigente"]
    assert (vigente["aprobo"], vigente["acuerdo_id"]) == (f"COP/{ANIO}/ORD-01/01", votado)
    # (75 × 100 + 25 × 50) ÷ 100
    assert cumplimiento() == Decimal("87.5")
    with reading() as session:
        assert huella_del_ejercicio(session, ANIO) != antes
        (aprobado,) = aprobado_por(session, acuerdo_id=votado)
        assert aprobado["titulo"].endswith(f"rigen desde enero de {ANIO}")
        assert list(acuerdos_votados(session)) == [votado]
    with pytest.raises(Problema, match="ya se resolvió"), writing(PLANEACION) as session:
        rechazar_propuesto(session, PLANEACION, juego_id=juego)


def test_lo_que_el_comite_no_aprobo_nunca_pesa(mundo: str) -> None:
    juego = guardar(TRES_A_UNO, propuesto=True, aprobo="")
    with writing(PLANEACION) as session:
        rechazar_propuesto(session, PLANEACION, juego_id=juego)
    assert [j["estado"] for j in leer()["juegos"]] == ["rechazado"]
    assert leer()["vigente"] is None
    assert cumplimiento() == Decimal(75)


def test_el_acuerdo_no_mueve_un_mes_ya_cerrado(mundo: str) -> None:
    juego = guardar(TRES_A_UNO, propuesto=True, aprobo="")
    votado = acuerdo_votado(1, True)
    with writing(LINEA_DE_COMANDOS) as session:
        cerrar(session, 3)
    with pytest.raises(Problema, match="ya se cerró"), writing(PLANEACION) as session:
        aprobar_por_acuerdo(session, PLANEACION, juego_id=juego, acuerdo_id=votado)
