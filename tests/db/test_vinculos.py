"""El dinero frente al plan: nada cuenta dos veces, nada se pierde y sólo lo aceptado mueve dinero."""

from decimal import Decimal

import pytest

from db.actions.vinculos import aceptar_vinculos, fijar_vinculos, proponer_vinculos
from db.engine import reading, writing
from db.queries.tablero import tablero
from db.queries.vinculos import dinero_y_plan
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
        filas = [
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
    with writing(PLANEACION) as session:
        partes = {2: Decimal("0.5"), 4: Decimal("0.5")}
        fijar_vinculos(session, PLANEACION, ente_id=1, proyecto_id=1, partes=partes)
    uno, dos = _eje(1), _eje(2)
    assert uno is not None and dos is not None
    assert uno["modificado"] + dos["modificado"] == 10_001
    assert abs(uno["modificado"] - dos["modificado"]) == 1


def test_las_participaciones_deben_sumar_cien(base: str) -> None:
    _con_dinero()
    with pytest.raises(Problema, match=r"suman 90\.00"), writing(PLANEACION) as session:
        fijar_vinculos(session, PLANEACION, ente_id=1, proyecto_id=1, partes={2: Decimal("0.9")})


def test_sin_el_permiso_nadie_vincula(base: str) -> None:
    _con_dinero()
    for rol in (Rol.TESORERIA, Rol.ENLACE, Rol.PRESIDENCIA, Rol.CONTRALORIA):
        with pytest.raises(SinPermiso), writing(actor(rol)) as session:
            aceptar_vinculos(session, actor(rol), ente_id=1, proyectos=[1])


def test_volver_a_proponer_respeta_lo_aceptado(base: str) -> None:
    _con_dinero()
    with writing(PLANEACION) as session:
        fijar_vinculos(session, PLANEACION, ente_id=1, proyecto_id=1, partes={4: Decimal(1)})
    with writing(LINEA_DE_COMANDOS) as session:
        proponer_vinculos(session, ANIO, 1)
    assert (_eje(2) or {})["modificado"] == 10_001
