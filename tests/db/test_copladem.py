"""Una sesión completa en la base: convocar, asistir, votar, acordar, cerrar y aprobar el acta."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
import time_machine

from db.actions import acta as actas
from db.actions import acuerdos, comites, sala, sesiones, votacion
from db.actions.idempotencia import Conflicto
from db.base import ahora
from db.engine import reading, writing
from db.models.avisos import Aviso
from db.models.usuarios import Usuario
from db.queries import acta as lee_acta
from db.queries import sala as lee_sala
from db.queries.acuerdos import acuerdo, por_responsable
from db.queries.comites import comite, integrantes_en, reglas_en
from db.queries.sesiones import sesion
from db.rules.formato import en_zona
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol, SinPermiso
from db.rules.problema import Problema
from db.rules.sesiones import balance, otro_voto
from tests.conftest import actor
from tests.db import mundo

PLANEACION = actor(Rol.PLANEACION)
LUNES = datetime.fromisoformat("2026-11-23T10:00:00-06:00")
CARGOS = ("presidente", "secretario_tecnico", "vocal", "vocal", "vocal", "invitado")


def de(n: int) -> Actor:
    """Quien ocupa el asiento n con su cuenta."""
    return Actor(100 + n, f"vocal{n}", f"Integrante {n}", (Asignacion(Rol.COPLADEM),))


@dataclass
class Sala:
    comite_id: int
    sesion_id: int
    integrantes: list[int]

    def estado(self) -> dict[str, object]:
        with reading() as session:
            ya = lee_sala.estado(session, sesion_id=self.sesion_id, ahora=ahora())
            assert ya is not None
            return ya

    def punto(self, clase: str) -> int:
        return int(next(p["id"] for p in self.estado()["puntos"] if p["clase"] == clase))  # type: ignore[attr-defined]


@pytest.fixture
def reloj() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(LUNES, tick=False) as viaje:
        yield viaje


@pytest.fixture
def convocada(base: str, reloj: time_machine.Traveller) -> Sala:
    """Cuatro asientos con voto y dos sin él, con su sesión convocada para dentro de una semana."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        for n in range(len(CARGOS)):
            session.add(Usuario(id=100 + n, cuenta=f"vocal{n}", nombre=f"I {n}", creada_en=ahora()))
    with writing(PLANEACION) as session:
        datos = {"clase": "coplademun", "nombre": "COPLADEMUN de Prueba", "siglas": "cop"}
        comite_id = comites.guardar_comite(session, PLANEACION, comite_id=None, version=0, datos=datos)
        hechos = []
        for n, cargo in enumerate(CARGOS):
            asiento = comites.guardar_asiento(
                session,
                PLANEACION,
                comite_id=comite_id,
                asiento_id=None,
                version=0,
                datos={
                    "cargo": cargo,
                    "sector": "publico" if n < 3 else "social",
                    "representa": f"Organización {n}",
                    "voz": True,
                    "voto": cargo in ("presidente", "vocal"),
                    "desde": date(2026, 1, 1),
                    "orden": n,
                },
            )
            persona = comites.guardar_persona(
                session,
                PLANEACION,
                persona_id=None,
                version=0,
                datos={
                    "nombre": f"Integrante {n}",
                    "sexo": "mujer" if n % 2 else "hombre",
                    "usuario_id": 100 + n,
                },
            )
            i = comites.proponer(
                session,
                PLANEACION,
                asiento_id=asiento,
                persona_id=persona,
                calidad="titular",
                desde=date(2026, 1, 1),
            )
            comites.acreditar(
                session, PLANEACION, integrante_id=i, version=1, acreditacion=f"OF-{n}", dia=date(2026, 1, 5)
            )
            hechos.append(i)
        (sesion_id,) = sesiones.programar(
            session,
            PLANEACION,
            comite_id=comite_id,
            tipo="ordinaria",
            dias=[date(2026, 11, 30)],
            lugar="Cabildo",
        )
        sesiones.agregar_punto(session, PLANEACION, sesion_id=sesion_id, titulo="Pesos del plan")
        sesiones.convocar(session, PLANEACION, sesion_id=sesion_id, version=1)
    return Sala(comite_id, sesion_id, hechos)


def abrir(s: Sala, reloj: time_machine.Traveller, presentes: int = 3) -> None:
    reloj.move_to(LUNES + timedelta(days=7))
    with writing(PLANEACION) as session:
        sala.pasar_lista(session, PLANEACION, sesion_id=s.sesion_id, llegan=s.integrantes[:presentes])
        sala.declarar_quorum(session, PLANEACION, sesion_id=s.sesion_id)


