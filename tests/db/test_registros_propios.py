"""Capacitación, canales, manuales, directorio y mapa: lo que sólo ellos hacen, en los dos motores."""

import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import Session

from db.actions import canales, capacitacion, directorio, encargos, geometria, partes_encargo
from db.base import ahora
from db.engine import reading, writing
from db.models.acuerdos import Acuerdo
from db.models.encargos import Encargo
from db.models.usuarios import RolUsuario, Usuario
from db.queries import canales as lee_canales
from db.queries import capacitacion as lee_capacitacion
from db.queries import directorio as lee_directorio
from db.queries.encargos import encargos_de, ficha
from db.queries.geometria import geometrias
from db.queries.manuales import cobertura_de_manuales
from db.queries.municipio import hoy
from db.rules.directorio import AVISO, arbol_de_puestos
from db.rules.permisos import Actor, Asignacion, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db.mundo import fundar

UNIDAD = actor(Rol.PLANEACION)
ENLACE = Actor(7, "enlace.uno", "Enlace uno", (Asignacion(Rol.ENLACE, 1, 1),))
OTRO = Actor(8, "enlace.dos", "Enlace dos", (Asignacion(Rol.ENLACE, 1, 2),))


@pytest.fixture
def mundo(base: str) -> str:
    with writing(UNIDAD) as session:
        fundar(session)
        for numero, cuenta in ((1, UNIDAD), (7, ENLACE), (8, OTRO)):
            session.add(Usuario(id=numero, cuenta=cuenta.cuenta, nombre=cuenta.nombre, creada_en=ahora()))
        session.flush()
        for numero, area in ((7, 1), (8, 2)):
            session.add(RolUsuario(usuario_id=numero, rol=Rol.ENLACE, ente_id=1, dependencia_id=area))
    return base


def _abrir(session: Session, registro: str, **datos: Any) -> int:
    comunes = {"titulo": f"Uno de {registro}", "dependencia_id": 1, "inicio": date(2026, 1, 5)}
    return encargos.abrir(session, UNIDAD, registro=registro, datos=comunes | datos)


def _mover(session: Session, cual: int, *etapas: str) -> None:
    for etapa in etapas:
        version = session.get_one(Encargo, cual).version
        encargos.mover(session, UNIDAD, encargo_id=cual, version=version, etapa=etapa, texto="Va")


def _persona(session: Session, nombre: str) -> int:
    datos = {"nombre": nombre, "sexo": "mujer", "cargo": "", "dependencia_id": 1, "activa": True}
    return directorio.guardar_persona(session, UNIDAD, persona_id=None, version=0, datos=datos)


def test_la_constancia_se_da_una_vez_a_quien_la_merece(mundo: str) -> None:
    with writing(UNIDAD) as session:
        datos = {"tipo": "induccion", "modalidad": "mixta", "horas": Decimal(10), "instructor": "X"}
        cual = _abrir(session, "curso", **datos, minima=Decimal(70))
        for nombre, horas, nota in (("Ana", 10, 90), ("Eva", 10, 60), ("Sol", 5, 100)):
            partes_encargo.poner_renglon(
                session, UNIDAD, encargo_id=cual, detalle="inscripcion_curso", renglon_id=None, version=0,
                datos={"persona_id": _persona(session, nombre), "grupo": "", "horas": Decimal(horas),
                       "antes": Decimal(50), "despues": Decimal(nota), "reaccion": 5},
            )  # fmt: skip
        _mover(session, cual, "en_curso")
        with pytest.raises(Problema, match="no ha concluido"):
            capacitacion.dar_constancias(session, UNIDAD, encargo_id=cual)
        _mover(session, cual, "concluido")
        with pytest.raises(SinPermiso):
            capacitacion.dar_constancias(session, ENLACE, encargo_id=cual)
        assert capacitacion.dar_constancias(session, UNIDAD, encargo_id=cual) == 1
        with pytest.raises(Problema, match="Nadie más"):
            capacitacion.dar_constancias(session, UNIDAD, encargo_id=cual)
        anio = hoy(session).year
    with reading() as session:
        hallada = lee_capacitacion.constancia(session, folio=" cur-2026-001-001 ")
        assert hallada is not None and hallada["nombre"] == "Ana"
        assert lee_capacitacion.constancia(session, folio="CUR-2026-001-002") is None
        total = lee_capacitacion.cobertura(session, anio=anio)["total"]
        assert (total["personas"], total["capacitadas"], total["palabra"]) == (3, 1, "en rezago")
        assert lee_capacitacion.cobertura(session, anio=2000)["total"]["capacitadas"] == 0


