"""Adecuaciones: se registran cuadradas, se concilian al centavo y sólo las escribe Tesorería."""

from datetime import date
from typing import Any

import pytest

from db.actions.adecuaciones import (
    Documento,
    borrar_adecuacion,
    corregir_adecuacion,
    registrar_adecuacion,
)
from db.actions.idempotencia import Conflicto
from db.engine import reading, writing
from db.models.adecuaciones import TipoAdecuacion
from db.queries.adecuaciones import conciliacion, de_la_clave, ficha, lista
from db.rules.adecuacion import Movimiento
from db.rules.permisos import Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db.mundo import ANIO
from tests.db.mundo_gasto import CLAVES, MES, TESORERIA, poner

UNO, DOS, TRES = (clave.clave for clave in CLAVES)
TRASPASO = TipoAdecuacion.TRASPASO


def documento(*movimientos: Movimiento, folio: str = "A-1", tipo: TipoAdecuacion = TRASPASO) -> Documento:
    return Documento(folio, tipo, date(ANIO, 2, 10), "Oficio 7", "Motivo", movimientos)


def registrar(doc: Documento, rol: Rol = Rol.TESORERIA) -> int:
    with writing(actor(rol)) as session:
        nueva = registrar_adecuacion(session, actor(rol), anio=ANIO, ente_id=1, documento=doc)
        assert nueva.id is not None
        return nueva.id


def conciliar(ente_id: int | None = 1) -> dict[str, Any]:
    with reading() as session:
        return conciliacion(session, anio=ANIO, mes=MES, ente_id=ente_id)


def test_sin_documentos_todo_lo_movido_queda_sin_respaldo(base: str) -> None:
    """El corte amplía 30 y 7 y reduce 100."""
    poner()
    datos = conciliar()
    assert (datos["en_corte"], datos["en_documentos"]) == ((37, 100), (0, 0))
    assert (datos["sin_documento"], datos["no_reflejado"]) == (137, 0)
    assert [d["clave"] for d in datos["diferencias"]] == [DOS, UNO, TRES]


def test_los_documentos_se_comparan_al_centavo_y_hasta_el_corte(base: str) -> None:
    poner()
    registrar(documento(Movimiento(UNO, 3, 30, 0), Movimiento(DOS, 2, 0, 30)))
    registrar(documento(Movimiento(DOS, 2, 0, 71), folio="A-2", tipo=TipoAdecuacion.REDUCCION))
    registrar(documento(Movimiento(TRES, 9, 7, 0), folio="A-3", tipo=TipoAdecuacion.AMPLIACION))
    datos = conciliar()
    assert {d["clave"]: (d["sin_documento"], d["no_reflejado"]) for d in datos["diferencias"]} == {
        DOS: (0, 1),
        TRES: (7, 0),
    }
    assert conciliar(None)["diferencias"] == datos["diferencias"]
    assert conciliar(2)["claves"] == 0


def test_la_clave_se_reconoce_como_venga_escrita(base: str) -> None:
    poner()
    adecuacion_id = registrar(
        documento(Movimiento(UNO.replace("-", " ").lower(), 3, 30, 0), Movimiento(DOS, 2, 0, 30))
    )
    with reading() as session:
        guardada = ficha(session, ANIO, adecuacion_id)
        assert guardada is not None
        assert [r["clave"] for r in guardada["renglones"]] == sorted((UNO, DOS))
        assert [(d["folio"], d["ampliacion"]) for d in de_la_clave(session, ANIO, 1, UNO)] == [("A-1", 30)]


def test_corregir_deja_solo_lo_nuevo_y_borrar_no_deja_nada(base: str) -> None:
    poner()
    adecuacion_id = registrar(documento(Movimiento(UNO, 3, 30, 0), Movimiento(DOS, 2, 0, 30)))
    with writing(TESORERIA) as session:
        corregido = documento(Movimiento(UNO, 3, 40, 0), Movimiento(TRES, 2, 0, 40), folio="A-9")
        corregir_adecuacion(session, TESORERIA, adecuacion_id, version=1, documento=corregido)
    with reading() as session:
        (guardada,) = lista(session, ANIO)
        assert (guardada["folio"], guardada["ampliacion"], guardada["claves"]) == ("A-9", 40, 2)
    with pytest.raises(Conflicto), writing(TESORERIA) as session:
        corregir_adecuacion(session, TESORERIA, adecuacion_id, version=1, documento=corregido)
    with writing(TESORERIA) as session:
        borrar_adecuacion(session, TESORERIA, adecuacion_id, version=guardada["version"])
    with reading() as session:
        assert lista(session, ANIO) == []
    assert conciliar()["en_documentos"] == (0, 0)


def test_lo_que_no_cuadra_no_se_guarda_y_dice_en_que_campo(base: str) -> None:
    poner()
    bueno = (Movimiento(UNO, 3, 30, 0), Movimiento(DOS, 2, 0, 30))
    registrar(documento(*bueno))
    casos = [
        (documento(*bueno), "folio"),
        (documento(*bueno, folio=" "), "folio"),
        (documento(bueno[0], folio="B"), "movimientos"),
        (documento(bueno[0], bueno[0], folio="B"), "movimientos"),
        (documento(Movimiento("--", 3, 5, 0), folio="B", tipo=TipoAdecuacion.AMPLIACION), "movimientos"),
        (Documento("B", TRASPASO, date(ANIO - 1, 2, 1), movimientos=bueno), "fecha"),
    ]
    for malo, campo in casos:
        with pytest.raises(Problema) as error:
            registrar(malo)
        assert error.value.campo == campo and error.value.remedio
    with reading() as session:
        assert len(lista(session, ANIO)) == 1


def test_solo_tesoreria_registra(base_sqlite: str) -> None:
    poner()
    for rol in Rol:
        if rol is not Rol.TESORERIA:
            with pytest.raises(SinPermiso):
                registrar(documento(Movimiento(UNO, 3, 30, 0), Movimiento(DOS, 2, 0, 30)), rol)