def votando(s: Sala, modo: str = "telefono") -> int:
    punto = s.punto("asunto")
    with writing(PLANEACION) as session:
        sala.tratar(session, PLANEACION, punto_id=punto)
        return votacion.abrir(session, PLANEACION, punto_id=punto, texto="Aprobar los pesos", modo=modo)


def test_integrar_muestra_el_balance_y_no_deja_dos_titulares(convocada: Sala) -> None:
    with reading() as session:
        uno = comite(session, comite_id=convocada.comite_id)
        assert uno is not None
        assert balance(uno["integrantes"])["sectores"] == {
            "publico": 3,
            "social": 3,
            "privado": 0,
            "academico": 0,
        }
        assert (balance(uno["integrantes"])["mujeres"], balance(uno["integrantes"])["total"]) == (3, 6)
        asiento = uno["asientos"][0]["id"]
    with pytest.raises(Problema, match="ya tiene titular"), writing(PLANEACION) as session:
        comites.proponer(
            session, PLANEACION, asiento_id=asiento, persona_id=2, calidad="titular", desde=date(2026, 11, 1)
        )
    with pytest.raises(Problema, match="ya ocupa un asiento"), writing(PLANEACION) as session:
        comites.proponer(
            session, PLANEACION, asiento_id=asiento, persona_id=2, calidad="suplente", desde=date(2026, 11, 1)
        )


def test_la_convocatoria_avisa_guarda_las_reglas_y_se_confirma(convocada: Sala) -> None:
    with reading() as session:
        una = sesion(session, sesion_id=convocada.sesion_id)
        assert una is not None
        assert (
            una["estado"] == "convocada"
            and len(una["codigo"]) == 6
            and una["reglas"]["segunda_minutos"] == 30
        )
        assert [p["titulo"] for p in una["puntos"]][-3:] == [
            "Pesos del plan",
            "Asuntos generales",
            "Clausura",
        ]
        assert session.query(Aviso).count() == len(CARGOS)
    with writing(de(2)) as session:
        sesiones.responder(session, de(2), sesion_id=convocada.sesion_id, asistira=True)
    with reading() as session:
        suya = sesion(session, sesion_id=convocada.sesion_id)["convocados"][convocada.integrantes[2]]  # type: ignore[index]
    assert suya["asistira"] is True and suya["recibida_en"] is not None
    with pytest.raises(SinPermiso), writing(actor(Rol.COPLADEM)) as session:
        sesiones.responder(session, actor(Rol.COPLADEM), sesion_id=convocada.sesion_id, asistira=True)


def test_con_menos_aviso_se_dice_por_que_y_queda_en_el_acta(convocada: Sala) -> None:
    with writing(PLANEACION) as session:
        (otra,) = sesiones.programar(
            session, PLANEACION, comite_id=convocada.comite_id, tipo="ordinaria", dias=[date(2026, 11, 24)]
        )
        with pytest.raises(Problema, match="3 días hábiles"):
            sesiones.convocar(session, PLANEACION, sesion_id=otra, version=1)
        sesiones.convocar(
            session, PLANEACION, sesion_id=otra, version=1, aviso_corto="Vence un plazo federal"
        )
    with reading() as session:
        dice = lee_acta.contenido(session, sesion_id=otra, textos={})["proemio"]
    assert "menos aviso" in dice and "Vence un plazo federal" in dice


def test_sin_quorum_no_se_abre_hasta_la_segunda_convocatoria(
    convocada: Sala, reloj: time_machine.Traveller
) -> None:
    reloj.move_to(LUNES + timedelta(days=7))
    with writing(PLANEACION) as session:
        sala.pasar_lista(
            session,
            PLANEACION,
            sesion_id=convocada.sesion_id,
            llegan=convocada.integrantes[1:3],
        )
    assert convocada.estado()["presentes"] == 1  # quien lleva la secretaría no cuenta: no vota
    with pytest.raises(Problema, match="Faltan 2"), writing(PLANEACION) as session:
        sala.declarar_quorum(session, PLANEACION, sesion_id=convocada.sesion_id)
    reloj.shift(timedelta(minutes=30))
    with writing(PLANEACION) as session:
        sala.declarar_quorum(session, PLANEACION, sesion_id=convocada.sesion_id)
    assert convocada.estado()["convocatoria"] == 2


