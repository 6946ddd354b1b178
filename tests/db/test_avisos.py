"""Avisos en los dos motores: qué toca decir, a quién y una sola vez; a quién se le dice cada hecho."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
import time_machine
from sqlalchemy import select, update
from sqlmodel import Session

from db.actions.avisos import avisar, guardar_preferencia, recordar
from db.actions.cierre import cerrar, reabrir
from db.actions.contenido_reconduccion import Contenido
from db.actions.entregas import anotar_salida, apartar, pendientes
from db.actions.idempotencia import Conflicto
from db.actions.reconduccion import crear, presentar
from db.actions.resolver_reconduccion import rechazar
from db.audit import verificar_cadena
from db.base import ahora, tabla
from db.engine import reading, writing
from db.models.avisos import Aviso, ClaseAviso
from db.models.bitacora import DataVersion
from db.models.captura import ClaseCaptura, Prorroga, Ventana
from db.models.reconduccion import ClaseRenglon
from db.models.usuarios import RolUsuario, Usuario
from db.queries.avisos import destinatarios, preferencia, sin_leer
from db.queries.por_avisar import plazos_suyos, por_avisar
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol, SinPermiso
from db.rules.problema import Problema
from tests.db import mundo
from tests.db.test_captura import ENLACE, MEJORA, aprobar, entrega, mandar, regresar

ANA, BETO, UIPPE, PRESI, TESO = 1, 2, 3, 4, 5
"""Enlaces de A00 y B00, planeación, presidencia y tesorería."""

ABRE = datetime(2026, 4, 1, 6, tzinfo=UTC)
RECUERDA = datetime(2026, 4, 8, 15, tzinfo=UTC)
CIERRA = datetime(2026, 4, 11, 5, 59, tzinfo=UTC)
HORA = timedelta(hours=1)


def _gente(session: Session) -> None:
    for numero, cuenta, rol, area in (
        (ANA, "enlace", Rol.ENLACE, 1),
        (BETO, "ajeno", Rol.ENLACE, 2),
        (UIPPE, "uippe", Rol.PLANEACION, None),
        (PRESI, "presi", Rol.PRESIDENCIA, None),
        (TESO, "teso", Rol.TESORERIA, None),
    ):
        correo = f"{cuenta}@prueba.gob.mx"
        session.add(Usuario(id=numero, cuenta=cuenta, nombre=cuenta, correo=correo, creada_en=ahora()))
        session.flush()
        session.add(RolUsuario(usuario_id=numero, rol=rol, dependencia_id=area))


def planeacion() -> Actor:
    return Actor(UIPPE, "uippe", "", (Asignacion(Rol.PLANEACION),))


@pytest.fixture
def listo(base: str) -> Iterator[str]:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        _gente(session)
        session.add(
            Ventana(
                id=1, anio=2026, mes=3, clase=ClaseCaptura.ACTIVIDADES,
                abre=ABRE, recuerda=RECUERDA, cierra=CIERRA,
            )
        )  # fmt: skip
    yield base


def toca(momento: datetime) -> dict[tuple[int, str], str]:
    """(persona, clase) → título de lo que el calendario manda decir en ese instante."""
    with time_machine.travel(momento, tick=False), reading() as session:
        return {
            (q, n.clase.value): n.mensaje.titulo for n in por_avisar(session, ahora()) for q in n.usuario_ids
        }


def decir(momento: datetime) -> int:
    """Lo deja dicho, como `siem avisar`; cuántos avisos nuevos hubo."""
    with time_machine.travel(momento, tick=False), writing(LINEA_DE_COMANDOS) as session:
        return sum(
            avisar(
                session, n.usuario_ids, n.clase, n.llave, n.mensaje.titulo, n.mensaje.texto, n.mensaje.ruta
            )
            for n in por_avisar(session, ahora())
        )


def avisos(quien: int) -> list[str]:
    with reading() as session:
        a = tabla(Aviso).c
        return list(session.execute(select(a.titulo).where(a.usuario_id == quien).order_by(a.id)).scalars())


def prorrogar(area: int | None, cierra: datetime) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        session.add(
            Prorroga(
                ventana_id=1, dependencia_id=area, cierra=cierra, motivo="Lluvia", autorizo="uippe",
                autorizada_en=ahora(),
            )
        )  # fmt: skip


def dejar(session: Session, quien: int, titulo: str) -> None:
    avisar(session, [quien], ClaseAviso.DEVUELTO, titulo, titulo)


def test_cada_cosa_se_dice_a_su_hora_y_solo_a_quien_debe(listo: str) -> None:
    assert toca(ABRE - HORA) == {}
    abierta = toca(ABRE + HORA)
    assert set(abierta) == {(ANA, "ventana_abre"), (BETO, "ventana_abre")}
    assert abierta[ANA, "ventana_abre"] == "Abrió la captura de marzo de 2026: metas de actividad"
    assert toca(RECUERDA - timedelta(seconds=1)) == {}
    recordado = toca(RECUERDA)
    cierre = "cierra el 10/04/2026, 23:59 h"
    assert recordado[ANA, "recordatorio"] == f"Debe 2 resultados de marzo de 2026; {cierre}"
    vencido = toca(CIERRA + HORA)
    assert set(vencido) == {(ANA, "vencido"), (BETO, "vencido"), (UIPPE, "vencido")}
    assert vencido[UIPPE, "vencido"] == "Venció la captura de marzo de 2026: no entregaron 2 dependencias"
    assert toca(CIERRA + timedelta(days=8)) == {}


def test_lo_entregado_no_se_recuerda(listo: str) -> None:
    with time_machine.travel(ABRE + HORA, tick=False):
        mandar(entrega("10"), entrega("10", 2))
    assert (ANA, "recordatorio") not in toca(RECUERDA) and (BETO, "recordatorio") in toca(RECUERDA)


def test_la_prorroga_mueve_el_recordatorio_y_el_vencimiento_de_quien_la_tiene(listo: str) -> None:
    prorrogar(1, CIERRA + timedelta(days=5))
    assert (ANA, "vencido") not in toca(CIERRA + HORA) and (BETO, "vencido") in toca(CIERRA + HORA)
    assert (ANA, "recordatorio") not in toca(RECUERDA)
    otra_vez = toca(RECUERDA + timedelta(days=5))
    assert otra_vez[ANA, "recordatorio"].endswith("cierra el 15/04/2026, 23:59 h")
    assert (ANA, "vencido") in toca(CIERRA + timedelta(days=5, hours=1))
    with reading() as session:
        enlace = Actor(ANA, "enlace", "", (Asignacion(Rol.ENLACE, None, 1),))
        plazo = plazos_suyos(session, enlace, CIERRA)
    assert [(p["cierra"], p["dependencias"]) for p in plazo] == [
        (CIERRA + timedelta(days=5), "Dependencia A00")
    ]


def test_repetirlo_no_repite_y_otra_prorroga_si_se_dice(listo: str) -> None:
    assert (decir(RECUERDA), decir(RECUERDA), decir(RECUERDA + HORA)) == (2, 0, 0)
    prorrogar(1, CIERRA + timedelta(days=5))
    assert decir(RECUERDA + timedelta(days=5)) == 3  # a Ana otra vez; a Beto y a planeación, que venció
    assert len(avisos(ANA)) == 2


def test_el_periodo_cerrado_ya_no_se_reclama(listo: str) -> None:
    uippe = planeacion()
    with time_machine.travel(CIERRA + HORA, tick=False):
        with writing(uippe) as session:
            cerrar(session, uippe, anio=2026, mes=3, motivo="Así se cierra")
        assert toca(CIERRA + HORA) == {}
        assert avisos(ANA) == ["Se cerró marzo de 2026"] == avisos(PRESI)
        with writing(uippe) as session:
            reabrir(session, uippe, anio=2026, mes=3, motivo="Faltó una")
    assert avisos(TESO) == ["Se cerró marzo de 2026", "Se reabrió marzo de 2026"] and avisos(UIPPE) == []


def test_lo_devuelto_se_dice_con_su_motivo_a_su_area_y_no_a_otra(listo: str) -> None:
    with time_machine.travel(ABRE + HORA, tick=False):
        mandar(entrega("10"))
        regresar(motivo="Falta la lista")
    assert avisos(ANA) == ["Devuelto, marzo de 2026: Meta 1"] and avisos(BETO) == []
    with reading() as session:
        a = session.execute(select(tabla(Aviso))).one()
    assert a.texto == "Motivo: Falta la lista" and a.ruta == "/captura?ejercicio=2026&mes=3&area=1"


def test_lo_critico_validado_se_dice_a_presidencia_y_lo_bueno_no(listo: str) -> None:
    with time_machine.travel(ABRE + HORA, tick=False):
        mandar(entrega("10"), entrega("2", 2, justificacion="Llovió", mejora=MEJORA))
        aprobar(1, 2)
    assert avisos(PRESI) == ["Crítico, marzo de 2026: Meta 2"]
    assert avisos(UIPPE) == []  # quien lo validó ya lo sabe


def test_los_destinatarios_son_los_que_alcanzan_y_estan_activos(listo: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        assert destinatarios(session, 11, Rol.ENLACE) == [ANA]
        assert destinatarios(session, 2, Rol.ENLACE, Rol.TESORERIA) == [BETO, TESO]
        assert destinatarios(session, None, Rol.ENLACE, salvo="ajeno") == [ANA]
        session.execute(update(tabla(Usuario)).where(tabla(Usuario).c.id == ANA).values(activa=False))
        assert destinatarios(session, 11, Rol.ENLACE) == []


def test_avisar_no_vacia_lo_guardado_ni_rompe_la_bitacora(listo: str) -> None:
    with reading() as session:
        antes = session.execute(select(tabla(DataVersion).c.numero)).scalar_one()
    decir(RECUERDA)
    with reading() as session:
        assert session.execute(select(tabla(DataVersion).c.numero)).scalar_one() == antes
        assert verificar_cadena(session) is None and sin_leer(session, ANA) == 1


def test_dos_a_la_vez_avisan_y_apartan_una_sola_vez(listo: str) -> None:
    juntos, hechos = Barrier(2), []

    def uno() -> None:
        juntos.wait()
        with writing(LINEA_DE_COMANDOS) as session:
            dejar(session, ANA, "Uno")
        juntos.wait()
        with writing(LINEA_DE_COMANDOS) as session:
            hechos.append(apartar(session, ANA, ahora()))

    hilos = [Thread(target=uno) for _ in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert avisos(ANA) == ["Uno"]
    assert sorted(h is None for h in hechos) == [False, True]


def test_el_correo_que_falla_se_intenta_hasta_cinco_veces_cada_vez_mas_lejos(listo: str) -> None:
    momento = datetime(2026, 5, 4, 15, tzinfo=UTC)
    with time_machine.travel(momento, tick=False), writing(LINEA_DE_COMANDOS) as session:
        dejar(session, ANA, "Uno")
    horas = []
    for minuto in range(0, 400, 5):
        with time_machine.travel(momento + timedelta(minutes=minuto), tick=False):
            with writing(LINEA_DE_COMANDOS) as session:
                carta = apartar(session, ANA, ahora())
            if carta is not None:
                horas.append(minuto)
                with writing(LINEA_DE_COMANDOS) as session:
                    anotar_salida(session, carta, "El servidor rechazó el mensaje (550).")
    assert horas == [0, 10, 30, 70, 150]


def test_el_servidor_caido_no_gasta_intentos_y_lo_que_quedo_a_medias_se_retoma(listo: str) -> None:
    momento = datetime(2026, 5, 4, 15, tzinfo=UTC)
    with time_machine.travel(momento, tick=False) as reloj:
        with writing(LINEA_DE_COMANDOS) as session:
            dejar(session, ANA, "Uno")
        for _ in range(8):
            with writing(LINEA_DE_COMANDOS) as session:
                carta = apartar(session, ANA, ahora())
                assert carta is not None
                anotar_salida(session, carta, "No contestó.", culpa_del_servidor=True)
        with writing(LINEA_DE_COMANDOS) as session:
            apartar(session, ANA, ahora())  # y el proceso muere antes de anotar
        reloj.shift(timedelta(minutes=29))
        with reading() as session:
            assert pendientes(session, ahora()) == []
        reloj.shift(timedelta(minutes=1))
        with reading() as session:
            assert len(pendientes(session, ahora())) == 1


def test_el_resumen_sale_una_vez_al_dia_despues_de_las_siete(listo: str) -> None:
    ana = Actor(ANA, "enlace", "", (Asignacion(Rol.ENLACE, None, 1),))
    with writing(ana) as session:
        version = preferencia(session, ANA)["version"]
        guardar_preferencia(
            session, ana, correo="ana@prueba.gob.mx", quiere=True, resumen=True, version=version
        )
    salieron = []
    for hora in range(5, 60):
        momento = datetime(2026, 5, 4, 6, tzinfo=UTC) + timedelta(hours=hora)  # 0:00 del municipio
        with time_machine.travel(momento, tick=False):
            with writing(LINEA_DE_COMANDOS) as session:
                dejar(session, ANA, f"Aviso {hora}")
            with writing(LINEA_DE_COMANDOS) as session:
                carta = apartar(session, ANA, ahora())
                if carta is not None:
                    anotar_salida(session, carta)
                    salieron.append((hora, len(carta.avisos)))
    assert salieron == [(7, 3), (31, 24), (55, 24)]


def test_sin_correo_sin_querer_leido_o_viejo_no_se_manda(listo: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        dejar(session, ANA, "Viejo")
        session.execute(update(tabla(Aviso)).values(creado_en=ahora() - timedelta(days=8)))
        dejar(session, BETO, "Leído")
        session.execute(
            update(tabla(Aviso)).where(tabla(Aviso).c.usuario_id == BETO).values(leido_en=ahora())
        )
        dejar(session, UIPPE, "Sin dirección")
        session.execute(update(tabla(Usuario)).where(tabla(Usuario).c.id == UIPPE).values(correo=""))
        dejar(session, PRESI, "No quiere")
    presi = Actor(PRESI, "presi", "", (Asignacion(Rol.PRESIDENCIA),))
    with writing(presi) as session:
        abierta = preferencia(session, PRESI)["version"]
        guardar_preferencia(session, presi, correo="", quiere=False, resumen=False, version=abierta)
        with pytest.raises(Conflicto):
            guardar_preferencia(session, presi, correo="a@b.mx", quiere=True, resumen=False, version=abierta)
        with pytest.raises(Problema, match="dirección"):
            ahora_es = preferencia(session, PRESI)["version"]
            guardar_preferencia(session, presi, correo=" ", quiere=True, resumen=False, version=ahora_es)
    with reading() as session:
        assert pendientes(session, ahora()) == []


def test_recordar_es_de_planeacion_una_vez_al_dia_y_dice_quien_no_tiene_enlace(listo: str) -> None:
    uippe = planeacion()
    ana = Actor(ANA, "enlace", "", (Asignacion(Rol.ENLACE, None, 1),))
    with time_machine.travel(RECUERDA, tick=False), writing(uippe) as session:
        with pytest.raises(SinPermiso):
            recordar(session, ana, anio=2026, mes=3)
        una = recordar(session, uippe, anio=2026, mes=3, dependencia_id=1)
        assert (una.ahora, una.antes, una.sin_enlace) == (1, 0, ())
        assert recordar(session, uippe, anio=2026, mes=3, dependencia_id=1).antes == 1
        session.execute(update(tabla(Usuario)).where(tabla(Usuario).c.id == BETO).values(activa=False))
        assert recordar(session, uippe, anio=2026, mes=3).sin_enlace == ("Dependencia B00",)


def test_la_reconduccion_se_dice_a_quien_le_toca_y_resuelta_a_quien_la_pidio(base_sqlite: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        _gente(session)
    with time_machine.travel(datetime(2026, 3, 20, 18, tzinfo=UTC), tick=False):
        llave = (ClaseRenglon.META, 1)
        calendario = dict.fromkeys((6, 9, 12), Decimal(15))
        with writing(ENLACE) as session:
            pedida = crear(session, ENLACE, anio=2026, dependencia_id=1, mes_vigencia=4, items=[llave])
            assert pedida.id is not None
            contenido = Contenido({llave: calendario}, justificacion_destino="Creció la demanda.")
            presentar(session, ENLACE, pedida.id, version=pedida.version, contenido=contenido)
        assert avisos(UIPPE) == ["Una reconducción de Dependencia A00 espera su autorización"]
        assert avisos(TESO) == []  # no mueve dinero
        with writing(planeacion()) as session:
            rechazar(session, planeacion(), pedida.id, version=pedida.version, resolucion="Sin sustento")
    assert avisos(ANA) == ["Se rechazó su reconducción"] and avisos(BETO) == []
