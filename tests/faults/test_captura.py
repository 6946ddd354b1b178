"""Lo que sale mal al capturar, revisar y cerrar: dos a la vez, la base que no contesta y el reloj."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from sqlalchemy import delete, func, select, text
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from db import engine
from db.actions import cierre as acciones_de_cierre
from db.actions.captura import enviar
from db.actions.cierre import cerrar
from db.actions.idempotencia import Conflicto, una_vez
from db.actions.revision import devolver, validar
from db.base import tabla
from db.engine import motor, reading, url_de_la_base, writing
from db.models.actividad import AvanceMeta, ProgramacionMeta
from db.models.captura import ClaseCaptura, Envio, PasoCaptura, Ventana
from db.queries.captura import items
from db.queries.cierre import instantanea
from db.rules.permisos import LINEA_DE_COMANDOS, Rol, SinPermiso
from db.rules.problema import Problema
from tests.db import mundo
from tests.db.test_captura import (
    ENLACE,
    MES,
    META,
    UIPPE,
    entrega,
    estado,
    mandar,
    persona,
    regresar,
    vistas,
)

ANIO = mundo.ANIO
OTRA = persona("otra", Rol.PLANEACION)


@pytest.fixture
def listo(base: str) -> Iterator[str]:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    yield base


def a_la_vez(*pasos: Callable[[], Any]) -> list[BaseException | None]:
    """Corre todos juntos y devuelve con qué falló cada uno."""
    salida: list[BaseException | None] = [None] * len(pasos)
    juntos = threading.Barrier(len(pasos))

    def correr(n: int) -> None:
        juntos.wait()
        try:
            pasos[n]()
        except BaseException as error:
            salida[n] = error

    hilos = [threading.Thread(target=correr, args=(n,)) for n in range(len(pasos))]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return salida


def cuantos(modelo: Any) -> int:
    with reading() as session:
        return int(session.execute(select(func.count()).select_from(tabla(modelo))).scalar_one())


# Falla 14


def test_dos_pestanas_con_el_mismo_formulario_dejan_un_solo_envio(listo: str) -> None:
    def oprimir() -> None:
        with writing(ENLACE) as session:
            una_vez(session, ENLACE, "llave-unica", "captura", lambda: _mandar(session))

    def _mandar(session: Session) -> None:
        enviar(session, ENLACE, anio=ANIO, mes=MES, dependencia_id=11, entregas=[entrega("10")])

    a_la_vez(oprimir, oprimir)
    oprimir()
    assert cuantos(Envio) == cuantos(PasoCaptura) == cuantos(AvanceMeta) == 1


# Falla 15


def test_dos_enlaces_que_envian_lo_mismo_a_la_vez_gana_uno_y_el_otro_lo_sabe(listo: str) -> None:
    errores = a_la_vez(lambda: mandar(entrega("10")), lambda: mandar(entrega("9")))
    assert [type(e) for e in errores if e] == [Conflicto]
    assert cuantos(Envio) == cuantos(AvanceMeta) == 1


def test_uno_valida_y_otro_devuelve_a_la_vez_y_solo_pasa_uno(listo: str) -> None:
    mandar(entrega("10"))
    vio = vistas(1)

    def uno() -> None:
        with writing(UIPPE) as session:
            validar(session, UIPPE, anio=ANIO, mes=MES, items=[(META, 1)], vistas=vio)

    def otro() -> None:
        with writing(OTRA) as session:
            devolver(session, OTRA, anio=ANIO, mes=MES, item=(META, 1), motivo="No cuadra", vistas=vio)

    errores = a_la_vez(uno, otro)
    assert [isinstance(e, (Conflicto, StaleDataError)) for e in errores if e] == [True]
    assert estado()[0] == ("validado" if errores[0] is None else "devuelto")
    assert cuantos(PasoCaptura) == 2


def test_lo_que_se_valida_mientras_se_cierra_entra_al_cierre_o_se_rechaza(
    listo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acciones_de_cierre, "hoy", lambda _session: date(2026, 8, 1))
    mandar(entrega("10"))
    vio = vistas(1)

    def valida() -> None:
        with writing(OTRA) as session:
            validar(session, OTRA, anio=ANIO, mes=MES, items=[(META, 1)], vistas=vio)

    def cierra() -> None:
        with writing(UIPPE) as session:
            cerrar(session, UIPPE, anio=ANIO, mes=MES, motivo="No llegaron")

    valido, cerro = a_la_vez(valida, cierra)
    assert cerro is None and (valido is None or "cerrado" in str(valido))
    with reading() as session:
        foto = instantanea(session, anio=ANIO, mes=MES, asunto="meta", ente_id=1)
    assert foto is not None
    congelado = foto["renglones"][0]["resultado"]["cumplimiento"]["valor"]
    assert congelado == ("100" if valido is None else None)
    assert estado()[0] == ("validado" if valido is None else "enviado")


# Falla 16


def test_con_la_base_ocupada_se_dice_y_nada_queda_a_medias(
    base_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    monkeypatch.setattr(engine, "ESPERA_MS", 50)
    motor.cache_clear()
    with motor(url_de_la_base(), True).connect() as ocupa:
        ocupa.execute(text("UPDATE data_version SET numero = numero"))
        with pytest.raises(Problema, match="ocupada; no se guardó nada"):
            mandar(entrega("10"))
    mandar(entrega("10"))
    assert cuantos(Envio) == 1


@pytest.mark.parametrize("base", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_si_postgres_suelta_las_conexiones_lo_siguiente_se_guarda(listo: str) -> None:
    estado_previo = cuantos(Envio)
    with motor(url_de_la_base(), True).connect() as conexion:
        conexion.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
        conexion.invalidate()
    mandar(entrega("10"))
    assert (estado_previo, cuantos(Envio)) == (0, 1)


# Falla 19


def test_el_acuse_no_se_saca_a_nombre_de_otra_area(listo: str) -> None:
    for dependencia in (12, 2, 999):
        with pytest.raises(SinPermiso), writing(ENLACE) as session:
            enviar(session, ENLACE, anio=ANIO, mes=MES, dependencia_id=dependencia, entregas=[entrega("10")])
    assert cuantos(Envio) == 0


# Falla 26


def programar(cantidad: str | None) -> None:
    """Deja la meta 1 con esa cantidad en todos sus trimestres, o sin programa."""
    with writing(LINEA_DE_COMANDOS) as session:
        g = tabla(ProgramacionMeta)
        session.execute(delete(g).where(g.c.meta_id == 1))
        for mes in (3, 6, 9, 12) if cantidad is not None else ():
            session.add(ProgramacionMeta(meta_id=1, mes=mes, cantidad=Decimal(cantidad or 0)))


@pytest.mark.parametrize(
    ("programado", "palabra"), [("0", "No programado"), (None, "Sin meta")], ids=["cero", "sin programa"]
)
def test_una_meta_en_cero_o_sin_programa_tiene_un_resultado_con_nombre(
    listo: str, programado: str | None, palabra: str
) -> None:
    programar(programado)
    if programado is not None:
        with pytest.raises(Problema, match="sin estar programado"):
            mandar(entrega("10"))
    mandar(entrega("10", justificacion="Lo pidió la gente"))
    with reading() as session:
        mio = items(session, ANIO, MES, [11])[0]
    assert (mio["resultado"]["palabra"], mio["resultado"]["valor"]) == (palabra, None)


# Falla 29


def abrir_ventana(cierra: datetime) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        session.add(
            Ventana(
                anio=ANIO,
                mes=MES,
                clase=ClaseCaptura.ACTIVIDADES,
                abre=cierra - timedelta(days=10),
                cierra=cierra,
            )
        )


def test_el_plazo_se_cumple_en_la_hora_del_municipio(listo: str) -> None:
    """Cierra el 10 de abril a las 23:59 en el centro de México: las 5:59 del 11 en UTC."""
    abrir_ventana(datetime(2026, 4, 11, 5, 59, tzinfo=UTC))
    with time_machine.travel(datetime(2026, 4, 11, 5, 58, tzinfo=UTC), tick=False):
        mandar(entrega("10"))
    with (
        time_machine.travel(datetime(2026, 4, 11, 6, 0, tzinfo=UTC), tick=False),
        pytest.raises(Problema, match="10/04/2026, 23:59"),
    ):
        mandar(entrega("10", 2))


def test_si_el_reloj_se_atrasa_manda_el_orden_en_que_paso(listo: str) -> None:
    with time_machine.travel(datetime(2026, 4, 5, tzinfo=UTC), tick=False) as reloj:
        mandar(entrega("10"))
        regresar(motivo="Primero")
        mandar(entrega("9", version=estado()[1]))
        reloj.move_to(datetime(2026, 4, 4, tzinfo=UTC))
        regresar(motivo="Después")
    with reading() as session:
        assert items(session, ANIO, MES, [11])[0]["devolucion"] == "Después"
