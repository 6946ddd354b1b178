"""Emitir en los dos motores: folios seguidos, huella, permisos, faltas y el mismo archivo otra vez."""

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from dashboard.reports import emitir as modulo
from dashboard.reports import ficha_ejecutiva
from dashboard.reports.comun import falta_de_cierre
from dashboard.reports.documento import Archivo, Parametros
from dashboard.reports.emitir import emitir, rehacer
from dashboard.reports.preguntar import una_lectura
from db.actions import cierre as acciones_de_cierre
from db.actions.cierre import cerrar
from db.actions.documentos import registrar
from db.actions.idempotencia import Conflicto
from db.base import ahora
from db.engine import reading, writing
from db.queries.documentos import emitido, emitidos, origen
from db.queries.figuras import figuras
from db.rules.documentos import Salida, folio, nombre_de_archivo
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol, SinPermiso
from db.rules.problema import Problema
from tests.db import mundo

UIPPE = Actor(1, "uippe", "Uippe Inventada", (Asignacion(Rol.PLANEACION),))
FICHA = ficha_ejecutiva.REPORTE
P = Parametros(mundo.ANIO, 3)


@pytest.fixture
def listo(base_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Primer trimestre abierto, con dos metas capturadas de cuatro."""
    poner(monkeypatch)
    return base_sqlite


@pytest.fixture
def en_los_dos(base: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Lo mismo, en cada uno de los dos motores."""
    poner(monkeypatch)
    return base


def poner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acciones_de_cierre, "hoy", lambda _session: date(2026, 8, 1))
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        mundo.avance(session, 1, 3, 10)
        mundo.avance(session, 2, 3, 8)


def cierra() -> None:
    with writing(UIPPE) as session:
        cerrar(session, UIPPE, anio=mundo.ANIO, mes=3, motivo="No llegaron")


def salidos() -> list[dict[str, Any]]:
    with reading() as session:
        return emitidos(session, anio=mundo.ANIO)


def test_de_un_periodo_cerrado_sale_con_folio_y_vuelve_a_salir_identico(en_los_dos: str) -> None:
    cierra()
    archivo = emitir(UIPPE, FICHA, [P], ["pdf"])
    (uno,) = salidos()
    assert uno["folio"] == "FICHAEJECUTIVA-2026-0001" and uno["estado"] == "emitido"
    assert uno["huella"] == hashlib.sha256(archivo.contenido).hexdigest()
    assert uno["tamano"] == len(archivo.contenido)
    assert uno["cierre"] == 1 and Parametros.de_dict(uno["parametros"]) == P
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.avance(session, 3, 3, 1)  # llega tarde: lo congelado no cambia
    with reading() as session:
        guardado = emitido(session, documento_id=uno["id"])
    assert guardado is not None
    otra_vez, igual = rehacer(guardado, FICHA)
    assert igual and otra_vez == archivo
    dicho = PdfReader(io.BytesIO(archivo.contenido)).pages[0].extract_text()
    assert "cierre 1" in dicho and "Hizo Uippe Inventada" in dicho and "BORRADOR" not in dicho


def test_con_faltas_no_sale_salvo_que_se_pida_borrador(listo: str) -> None:
    with pytest.raises(Problema, match="sigue abierto"):
        emitir(UIPPE, FICHA, [P], ["xlsx"])
    assert salidos() == []
    emitir(UIPPE, FICHA, [P], ["xlsx"], borrador=True)
    (uno,) = salidos()
    assert uno["folio"] == "BORRADOR-FICHAEJECUTIVA-2026-0001" and uno["estado"] == "borrador"
    cierra()
    emitir(UIPPE, FICHA, [P], ["xlsx"])
    assert salidos()[0]["folio"] == "FICHAEJECUTIVA-2026-0001"


def test_un_conjunto_es_un_zip_con_un_folio_por_archivo(listo: str) -> None:
    cierra()
    with una_lectura() as preguntar:
        juego = ficha_ejecutiva.juego(preguntar, P)
    assert len(juego) == 3  # el municipio y sus dos ejes
    dicho: list[float] = []
    paquete = emitir(UIPPE, FICHA, juego, ["xlsx"], al_avanzar=lambda parte, _que: dicho.append(parte))
    assert dicho == sorted(dicho) and dicho[-1] > 0.9
    with zipfile.ZipFile(io.BytesIO(paquete.contenido)) as abierto:
        nombres = abierto.namelist()
        huellas = {hashlib.sha256(abierto.read(n)).hexdigest() for n in nombres}
    assert len(nombres) == 3 and huellas == {d["huella"] for d in salidos()}
    assert [d["folio"][-4:] for d in salidos()] == ["0003", "0002", "0001"]


