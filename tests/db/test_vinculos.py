"""El dinero frente al plan: nada cuenta dos veces, nada se pierde y sólo lo aceptado mueve dinero."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from db.actions.idempotencia import Conflicto
from db.actions.vinculos import aceptar_vinculos, fijar_vinculos, proponer_vinculos
from db.base import tabla
from db.engine import reading, writing
from db.models.bitacora import Bitacora
from db.queries.tablero import tablero
from db.queries.vinculos import dinero_y_plan, firma_de_vinculos
from db.rules.permisos import LINEA_DE_COMANDOS, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db.mundo import ANIO, fundar
from tests.db.test_presupuesto import clave, guardar

PLANEACION = actor(Rol.PLANEACION)


def _con_dinero() -> None:
    """Proyecto 1 con 100.01 pesos (citado por el eje 1), proyecto 2 con 50 y uno sin metas con 7."""
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
    with writing(actor(Rol.TESORERIA)) as session:
        proyectos = ("010204010101", "010204010102", "010101010101")
        filas: list[tuple[int, ...]] = [
            (0, 1, 10_001, 0, 0, 5_000, 5_000, 5_000, 5_000),
            (1, 1, 5_000, 0, 0, 0, 0, 0, 0),
            (2, 1, 700, 0, 0, 0, 0, 0, 0),
        ]
        guardar(session, [clave(proyecto) for proyecto in proyectos], filas, ente_id=1)
    with writing(LINEA_DE_COMANDOS) as session:
        proponer_vinculos(session, ANIO, 1)


def _conciliar() -> dict[str, int]:
    with reading() as session:
        datos = dinero_y_plan(session, anio=ANIO, mes=3)
    assert datos["con_plan"] + datos["propuesto"] + datos["sin_plan"] == datos["total"] == 15_701
    return {parte: datos[parte] for parte in ("con_plan", "propuesto", "sin_plan")}


def _fijar(*proyectos: tuple[int, int], partes: dict[int, Decimal], firma: str | None = None) -> None:
    """Fija participaciones como quien acaba de abrir la pantalla, o con la firma que se dé."""
    with reading() as session:
        datos = dinero_y_plan(session, anio=ANIO, mes=3)
    actual = firma_de_vinculos(
        (p["ente_id"], p["proyecto_id"], x["nodo_id"], x["participacion"], x["estado"])
        for p in datos["proyectos"]
        for x in p["partes"]
        if (p["ente_id"], p["proyecto_id"]) in proyectos
    )
    with writing(PLANEACION) as session:
        fijar_vinculos(
            session, PLANEACION, proyectos=proyectos, partes=partes, firma=actual if firma is None else firma
        )


def _eje(numero: int) -> dict[str, int] | None:
    with reading() as session:
        return tablero(session, anio=ANIO, mes=3)["ejes"][numero - 1]["dinero"]  # type: ignore[no-any-return]


def test_lo_propuesto_no_mueve_dinero_hasta_que_se_acepta(base: str) -> None:
    _con_dinero()
    assert _conciliar() == {"con_plan": 0, "propuesto": 15_001, "sin_plan": 700}
    assert _eje(1) is None
    with writing(PLANEACION) as session:
        assert aceptar_vinculos(session, PLANEACION, ente_id=1, proyectos=[1]) == 1
    assert _conciliar() == {"con_plan": 10_001, "propuesto": 5_000, "sin_plan": 700}
    assert (_eje(1) or {})["modificado"] == 10_001


def test_repartir_a_mano_no_pierde_un_centavo(base: str) -> None:
    _con_dinero()
    _fijar((1, 1), partes={2: Decimal("0.5"), 4: Decimal("0.5")})
    uno, dos = _eje(1), _eje(2)
    assert uno is not None and dos is not None
    assert uno["modificado"] + dos["modificado"] == 10_001
    assert abs(uno["modificado"] - dos["modificado"]) == 1


def test_las_participaciones_deben_sumar_cien(base: str) -> None:
    _con_dinero()
    with pytest.raises(Problema, match=r"suman 90\.00"):
        _fijar((1, 1), partes={2: Decimal("0.9")})


def test_varios_proyectos_se_reparten_igual_y_de_una_vez(base: str) -> None:
    _con_dinero()
    _fijar((1, 1), (1, 2), partes={2: Decimal("0.25"), 4: Decimal("0.75")})
    assert _conciliar() == {"con_plan": 15_001, "propuesto": 0, "sin_plan": 700}
    # 10,001 y 5,000 centavos: a un cuarto, 2,500 (el centavo suelto va al mayor residuo) y 1,250.
    assert ((_eje(1) or {})["modificado"], (_eje(2) or {})["modificado"]) == (3_750, 11_251)
    with reading() as session:
        ultimo = session.execute(select(tabla(Bitacora)).order_by(tabla(Bitacora).c.id.desc())).first()
    assert ultimo is not None and (ultimo.accion, ultimo.entidad) == ("fijar", "vinculo_plan")
    for proyectos, nodo in ((((1, 99),), 2), (((1, 1),), 99), ((), 2)):
        with pytest.raises(Problema):
            _fijar(*proyectos, partes={nodo: Decimal(1)})
    assert _conciliar()["con_plan"] == 15_001
    _fijar((1, 1), partes={})
    assert _conciliar()["sin_plan"] == 10_701


def test_quien_abrio_antes_no_pisa_lo_de_otra_persona(base: str) -> None:
    _con_dinero()
    _fijar((1, 1), partes={4: Decimal(1)})
    with pytest.raises(Conflicto):
        _fijar((1, 1), partes={2: Decimal(1)}, firma="la de antes")
    assert (_eje(2) or {})["modificado"] == 10_001


def test_sin_el_permiso_nadie_vincula(base: str) -> None:
    _con_dinero()
    for rol in (Rol.TESORERIA, Rol.ENLACE, Rol.PRESIDENCIA, Rol.CONTRALORIA):
        with pytest.raises(SinPermiso), writing(actor(rol)) as session:
            aceptar_vinculos(session, actor(rol), ente_id=1, proyectos=[1])
        with pytest.raises(SinPermiso), writing(actor(rol)) as session:
            fijar_vinculos(session, actor(rol), proyectos=[(1, 1)], partes={2: Decimal(1)}, firma="")


def test_volver_a_proponer_respeta_lo_aceptado(base: str) -> None:
    _con_dinero()
    _fijar((1, 1), partes={4: Decimal(1)})
    with writing(LINEA_DE_COMANDOS) as session:
        proponer_vinculos(session, ANIO, 1)
    assert (_eje(2) or {})["modificado"] == 10_001
