"""Propuestas y obras en la base: folio, turno, respuesta, calificación y el orden que se votó."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest

from db.actions import obras, propuestas
from db.actions.idempotencia import Conflicto
from db.base import ahora
from db.engine import reading, writing
from db.models.acuerdos import Acuerdo, EstadoAcuerdo, LigaAcuerdo
from db.models.comites import ClaseComite, Comite
from db.models.sesiones import (
    ClasePunto,
    EstadoSesion,
    EstadoVotacion,
    ModoVotacion,
    PuntoOrden,
    SesionComite,
    TipoSesion,
    Votacion,
)
from db.queries import obras as lee_obras
from db.queries import propuestas as lee
from db.queries.acuerdos import acuerdos_de
from db.queries.entrega import pendientes
from db.queries.municipio import hoy
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db import mundo

PLANEACION = actor(Rol.PLANEACION)
ANIO = mundo.ANIO


def enlace(dependencia: int) -> Actor:
    return Actor(50 + dependencia, f"enlace{dependencia}", "E", (Asignacion(Rol.ENLACE, 1, dependencia),))


@dataclass
class Cuerpo:
    comite_id: int
    aprobada: int
    negada: int


@pytest.fixture
def cuerpo(base: str) -> Cuerpo:
    """Un comité con dos votaciones cerradas: la primera se aprobó."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        session.add(Comite(id=1, clase=ClaseComite.COPLADEMUN, nombre="Comité", siglas="COP"))
        session.add(Comite(id=2, clase=ClaseComite.GRUPO_TRABAJO, nombre="Otro", siglas="GT"))
        session.flush()
        session.add(
            SesionComite(
                id=1,
                comite_id=1,
                anio=ANIO,
                numero=1,
                tipo=TipoSesion.ORDINARIA,
                estado=EstadoSesion.CERRADA,
                prevista=ahora(),
            )
        )
        session.flush()
        session.add(PuntoOrden(id=1, sesion_id=1, orden=1, clase=ClasePunto.ASUNTO, titulo="Obras"))
        session.flush()
        for n, aprobada in ((1, True), (2, False)):
            session.add(
                Votacion(
                    id=n,
                    punto_id=1,
                    numero=n,
                    texto="¿Se aprueban?",
                    modo=ModoVotacion.MANO_ALZADA,
                    estado=EstadoVotacion.CERRADA,
                    abierta_en=ahora(),
                    aprobada=aprobada,
                )
            )
    return Cuerpo(1, 1, 2)


def registrar(persona: Actor = PLANEACION, **otros: object) -> int:
    datos = {"clase": "propuesta", "quien": "Vecinos", "sector": "social", "tema": "Agua", "texto": "Tubería"}
    with writing(persona) as session:
        return propuestas.registrar(session, persona, datos=datos | otros)


def una(cual: int) -> dict[str, object]:
    with reading() as session:
        return lee.propuestas(session, propuesta_id=cual)[0]


def test_una_propuesta_se_registra_con_folio_y_la_responde_su_enlace(cuerpo: Cuerpo) -> None:
    copladem = actor(Rol.COPLADEM)
    primera, segunda = registrar(copladem, nodo_id=2), registrar(dependencia_id=11)
    anio = una(primera)["fecha"].year  # type: ignore[attr-defined]
    assert [una(p)["folio"] for p in (primera, segunda)] == [f"PC/{anio}/001", f"PC/{anio}/002"]
    assert una(primera)["nodo_clave"] == "L1.1"

    with writing(copladem) as session:
        propuestas.turnar(session, copladem, propuesta_id=primera, version=1, dependencia_id=11)
    for quien, error in ((enlace(2), SinPermiso), (copladem, SinPermiso), (PLANEACION, Conflicto)):
        with pytest.raises(error), writing(quien) as session:
            propuestas.responder(
                session, quien, propuesta_id=primera, version=1, estado="atendida", respuesta="Sí"
            )
    with pytest.raises(Problema, match="Falta la respuesta"), writing(enlace(1)) as session:
        propuestas.responder(
            session, enlace(1), propuesta_id=primera, version=2, estado="atendida", respuesta=" "
        )
    with writing(enlace(1)) as session:
        propuestas.responder(
            session, enlace(1), propuesta_id=primera, version=2, estado="atendida", respuesta="Se cambió."
        )
    hecha = una(primera)
    assert (hecha["estado"], hecha["respuesta"], hecha["respondio"]) == ("atendida", "Se cambió.", "enlace1")
    assert hecha["respondida_en"] is not None
    with pytest.raises(Problema, match="Ya se respondió"), writing(PLANEACION) as session:
        propuestas.responder(
            session, PLANEACION, propuesta_id=primera, version=3, estado="aceptada", respuesta="Otra"
        )


