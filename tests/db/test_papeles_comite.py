"""Los papeles de una sesión: material congelado, carpeta, acta firmada y lo que prueba un acuerdo."""

import io
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from pypdf import PdfReader

from dashboard.reports import acta, carpeta, comite
from dashboard.reports import congelar as congela
from dashboard.reports import emitir as emite
from dashboard.reports.congelar import congelar, sin_copia
from dashboard.reports.dibujar import dibujar
from dashboard.reports.documento import Parametros, Reporte
from dashboard.reports.preguntar import una_lectura
from db.actions import acta as actas
from db.actions import acuerdo_evidencia, acuerdos, comites, material, sala, sesiones
from db.actions.evidencias import abrir
from db.base import ahora
from db.engine import reading, writing
from db.models.captura import EstadoPeriodo, Periodo
from db.models.documentos import DocumentoEmitido, EstadoDocumento
from db.models.estructura import Dependencia
from db.models.evidencias import Clasificacion
from db.models.usuarios import Usuario
from db.queries.adjuntos import ACUERDO, SESION, adjuntos
from db.queries.evidencias import ruta_de, una
from db.queries.material import elegibles
from db.queries.sesiones import sesion
from db.rules.evidencias import Archivo
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db import mundo

PLANEACION = actor(Rol.PLANEACION)
VOCAL = Actor(100, "vocal", "Vocal", (Asignacion(Rol.COPLADEM),))
LUNES = datetime.fromisoformat("2026-11-23T10:00:00-06:00")
ESCANEO = Archivo("acta firmada.pdf", "application/pdf", b"%PDF-1.7 firmada")


@pytest.fixture
def reunion(base: str) -> Any:
    """Un comité de dos personas con su sesión programada para dentro de una semana y un punto por tratar."""
    with time_machine.travel(LUNES, tick=False) as reloj:
        yield _integrar(), reloj


def _integrar() -> dict[str, int]:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        session.add(Usuario(id=100, cuenta="vocal", nombre="Vocal", creada_en=ahora()))
        session.get_one(Dependencia, 2).nombre = "Unidad de planeación"
        session.add(Periodo(anio=2026, mes=9, estado=EstadoPeriodo.ABIERTO))
    with writing(PLANEACION) as session:
        datos = {"clase": "coplademun", "nombre": "COPLADEMUN de Prueba", "siglas": "cop"}
        comite_id = comites.guardar_comite(session, PLANEACION, comite_id=None, version=0, datos=datos)
        for cargo, usuario in (("presidente", None), ("vocal", 100)):
            asiento = comites.guardar_asiento(
                session,
                PLANEACION,
                comite_id=comite_id,
                asiento_id=None,
                version=0,
                datos={
                    "cargo": cargo,
                    "sector": "social",
                    "representa": f"Organización {cargo}",
                    "voz": True,
                    "voto": True,
                    "desde": date(2026, 1, 1),
                    "orden": 1,
                },
            )
            persona = comites.guardar_persona(
                session,
                PLANEACION,
                persona_id=None,
                version=0,
                datos={"nombre": f"Quien es {cargo}", "sexo": "mujer", "usuario_id": usuario},
            )
            i = comites.proponer(
                session,
                PLANEACION,
                asiento_id=asiento,
                persona_id=persona,
                calidad="titular",
                desde=date(2026, 1, 1),
            )
            comites.acreditar(
                session, PLANEACION, integrante_id=i, version=1, acreditacion="OF-1", dia=date(2026, 1, 5)
            )
        (sesion_id,) = sesiones.programar(
            session,
            PLANEACION,
            comite_id=comite_id,
            tipo="ordinaria",
            dias=[date(2026, 11, 30)],
            lugar="Cabildo",
        )
        punto = sesiones.agregar_punto(session, PLANEACION, sesion_id=sesion_id, titulo="Avance del Plan")
    return {"comite": comite_id, "sesion": sesion_id, "punto": punto}


def leer(ids: dict[str, int]) -> dict[str, Any]:
    with reading() as session:
        hay = sesion(session, sesion_id=ids["sesion"])
    assert hay is not None
    return hay


