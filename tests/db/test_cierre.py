"""Cerrar, reabrir y leer lo congelado, en los dos motores: la cifra de un cierre nunca cambia."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from db.actions import cierre as acciones
from db.actions.captura import Entrega, corregir_extemporaneo
from db.actions.cierre import cerrar, reabrir
from db.audit import ORIGEN, ultimo_sello
from db.base import tabla
from db.engine import reading, writing
from db.models.actividad import AvanceMeta
from db.models.captura import ClaseItem, Instantanea
from db.queries.avance_captura import faltantes
from db.queries.cierre import CAMPOS, cierres, congelado, falta_en, instantanea, sello_de
from db.queries.evaluacion import RAIZ, Evaluacion
from db.queries.por_congelar import por_congelar
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol, SinPermiso
from db.rules.problema import Problema
from db.rules.resultado import Resultado
from tests.db import mundo

UIPPE = Actor(1, "uippe", "Uippe", (Asignacion(Rol.PLANEACION),))
OTROS = [
    Actor(2, rol.value, rol.value, (Asignacion(rol, 1, 1 if rol is Rol.ENLACE else None),))
    for rol in Rol
    if rol is not Rol.PLANEACION
]


@pytest.fixture
def listo(base: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Primer trimestre con dos metas en 10 de 10 y en 8 de 10; las otras dos sin captura."""
    monkeypatch.setattr(acciones, "hoy", lambda _session: date(2026, 8, 1))
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        mundo.avance(session, 1, 3, 10)
        mundo.avance(session, 2, 3, 8)
    yield base


def cierra(mes: int = 3, motivo: str = "No llegaron", actor: Actor = UIPPE) -> None:
    with writing(actor) as session:
        cerrar(session, actor, anio=mundo.ANIO, mes=mes, motivo=motivo)


def reabre(mes: int = 3, motivo: str = "Error de captura", actor: Actor = UIPPE) -> None:
    with writing(actor) as session:
        reabrir(session, actor, anio=mundo.ANIO, mes=mes, motivo=motivo)


def corregir(meta: int, valor: int) -> None:
    with writing(UIPPE) as session:
        a = tabla(AvanceMeta).c
        version = session.execute(select(a.version).where(a.meta_id == meta, a.mes == 3)).scalar_one()
        corregir_extemporaneo(
            session,
            UIPPE,
            anio=mundo.ANIO,
            mes=3,
            entrega=Entrega(ClaseItem.META, meta, {meta: Decimal(valor)}, version),
            motivo="Oficio 7",
        )


def test_con_faltantes_se_cierra_solo_con_motivo(listo: str) -> None:
    with reading() as session:
        lista = faltantes(session, anio=mundo.ANIO, mes=3)
    assert [(d["dependencia"], d["sin_capturar"], d["faltan"]) for d in lista] == [("Dependencia B00", 2, 2)]
    with pytest.raises(Problema, match="Falta captura o validación de 2") as error:
        cierra(motivo=" ")
    assert error.value.campo == "motivo"
    with reading() as session:
        assert instantanea(session, anio=mundo.ANIO, mes=3) is None
    cierra()


def test_lo_congelado_es_lo_que_se_veia_al_cerrar(listo: str) -> None:
    with reading() as session:
        evaluacion = Evaluacion(session, mundo.ANIO, 3)
        plan, metas = evaluacion.plan(), evaluacion.hojas()
    cierra()
    with reading() as session:
        foto = instantanea(session, anio=mundo.ANIO, mes=3)
        assert foto is not None
        for ente_id in (None, 1):
            raiz = instantanea(session, anio=mundo.ANIO, mes=3, asunto="municipio", ente_id=ente_id)
            assert raiz is not None
            por_metas = next(r for r in raiz["renglones"] if r["referencia"] == "metas")
            assert por_metas["resultado"]["cumplimiento"] == plan[RAIZ].cumplimiento.a_dict()
    asuntos = {r["asunto"] for r in foto["renglones"]}
    assert {"municipio", "nodo", "programa", "dependencia", "meta", "bandas", "pesos"} <= asuntos
    dos = next(r for r in foto["renglones"] if r["asunto"] == "meta" and r["referencia"] == "2")
    assert Resultado.de_dict(dos["resultado"]["cumplimiento"]).valor == Decimal(80)
    assert dos["resultado"]["cumplimiento"] == metas["m2"].cumplimiento.a_dict()


def test_la_correccion_tardia_no_toca_lo_congelado(listo: str) -> None:
    cierra()
    corregir(2, 9)
    with reading() as session:
        queda = congelado(session, anio=mundo.ANIO, mes=3, asunto="meta", referencia="2")
        viva = Evaluacion(session, mundo.ANIO, 3).hojas()["m2"].cumplimiento
        foto = instantanea(session, anio=mundo.ANIO, mes=3)
        assert foto is not None and falta_en(session, foto["id"]) is None
    assert queda is not None and (queda["valor"], queda["cierre"]) == (Decimal(80), 1)
    assert viva.valor == Decimal(90)