def test_una_propuesta_incompleta_o_de_manana_no_se_registra(cuerpo: Cuerpo) -> None:
    with reading() as session:
        manana = hoy(session) + timedelta(days=1)
    for mal, campo in (({"tema": " "}, "tema"), ({"fecha": manana}, "fecha"), ({"nodo_id": 999}, "nodo_id")):
        with pytest.raises(Problema) as problema:
            registrar(**mal)
        assert problema.value.campo == campo
    with pytest.raises(SinPermiso):
        registrar(actor(Rol.ENLACE))


def test_la_que_paso_su_plazo_lo_dice(cuerpo: Cuerpo) -> None:
    with reading() as session:
        vieja = hoy(session) - timedelta(days=60)
    suya = una(registrar(fecha=vieja))
    assert suya["situacion"][0] == "critico"  # type: ignore[index]
    assert suya["folio"] == f"PC/{vieja.year}/001"


def _obra(nombre: str, **otros: object) -> int:
    datos = {"nombre": nombre, "localidad": "La Loma", "costo": 100_00, "beneficiarios": 10}
    with writing(PLANEACION) as session:
        return obras.proponer(session, PLANEACION, comite_id=1, anio=ANIO, datos=datos | otros)


def leer() -> dict[str, object]:
    with reading() as session:
        return lee_obras.obras(session, comite_id=1, anio=ANIO)


def fijar(*criterios: tuple[str, int]) -> None:
    with writing(PLANEACION) as session:
        obras.fijar_criterios(
            session,
            PLANEACION,
            comite_id=1,
            anio=ANIO,
            criterios=[(nombre, Decimal(peso)) for nombre, peso in criterios],
        )


def calificar(valores: dict[tuple[int, int], Decimal | None]) -> None:
    with writing(PLANEACION) as session:
        obras.calificar(session, PLANEACION, comite_id=1, anio=ANIO, valores=valores)


def priorizar(votacion: int, *cuales: int) -> None:
    with writing(PLANEACION) as session:
        obras.priorizar(session, PLANEACION, comite_id=1, anio=ANIO, votacion_id=votacion, obras=cuales)


def test_una_obra_dice_quien_responde_que_linea_atiende_y_de_que_propuesta_viene(cuerpo: Cuerpo) -> None:
    cual = registrar()
    _obra("Agua", dependencia_id=11, nodo_id=2, propuesta_id=cual)
    (obra,) = leer()["obras"]  # type: ignore[misc]
    assert (obra["nodo_clave"], obra["folio"]) == ("L1.1", una(cual)["folio"]) and obra["dependencia"]
    with reading() as session:
        (suya,) = lee_obras.obras_de_propuesta(session, propuesta_id=cual)
    assert (suya["nombre"], suya["anio"], suya["estado"]) == ("Agua", ANIO, "propuesta")
    for campo in ("nodo_id", "propuesta_id"):
        with pytest.raises(Problema) as problema:
            _obra("Luz", **{campo: 999})
        assert problema.value.campo == campo