def test_se_registra_con_el_codigo_de_la_sala_y_solo_quien_tiene_asiento(convocada: Sala) -> None:
    codigo = str(convocada.estado()["codigo"])
    with pytest.raises(Problema, match="código"), writing(de(2)) as session:
        sala.presentarse(
            session, de(2), sesion_id=convocada.sesion_id, codigo="000000" if codigo != "000000" else "1"
        )
    for _ in range(2):
        with writing(de(2)) as session:
            sala.presentarse(session, de(2), sesion_id=convocada.sesion_id, codigo=codigo)
    assert convocada.estado()["presentes"] == 1
    with pytest.raises(SinPermiso), writing(actor(Rol.COPLADEM)) as session:
        sala.presentarse(session, actor(Rol.COPLADEM), sesion_id=convocada.sesion_id, codigo=codigo)


def test_cada_asiento_vota_una_vez_y_solo_si_puede(convocada: Sala, reloj: time_machine.Traveller) -> None:
    abrir(convocada, reloj, presentes=4)
    cual = votando(convocada)
    for n in (0, 2, 3, 3):
        with writing(de(n)) as session:
            votacion.votar(session, de(n), votacion_id=cual, sentido="favor" if n != 3 else "contra")
    for n, dice in ((3, "no se cambia"), (1, "voz pero no voto"), (4, "lista de asistencia")):
        with pytest.raises(Problema, match=dice), writing(de(n)) as session:
            votacion.votar(session, de(n), votacion_id=cual, sentido="favor")
    abierta = convocada.estado()["abierta"]
    assert abierta["cuenta"] == {"favor": 2, "contra": 1, "abstencion": 0} and abierta["faltan"] == []  # type: ignore[index]
    with pytest.raises(SinPermiso), writing(de(2)) as session:
        votacion.cerrar(session, de(2), votacion_id=cual, version=1)
    with writing(PLANEACION) as session:
        votacion.cerrar(session, PLANEACION, votacion_id=cual, version=1)
    with pytest.raises(Problema, match="ya se cerró"), writing(de(0)) as session:
        votacion.votar(session, de(0), votacion_id=cual, sentido="contra")
    cerrada = convocada.estado()["votaciones"][0]  # type: ignore[index]
    assert (cerrada["aprobada"], cerrada["con_voto"], cerrada["a_favor"]) == (True, 3, 2)


def test_en_un_empate_decide_quien_preside(convocada: Sala, reloj: time_machine.Traveller) -> None:
    abrir(convocada, reloj, presentes=5)
    cual = votando(convocada, "nominal")
    asientos = {a["integrante_id"]: a["asiento_id"] for a in convocada.estado()["asientos"]}  # type: ignore[attr-defined]
    for n, sentido in ((0, "contra"), (2, "favor"), (3, "favor"), (4, "contra")):
        with writing(PLANEACION) as session:
            votacion.anotar(
                session,
                PLANEACION,
                votacion_id=cual,
                asiento_id=asientos[convocada.integrantes[n]],
                sentido=sentido,
            )
    with writing(PLANEACION) as session:
        votacion.cerrar(session, PLANEACION, votacion_id=cual, version=1)
    cerrada = convocada.estado()["votaciones"][0]  # type: ignore[index]
    assert (cerrada["aprobada"], cerrada["de_calidad"]) == (False, True)


def test_a_mano_alzada_no_se_cuentan_mas_que_los_presentes(
    convocada: Sala, reloj: time_machine.Traveller
) -> None:
    abrir(convocada, reloj, presentes=4)
    cual = votando(convocada, "mano_alzada")
    with pytest.raises(Problema, match="3 presentes"), writing(PLANEACION) as session:
        votacion.cerrar(session, PLANEACION, votacion_id=cual, version=1, contados=(4, 0, 0))
    with writing(PLANEACION) as session:
        votacion.cerrar(session, PLANEACION, votacion_id=cual, version=1, contados=(3, 0, 0))
    with pytest.raises(Conflicto), writing(PLANEACION) as session:
        votacion.cerrar(session, PLANEACION, votacion_id=cual, version=1, contados=(2, 1, 0))


def test_un_punto_que_se_vota_no_concluye_sin_voto_ni_sin_quorum(
    convocada: Sala, reloj: time_machine.Traveller
) -> None:
    abrir(convocada, reloj, presentes=4)
    punto = convocada.punto("asunto")
    with writing(PLANEACION) as session:
        sala.tratar(session, PLANEACION, punto_id=punto)
    with pytest.raises(Problema, match="no se ha votado"), writing(PLANEACION) as session:
        sala.concluir(session, PLANEACION, punto_id=punto, sintesis="")
    cual = votando(convocada, "mano_alzada")
    with pytest.raises(Problema, match="votación abierta"), writing(PLANEACION) as session:
        sala.concluir(session, PLANEACION, punto_id=punto, sintesis="")
    with writing(PLANEACION) as session:
        votacion.cerrar(session, PLANEACION, votacion_id=cual, version=1, contados=(3, 0, 0))
        sala.pasar_lista(
            session, PLANEACION, sesion_id=convocada.sesion_id, se_van=convocada.integrantes[1:4]
        )
    with pytest.raises(Problema, match="perdió el quórum"), writing(PLANEACION) as session:
        sala.concluir(session, PLANEACION, punto_id=punto, sintesis="")


