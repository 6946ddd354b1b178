"""Titulares en la base: el relevo cierra a quien sale, nada se encima y las firmas salen por fecha."""

from datetime import date
from typing import Any

import pytest

from db.actions.idempotencia import Conflicto
from db.actions.titulares import cambiar_titular, corregir_titular, quitar_titular
from db.engine import reading, writing
from db.models.estructura import Dependencia, NivelDependencia
from db.queries.titulares import dependencias_con_titular, ficha_dependencia, firmantes
from db.rules.permisos import LINEA_DE_COMANDOS, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db.mundo import fundar

PLANEACION = actor(Rol.PLANEACION)
ENERO, JUNIO = date(2026, 1, 1), date(2026, 6, 15)


@pytest.fixture
def mundo(base: str) -> str:
    """A00-100 y B00-100 del mundo de prueba, más Tesorería (21) y la UIPPE (22), aún sin titulares."""
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
        for numero, clave, nombre in ((21, "L00", "Tesorería"), (22, "S00", "Unidad de Planeación")):
            session.add(
                Dependencia(id=numero, ente_id=1, nivel=NivelDependencia.GENERAL, clave=clave, nombre=nombre)
            )
    return base


def entra(dependencia_id: int, nombre: str, desde: date, firma: str = "", **mas: Any) -> int:
    with writing(PLANEACION) as session:
        return cambiar_titular(
            session,
            mas.get("quien", PLANEACION),
            dependencia_id=dependencia_id,
            firma=firma,
            nombre=nombre,
            cargo=mas.get("cargo", "Titular"),
            desde=desde,
        )


def historia(dependencia_id: int) -> list[tuple[str, date, date | None]]:
    with reading() as session:
        ficha = ficha_dependencia(session, dependencia_id=dependencia_id, dia=JUNIO)
    assert ficha is not None
    return [(h["nombre"], h["desde"], h["hasta"]) for h in ficha["historia"]]


def test_el_relevo_cierra_la_vispera_a_quien_sale(mundo: str) -> None:
    entra(1, "Ana", ENERO)
    entra(1, "Luis", JUNIO, firma="1.1")
    assert historia(1) == [("Luis", JUNIO, None), ("Ana", ENERO, date(2026, 6, 14))]


def test_las_firmas_son_de_quien_estaba_ese_dia(mundo: str) -> None:
    entra(1, "Ana", ENERO)
    entra(1, "Luis", JUNIO, firma="1.1")
    entra(21, "Tere", ENERO)
    with reading() as session:
        antes = firmantes(session, 11, date(2026, 6, 14))
        despues = firmantes(session, 11, JUNIO)
    assert antes["dependencia"] is None and antes["uippe"] is None
    assert [(antes[p] or {})["nombre"] for p in ("general", "tesoreria")] == ["Ana", "Tere"]
    assert (despues["general"] or {})["nombre"] == "Luis"
    assert (antes["tesoreria"] or {})["dependencia"] == "Tesorería"


def test_la_lista_trae_cada_auxiliar_bajo_su_general(mundo: str) -> None:
    entra(11, "Ana", ENERO)
    with reading() as session:
        lista = dependencias_con_titular(session, dia=JUNIO)
    assert [d["clave"] for d in lista] == ["A00", "A00-100", "B00", "B00-100", "L00", "S00"]
    assert [d["titular"]["nombre"] for d in lista if d["titular"]] == ["Ana"]


def test_lo_que_se_encima_se_rechaza(mundo: str) -> None:
    entra(1, "Ana", JUNIO)
    with pytest.raises(Problema, match="se encima"):
        entra(1, "Luis", ENERO, firma="1.1")
    with pytest.raises(Problema, match="se encima"):
        entra(1, "Luis", JUNIO, firma="1.1")
    segundo = entra(1, "Luis", date(2026, 9, 1), firma="1.1")
    with pytest.raises(Problema, match="se encima"), writing(PLANEACION) as session:
        corregir_titular(
            session,
            PLANEACION,
            titular_id=segundo,
            version=1,
            nombre="Luis",
            cargo="Titular",
            desde=JUNIO,
            hasta=None,
        )
    assert [h[0] for h in historia(1)] == ["Luis", "Ana"]


def test_quien_abrio_antes_no_pisa_el_relevo(mundo: str) -> None:
    entra(1, "Ana", ENERO)
    with pytest.raises(Conflicto):
        entra(1, "Luis", JUNIO)
    with pytest.raises(Problema, match="Falta el nombre"):
        entra(1, " ", JUNIO, firma="1.1")


def test_corregir_deja_vacante_y_quitar_borra(mundo: str) -> None:
    suyo = entra(1, "Ana", ENERO)
    with writing(PLANEACION) as session:
        corregir_titular(
            session,
            PLANEACION,
            titular_id=suyo,
            version=1,
            nombre="Ana María",
            cargo="Directora",
            desde=ENERO,
            hasta=date(2026, 3, 31),
        )
    assert historia(1) == [("Ana María", ENERO, date(2026, 3, 31))]
    with reading() as session:
        assert firmantes(session, 1, JUNIO)["general"] is None
    with writing(PLANEACION) as session:
        quitar_titular(session, PLANEACION, titular_id=suyo, version=2)
    assert historia(1) == []


def test_sin_el_permiso_nadie_registra_titulares(mundo: str) -> None:
    for rol in (Rol.TESORERIA, Rol.ENLACE, Rol.PRESIDENCIA, Rol.CONTRALORIA, Rol.COPLADEM):
        with pytest.raises(SinPermiso):
            entra(1, "Ana", ENERO, quien=actor(rol))