def test_el_formato_propio_conserva_su_nombre_y_no_se_encima(listo: str) -> None:
    cierra()
    propio = replace(FICHA, propios={"txt": lambda _preguntar, _p: Archivo("oficial.txt", b"01|02")})
    paquete = emitir(UIPPE, propio, [P, replace(P, nodo_id=1)], ["txt"])
    with zipfile.ZipFile(io.BytesIO(paquete.contenido)) as abierto:
        assert abierto.namelist() == ["oficial.txt", "002/oficial.txt"]


def test_quien_no_emite_no_emite(listo: str) -> None:
    cierra()
    for rol in (Rol.CONTRALORIA, Rol.COPLADEM, Rol.ADMINISTRACION):
        with pytest.raises(SinPermiso):
            emitir(Actor(2, "otro", "Otro", (Asignacion(rol),)), FICHA, [P], ["xlsx"])
    assert salidos() == []


def test_el_enlace_emite_lo_de_su_dependencia_y_nada_mas(listo: str) -> None:
    cierra()
    enlace = Actor(2, "enlace", "Enlace", (Asignacion(Rol.ENLACE, 1, 1),))
    emitir(enlace, FICHA, [replace(P, ente_id=1, dependencia_id=1)], ["xlsx"])
    for ajeno in (replace(P, ente_id=1, dependencia_id=2), P, replace(P, ente_id=1)):
        with pytest.raises(SinPermiso):
            emitir(enlace, FICHA, [ajeno], ["xlsx"])
    assert len(salidos()) == 1


def test_si_otra_persona_toma_el_folio_se_vuelve_a_empezar(
    listo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cierra()
    veces = []

    def estorbar(session: Any, actor: Actor, salidas: Any) -> None:
        veces.append(salidas[0].folio)
        if len(veces) == 1:
            raise Conflicto
        registrar(session, actor, salidas)

    monkeypatch.setattr(modulo, "registrar", estorbar)
    emitir(UIPPE, FICHA, [P], ["xlsx"])
    assert len(veces) == 2 and len(salidos()) == 1


def test_un_folio_que_ya_no_sigue_se_rechaza(listo: str) -> None:
    salida = Salida("X-2026-0002", "x", "X", False, "pdf", 2026, "h" * 64, 1, 0, "s", ahora(), parametros={})
    with pytest.raises(Conflicto), writing(UIPPE) as session:
        registrar(session, UIPPE, [salida])
    with writing(UIPPE) as session:
        registrar(session, UIPPE, [replace(salida, folio="X-2026-0001")])
    assert salidos()[0]["folio"] == "X-2026-0001"


def test_las_cifras_del_cierre_y_las_de_hoy_tienen_la_misma_forma(en_los_dos: str) -> None:
    with reading() as session:
        de_hoy = figuras(session, anio=mundo.ANIO, mes=3)
        assert origen(session, anio=mundo.ANIO, mes=3)["cierre"] is None
    cierra()
    with reading() as session:
        congeladas = figuras(session, anio=mundo.ANIO, mes=3)
    for asunto in ("municipio", "nodo", "programa", "dependencia", "meta", "indicador", "dinero"):
        assert de_hoy[asunto] == congeladas[asunto], asunto
    assert congeladas["meta"]["2"]["cumplimiento"]["cifra"] == "80.0\u00a0%"


def test_abierto_cerrado_y_cerrado_sin_congelar_se_dicen_distinto(listo: str) -> None:
    def dice() -> tuple[bool, str, list[str]]:
        with una_lectura() as preguntar:
            de = preguntar(origen, anio=mundo.ANIO, mes=3)
            faltas = falta_de_cierre(preguntar, Parametros(mundo.ANIO, 3))
        return de["cerrado"], de["corte"].split(", ")[1], [f.que.split(":")[0] for f in faltas]

    assert dice() == (False, "periodo abierto", ["El periodo sigue abierto"])
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.cerrar(session, 3)
    sin_congelar = ["El periodo se cerró sin congelar sus cifras"]
    assert dice() == (True, "periodo cerrado sin congelar", sin_congelar)


def test_los_nombres_de_archivo_sirven_en_cualquier_sistema() -> None:
    assert folio("pbrm_08c", 2026, 7, False) == "PBRM08C-2026-0007"
    assert nombre_de_archivo("Ñandú: «a/b\\c» *?", "pdf") == "nandu-a-b-c.pdf"
    assert nombre_de_archivo("..", "zip") == "documento.zip"
    assert len(nombre_de_archivo("x" * 500, "docx")) < 70