def test_una_necesidad_no_se_repite_y_el_enlace_solo_dice_la_suya(mundo: str) -> None:
    datos = {"dependencia_id": 1, "puesto": "", "tema": "Planos", "prioridad": "alta", "personas": 3}
    with writing(ENLACE) as session:
        guardar = capacitacion.guardar_necesidad
        guardar(session, ENLACE, anio=2026, necesidad_id=None, version=0, datos=datos)
        with pytest.raises(Problema, match="Ya está"):
            guardar(session, ENLACE, anio=2026, necesidad_id=None, version=0, datos=datos)
        with pytest.raises(SinPermiso):
            guardar(session, OTRO, anio=2026, necesidad_id=None, version=0, datos=datos | {"tema": "Otro"})
    with reading() as session:
        assert [n["tema"] for n in lee_capacitacion.necesidades(session, anio=2026)] == ["Planos"]


def test_un_tema_dice_quien_lo_leyo_y_termina_en_acuerdo(mundo: str) -> None:
    with writing(UNIDAD) as session:
        cual = _abrir(session, "tema", clase="tema", conclusion="Se avisa antes")
        assert [t["id"] for t in lee_canales.sin_leer(session, usuario_id=7)] == [cual]
        assert lee_canales.sin_leer(session, usuario_id=8) == []
        partes_encargo.poner_participante(
            session, UNIDAD, encargo_id=cual, participante_id=None, version=0, datos={"dependencia_id": 2}
        )
        assert len(lee_canales.sin_leer(session, usuario_id=8)) == 1
    with writing(ENLACE) as session:
        partes_encargo.leer(session, ENLACE, encargo_id=cual, acuse=True)
    with reading() as session:
        gente = lee_canales.recibido(session, encargo_id=cual)
        assert (gente["acusaron"], gente["faltan"]) == (["Enlace uno"], ["Enlace dos"])
        assert lee_canales.sin_leer(session, usuario_id=7) == []
    with writing(UNIDAD) as session:
        partes_encargo.comentar(session, UNIDAD, encargo_id=cual, texto="Falta la fecha")
        assert len(lee_canales.sin_leer(session, usuario_id=7)) == 1
        pedido = {"encargo_id": cual, "texto": "Avisar", "dependencia_id": 2}
        version = session.get_one(Encargo, cual).version
        with pytest.raises(Problema, match="fecha"):
            canales.acordar(session, UNIDAD, version=version, **pedido, vence=date(2020, 1, 1))
        vence = hoy(session) + timedelta(days=5)
        acuerdo = canales.acordar(session, UNIDAD, version=version, **pedido, vence=vence)
        assert session.get_one(Acuerdo, acuerdo).numero == "CAN-2026-001/01"
    with reading() as session:
        assert [e["id"] for e in encargos_de(session, asunto="acuerdo", referencia=str(acuerdo))] == [cual]


