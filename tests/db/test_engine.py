"""Transacciones, bitácora y versión de los datos, en los dos motores."""

import threading

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from db import audit
from db.audit import verificar_cadena
from db.base import Base
from db.engine import insertar_masivo, motor, reading, writing
from db.models.bitacora import Bitacora, DataVersion
from db.models.municipio import Ente, Municipio
from db.rules.permisos import Rol
from tests.conftest import actor

PLANEACION = actor(Rol.PLANEACION)


def _version() -> int:
    with reading() as session:
        return session.execute(select(DataVersion.numero)).scalar_one()


def test_un_cambio_deja_su_renglon_y_sube_la_version(base: str) -> None:
    antes = _version()
    with writing(PLANEACION) as session:
        session.add(Municipio(nombre="Prueba"))
    with reading() as session:
        fila = session.execute(select(Bitacora)).scalar_one()
        assert (fila.accion, fila.entidad, fila.cuenta) == ("crear", "municipio", "prueba.planeacion")
        assert verificar_cadena(session) is None
    assert _version() == antes + 1


def test_si_algo_falla_no_queda_ni_el_cambio_ni_la_bitacora(base: str) -> None:
    antes = _version()
    with pytest.raises(RuntimeError), writing(PLANEACION) as session:
        session.add(Municipio(nombre="Prueba"))
        session.flush()
        raise RuntimeError
    with reading() as session:
        assert session.execute(select(Municipio)).first() is None
        assert session.execute(select(Bitacora)).first() is None
    assert _version() == antes


def test_leer_no_puede_escribir(base: str) -> None:
    with reading() as session, pytest.raises(DBAPIError):
        session.add(Municipio(nombre="Prueba"))
        session.commit()


def test_la_base_rechaza_editar_y_borrar_la_bitacora(base: str) -> None:
    with writing(PLANEACION) as session:
        session.add(Municipio(nombre="Prueba"))
    for sentencia in ("UPDATE bitacora SET cuenta = 'otro'", "DELETE FROM bitacora"):
        with pytest.raises(DBAPIError), writing(PLANEACION) as session:
            session.execute(text(sentencia))


def test_un_renglon_alterado_se_descubre_y_se_nombra(base: str) -> None:
    for nombre in ("A", "B", "C"):
        with writing(PLANEACION) as session:
            session.add(Ente(clave=nombre, nombre=nombre))
    quitar = (
        "DROP TRIGGER bitacora_sin_editar ON bitacora"
        if base.startswith("postgresql")
        else "DROP TRIGGER bitacora_sin_editar"
    )
    with motor(base, True).begin() as conexion:
        conexion.exec_driver_sql(quitar)
        conexion.exec_driver_sql("UPDATE bitacora SET cuerpo = '{}' WHERE id = 2")
    with reading() as session:
        assert verificar_cadena(session) == "el renglón 2 de la bitácora fue alterado"


def test_quien_guarda_con_version_vieja_no_pisa_al_otro(base: str) -> None:
    with writing(PLANEACION) as session:
        session.add(Municipio(id=1, nombre="Prueba"))
    with reading() as vieja:
        municipio = vieja.get(Municipio, 1)
        assert municipio is not None
        vieja.expunge(municipio)
    with writing(PLANEACION) as session:
        actual = session.get(Municipio, 1)
        assert actual is not None
        actual.nombre = "Del otro"
    municipio.nombre = "Mío"
    with pytest.raises(StaleDataError), writing(PLANEACION) as session:
        session.add(municipio)
    with reading() as session:
        assert session.execute(select(Municipio.nombre)).scalar_one() == "Del otro"


def test_muchos_a_la_vez_no_pierden_ningun_cambio(base: str) -> None:
    def escribir(hilo: int) -> None:
        for numero in range(10):
            with writing(PLANEACION) as session:
                session.add(Ente(clave=f"{hilo}-{numero}", nombre="x"))

    antes = _version()
    hilos = [threading.Thread(target=escribir, args=(n,)) for n in range(4)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    with reading() as session:
        assert len(session.execute(select(Ente)).all()) == 40
        assert len(session.execute(select(Bitacora)).all()) == 40
        assert verificar_cadena(session) is None
    assert _version() == antes + 40


def test_la_insercion_masiva_va_en_la_misma_transaccion(base: str) -> None:
    with pytest.raises(RuntimeError), writing(PLANEACION) as session:
        insertar_masivo(session, "ente", ["clave", "nombre", "tipo", "activo", "version"], _entes())
        raise RuntimeError
    with writing(PLANEACION) as session:
        insertar_masivo(session, "ente", ["clave", "nombre", "tipo", "activo", "version"], _entes())
        audit.anotar(session, "cargar", "ente", filas=3)
    with reading() as session:
        assert len(session.execute(select(Ente)).all()) == 3
        assert session.execute(select(Bitacora.accion)).scalar_one() == "cargar"


def _entes() -> list[tuple[object, ...]]:
    return [(f"E{n}", "Ente", "dif", True, 1) for n in range(3)]


def test_los_secretos_no_llegan_a_la_bitacora(base: str) -> None:
    from db.base import ahora
    from db.models.usuarios import Usuario

    with writing(PLANEACION) as session:
        session.add(Usuario(cuenta="a", nombre="A", clave_hash="argon-secreto", creada_en=ahora()))
    with reading() as session:
        assert "argon-secreto" not in session.execute(select(Bitacora.cuerpo)).scalar_one()


def test_todas_las_tablas_cuelgan_de_la_base_propia() -> None:
    from sqlmodel import SQLModel

    assert not SQLModel.metadata.tables
    assert len(Base.metadata.tables) > 40
