"""Un encargo de principio a fin en los dos motores: quién puede, qué se exige, qué se anota, qué se halla."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from db.actions import encargos, partes_encargo
from db.actions.idempotencia import Conflicto
from db.base import ahora
from db.engine import reading, writing
from db.models.encargos import Encargo
from db.models.usuarios import Usuario
from db.queries import busqueda
from db.queries import encargos as lee
from db.rules.permisos import Actor, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db.mundo import fundar

UNIDAD = actor(Rol.PLANEACION)
DATOS = {"titulo": "Fugas de la red", "dependencia_id": 1, "inicio": date(2026, 1, 5)}


@pytest.fixture
def mundo(base: str) -> str:
    with writing(UNIDAD) as session:
        fundar(session)
        session.add(Usuario(id=1, cuenta=UNIDAD.cuenta, nombre="Unidad", creada_en=ahora()))
    return base


def _abrir(datos: dict[str, Any] | None = None, quien: Actor = UNIDAD) -> int:
    with writing(quien) as session:
        return encargos.abrir(session, quien, registro="estudio", datos=DATOS | (datos or {}))


def _ficha(cual: int) -> dict[str, Any]:
    with reading() as session:
        hallada = lee.ficha(session, encargo_id=cual)
    assert hallada is not None
    return hallada


def _mover(cual: int, etapa: str, texto: str = "", quien: Actor = UNIDAD) -> None:
    with writing(quien) as session:
        version = session.get_one(Encargo, cual).version
        encargos.mover(session, quien, encargo_id=cual, version=version, etapa=etapa, texto=texto)


def test_recorre_sus_etapas_y_cada_una_exige_lo_suyo(mundo: str) -> None:
    cual = _abrir()
    assert _ficha(cual)["folio"] == "EST-2026-001"
    with pytest.raises(Problema, match="Qué necesidad atiende"):
        _mover(cual, "aprobado")
    with writing(UNIDAD) as session:
        datos = {"necesidad": "Se pierde agua", "uso": "Elegir tramos", "realiza": "La universidad"}
        encargos.editar(session, UNIDAD, encargo_id=cual, version=1, datos=datos)
    _mover(cual, "aprobado", "Va")
    paso = {
        "titulo": "Campo",
        "inicio": date(2026, 2, 1),
        "fin": date(2026, 3, 1),
        "hecho_en": date(2026, 3, 2),
    }
    with writing(UNIDAD) as session:
        partes_encargo.poner_paso(session, UNIDAD, encargo_id=cual, paso_id=None, version=0, datos=paso)
    _mover(cual, "en_proceso")
    una = _ficha(cual)
    assert (una["etapa"], una["avance"], una["necesidad"]) == ("en_proceso", 100, "Se pierde agua")
    assert [h["palabra"] for h in una["historia"] if h["cambio"]] == ["En proceso", "Aprobado", "Propuesto"]
    _mover(cual, "cancelado", "Sin recursos")
    with pytest.raises(Problema, match="Lo terminado no cambia"), writing(UNIDAD) as session:
        encargos.editar(session, UNIDAD, encargo_id=cual, version=9, datos={})


def test_el_enlace_solo_toca_lo_suyo_y_no_autoriza(mundo: str) -> None:
    suyo = actor(Rol.ENLACE, 1, 1)
    cual = _abrir({"necesidad": "a", "uso": "b"}, suyo)
    with pytest.raises(SinPermiso):
        _abrir({"dependencia_id": 2}, suyo)
    with pytest.raises(SinPermiso):
        _mover(cual, "aprobado", "", suyo)
    ajeno = actor(Rol.ENLACE, 1, 2)
    with pytest.raises(SinPermiso), writing(ajeno) as session:
        encargos.editar(session, ajeno, encargo_id=cual, version=1, datos={})
    with pytest.raises(SinPermiso):
        _abrir({}, actor(Rol.CONTRALORIA))


def test_nadie_pisa_a_otro(mundo: str) -> None:
    cual = _abrir()
    with writing(UNIDAD) as session:
        encargos.editar(session, UNIDAD, encargo_id=cual, version=1, datos={"titulo": "Otro"})
    with pytest.raises(Conflicto), writing(UNIDAD) as session:
        encargos.editar(session, UNIDAD, encargo_id=cual, version=1, datos={"titulo": "Mío"})
    assert _ficha(cual)["titulo"] == "Otro"


def test_lo_propio_de_un_encargo_tambien_sube_su_version(mundo: str) -> None:
    cual = _abrir()
    with writing(UNIDAD) as session:
        encargos.editar(session, UNIDAD, encargo_id=cual, version=1, datos={"hallazgos": "Nada"})
    assert _ficha(cual)["version"] > 1


def _politica(session: Session) -> int:
    datos = DATOS | {"titulo": "Cuidados"}
    return encargos.abrir(session, UNIDAD, registro="politica", datos=datos)


def test_los_renglones_propios_no_se_repiten_y_se_quitan(mundo: str) -> None:
    sector = {"sector": "mujeres", "efecto": "beneficia", "explicacion": ""}
    with writing(UNIDAD) as session:
        cual = _politica(session)

        def poner(renglon: int | None, version: int, **cambios: str) -> int:
            return partes_encargo.poner_renglon(
                session, UNIDAD, encargo_id=cual, detalle="sector_politica", renglon_id=renglon,
                version=version, datos=sector | cambios,
            )  # fmt: skip

        uno = poner(None, 0)
        with pytest.raises(Problema, match="igual"):
            poner(None, 0)
        with pytest.raises(Problema, match="lista"):
            poner(None, 0, sector="marcianos")
        poner(uno, 1, efecto="neutro")
        with pytest.raises(Conflicto):
            poner(uno, 1, efecto="afecta")
        partes_encargo.quitar(
            session, UNIDAD, encargo_id=cual, de="sector_politica", renglon_id=uno, version=2
        )
        with pytest.raises(SinPermiso):
            partes_encargo.quitar(session, UNIDAD, encargo_id=cual, de="usuario", renglon_id=1, version=1)
    assert _ficha(cual)["sector_politica"] == []


def test_participan_se_ligan_comentan_y_acusan(mundo: str) -> None:
    cual = _abrir()
    with writing(UNIDAD) as session:
        partes_encargo.poner_participante(
            session, UNIDAD, encargo_id=cual, participante_id=None, version=0,
            datos={"dependencia_id": 2, "compromiso": "Los planos"},
        )  # fmt: skip
        with pytest.raises(Problema, match="Ya participa"):
            partes_encargo.poner_participante(
                session, UNIDAD, encargo_id=cual, participante_id=None, version=0, datos={"dependencia_id": 2}
            )
        partes_encargo.ligar(session, UNIDAD, encargo_id=cual, asunto="nodo", referencia="2")
        partes_encargo.ligar(session, UNIDAD, encargo_id=cual, asunto="nodo", referencia="2")
        partes_encargo.comentar(session, UNIDAD, encargo_id=cual, texto="Falta la bomba")
        partes_encargo.leer(session, UNIDAD, encargo_id=cual, acuse=True)
    una = _ficha(cual)
    assert [p["compromiso"] for p in una["participantes"]] == ["Los planos"]
    assert [v["nombre"] for v in una["ligas"]] == ["L1.1 Línea uno"]
    with reading() as session:
        (leyo,) = lee.lecturas(session, encargo_id=cual)
        assert (leyo["acuse_en"] is not None, leyo["leido_hasta"]) == (True, una["historia"][0]["id"])
        assert [e["id"] for e in lee.encargos_de(session, asunto="nodo", referencia="2")] == [cual]


def _buscar(texto: str, quien: Actor = UNIDAD) -> list[tuple[str, str]]:
    enteros, propios, areas = busqueda.alcances(quien)
    with reading() as session:
        halladas = busqueda.buscar(session, texto=texto, enteros=enteros, propios=propios, areas=areas)
    return [(h["asunto"], h["titulo"]) for h in halladas["halladas"]]


def test_se_halla_por_una_palabra_sin_acentos_y_al_cambiar_ya_no(mundo: str) -> None:
    cual = _abrir({"titulo": "Rehabilitación de válvulas"})
    esperado = [("estudio", "EST-2026-001 Rehabilitación de válvulas")]
    assert _buscar("VALVULAS rehabilitacion") == esperado
    assert _buscar("est-2026-001") == esperado
    with writing(UNIDAD) as session:
        partes_encargo.comentar(session, UNIDAD, encargo_id=cual, texto="Se tronó la pichancha")
    assert _buscar("pichancha") == esperado
    with writing(UNIDAD) as session:
        encargos.editar(session, UNIDAD, encargo_id=cual, version=1, datos={"titulo": "Bombas"})
    assert _buscar("válvulas") == []
    assert _buscar("línea uno")[0] == ("nodo", "L1.1 Línea uno")
    assert _buscar("%") == _buscar("x") == []


def test_nadie_halla_lo_que_no_puede_ver(mundo: str) -> None:
    with writing(UNIDAD) as session:
        encargos.abrir(
            session, UNIDAD, registro="curso",
            datos=DATOS | {"titulo": "Ortografía", "tipo": "induccion", "modalidad": "mixta"},
        )  # fmt: skip
    assert [a for a, _ in _buscar("ortografia")] == ["curso"]
    assert [a for a, _ in _buscar("ortografia", actor(Rol.ENLACE, 1, 1))] == ["curso"]
    assert _buscar("ortografia", actor(Rol.ENLACE, 1, 2)) == []
    assert _buscar("ortografia", actor(Rol.COPLADEM)) == []