def materiales(ids: dict[str, int]) -> list[dict[str, Any]]:
    return [m for p in leer(ids)["puntos"] for m in p["materiales"]]


def agregar(ids: dict[str, int], clase: str, referencia: str) -> int:
    with writing(PLANEACION) as session:
        return material.agregar(
            session, PLANEACION, punto_id=ids["punto"], clase=clase, referencia=referencia
        )


def dicho(huella: str) -> str:
    """El texto de un PDF guardado en el almacén."""
    paginas = PdfReader(io.BytesIO(ruta_de(huella).read_bytes())).pages
    return " ".join(" ".join(p.extract_text() for p in paginas).split())


def test_el_material_se_elige_de_lo_que_hay_y_se_quita_antes_de_convocar(reunion: Any) -> None:
    ids, _ = reunion
    with reading() as session:
        hay = elegibles(session, comite_id=ids["comite"], anio=2026)
    assert list(hay["nodo"]) == ["1", "3"] and list(hay["programa"]) == ["01020401"]
    assert not hay["pesos"] and not hay["archivo"]
    primero = agregar(ids, "nodo", "1")
    assert materiales(ids)[0]["titulo"] == "Ficha del eje 1 Eje uno"
    with pytest.raises(Problema, match="ya lleva"):
        agregar(ids, "nodo", "1")
    for clase, referencia in (("nodo", "99"), ("pesos", "1"), ("cualquiera", "1")):
        with pytest.raises(Problema, match="no se puede elegir"):
            agregar(ids, clase, referencia)
    with pytest.raises(SinPermiso), writing(VOCAL) as session:
        material.quitar(session, VOCAL, material_id=primero)
    with writing(PLANEACION) as session:
        material.quitar(session, PLANEACION, material_id=primero)
    assert materiales(ids) == []
    otro = agregar(ids, "programa", "01020401")
    with writing(PLANEACION) as session:
        sesiones.convocar(session, PLANEACION, sesion_id=ids["sesion"], version=leer(ids)["version"])
    with pytest.raises(Problema, match="convocada"), writing(PLANEACION) as session:
        material.quitar(session, PLANEACION, material_id=otro)