def test_de_la_sesion_al_acta_aprobada_y_el_acuerdo_cumplido(
    convocada: Sala, reloj: time_machine.Traveller
) -> None:
    abrir(convocada, reloj, presentes=4)
    cual = votando(convocada)
    with writing(de(0)) as session:
        votacion.votar(session, de(0), votacion_id=cual, sentido="favor")
    punto = convocada.punto("asunto")
    with writing(PLANEACION) as session:
        votacion.cerrar(session, PLANEACION, votacion_id=cual, version=1)
        sala.intervenir(
            session, PLANEACION, punto_id=punto, integrante_id=None, nombre="Vecina", texto="De acuerdo"
        )
        tomado = acuerdos.tomar(
            session,
            PLANEACION,
            sesion_id=convocada.sesion_id,
            punto_id=punto,
            votacion_id=cual,
            texto="Publicar los pesos",
            vence=date(2026, 12, 15),
            dependencia_id=1,
            ligas=[("nodo", "1")],
        )
        with pytest.raises(Problema, match="quien responda"):
            acuerdos.tomar(
                session, PLANEACION, sesion_id=convocada.sesion_id, texto="x", vence=date(2026, 12, 15)
            )
        version = session.get_one(sala.SesionComite, convocada.sesion_id).version
        acta_id = sala.cerrar(session, PLANEACION, sesion_id=convocada.sesion_id, version=version)
    with reading() as session:
        acta = lee_acta.acta(session, sesion_id=convocada.sesion_id)
        assert acta is not None and acta["estado"] == "borrador"
        dice = acta["contenido"]
    tratado = next(p for p in dice["puntos"] if p["titulo"] == "Pesos del plan")
    assert [v["nombre"] for v in tratado["votaciones"][0]["votos"]] == ["Integrante 0"]
    assert tratado["votaciones"][0]["resultado"].startswith("Se aprueba: 1 a favor, 0 en contra")
    assert dice["acuerdos"][0]["numero"] == "COP/2026/ORD-01/01" and len(dice["asistencia"]) == 4
    with writing(PLANEACION) as session:
        actas.corregir(session, PLANEACION, acta_id=acta_id, version=1, seccion="proemio", texto="En Prueba")
        actas.mover(session, PLANEACION, acta_id=acta_id, version=2, estado="revisada")
        actas.mover(session, PLANEACION, acta_id=acta_id, version=3, estado="aprobada")
    with pytest.raises(Problema, match="no se cambia"), writing(PLANEACION) as session:
        actas.corregir(session, PLANEACION, acta_id=acta_id, version=4, seccion="proemio", texto="Otra")
    enlace = Actor(50, "enlace", "Enlace", (Asignacion(Rol.ENLACE, 1, 1),))
    with pytest.raises(SinPermiso), writing(de(3)) as session:
        acuerdos.anotar(
            session, de(3), acuerdo_id=tomado, version=1, estado="en_proceso", avance=5, texto="x"
        )
    with writing(enlace) as session:
        acuerdos.anotar(
            session, enlace, acuerdo_id=tomado, version=1, estado="cumplido", avance=100, texto="En la gaceta"
        )
    with reading() as session:
        hecho = acuerdo(session, acuerdo_id=tomado)
        assert hecho is not None and hecho["estado"] == "cumplido" and hecho["historia"][0]["avance"] == 100
        (suya,) = por_responsable([hecho])
        assert (suya["responde"], suya["vivos"], suya["cumplidos"]) == ("Dependencia A00", 0, 1)
        assert not any(suya["edad"].values())
        fijo = lee_acta.acta(session, sesion_id=convocada.sesion_id)
    assert fijo is not None and fijo["contenido"]["proemio"] == "En Prueba" and len(fijo["huella"]) == 64