def test_el_sello_es_el_ultimo_renglon_de_la_bitacora_antes_de_cerrar(listo: str) -> None:
    with reading() as session:
        previo = ultimo_sello(session)
    cierra()
    with reading() as session:
        sello = sello_de(session, anio=mundo.ANIO, mes=3)
    assert previo is not None and previo["huella"] != ORIGEN
    assert sello is not None and (sello["bitacora_id"], sello["sello"]) == (previo["id"], previo["huella"])


def test_se_cierra_en_orden_y_ya_terminado(listo: str) -> None:
    with pytest.raises(Problema, match="marzo"):
        cierra(mes=6)
    with pytest.raises(Problema, match="termina el 30/09/2026"):
        cierra(mes=9)
    with pytest.raises(Problema, match="No es un periodo"):
        cierra(mes=4)
    cierra()
    with pytest.raises(Problema, match="ya está cerrado"):
        cierra()


def test_reabrir_y_cerrar_agrega_otra_version_y_conserva_la_primera(listo: str) -> None:
    with pytest.raises(Problema, match="Sólo se reabre lo cerrado"):
        reabre()
    cierra()
    with pytest.raises(Problema, match="motivo"):
        reabre(motivo=" ")
    reabre()
    with reading() as session:
        assert congelado(session, anio=mundo.ANIO, mes=3, asunto="meta", referencia="2") is None
        assert sello_de(session, anio=mundo.ANIO, mes=3) is None
        assert instantanea(session, anio=mundo.ANIO, mes=3) is not None
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.avance(session, 3, 3, 10)
    cierra()
    with reading() as session:
        primero = cierres(session, anio=mundo.ANIO)[0]
        viejo = instantanea(session, anio=mundo.ANIO, mes=3, asunto="meta", ente_id=1, numero=1)
        nuevo = instantanea(session, anio=mundo.ANIO, mes=3, asunto="meta", ente_id=1)
    assert primero["cerrado"] and [c["numero"] for c in primero["cierres"]] == [2, 1]
    assert [r["motivo"] for r in primero["reaperturas"]] == ["Error de captura"]
    assert viejo is not None and nuevo is not None
    estados = [f["renglones"][2]["resultado"]["cumplimiento"]["valor"] for f in (viejo, nuevo)]
    assert estados == [None, "100"]


def test_con_un_periodo_posterior_cerrado_no_se_reabre(listo: str) -> None:
    cierra()
    cierra(mes=6)
    with pytest.raises(Problema, match="junio"):
        reabre()


@pytest.mark.parametrize("actor", OTROS, ids=lambda a: a.cuenta)
def test_solo_planeacion_cierra_y_reabre(listo: str, actor: Actor) -> None:
    with pytest.raises(SinPermiso):
        cierra(actor=actor)
    with pytest.raises(SinPermiso):
        reabre(actor=actor)


def test_las_bandas_se_guardan_una_vez_y_lo_leido_es_lo_congelado(listo: str) -> None:
    with reading() as session:
        antes = por_congelar(session, mundo.ANIO, 3)
    cierra()
    with reading() as session:
        foto = instantanea(session, anio=mundo.ANIO, mes=3)
        guardados = session.execute(select(tabla(Instantanea).c.resultado)).scalars().all()
    assert foto is not None
    leidos = [tuple(r[campo] for campo in CAMPOS) for r in foto["renglones"]]
    assert leidos == [(c.ente_id, c.asunto.value, c.referencia, c.nombre, c.resultado) for c in antes]
    assert sum('"palabra"' in json.dumps(g) for g in guardados) == 1


def test_lo_que_se_congelo_entero_se_sigue_leyendo(listo: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acciones, "compactar", lambda resultado, _juegos, _corte: resultado)
    cierra()
    with reading() as session:
        queda = congelado(session, anio=mundo.ANIO, mes=3, asunto="meta", referencia="2")
        foto = instantanea(session, anio=mundo.ANIO, mes=3)
        assert foto is not None and falta_en(session, foto["id"]) is None
        assert [r["resultado"] for r in foto["renglones"]] == [
            c.resultado for c in por_congelar(session, mundo.ANIO, 3)
        ]
    assert queda is not None and (queda["valor"], queda["palabra"]) == (Decimal(80), "En riesgo")


def test_lo_congelado_no_se_edita_ni_se_borra(listo: str) -> None:
    cierra()
    for sentencia in ("UPDATE instantanea SET nombre = 'x'", "DELETE FROM cierre", "DELETE FROM instantanea"):
        with pytest.raises(DBAPIError, match="congelado"), writing(LINEA_DE_COMANDOS) as session:
            session.execute(text(sentencia))