def test_al_convocar_queda_fija_la_copia_que_ve_todo_integrante(
    reunion: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(congela, "taller", lambda: nullcontext(dibujar))
    monkeypatch.delattr(emite, "taller")  # un taller dentro de otro puede quedarse esperando para siempre
    ids, _ = reunion
    cual = agregar(ids, "nodo", "1")
    with pytest.raises(Problema, match="no está en el registro"), writing(PLANEACION) as session:
        material.congelar(session, PLANEACION, material_id=cual, archivo=ESCANEO)
    agregar(ids, "archivo", str(_emitido_que_ya_no_sale_igual(ids)))
    with writing(PLANEACION) as session:
        sesiones.convocar(session, PLANEACION, sesion_id=ids["sesion"], version=leer(ids)["version"])
    (falla,) = congelar(PLANEACION, ids["sesion"])
    assert "LISTAASISTENCIA-2026-0001 ya no sale igual" in falla
    suyo, otro = materiales(ids)
    assert suyo["folio"].endswith("FICHAEJECUTIVA-2026-0001") and sin_copia(leer(ids)) == [otro]
    with reading() as session:
        copia = abrir(session, VOCAL, suyo["evidencia_id"])
        (junta,) = adjuntos(session, asunto=SESION, referencia=str(ids["sesion"]))
        assert abrir(session, VOCAL, junta["id"])["sha256"] == junta["sha256"]
    antes = dicho(copia["sha256"])
    assert "Eje uno" in antes
    entera = dicho(junta["sha256"])
    assert "Avance del Plan" in entera and suyo["folio"] in entera and "Ficha del eje 1 Eje uno" in entera
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.avance(session, 1, 3, 10)
    assert len(congelar(PLANEACION, ids["sesion"])) == 1
    assert materiales(ids)[0]["evidencia_id"] == suyo["evidencia_id"]
    with reading() as session:
        assert len(adjuntos(session, asunto=SESION, referencia=str(ids["sesion"]))) == 1
    with pytest.raises(SinPermiso):
        congelar(VOCAL, ids["sesion"])


def _emitido_que_ya_no_sale_igual(ids: dict[str, int]) -> int:
    with writing(PLANEACION) as session:
        documento = DocumentoEmitido(
            folio="LISTAASISTENCIA-2026-0001",
            clase="lista_asistencia",
            titulo="Lista de asistencia",
            estado=EstadoDocumento.EMITIDO,
            formato="pdf",
            anio=2026,
            parametros={"anio": 2026, "otros": {"sesion": str(ids["sesion"])}},
            bitacora_id=1,
            sello="",
            huella="0" * 64,
            tamano=1,
            cuenta="planeacion",
            nombre="",
            emitido_en=ahora(),
        )
        session.add(documento)
        session.flush()
        return documento.id or 0


def _texto(reporte: Reporte, **otros: Any) -> tuple[str, list[str]]:
    """Lo que dice el PDF de un documento, y lo que le falta."""
    with una_lectura() as preguntar:
        p = Parametros(2026, otros={k: str(v) for k, v in otros.items()})
        documento = reporte.construir(preguntar, p)
    paginas = PdfReader(io.BytesIO(dibujar(documento, None, "pdf"))).pages
    return " ".join(" ".join(x.extract_text() for x in paginas).split()), [f.que for f in documento.faltas]


def test_el_comite_se_instala_nombra_y_pasa_lista_en_papel(reunion: Any) -> None:
    ids, _ = reunion
    dice, faltan = _texto(comite.INSTALACION, comite=ids["comite"])
    assert "Quien es presidente" in dice and "Organización vocal" in dice and "mujeres" in dice
    assert faltan == ["Falta la fecha en que se instaló.", "Falta el fundamento del comité."]
    with una_lectura() as preguntar:
        p = Parametros(2026, otros={"integrante": "1"})
        assert [x.otros["integrante"] for x in comite.juego(preguntar, p)] == ["1", "2"]
    dice, _ = _texto(comite.NOMBRAMIENTO, integrante=2)
    assert "Nombramiento de Quien es vocal" in dice and "PRESIDE" in dice and "5 de enero de 2026" in dice
    assert "PRESIDE" not in _texto(comite.NOMBRAMIENTO, integrante=1)[0]
    dice, _ = _texto(carpeta.LISTA_ASISTENCIA, sesion=ids["sesion"])
    assert "Quien es vocal" in dice and "Asistieron" not in dice and "No asistió" not in dice
    cerrada(reunion, llegan=1)
    dice, _ = _texto(carpeta.LISTA_ASISTENCIA, sesion=ids["sesion"])
    assert "Asistieron 1 de 2" in dice and dice.count("No asistió") == 1


def cerrada(reunion: Any, llegan: int = 2) -> tuple[int, int]:
    """La sesión celebrada con un acuerdo a cargo de la vocal: ids del acta y del acuerdo."""
    ids, reloj = reunion
    with writing(PLANEACION) as session:
        sesiones.convocar(session, PLANEACION, sesion_id=ids["sesion"], version=leer(ids)["version"])
    reloj.move_to(LUNES + timedelta(days=7, minutes=0 if llegan > 1 else 31))
    with writing(PLANEACION) as session:
        quienes = list(leer(ids)["convocados"])
        sala.pasar_lista(session, PLANEACION, sesion_id=ids["sesion"], llegan=quienes[:llegan])
        sala.declarar_quorum(session, PLANEACION, sesion_id=ids["sesion"])
        tomado = acuerdos.tomar(
            session,
            PLANEACION,
            sesion_id=ids["sesion"],
            texto="Publicar",
            vence=date(2026, 12, 15),
            persona_id=2,
        )
    with writing(PLANEACION) as session:
        version = leer(ids)["version"]
        return sala.cerrar(session, PLANEACION, sesion_id=ids["sesion"], version=version), tomado


def test_un_acta_no_se_da_por_firmada_sin_su_archivo(reunion: Any) -> None:
    ids, _ = reunion
    agregar(ids, "nodo", "1")
    cual, _ = cerrada(reunion)
    assert "Anexos" in (dice := _texto(acta.ACTA, sesion=ids["sesion"])[0]) and "Ficha del eje 1" in dice
    with pytest.raises(Problema, match="no pasa a firmada"), writing(PLANEACION) as session:
        actas.firmar(session, PLANEACION, acta_id=cual, version=1, archivo=ESCANEO)
    with writing(PLANEACION) as session:
        actas.mover(session, PLANEACION, acta_id=cual, version=1, estado="revisada")
        actas.mover(session, PLANEACION, acta_id=cual, version=2, estado="aprobada")
    with pytest.raises(Problema, match="Falta el acta firmada"), writing(PLANEACION) as session:
        actas.mover(session, PLANEACION, acta_id=cual, version=3, estado="firmada")
    hoja = Archivo("acta.xlsx", "application/vnd.ms-excel", b"x")
    with pytest.raises(Problema, match="digitalizada"), writing(PLANEACION) as session:
        actas.firmar(session, PLANEACION, acta_id=cual, version=3, archivo=hoja)
    with writing(PLANEACION) as session:
        actas.firmar(session, PLANEACION, acta_id=cual, version=3, archivo=ESCANEO)
        firmada = session.get_one(actas.Acta, cual)
        assert firmada.estado == "firmada" and firmada.evidencia_id is not None
        evidencia = firmada.evidencia_id
    with reading() as session:
        assert ruta_de(abrir(session, VOCAL, evidencia)["sha256"]).read_bytes() == ESCANEO.contenido


def test_lo_que_prueba_un_acuerdo_lo_sube_a_quien_le_toca_y_se_retira_con_su_razon(reunion: Any) -> None:
    _, cual = cerrada(reunion)
    gaceta = Archivo("gaceta.pdf", "application/pdf", b"%PDF-1.7 gaceta")
    ajena = Actor(7, "otra", "Otra", (Asignacion(Rol.COPLADEM),))
    with pytest.raises(SinPermiso), writing(ajena) as session:
        acuerdo_evidencia.agregar(session, ajena, acuerdo_id=cual, archivo=gaceta)
    with writing(VOCAL) as session:
        suyo = acuerdo_evidencia.agregar(session, VOCAL, acuerdo_id=cual, archivo=gaceta, pie="Gaceta 12")
    with pytest.raises(Problema, match="ya prueba"), writing(VOCAL) as session:
        acuerdo_evidencia.agregar(session, VOCAL, acuerdo_id=cual, archivo=gaceta)
    with reading() as session:
        (prueba,) = adjuntos(session, asunto=ACUERDO, referencia=str(cual))
        assert prueba["pie"] == "Gaceta 12" and abrir(session, ajena, prueba["id"])
    padron = Archivo("padron.pdf", "application/pdf", b"%PDF-1.7 padron")
    with writing(VOCAL) as session:
        acuerdo_evidencia.agregar(
            session, VOCAL, acuerdo_id=cual, archivo=padron, clasificacion=Clasificacion.CONFIDENCIAL
        )
    with reading() as session:
        reservado = adjuntos(session, asunto=ACUERDO, referencia=str(cual))[0]["id"]
        assert abrir(session, PLANEACION, reservado)
        with pytest.raises(SinPermiso):
            abrir(session, ajena, reservado)
    with pytest.raises(Problema, match="por qué se retira"), writing(VOCAL) as session:
        acuerdo_evidencia.retirar(session, VOCAL, adjunto_id=suyo, motivo=" ")
    with writing(VOCAL) as session:
        acuerdo_evidencia.retirar(session, VOCAL, adjunto_id=suyo, motivo="Era otra gaceta")
    with reading() as session, pytest.raises(SinPermiso):
        abrir(session, ajena, prueba["id"])
    with reading() as session:
        assert una(session, prueba["id"])["motivo"] == "Era otra gaceta"  # type: ignore[index]
