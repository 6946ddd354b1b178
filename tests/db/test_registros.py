"""Lo propio de cada registro: a quién sirve una política, qué ahorra una mejora, de dónde sale la imagen."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session

from db.actions import encargos, partes_encargo, tramites
from db.actions.idempotencia import Conflicto
from db.actions.imagen import aplicar
from db.engine import reading, writing
from db.models.encargos import Encargo
from db.models.municipio import Municipio
from db.queries.politicas import sectores
from db.queries.tramites import ahorro
from db.queries.tramites import tramites as lee_tramites
from db.rules.imagen import archivo_de, logrado
from db.rules.permisos import Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db.mundo import fundar

UNIDAD = actor(Rol.PLANEACION)


@pytest.fixture
def mundo(base: str) -> str:
    with writing(UNIDAD) as session:
        fundar(session)
    return base


def _abrir(session: Session, registro: str, **datos: Any) -> int:
    comunes = {"titulo": f"Uno de {registro}", "dependencia_id": 1, "inicio": date(2026, 1, 5)}
    return encargos.abrir(session, UNIDAD, registro=registro, datos=comunes | datos)


def _mover(session: Session, cual: int, *etapas: str) -> None:
    for etapa in etapas:
        version = session.get_one(Encargo, cual).version
        encargos.mover(session, UNIDAD, encargo_id=cual, version=version, etapa=etapa, texto="Va")


def test_los_sectores_cuentan_solo_politicas_sin_terminar(mundo: str) -> None:
    with writing(UNIDAD) as session:
        for efecto in ("beneficia", "afecta"):
            cual = _abrir(session, "politica")
            partes_encargo.poner_renglon(
                session, UNIDAD, encargo_id=cual, detalle="sector_politica", renglon_id=None, version=0,
                datos={"sector": "rural", "efecto": efecto, "explicacion": ""},
            )  # fmt: skip
        partes_encargo.ligar(session, UNIDAD, encargo_id=cual, asunto="programa", referencia="01020401")
        _mover(session, cual, "descartada")
    with reading() as session:
        rural = next(f for f in sectores(session, anio=2026, mes=None) if f["sector"] == "rural")
    assert (rural["benefician"], rural["afectan"], rural["modificado"]) == (1, 0, 0)


DATOS = {"clave": "TR-1", "nombre": "Licencia", "dependencia_id": 1, "dias": 20}


def test_un_tramite_no_repite_clave_y_nadie_lo_pisa(mundo: str) -> None:
    with writing(UNIDAD) as session:
        uno = tramites.guardar(session, UNIDAD, tramite_id=None, version=0, datos=DATOS)
        with pytest.raises(Problema, match="esa clave"):
            tramites.guardar(session, UNIDAD, tramite_id=None, version=0, datos=DATOS)
        tramites.guardar(session, UNIDAD, tramite_id=uno, version=1, datos=DATOS | {"dias": 5})
        with pytest.raises(Conflicto):
            tramites.guardar(session, UNIDAD, tramite_id=uno, version=1, datos=DATOS | {"dias": 9})
        with pytest.raises(SinPermiso):
            tramites.guardar(session, actor(Rol.ENLACE, 1, 1), tramite_id=uno, version=2, datos=DATOS)
    with reading() as session:
        assert [(t["clave"], t["dias"]) for t in lee_tramites(session)] == [("TR-1", 5)]


def test_solo_lo_que_ya_esta_en_marcha_ahorra(mundo: str) -> None:
    medidas = {"dias_antes": 20, "dias_despues": 4, "veces_al_anio": 10, "tipo": "mejora"}
    with writing(UNIDAD) as session:
        tramite = tramites.guardar(session, UNIDAD, tramite_id=None, version=0, datos=DATOS)
        textos = {"diagnostico": "Tarda", "propuesta": "Menos", "tramite_id": tramite}
        cual = _abrir(session, "mejora", **medidas, **textos)
        _mover(session, cual, "en_analisis", "aprobada")
        assert ahorro(session) == {"pasos": 0, "requisitos": 0, "dias": 0, "costo": 0, "mejoras": 0}
        paso = {"titulo": "Arrancar", "inicio": date(2026, 2, 1), "fin": date(2026, 2, 2)}
        partes_encargo.poner_paso(session, UNIDAD, encargo_id=cual, paso_id=None, version=0, datos=paso)
        _mover(session, cual, "en_marcha")
        assert (ahorro(session)["dias"], ahorro(session)["mejoras"]) == (160, 1)
        assert [m["id"] for m in lee_tramites(session)[0]["lista"]] == [cual]


def test_el_lineamiento_vigente_da_su_color_al_sistema(mundo: str) -> None:
    with writing(UNIDAD) as session:
        datos = {"edicion": 1, "color": "#12436d", "reglas": "Azul", "vigente_desde": date(2026, 2, 1)}
        cual = _abrir(session, "lineamiento", **datos)
        with pytest.raises(Problema, match="vigente"):
            aplicar(session, UNIDAD, encargo_id=cual)
        _mover(session, cual, "vigente")
        assert aplicar(session, UNIDAD, encargo_id=cual) == ["el color"]
        assert session.get_one(Municipio, 1).color == "#12436D"
        with pytest.raises(SinPermiso):
            aplicar(session, actor(Rol.ENLACE, 1, 1), encargo_id=cual)
        with pytest.raises(Problema, match="no cambia"):
            encargos.editar(session, UNIDAD, encargo_id=cual, version=9, datos={"color": "#000000"})


def test_que_archivo_es_y_cuanto_se_logro() -> None:
    assert archivo_de("El Escudo en blanco", "image/png") == "escudo"
    assert archivo_de("Logotipo", "image/jpeg") == "logo"
    assert archivo_de("Logotipo", "application/pdf") == ""
    assert logrado(Decimal(38), Decimal(70), Decimal(54)) == 50
    assert logrado(Decimal(70), Decimal(70), Decimal(80)) is None
    assert logrado(Decimal(38), Decimal(70), None) is None
