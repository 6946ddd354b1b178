"""Lo que prueba un indicador de la Guía: quién lo sube, lo abre y lo retira, y en qué carpeta queda."""

import io
import zipfile

import pytest

from dashboard.reports.bloques import Tabla
from dashboard.reports.documento import Parametros
from dashboard.reports.guia import ARCHIVOS
from dashboard.reports.preguntar import una_lectura
from dashboard.reports.registro import reporte_de
from dashboard.ui.evidencias_guia import comprimir
from db.actions import evidencia_guia
from db.actions.evidencias import abrir
from db.actions.guia import asignar_responsable
from db.engine import reading, writing
from db.models.evidencias import Clasificacion
from db.queries.adjuntos import de_la_guia
from db.rules.evidencias import Archivo
from db.rules.permisos import Actor, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db.test_guia import ANIO, PLANEACION, fundar_guia

ACTA = Archivo("Acta 5 (final).pdf", "application/pdf", b"%PDF-1.4 acta")
ENLACE, AJENO = actor(Rol.ENLACE, 1, 1), actor(Rol.ENLACE, 1, 2)


@pytest.fixture
def guia(base: str) -> None:
    ids = fundar_guia()
    with writing(PLANEACION) as session:
        asignar_responsable(session, PLANEACION, anio=ANIO, indicadores=[ids["1.2.1"]], dependencia_id=1)


def _subir(quien: Actor, clasificacion: Clasificacion = Clasificacion.PUBLICA) -> int:
    with writing(quien) as session:
        return evidencia_guia.agregar(
            session, quien, anio=ANIO, clave="1.2.1", archivo=ACTA, pie="Acta", clasificacion=clasificacion
        )


def test_la_sube_quien_responde_y_queda_en_su_carpeta(guia: None) -> None:
    adjunto = _subir(ENLACE)
    with pytest.raises(Problema, match="ya prueba"):
        _subir(ENLACE)
    with pytest.raises(SinPermiso):
        _subir(AJENO)
    with reading() as session:
        (una,) = de_la_guia(session, anio=ANIO)
        assert de_la_guia(session, anio=ANIO - 1) == []
        # Público: lo abre quien ve la Guía, aunque no vea las evidencias de otros.
        assert abrir(session, AJENO, una["id"])["nombre"] == ACTA.nombre
    paquete = zipfile.ZipFile(io.BytesIO(comprimir([una])))
    assert paquete.namelist() == ["modulo_1/1.2.1/001-acta-5-final.pdf"]
    assert paquete.read(paquete.namelist()[0]) == ACTA.contenido
    with pytest.raises(SinPermiso), writing(AJENO) as session:
        evidencia_guia.retirar(session, AJENO, adjunto_id=adjunto, motivo="x")
    with writing(ENLACE) as session:
        with pytest.raises(Problema):
            evidencia_guia.retirar(session, ENLACE, adjunto_id=adjunto, motivo=" ")
        evidencia_guia.retirar(session, ENLACE, adjunto_id=adjunto, motivo="Era otra acta")
        assert de_la_guia(session, anio=ANIO) == []


def test_lo_confidencial_no_se_abre_por_ver_la_guia(guia: None) -> None:
    _subir(ENLACE, Clasificacion.CONFIDENCIAL)
    with reading() as session:
        (una,) = de_la_guia(session, anio=ANIO)
        with pytest.raises(SinPermiso):
            abrir(session, AJENO, una["id"])


def test_la_carpeta_en_pdf_dice_los_archivos(guia: None) -> None:
    def archivos() -> list[tuple[str, ...]]:
        with una_lectura() as preguntar:
            documento = reporte_de("guia_evidencias").construir(preguntar, Parametros(ANIO))
        tablas = [b for b in documento.bloques if isinstance(b, Tabla) and b.columnas == ARCHIVOS]
        return [tuple(c.texto for c in r.celdas[:2]) for t in tablas for r in t.renglones]

    assert archivos() == []
    _subir(ENLACE)
    assert archivos() == [(ACTA.nombre, "Acta")]


def test_de_un_archivo_reservado_la_carpeta_no_dice_el_nombre(guia: None) -> None:
    _subir(ENLACE, Clasificacion.RESERVADA)
    with una_lectura() as preguntar:
        documento = reporte_de("guia_evidencias").construir(preguntar, Parametros(ANIO))
    dicho = str(documento.bloques)
    assert "Archivo reservado" in dicho and ACTA.nombre not in dicho


def test_un_indicador_que_no_existe_no_recibe_nada(guia: None) -> None:
    with pytest.raises(SinPermiso), writing(PLANEACION) as session:
        evidencia_guia.agregar(session, PLANEACION, anio=ANIO, clave="9.9.9", archivo=ACTA)