def test_un_manual_cuenta_si_esta_completo_y_vigente(mundo: str) -> None:
    with writing(UNIDAD) as session:
        dia = hoy(session)
        datos = {"tipo": "organizacion", "edicion": 1, "organigrama": True, "funciones": True}
        aprobado = {"acto": "Acta 1", "aprobado_en": dia, "medio": "Gaceta", "publicado_en": dia}
        cual = _abrir(session, "manual", **datos, perfiles=True, **aprobado, vigente_hasta=dia)
        _mover(session, cual, "en_elaboracion", "en_revision", "aprobado", "publicado")
        _abrir(session, "manual", **datos, dependencia_id=2)
    with reading() as session:
        dicho = cobertura_de_manuales(session, ente_id=1)
    assert dicho["por_tipo"]["organizacion"] == {"validas": 1, "total": 2, "porcentaje": 50}
    assert [f["organizacion"] for f in dicho["filas"]] == ["", "por elaborar, sin perfil de cada puesto"]
    assert [f["procedimientos"] for f in dicho["filas"]] == ["No hay", "No hay"]


def test_el_organigrama_va_de_arriba_abajo_y_sin_vueltas(mundo: str) -> None:
    def puesto(session: Session, nombre: str, jefe: int | None, cual: int | None = None) -> int:
        datos = {
            "dependencia_id": 1, "nombre": nombre, "nivel": 1, "plazas": 1, "reporta_a_id": jefe,
            "persona_id": None, "activo": True,
        }  # fmt: skip
        return directorio.guardar_puesto(
            session, UNIDAD, puesto_id=cual, version=1 if cual else 0, datos=datos
        )

    with writing(UNIDAD) as session:
        jefe = puesto(session, "Titular", None)
        abajo = puesto(session, "Auxiliar", jefe)
        with pytest.raises(Problema, match="le reporta"):
            puesto(session, "Titular", abajo, jefe)
        with pytest.raises(Problema, match="ya tiene"):
            puesto(session, "Auxiliar", None)
        with pytest.raises(SinPermiso):
            directorio.guardar_puesto(session, ENLACE, puesto_id=None, version=0, datos={})
    with reading() as session:
        arbol = arbol_de_puestos(lee_directorio.puestos(session, dependencia_id=1))
        assert [(hondo, p["nombre"]) for hondo, p in arbol] == [(0, "Titular"), (1, "Auxiliar")]
        assert lee_directorio.aviso(session)["texto"] == AVISO
    with writing(UNIDAD) as session:
        directorio.guardar_aviso(session, UNIDAD, version=1, texto="El nuestro")
        assert lee_directorio.aviso(session)["texto"] == "El nuestro"


def _cuadro(lado: float, x: float = -99.5) -> bytes:
    anillo = [[x, 19.2], [x + lado, 19.2], [x + lado, 19.2 + lado], [x, 19.2 + lado], [x, 19.2]]
    forma = {"type": "Polygon", "coordinates": [anillo]}
    return json.dumps({"type": "Feature", "properties": {"nombre": "Uno"}, "geometry": forma}).encode()


def test_el_contorno_se_sustituye_y_lo_que_no_sirve_se_dice(mundo: str) -> None:
    with writing(UNIDAD) as session:
        assert geometria.guardar(session, UNIDAD, clase="limite", contenido=_cuadro(0.1)) == 1
        assert geometria.guardar(session, UNIDAD, clase="limite", contenido=_cuadro(0.2)) == 1
        for malo in (b"", b"{}", b'{"type":"Point","coordinates":[1,2]}', _cuadro(0.1, 500.0)):
            with pytest.raises(Problema) as dicho:
                geometria.guardar(session, UNIDAD, clase="limite", contenido=malo)
            assert dicho.value.campo == "archivo"
        with pytest.raises(SinPermiso):
            geometria.guardar(session, ENLACE, clase="limite", contenido=_cuadro(0.1))
    with reading() as session:
        (una,) = geometrias(session)
    (anillo,) = una["geometria"]["coordinates"][0]
    # Con el reloj: al revés, el dibujo llenaría el planeta.
    assert sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(anillo)) < 0


def test_una_ficha_que_no_existe_no_existe(mundo: str) -> None:
    with reading() as session:
        assert ficha(session, encargo_id=999) is None