def test_el_suplente_cuenta_si_su_titular_no_esta(convocada: Sala, reloj: time_machine.Traveller) -> None:
    with writing(PLANEACION) as session:
        asiento = integrantes_en(session, comite_id=convocada.comite_id, fecha=en_zona(LUNES).date())[0][
            "asiento_id"
        ]
        persona = comites.guardar_persona(
            session, PLANEACION, persona_id=None, version=0, datos={"nombre": "Suplente"}
        )
        otro = comites.proponer(
            session,
            PLANEACION,
            asiento_id=asiento,
            persona_id=persona,
            calidad="suplente",
            desde=date(2026, 1, 1),
        )
        comites.acreditar(
            session, PLANEACION, integrante_id=otro, version=1, acreditacion="OF", dia=date(2026, 1, 5)
        )
        sala.pasar_lista(session, PLANEACION, sesion_id=convocada.sesion_id, llegan=[otro])
    assert convocada.estado()["presentes"] == 1 and convocada.estado()["con_voto"] == 4
    with writing(PLANEACION) as session:
        sala.pasar_lista(
            session, PLANEACION, sesion_id=convocada.sesion_id, llegan=[otro, convocada.integrantes[0]]
        )
    ocupa = [a["nombre"] for a in convocada.estado()["asientos"] if a["presente"]]  # type: ignore[attr-defined]
    assert ocupa == ["Integrante 0"]
    with writing(PLANEACION) as session:
        sala.pasar_lista(session, PLANEACION, sesion_id=convocada.sesion_id, llegan=[otro])
    ocupa = [a["nombre"] for a in convocada.estado()["asientos"] if a["presente"]]  # type: ignore[attr-defined]
    assert ocupa == ["Integrante 0"]  # quien llega después como suplente no le quita su lugar


def _reglas(comite_id: int, **cambian: object) -> None:
    with writing(PLANEACION) as session:
        datos = reglas_en(session, comite_id, date(2026, 11, 23)) | cambian
        comites.guardar_reglas(session, PLANEACION, comite_id=comite_id, desde=date(2026, 11, 1), datos=datos)


def test_sin_suplentes_en_las_reglas_ni_se_proponen_ni_se_sientan(convocada: Sala) -> None:
    asiento = convocada.estado()["asientos"][0]["asiento_id"]  # type: ignore[index]
    with writing(PLANEACION) as session:
        persona = comites.guardar_persona(
            session, PLANEACION, persona_id=None, version=0, datos={"nombre": "Suplente"}
        )
        otro = comites.proponer(
            session,
            PLANEACION,
            asiento_id=asiento,
            persona_id=persona,
            calidad="suplente",
            desde=date(2026, 11, 1),
        )
        comites.acreditar(
            session, PLANEACION, integrante_id=otro, version=1, acreditacion="OF", dia=date(2026, 11, 5)
        )
        # La sesión ya convocada conserva las reglas con que se convocó; ésta se convoca sin suplentes.
        (nueva,) = sesiones.programar(
            session, PLANEACION, comite_id=convocada.comite_id, tipo="ordinaria", dias=[date(2026, 12, 7)]
        )
    _reglas(convocada.comite_id, suplentes=False)
    with writing(PLANEACION) as session:
        sesiones.convocar(session, PLANEACION, sesion_id=nueva, version=1)
        sala.pasar_lista(session, PLANEACION, sesion_id=nueva, llegan=[otro])
        una = sesion(session, sesion_id=nueva)
        assert una is not None and otro not in una["convocados"]
        with pytest.raises(Problema, match="no admiten suplentes"):
            comites.proponer(
                session,
                PLANEACION,
                asiento_id=asiento,
                persona_id=persona,
                calidad="suplente",
                desde=date(2026, 11, 20),
            )
    assert Sala(convocada.comite_id, nueva, []).estado()["presentes"] == 0


def test_un_asiento_nuevo_vota_si_las_reglas_dicen_que_su_cargo_vota(convocada: Sala) -> None:
    _reglas(convocada.comite_id, votan=["presidente", "invitado"])
    base = {"sector": "social", "representa": "Otra", "voz": True, "desde": date(2026, 11, 23)}
    with writing(PLANEACION) as session:
        for cargo in ("invitado", "vocal"):
            comites.guardar_asiento(
                session,
                PLANEACION,
                comite_id=convocada.comite_id,
                asiento_id=None,
                version=0,
                datos=base | {"cargo": cargo},
            )
        uno = comite(session, comite_id=convocada.comite_id)
        assert uno is not None
        nuevos = {a["cargo"]: a["voto"] for a in uno["asientos"] if a["representa"] == "Otra"}
        assert nuevos == {"invitado": True, "vocal": False}
        # Los de antes conservan el suyo, y la pantalla dice cuáles ya no van con las reglas.
        assert {a["cargo"] for a in otro_voto(uno["reglas"], uno["asientos"])} == {"vocal", "invitado"}
    with pytest.raises(Problema, match="Nadie votaría"):
        _reglas(convocada.comite_id, votan=[])