def test_las_obras_se_ordenan_por_su_puntaje_y_se_priorizan_con_un_voto(cuerpo: Cuerpo) -> None:
    fijar(("Rezago", 60), ("Costo", 40))
    agua, luz = _obra("Agua"), _obra("Luz")
    rezago, costo = [c["id"] for c in leer()["criterios"]]  # type: ignore[attr-defined]
    calificar({(agua, rezago): Decimal(50), (agua, costo): Decimal(100), (luz, rezago): Decimal(90)})
    assert [(o["id"], o["puntaje"]) for o in leer()["obras"]] == [(agua, 70), (luz, None)]  # type: ignore[attr-defined]
    calificar({(luz, costo): Decimal(40)})
    assert [(o["id"], o["puntaje"]) for o in leer()["obras"]] == [(agua, 70), (luz, 70)]  # type: ignore[attr-defined]

    fijar(("Rezago", 100))
    assert [(o["id"], o["puntaje"]) for o in leer()["obras"]] == [(luz, 90), (agua, 50)]  # type: ignore[attr-defined]

    with pytest.raises(Problema, match="no aprobó"):
        priorizar(cuerpo.negada, luz)
    with pytest.raises(Problema, match="elegir las obras"):
        priorizar(cuerpo.aprobada)
    priorizar(cuerpo.aprobada, luz)
    assert [o["estado"] for o in leer()["obras"]] == ["priorizada", "no_priorizada"]  # type: ignore[attr-defined]
    with reading() as session:
        assert [v["id"] for v in lee_obras.votaciones_aprobadas(session, comite_id=1)] == [cuerpo.aprobada]

    for tarde in (
        lambda: calificar({(luz, rezago): Decimal(10)}),
        lambda: fijar(("Otro", 100)),
        lambda: _obra("Tarde"),
        lambda: priorizar(cuerpo.aprobada, agua),
    ):
        with pytest.raises(Problema, match="ya se votaron"):
            tarde()


def test_lo_que_no_se_acepta_de_una_obra(cuerpo: Cuerpo) -> None:
    for mal, campo in (
        ({"costo": None}, "costo"),
        ({"localidad": ""}, "localidad"),
        ({"beneficiarios": -1}, "beneficiarios"),
    ):
        with pytest.raises(Problema) as problema:
            _obra("Agua", **mal)
        assert problema.value.campo == campo
    with pytest.raises(SinPermiso), writing(actor(Rol.COPLADEM)) as session:
        obras.fijar_criterios(
            session, actor(Rol.COPLADEM), comite_id=1, anio=ANIO, criterios=[("Rezago", Decimal(100))]
        )
    with pytest.raises(Problema, match="ya no está"):
        calificar({(99, 99): Decimal(1)})


def test_lo_acordado_sobre_un_programa_se_lee_en_su_ficha_y_en_la_entrega(cuerpo: Cuerpo) -> None:
    primera = una(registrar(dependencia_id=11))
    with writing(LINEA_DE_COMANDOS) as session:
        for n, asunto in ((1, "programa"), (2, "nodo")):
            session.add(
                Acuerdo(
                    id=n,
                    numero=f"COP/{ANIO}/ORD-01/0{n}",
                    texto=f"Acuerdo {n}",
                    dependencia_id=1,
                    tomado_en=date(ANIO, 1, 1),
                    vence=date(ANIO, 2, 1),
                    estado=EstadoAcuerdo.PENDIENTE if n == 1 else EstadoAcuerdo.CUMPLIDO,
                )
            )
            session.flush()
            session.add(LigaAcuerdo(acuerdo_id=n, asunto=asunto, referencia="01020401"))
    with reading() as session:
        suyos = acuerdos_de(session, asunto="programa", referencia="01020401")
        quedan = pendientes(session, anios=[ANIO], hoy=date(ANIO, 3, 1))
    assert [a["id"] for a in suyos] == [1]
    assert [(q["clase"], q["que"].rpartition(" ")[0]) for q in quedan] == [
        ("Acuerdo", f"COP/{ANIO}/ORD-01/01 Acuerdo"),
        ("Propuesta", primera["folio"]),
    ]
