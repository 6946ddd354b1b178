"""Dos personas en el mismo instante: cada folio y cada número sale una vez, y nadie vota dos veces."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlmodel import Session

from db.actions import acuerdos, comites, encargos, propuestas, sala, sesiones, votacion
from db.base import ahora, tabla
from db.engine import reading, writing
from db.models.acuerdos import Acuerdo
from db.models.encargos import Encargo
from db.models.propuestas import Propuesta
from db.models.sesiones import SesionComite, Votacion, Voto
from db.models.usuarios import Usuario
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db import mundo

UNIDAD = actor(Rol.PLANEACION)
TITULAR = Actor(100, "vocal", "Integrante", (Asignacion(Rol.COPLADEM),))
LUNES = datetime.fromisoformat("2026-11-23T10:00:00-06:00")
DIA, DESDE = date(2026, 11, 30), date(2026, 1, 1)
CUANTO_TARDA = 0.15
"""Segundos que cada quien deja su cambio sin confirmar, para que el otro lo alcance."""

Cambio = Callable[[Session], Any]


def a_la_vez(*cambios: tuple[Actor, Cambio]) -> list[Any]:
    """Lo que devolvió cada cambio, o el `Problema` que se le dijo; empiezan juntos y tardan en confirmar."""
    salida = threading.Barrier(len(cambios))

    def hacer(quien: Actor, cambio: Cambio) -> Any:
        salida.wait()
        try:
            with writing(quien) as session:
                hecho = cambio(session)
                time.sleep(CUANTO_TARDA)
        except Problema as problema:
            return problema
        return hecho

    with ThreadPoolExecutor(len(cambios)) as hilos:
        return [h.result() for h in [hilos.submit(hacer, *uno) for uno in cambios]]


def columna(cual: Any) -> list[Any]:
    with reading() as session:
        return sorted(session.execute(select(cual)).scalars())


@pytest.fixture
def votando(base: str) -> Iterator[int]:
    """Un comité de un asiento con una votación abierta: el id de la votación (la sesión es la 1)."""
    with time_machine.travel(LUNES, tick=False):
        with writing(LINEA_DE_COMANDOS) as session:
            mundo.fundar(session)
            session.add(Usuario(id=1, cuenta=UNIDAD.cuenta, nombre="Unidad", creada_en=ahora()))
            session.add(Usuario(id=100, cuenta="vocal", nombre="Vocal", creada_en=ahora()))
        with writing(UNIDAD) as session:
            quien = _asiento(session)
            sesiones.programar(session, UNIDAD, comite_id=1, tipo="ordinaria", dias=[DIA])
            punto = sesiones.agregar_punto(session, UNIDAD, sesion_id=1, titulo="Obras")
            sesiones.convocar(session, UNIDAD, sesion_id=1, version=1)
            sala.pasar_lista(session, UNIDAD, sesion_id=1, llegan=[quien])
            sala.declarar_quorum(session, UNIDAD, sesion_id=1)
            sala.tratar(session, UNIDAD, punto_id=punto)
            abierta = votacion.abrir(session, UNIDAD, punto_id=punto, texto="¿Se aprueba?", modo="nominal")
        yield abierta


def _asiento(session: Session) -> int:
    datos = {"clase": "coplademun", "nombre": "COPLADEMUN", "siglas": "COP"}
    comites.guardar_comite(session, UNIDAD, comite_id=None, version=0, datos=datos)
    suyo = {"cargo": "presidente", "sector": "social", "representa": "Consejo", "voz": True, "voto": True}
    asiento = comites.guardar_asiento(
        session, UNIDAD, comite_id=1, asiento_id=None, version=0, datos=suyo | {"desde": DESDE, "orden": 1}
    )
    datos = {"nombre": "Integrante", "usuario_id": 100}
    persona = comites.guardar_persona(session, UNIDAD, persona_id=None, version=0, datos=datos)
    quien = comites.proponer(
        session, UNIDAD, asiento_id=asiento, persona_id=persona, calidad="titular", desde=DESDE
    )
    comites.acreditar(session, UNIDAD, integrante_id=quien, version=1, acreditacion="OF", dia=DESDE)
    return quien


def test_dos_acuerdos_dos_sesiones_y_dos_folios_a_la_vez_no_repiten_numero(votando: int) -> None:
    vence = DIA + timedelta(days=30)

    def acuerdo(session: Session) -> int:
        return acuerdos.tomar(session, UNIDAD, sesion_id=1, texto="Publicar", vence=vence, dependencia_id=1)

    def sesion(session: Session) -> list[int]:
        return sesiones.programar(session, UNIDAD, comite_id=1, tipo="ordinaria", dias=[DIA])

    def propuesta(session: Session) -> int:
        datos = {"clase": "propuesta", "quien": "Vecina", "sector": "social", "tema": "Agua", "texto": "Más"}
        return propuestas.registrar(session, UNIDAD, datos=datos)

    def encargo(session: Session) -> int:
        datos = {"titulo": "Fugas", "dependencia_id": 1, "inicio": DESDE}
        return encargos.abrir(session, UNIDAD, registro="estudio", datos=datos)

    cambios = [(UNIDAD, uno) for uno in (acuerdo, sesion, propuesta, encargo) for _ in range(2)]
    hechos = a_la_vez(*cambios)
    assert not [str(h) for h in hechos if isinstance(h, Problema)]
    assert [n.rpartition("/")[2] for n in columna(tabla(Acuerdo).c.numero)] == ["01", "02"]
    assert columna(tabla(SesionComite).c.numero) == [1, 2, 3]
    for folios in (columna(tabla(Propuesta).c.folio), columna(tabla(Encargo).c.folio)):
        assert [int(f[-3:]) for f in folios] == [1, 2]


def test_el_telefono_y_la_secretaria_anotan_el_mismo_voto_y_se_cuenta_uno(votando: int) -> None:
    def telefono(session: Session) -> None:
        votacion.votar(session, TITULAR, votacion_id=votando, sentido="favor")

    def secretaria(session: Session) -> None:
        votacion.anotar(session, UNIDAD, votacion_id=votando, asiento_id=1, sentido="contra")

    hechos = a_la_vez((TITULAR, telefono), (UNIDAD, secretaria))
    assert ["no se cambia" in str(h) for h in hechos if h is not None] == [True]
    assert len(columna(tabla(Voto).c.id)) == 1


def test_el_voto_que_llega_al_cerrar_se_cuenta_o_se_dice_que_no(votando: int) -> None:
    def telefono(session: Session) -> None:
        votacion.votar(session, TITULAR, votacion_id=votando, sentido="favor")

    def cierre(session: Session) -> None:
        votacion.cerrar(session, UNIDAD, votacion_id=votando, version=1)

    hechos = a_la_vez((TITULAR, telefono), (UNIDAD, cierre))
    contados = columna(tabla(Votacion).c.a_favor)
    assert contados == [len(columna(tabla(Voto).c.id))]
    assert [h for h in hechos if h is not None] == [] or "ya se cerró" in str(hechos[0])


def test_dos_secretarias_pasan_lista_y_el_integrante_se_presenta_a_la_vez(votando: int) -> None:
    with writing(UNIDAD) as session:
        sala.pasar_lista(session, UNIDAD, sesion_id=1, se_van=[1])
        (otra,) = sesiones.programar(session, UNIDAD, comite_id=1, tipo="ordinaria", dias=[DIA])
        sesiones.convocar(session, UNIDAD, sesion_id=otra, version=1)
    with reading() as session:
        s = tabla(SesionComite).c
        codigo = session.execute(select(s.codigo).where(s.id == otra)).scalar_one()

    def lista(session: Session) -> None:
        sala.pasar_lista(session, UNIDAD, sesion_id=otra, llegan=[1])

    def presente(session: Session) -> None:
        sala.presentarse(session, TITULAR, sesion_id=otra, codigo=codigo)

    assert a_la_vez((UNIDAD, lista), (UNIDAD, lista), (TITULAR, presente)) == [None] * 3
