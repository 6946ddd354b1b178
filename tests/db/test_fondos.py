"""Fondos: su saldo sale de las claves de su fuente, sus plazos de la fecha y nada cuenta dos veces."""

from datetime import date
from typing import Any

import pytest

from db.actions.fondos import (
    DatosFondo,
    borrar_ministracion,
    corregir_fondo,
    registrar_fondo,
    registrar_ministracion,
)
from db.actions.idempotencia import Conflicto
from db.engine import reading, writing
from db.queries import fondos
from db.rules.permisos import Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db.mundo import ANIO
from tests.db.mundo_gasto import DOS, MES, TESORERIA, UNO, poner

FIN = date(ANIO, 12, 31)
HOY = date(ANIO, 11, 22)
FISMDF = DatosFondo("FISMDF", "Infraestructura social", "2501", 2_000, FIN, FIN, date(ANIO + 1, 3, 31))


def registrar(datos: DatosFondo = FISMDF, rol: Rol = Rol.TESORERIA, ente_id: int = 1) -> int:
    with writing(actor(rol)) as session:
        nuevo = registrar_fondo(session, actor(rol), anio=ANIO, ente_id=ente_id, datos=datos)
        assert nuevo.id is not None
        return nuevo.id


def depositar(fondo_id: int, importe: int, fecha: date = date(ANIO, 1, 31)) -> None:
    with writing(TESORERIA) as session:
        registrar_ministracion(session, TESORERIA, fondo_id=fondo_id, fecha=fecha, importe=importe)


def leer() -> list[dict[str, Any]]:
    with reading() as session:
        return list(fondos.lista(session, anio=ANIO, mes=MES, hoy=HOY)["fondos"])


def test_el_saldo_es_el_de_las_claves_de_su_fuente(base: str) -> None:
    """Fuente 250101: devengado 430 + 9 y pagado 500 + 0 a marzo."""
    poner()
    depositar(registrar(), 900)
    (fondo,) = leer()
    saldo = fondo["saldo"]
    assert (saldo["recibido"], saldo["por_recibir"]) == (900, 1_100)
    assert (saldo["devengado"], saldo["por_devengar"], saldo["en_caja"]) == (439, 1_561, 400)
    assert [(p["que"], p["dias"], p["estado"]) for p in fondo["plazos"]] == [
        ("comprometer", 39, "riesgo"),
        ("devengar", 39, "riesgo"),
        ("pagar", 129, "adecuado"),
    ]


def test_la_ficha_dice_que_proyectos_paga(base: str) -> None:
    poner()
    fondo_id = registrar()
    with reading() as session:
        ficha = fondos.ficha(session, anio=ANIO, mes=MES, fondo_id=fondo_id, hoy=HOY)
        assert fondos.ficha(session, anio=ANIO + 1, mes=MES, fondo_id=fondo_id, hoy=HOY) is None
    assert ficha is not None
    assert {p: m["devengado"] for p, m in ficha["proyectos"].items()} == {UNO: 430, DOS: 9}
    assert ficha["programas"] == {"01020401": "Derechos humanos"}
    assert sum(m["devengado"] for m in ficha["meses"].values()) == 439


def test_por_vencer_trae_lo_que_falta_y_los_dias(base: str) -> None:
    poner()
    registrar()
    registrar(DatosFondo("OTRO", "Sin plazo", "110101", 5_000))
    with reading() as session:
        fondo, sin_plazo = fondos.por_vencer(session, ANIO, MES, HOY)
        vencido, _ = fondos.por_vencer(session, ANIO, MES, date(ANIO + 1, 1, 2), (1,))
        assert fondos.por_vencer(session, ANIO, MES, HOY, (2,)) == []
    assert (fondo["clave"], fondo["por_devengar"], fondo["dias"]) == ("FISMDF", 1_561, 39)
    assert (sin_plazo["por_devengar"], sin_plazo["dias"]) == (5_000 - 90, None)
    assert vencido["dias"] == -2


def test_dos_fondos_no_cuentan_el_mismo_peso(base: str) -> None:
    poner()
    registrar()
    for fuente in ("250101", "25", "2501"):
        with pytest.raises(Problema, match="se encima") as error:
            registrar(DatosFondo("OTRO", "", fuente, 0))
        assert error.value.campo == "fuente"
    registrar(DatosFondo("OTRO", "", "250101", 0), ente_id=2)
    assert len(leer()) == 2


def test_lo_mal_capturado_se_rechaza_junto_a_su_campo(base: str) -> None:
    poner()
    fondo_id = registrar()
    for datos, campo in (
        (DatosFondo("", "", "3", 0), "clave"),
        (DatosFondo("fismdf", "", "3", 0), "clave"),
        (DatosFondo("B", "", "", 0), "fuente"),
        (DatosFondo("B", "", "3", -1), "asignado"),
        (DatosFondo("B", "", "3", 0, FIN, date(ANIO, 6, 1)), "plazos"),
    ):
        with pytest.raises(Problema) as error:
            registrar(datos)
        assert error.value.campo == campo
    for importe, fecha, campo in ((0, FIN, "importe"), (5, date(ANIO - 1, 1, 1), "fecha")):
        with pytest.raises(Problema) as error:
            depositar(fondo_id, importe, fecha)
        assert error.value.campo == campo
    assert leer()[0]["saldo"]["recibido"] == 0


def test_corregir_y_quitar_respetan_la_version(base: str) -> None:
    poner()
    fondo_id = registrar()
    depositar(fondo_id, 900)
    with writing(TESORERIA) as session:
        corregir_fondo(
            session, TESORERIA, fondo_id, version=1, datos=DatosFondo("FISMDF", "Otro", "250101", 10)
        )
    with pytest.raises(Conflicto), writing(TESORERIA) as session:
        corregir_fondo(session, TESORERIA, fondo_id, version=1, datos=FISMDF)
    with writing(TESORERIA) as session:
        borrar_ministracion(session, TESORERIA, 1, version=1)
    (fondo,) = leer()
    assert (fondo["nombre"], fondo["saldo"]["recibido"], fondo["plazos"]) == ("Otro", 0, [])


def test_solo_tesoreria_edita_fondos(base_sqlite: str) -> None:
    poner()
    for rol in Rol:
        if rol is not Rol.TESORERIA:
            with pytest.raises(SinPermiso):
                registrar(rol=rol)
