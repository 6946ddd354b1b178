"""A quién se avisa de un acuerdo por vencer o vencido, y de una propuesta que le turnan; una sola vez."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from db.actions import propuestas
from db.base import ahora, tabla
from db.engine import reading, writing
from db.models.acuerdos import Acuerdo, EstadoAcuerdo
from db.models.avisos import Aviso
from db.models.personas import Persona
from db.models.usuarios import RolUsuario, Usuario
from db.queries.por_avisar import por_avisar
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.conftest import actor
from tests.db import mundo
from tests.db.mundo_comite import acuerdo_votado

ENLACE, AJENO, UIPPE, VOCAL = 1, 2, 3, 4
VENCE = date(2026, 6, 30)
PLANEACION = actor(Rol.PLANEACION)


@pytest.fixture
def listo(base: str) -> str:
    """Un acuerdo de A00 y de una vocal con cuenta, tomado el 1 de junio para el 30."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        for numero, rol, area in (
            (ENLACE, Rol.ENLACE, 1),
            (AJENO, Rol.ENLACE, 2),
            (UIPPE, Rol.PLANEACION, None),
            (VOCAL, Rol.COPLADEM, None),
        ):
            session.add(Usuario(id=numero, cuenta=f"c{numero}", nombre=f"C{numero}", creada_en=ahora()))
            session.flush()
            session.add(RolUsuario(usuario_id=numero, rol=rol, dependencia_id=area))
        session.add(Persona(id=1, nombre="Vocal", usuario_id=VOCAL))
    cual = acuerdo_votado(1, True)
    with writing(LINEA_DE_COMANDOS) as session:
        fila = session.get_one(Acuerdo, cual)
        fila.persona_id, fila.tomado_en, fila.vence = 1, date(2026, 6, 1), VENCE
        session.add(fila)
    return base


def toca(dia: date) -> dict[str, tuple[int, ...]]:
    """Título → a quiénes, lo que ese día se manda decir de acuerdos."""
    with (
        time_machine.travel(datetime(dia.year, dia.month, dia.day, 18, tzinfo=UTC), tick=False),
        reading() as session,
    ):
        return {
            n.mensaje.titulo: n.usuario_ids
            for n in por_avisar(session, ahora())
            if n.llave.startswith("acuerdo/")
        }


def test_antes_de_su_fecha_se_avisa_a_quien_responde_y_vencido_tambien_a_planeacion(listo: str) -> None:
    assert toca(VENCE - timedelta(days=16)) == {}
    (titulo,) = toca(VENCE - timedelta(days=15))
    assert "es para el 30" in titulo
    assert toca(VENCE)[titulo] == (ENLACE, VOCAL)
    ((titulo, quienes),) = toca(VENCE + timedelta(days=1)).items()
    assert titulo.startswith("Venció el acuerdo COP/") and quienes == (ENLACE, UIPPE, VOCAL)
    assert toca(VENCE + timedelta(days=8)) == {}


def test_lo_cumplido_y_lo_que_se_tomo_hoy_no_se_avisa(listo: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        fila = session.get_one(Acuerdo, 1)
        fila.tomado_en = VENCE - timedelta(days=3)
        session.add(fila)
    assert toca(VENCE - timedelta(days=3)) == {}
    assert len(toca(VENCE - timedelta(days=2))) == 1
    with writing(LINEA_DE_COMANDOS) as session:
        fila = session.get_one(Acuerdo, 1)
        fila.estado = EstadoAcuerdo.CUMPLIDO
        session.add(fila)
    assert toca(VENCE - timedelta(days=2)) == toca(VENCE + timedelta(days=1)) == {}


def avisos(quien: int) -> list[str]:
    with reading() as session:
        a = tabla(Aviso).c
        return list(session.execute(select(a.titulo).where(a.usuario_id == quien).order_by(a.id)).scalars())


def test_turnar_una_propuesta_avisa_a_la_dependencia_una_vez(listo: str) -> None:
    datos = {
        "clase": "propuesta", "quien": "Vecinas", "sector": "social", "tema": "Agua", "texto": "Falta",
        "dependencia_id": None,
    }  # fmt: skip
    with writing(PLANEACION) as session:
        cual = propuestas.registrar(session, PLANEACION, datos=datos)
    assert avisos(ENLACE) == avisos(AJENO) == []
    for version, dependencia in ((1, 1), (2, 1), (2, 2)):
        with writing(PLANEACION) as session:
            propuestas.turnar(
                session, PLANEACION, propuesta_id=cual, version=version, dependencia_id=dependencia
            )
    for quien in (ENLACE, AJENO):
        (titulo,) = avisos(quien)
        assert titulo.startswith("Debe responder PC/") and titulo.endswith(": Agua")
