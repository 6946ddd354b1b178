"""Evaluaciones y aspectos de mejora: quién puede qué, qué se pide en cada estado y cuándo algo se cumple."""

from datetime import date
from decimal import Decimal

import pytest

from db.actions import pae as acciones
from db.actions.idempotencia import Conflicto
from db.actions.pae import DatosAccion, DatosAsm, DatosEvaluacion
from db.engine import reading, writing
from db.queries import pae
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db import mundo
from tests.db.mundo import ANIO

PLANEACION = actor(Rol.PLANEACION)
HOY = date(ANIO, 11, 23)
DATOS = DatosEvaluacion("Diseño del programa", "diseno", 1, date(ANIO, 5, 1), date(ANIO, 7, 31), 1)


@pytest.fixture
def evaluacion(base: str) -> int:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    with writing(PLANEACION) as session:
        return acciones.registrar_evaluacion(session, PLANEACION, anio=ANIO, datos=DATOS)


def aspecto(evaluacion: int, **datos: str) -> int:
    with writing(PLANEACION) as session:
        return acciones.registrar_asm(
            session, PLANEACION, evaluacion, datos=DatosAsm("Cuantificar la población", **datos)
        )


def accion(asm: int) -> int:
    with writing(PLANEACION) as session:
        datos = DatosAccion("Levantar el padrón", 1, date(ANIO, 8, 1), date(ANIO, 10, 30), "Padrón")
        return acciones.registrar_accion(session, PLANEACION, asm, datos=datos)


def anotar(cual: int, avance: int, texto: str = "", quien: Actor = PLANEACION) -> None:
    with writing(quien) as session:
        acciones.registrar_avance(session, quien, cual, avance=Decimal(avance), texto=texto)


def leer(evaluacion: int) -> dict[str, object]:
    with reading() as session:
        una = pae.evaluacion(session, evaluacion_id=evaluacion, hoy=HOY)
        assert una is not None
        return una


def test_el_aspecto_se_cumple_cuando_todas_sus_acciones_llegan_a_cien(evaluacion: int) -> None:
    asm = aspecto(evaluacion, estado="aceptado")
    una, otra = accion(asm), accion(asm)
    anotar(una, 100)
    anotar(otra, 50)
    (visto,) = leer(evaluacion)["aspectos"]  # type: ignore[misc]
    assert (visto["estado"], visto["avance"]) == ("aceptado", Decimal(75))
    assert [a["situacion"][1] for a in visto["acciones"]] == ["Cumplida", "Vencida"]
    anotar(otra, 100)
    assert leer(evaluacion)["aspectos"][0]["estado"] == "cumplido"  # type: ignore[index]
    anotar(otra, 90, "El padrón se devolvió")
    assert leer(evaluacion)["aspectos"][0]["estado"] == "aceptado"  # type: ignore[index]
    with reading() as session:
        (lista,) = pae.programa(session, anio=ANIO, hoy=HOY)["evaluaciones"]
    assert (lista["aspectos"], lista["cumplidos"], lista["avance"], lista["vencidas"]) == (1, 0, 95, 1)


def test_nadie_lo_da_por_cumplido_a_mano_ni_lo_rechaza_sin_razon(evaluacion: int) -> None:
    asm = aspecto(evaluacion)
    for datos in (DatosAsm("x", estado="cumplido"), DatosAsm("x", estado="rechazado")):
        with pytest.raises(Problema), writing(PLANEACION) as session:
            acciones.corregir_asm(session, PLANEACION, asm, version=1, datos=datos)
    with pytest.raises(Problema, match="aceptado"):
        accion(asm)


def test_cada_estado_pide_lo_suyo(evaluacion: int) -> None:
    def corregir(**cambios: object) -> None:
        datos = DatosEvaluacion(
            **{  # type: ignore[arg-type]
                **{c: getattr(DATOS, c) for c in DATOS.__dataclass_fields__},
                **cambios,
            }
        )
        with writing(PLANEACION) as session:
            acciones.corregir_evaluacion(session, PLANEACION, evaluacion, version=1, datos=datos)

    for mal in (
        {"estado": "concluida"},
        {"estado": "cancelada"},
        {"concluida_en": date(ANIO, 7, 1)},
        {"difundida_en": date(ANIO, 7, 1)},
        {"fin": date(ANIO, 4, 1)},
        {"costo": -1},
        {"nombre": " "},
        {"dependencia_id": 999},
        {"programa_id": 999},
    ):
        with pytest.raises(Problema):
            corregir(**mal)
    corregir(estado="concluida", concluida_en=date(ANIO, 7, 20))
    with pytest.raises(Conflicto):
        corregir(estado="concluida", concluida_en=date(ANIO, 7, 21))


def test_la_matriz_se_respeta(evaluacion: int) -> None:
    asm = aspecto(evaluacion, estado="aceptado")
    suya = accion(asm)
    anotar(suya, 10, quien=actor(Rol.ENLACE, 1, 1))
    for ajeno in (actor(Rol.ENLACE, 1, 99), actor(Rol.TESORERIA), actor(Rol.PRESIDENCIA)):
        with pytest.raises(SinPermiso):
            anotar(suya, 20, quien=ajeno)
    enlace = actor(Rol.ENLACE, 1, 1)
    with pytest.raises(SinPermiso), writing(enlace) as session:
        acciones.registrar_evaluacion(session, enlace, anio=ANIO, datos=DATOS)


def test_lo_anotado_no_se_borra(evaluacion: int) -> None:
    """La base misma rechaza editar un avance anotado."""
    from sqlalchemy import text
    from sqlalchemy.exc import DatabaseError

    cual = accion(aspecto(evaluacion, estado="aceptado"))
    anotar(cual, 10)
    for orden in ("UPDATE avance_asm SET avance = 0", "DELETE FROM avance_asm"):
        with pytest.raises(DatabaseError), writing(LINEA_DE_COMANDOS) as session:
            session.execute(text(orden))
