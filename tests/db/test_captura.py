"""Capturar, enviar, revisar y devolver, en los dos motores: nadie se brinca un paso ni pisa a otro."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from db.actions.borradores import descartar_borrador, guardar_borrador
from db.actions.captura import (
    Entrega,
    Mejora,
    corregir_extemporaneo,
    enviar,
)
from db.actions.idempotencia import Conflicto
from db.actions.revision import comentar, devolver, publicar, tomar, validar
from db.base import ahora, tabla
from db.engine import reading, writing
from db.models.actividad import AvanceMeta, EstadoAvance
from db.models.captura import ClaseCaptura, ClaseItem, Envio, PasoCaptura, Prorroga, Ventana
from db.models.usuarios import Usuario
from db.queries import actividad
from db.queries.captura import items, llave_de_borrador
from db.queries.registro import evaluar, registros
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol, SinPermiso
from db.rules.problema import Problema
from tests.db import mundo

META, MES = ClaseItem.META, 3
MEJORA = Mejora("Repetir la jornada", "Jefatura", "Lista de asistencia", date(2026, 4, 1), date(2026, 5, 1))


def persona(cuenta: str, rol: Rol, dependencia_id: int | None = None) -> Actor:
    return Actor(1, cuenta, cuenta.title(), (Asignacion(rol, 1, dependencia_id),))


ENLACE = persona("enlace", Rol.ENLACE, 1)
AJENO = persona("ajeno", Rol.ENLACE, 2)
UIPPE = persona("uippe", Rol.PLANEACION)


@pytest.fixture
def listo(base: str) -> Iterator[str]:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    yield base


def entrega(valor: str, meta: int = 1, version: int = 0, **extra: Any) -> Entrega:
    return Entrega(META, meta, {meta: Decimal(valor)}, version, **extra)


def mandar(*entregas: Entrega, actor: Actor = ENLACE) -> Envio:
    area = 12 if actor is AJENO else 11
    with writing(actor) as session:
        envio = enviar(session, actor, anio=mundo.ANIO, mes=MES, dependencia_id=area, entregas=entregas)
        session.expunge(envio)
        return envio


def estado(meta: int = 1) -> tuple[str, int]:
    with reading() as session:
        c = tabla(AvanceMeta).c
        fila = session.execute(select(c.estado, c.version).where(c.meta_id == meta, c.mes == MES)).one()
        return fila.estado, fila.version


def vistas(*ids: int) -> dict[tuple[ClaseItem, int], int]:
    """La versión que hoy tiene cada meta."""
    with reading() as session:
        return {(META, i): r.version for i, r in registros(session, META, ids, MES).items()}


def revisar(que: Any, *ids: int, actor: Actor = UIPPE) -> None:
    """Toma o publica esas metas."""
    with writing(actor) as session:
        que(session, actor, anio=mundo.ANIO, mes=MES, items=[(META, i) for i in ids])


def aprobar(*ids: int, actor: Actor = UIPPE, vio: dict[tuple[ClaseItem, int], int] | None = None) -> None:
    """Valida esas metas como están, o como se vieron."""
    vio = vistas(*ids) if vio is None else vio
    with writing(actor) as session:
        validar(session, actor, anio=mundo.ANIO, mes=MES, items=[(META, i) for i in ids], vistas=vio)


def regresar(meta: int = 1, motivo: str = "Falta la lista", actor: Actor = UIPPE) -> None:
    vio = vistas(meta)
    with writing(actor) as session:
        devolver(session, actor, anio=mundo.ANIO, mes=MES, item=(META, meta), motivo=motivo, vistas=vio)


def test_lo_enviado_lleva_acuse_y_es_preliminar_hasta_que_otro_lo_valida(listo: str) -> None:
    envio = mandar(entrega("10"))
    assert envio.folio.startswith("2026-03-100-11-") and len(envio.huella) == 64
    with reading() as session:
        meta = actividad.metas(session, mundo.ANIO)[0]
        assert (meta.alcanzado[0], meta.preliminar[0]) == (None, Decimal(10))
    revisar(tomar, 1)
    aprobar(1)
    with reading() as session:
        assert actividad.metas(session, mundo.ANIO)[0].alcanzado[0] == Decimal(10)
        p = tabla(PasoCaptura).c
        pasos = list(session.execute(select(p.antes, p.despues, p.autor).order_by(p.id)))
    assert [tuple(p) for p in pasos] == [
        ("", "enviado", "enlace"),
        ("enviado", "en_revision", "uippe"),
        ("en_revision", "validado", "uippe"),
    ]


def test_lo_devuelto_vuelve_a_deberse_y_se_manda_otra_vez(listo: str) -> None:
    mandar(entrega("10"))
    with pytest.raises(Problema, match="motivo"):
        regresar(motivo="  ")
    regresar()
    with reading() as session:
        meta = actividad.metas(session, mundo.ANIO)[0]
        assert meta.alcanzado[0] is None and meta.preliminar[0] is None
        mio = items(session, mundo.ANIO, MES, [11])[0]
    assert mio["palabra"] == "Devuelto" and mio["devolucion"] == "Falta la lista"
    mandar(entrega("9", version=mio["version"]))
    assert estado()[0] == EstadoAvance.ENVIADO


def test_quien_captura_no_valida_lo_suyo_aunque_sea_de_planeacion(listo: str) -> None:
    mandar(entrega("10"), actor=UIPPE)
    with pytest.raises(Problema, match="no revisa lo suyo"):
        aprobar(1)
    aprobar(1, actor=persona("otra", Rol.PLANEACION))


def test_el_enlace_de_otra_dependencia_ni_sabe_si_existe(listo: str) -> None:
    for meta in (1, 999):
        with pytest.raises(SinPermiso):
            mandar(entrega("10", meta), actor=AJENO)
    mandar(entrega("10"))
    with pytest.raises(SinPermiso):
        aprobar(1, actor=ENLACE)


def test_dos_personas_no_se_pisan(listo: str) -> None:
    mandar(entrega("10"))
    _, version = estado()
    mandar(entrega("9", version=version))
    with pytest.raises(Conflicto):
        mandar(entrega("8", version=version))
    with reading() as session:
        assert session.execute(select(tabla(AvanceMeta).c.alcanzado)).scalar_one() == Decimal(9)


def test_nadie_valida_ni_devuelve_lo_que_cambio_despues_de_verlo(listo: str) -> None:
    mandar(entrega("10"))
    vio = vistas(1)
    mandar(entrega("9", version=estado()[1]))
    for vistas_viejas in (vio, {}):
        with pytest.raises(Conflicto):
            aprobar(1, vio=vistas_viejas)
        with pytest.raises(Conflicto), writing(UIPPE) as session:
            devolver(
                session,
                UIPPE,
                anio=mundo.ANIO,
                mes=MES,
                item=(META, 1),
                motivo="No coincide",
                vistas=vistas_viejas,
            )
    assert estado()[0] == EstadoAvance.ENVIADO


def test_fuera_de_90_a_110_se_justifica_y_debajo_ademas_se_mejora(listo: str) -> None:
    with pytest.raises(Problema, match="arriba de 110") as error:
        mandar(entrega("20"))
    assert error.value.campo == "meta-1"
    with pytest.raises(Problema, match="debajo de 90"):
        mandar(entrega("5"))
    with pytest.raises(Problema, match="plan de mejora"):
        mandar(entrega("5", justificacion="Llovió"))
    mandar(entrega("5", justificacion="Llovió", mejora=MEJORA), entrega("20", 2, justificacion="Hubo apoyo"))
    with reading() as session:
        mio = items(session, mundo.ANIO, MES, [11])[0]
    assert mio["mejora"]["accion"] == "Repetir la jornada" and mio["resultado"]["estado"] == "critico"


def test_si_una_entrega_falla_no_se_guarda_ninguna(listo: str) -> None:
    with pytest.raises(Problema):
        mandar(entrega("10"), entrega("20", 2))
    with reading() as session:
        assert session.execute(select(tabla(AvanceMeta).c.id)).all() == []
        assert session.execute(select(tabla(Envio).c.id)).all() == []


@pytest.mark.parametrize("valor", ["-1", "NaN", "Infinity", "1E+15"])
def test_un_numero_imposible_se_rechaza_junto_a_su_campo(listo: str, valor: str) -> None:
    with pytest.raises(Problema) as error:
        mandar(entrega(valor))
    assert error.value.campo == "meta-1"


def abrir(session: Session, dias: tuple[int, int]) -> Ventana:
    ventana = Ventana(
        anio=mundo.ANIO,
        mes=MES,
        clase=ClaseCaptura.ACTIVIDADES,
        abre=ahora() + timedelta(days=dias[0]),
        cierra=ahora() + timedelta(days=dias[1]),
    )
    session.add(ventana)
    session.flush()
    return ventana


@pytest.mark.parametrize(("dias", "dice"), [((-9, -1), "cerró"), ((1, 9), "abre")])
def test_fuera_de_la_ventana_no_se_captura(listo: str, dias: tuple[int, int], dice: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        abrir(session, dias)
    with pytest.raises(Problema, match=dice):
        mandar(entrega("10"))


def test_una_prorroga_abre_solo_a_su_dependencia(listo: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        ventana = abrir(session, (-9, -1))
        session.add(
            Prorroga(
                ventana_id=ventana.id,
                dependencia_id=1,
                cierra=ahora() + timedelta(days=2),
                motivo="Sin luz",
                autorizo="uippe",
                autorizada_en=ahora(),
            )
        )
    mandar(entrega("10"))
    with pytest.raises(Problema, match="cerró"):
        mandar(entrega("10", 3), actor=AJENO)


def test_en_un_periodo_cerrado_solo_cabe_lo_extemporaneo(listo: str) -> None:
    mandar(entrega("10"))
    aprobar(1)
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.cerrar(session, MES)
    with pytest.raises(Problema, match="cerrado"):
        mandar(entrega("9", version=estado()[1]))
    with pytest.raises(Problema, match="cerrado"):
        regresar()
    with pytest.raises(SinPermiso), writing(ENLACE) as session:
        corregir_extemporaneo(
            session, ENLACE, anio=mundo.ANIO, mes=MES, entrega=entrega("9"), motivo="Oficio 1"
        )
    with writing(UIPPE) as session:
        corregir_extemporaneo(
            session,
            UIPPE,
            anio=mundo.ANIO,
            mes=MES,
            entrega=entrega("9", version=estado()[1]),
            motivo="Oficio 1",
        )
    with reading() as session:
        mio = items(session, mundo.ANIO, MES, [11])[0]
    assert mio["extemporaneo"] and mio["renglones"][0]["alcanzado"] == Decimal(9)


def test_lo_publicado_ya_no_se_devuelve(listo: str) -> None:
    mandar(entrega("10"))
    aprobar(1)
    revisar(publicar, 1)
    with pytest.raises(Problema, match="publicado"):
        regresar()


def test_comentar_no_cambia_el_estado(listo: str) -> None:
    mandar(entrega("10"))
    with writing(UIPPE) as session:
        comentar(session, UIPPE, anio=mundo.ANIO, mes=MES, item=(META, 1), texto="¿Y la lista?")
    assert estado()[0] == EstadoAvance.ENVIADO


def test_el_acuse_y_los_pasos_no_se_editan(listo: str) -> None:
    mandar(entrega("10"))
    for sentencia in ("UPDATE envio SET folio = 'x'", "DELETE FROM paso_captura"):
        with pytest.raises(DBAPIError, match="congelado"), writing(LINEA_DE_COMANDOS) as session:
            session.execute(text(sentencia))


def test_el_borrador_es_de_cada_quien_y_se_descarta(listo: str) -> None:
    llave = llave_de_borrador(mundo.ANIO, MES, META, 1)
    with writing(LINEA_DE_COMANDOS) as session:
        session.add_all(
            [Usuario(id=n, cuenta=f"u{n}", nombre=f"Usuario {n}", creada_en=ahora()) for n in (1, 2)]
        )
        session.flush()
        guardar_borrador(session, 1, llave, {"valor": "7"})
        guardar_borrador(session, 1, llave, {"valor": "8"})
    with reading() as session:
        de_uno = items(session, mundo.ANIO, MES, [11], usuario_id=1)[0]["borrador"]
        assert de_uno["valor"] == "8"
        assert items(session, mundo.ANIO, MES, [11], usuario_id=2)[0]["borrador"] is None
    with writing(LINEA_DE_COMANDOS) as session:
        descartar_borrador(session, 1, [llave, "otra"])
    with reading() as session:
        assert items(session, mundo.ANIO, MES, [11], usuario_id=1)[0]["borrador"] is None


def test_el_resultado_que_daria_acumula_lo_ya_entregado(listo: str) -> None:
    mandar(entrega("8", justificacion="x", mejora=MEJORA))
    with reading() as session:
        resultado = evaluar(session, mundo.ANIO, 6, META, 1, {1: Decimal(12)})
    assert resultado is not None and resultado.valor == Decimal(100)
