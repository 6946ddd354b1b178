"""El Informe impreso: sus capítulos, sus citas ya leídas, sus anexos, y lo que le falta a la vista."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader
from sqlmodel import Session

from dashboard.reports.bloques import Grafica, Imagen, LadoALado, Parrafo, Tabla, Titulo
from dashboard.reports.dibujar import dibujar
from dashboard.reports.documento import Documento, Parametros
from dashboard.reports.preguntar import con
from dashboard.reports.registro import reporte_de
from db.actions import capitulo as acciones
from db.actions.capitulo import DatosLogro
from db.actions.cierre import cerrar
from db.actions.informe import DatosInforme, armar_indice, guardar_informe
from db.engine import reading, writing
from db.models.acuerdos import Acuerdo, AvanceAcuerdo, EstadoAcuerdo
from db.models.comites import ClaseComite, Comite
from db.rules.evidencias import Archivo
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from db.rules.problema import Problema
from seed.demo.evidencias import foto
from tests.conftest import actor
from tests.db import mundo
from tests.db.mundo import ANIO

PLANEACION = actor(Rol.PLANEACION)
CITA = f"{{{{cumplimiento:nodo/1@{ANIO}-03}}}}"


@pytest.fixture
def lectura(base_sqlite: str, tmp_path: Path) -> Iterator[Session]:
    """Un informe de un trimestre cerrado: el eje uno con texto, obra y foto; lo demás, sin escribir."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        mundo.avance(session, 1, 3, 5)
        mundo.avance(session, 2, 3, 10)
        _acordar(session)
    with writing(PLANEACION) as session:
        cerrar(session, PLANEACION, anio=ANIO, mes=3, motivo="Faltan dos")
        datos = DatosInforme("Primer Informe", (ANIO - 1, 10), (ANIO, 3), presentacion="Rendimos cuentas.")
        informe_id = guardar_informe(session, PLANEACION, informe_id=None, version=0, datos=datos)
        armar_indice(session, PLANEACION, informe_id=informe_id, vence=None, limite_palabras=None)
        obra = DatosLogro("obra", "Puente nuevo", "", "La Loma", 98_765_400, 4_321)
        acciones.guardar_logro(session, PLANEACION, capitulo_id=1, logro_id=None, version=0, datos=obra)
        imagen = Archivo("p.jpg", "image/jpeg", foto("Puente", "marzo"))
        acciones.agregar_foto(
            session, PLANEACION, capitulo_id=1, archivo=imagen, pie="El puente", lugar="Loma"
        )
        acciones.guardar_texto(
            session,
            PLANEACION,
            capitulo_id=1,
            version=3,
            texto=f"Se cumplió {CITA}.\n\n=SUMA(A1) no es fórmula.",
        )
    with reading() as session:
        yield session


def _acordar(session: Session) -> None:
    """Un acuerdo tomado en el periodo y cumplido después."""
    session.add(Comite(id=1, clase=ClaseComite.COPLADEMUN, nombre="COPLADEMUN", siglas="COP"))
    session.flush()
    dias = {"tomado_en": date(ANIO, 2, 10), "vence": date(ANIO, 4, 10), "cumplido_en": date(ANIO, 4, 9)}
    como = {"estado": EstadoAcuerdo.CUMPLIDO, "avance": 100}
    session.add(
        Acuerdo(id=1, numero="COP/1", comite_id=1, texto="Abrir el puente", dependencia_id=1, **dias, **como)
    )
    session.flush()
    momento = datetime(ANIO, 4, 9, 18, tzinfo=UTC)
    session.add(AvanceAcuerdo(acuerdo_id=1, momento=momento, texto="Se abrió", autor="x", **como))


def construir(lectura: Session, clave: str) -> Documento:
    return reporte_de(clave).construir(con(lectura), Parametros(ANIO, 3, otros={"informe": "1"}))


def test_el_texto_sale_con_su_cifra_su_grafica_su_obra_y_su_foto(lectura: Session) -> None:
    documento = construir(lectura, "informe")
    titulos = [b.texto for b in documento.bloques if isinstance(b, Titulo)]
    assert titulos[:5] == ["Presentación", "1 Eje uno", "1.1 Línea uno", "2 Eje dos", "2.1 Línea dos"]
    assert [t.split(".")[0] for t in titulos[5:]] == [f"Anexo {letra}" for letra in "ABEFGH"]
    textos = [b.texto for b in documento.bloques if isinstance(b, Parrafo)]
    assert "Se cumplió 75.0\u00a0%." in textos
    assert [b.titulo for b in documento.bloques if isinstance(b, Grafica)] == ["Línea uno: 75.0\u00a0%"]
    juntos = [b for b in documento.bloques if isinstance(b, LadoALado)]
    assert [p.pie for j in juntos for parte in j.partes for p in parte if isinstance(p, Imagen)] == [
        "El puente (Loma)"
    ]
    assert documento.corte == f"Cifras a marzo de {ANIO} (cierre 1)"


def test_cada_cifra_citada_dice_su_cierre_y_la_obra_su_dinero(lectura: Session) -> None:
    tablas = {b.titulo: b for b in construir(lectura, "informe_datos").bloques if isinstance(b, Tabla)}
    (cita,) = tablas["Cifras citadas en el texto"].renglones
    assert [c.texto for c in cita.celdas] == [
        "75.0\u00a0%",
        f"Cumplimiento al corte, marzo de {ANIO}",
        "1 Eje uno",
        "Cierre 1",
        "1",
    ]
    (acuerdo,) = tablas["Acuerdos de los comités"].renglones
    dicho = [c.texto for c in acuerdo.celdas]
    assert dicho[0] == "COP/1" and "Vence en 10 días" in dicho[5] and dicho[6].startswith("0")
    (obra,) = tablas["Logros, obras y acciones"].renglones
    assert [c.texto for c in obra.celdas[:6]] == [
        "1",
        "Puente nuevo",
        "Obra",
        "La Loma",
        "$987,654.00",
        "4,321",
    ]


def test_lo_que_falta_va_en_el_documento_y_no_lo_detiene(lectura: Session) -> None:
    documento = construir(lectura, "informe")
    assert any("2 Eje dos: solicitado" in f.que for f in documento.faltas)
    hojas = PdfReader(io.BytesIO(dibujar(documento, None, "pdf")))
    dicho = "".join(hoja.extract_text() for hoja in hojas.pages)
    assert "BORRADOR" in dicho and "Se cumplió 75.0" in dicho and "Este capítulo aún no se escribe" in dicho
    word = Document(io.BytesIO(dibujar(documento, None, "docx")))
    assert any("Se cumplió 75.0" in p.text for p in word.paragraphs)


def test_el_resumen_y_las_laminas_salen_y_las_laminas_son_de_16_por_9(lectura: Session) -> None:
    assert PdfReader(io.BytesIO(dibujar(construir(lectura, "informe_resumen"), None, "pdf"))).pages
    laminas = PdfReader(io.BytesIO(dibujar(construir(lectura, "informe_laminas"), None, "pdf")))
    caja = laminas.pages[0].mediabox
    assert len(laminas.pages) >= 4 and float(caja.width) / float(caja.height) == pytest.approx(16 / 9, 0.01)


def test_sin_informe_se_dice(lectura: Session) -> None:
    with pytest.raises(Problema, match="no hay un Informe"):
        reporte_de("informe").construir(con(lectura), Parametros(ANIO, 3, otros={"informe": "99"}))
