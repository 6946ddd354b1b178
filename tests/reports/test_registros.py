"""La cédula y la relación de los registros, y la constancia de un curso: dicen lo suyo y nada ajeno."""

import io
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from dashboard.reports.a_pdf import hacer
from dashboard.reports.documento import Documento, Parametros
from dashboard.reports.preguntar import una_lectura
from dashboard.reports.registro import reporte_de
from db.actions import capacitacion, directorio, encargos, partes_encargo
from db.engine import writing
from db.models.encargos import Encargo
from db.rules.permisos import Rol
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db.mundo import ANIO, fundar
from tests.reports.muestrario import EMISION

UNIDAD = actor(Rol.PLANEACION)
COMUNES = {"dependencia_id": 1, "inicio": date(2026, 1, 5)}


@pytest.fixture
def mundo(base_sqlite: str) -> None:
    with writing(UNIDAD) as session:
        fundar(session)
        datos = {"titulo": "Fugas", "necesidad": "Se pierde agua", "costo": 125_050}
        encargos.abrir(session, UNIDAD, registro="estudio", datos=COMUNES | datos)
        datos = {"titulo": "Inducción", "tipo": "induccion", "modalidad": "mixta", "instructor": "Ana"}
        curso = encargos.abrir(
            session, UNIDAD, registro="curso", datos=COMUNES | datos | {"horas": Decimal(8)}
        )
        persona = {"nombre": "Eva Inventada", "sexo": "mujer", "activa": True}
        quien = directorio.guardar_persona(session, UNIDAD, persona_id=None, version=0, datos=persona)
        partes_encargo.poner_renglon(
            session, UNIDAD, encargo_id=curso, detalle="inscripcion_curso", renglon_id=None, version=0,
            datos={"persona_id": quien, "grupo": "", "horas": Decimal(8)},
        )  # fmt: skip
        for etapa in ("en_curso", "concluido"):
            version = session.get_one(Encargo, curso).version
            encargos.mover(session, UNIDAD, encargo_id=curso, version=version, etapa=etapa)
        capacitacion.dar_constancias(session, UNIDAD, encargo_id=curso)


def _documento(clave: str, **otros: str) -> Documento:
    with una_lectura() as preguntar:
        return reporte_de(clave).construir(preguntar, Parametros(ANIO, 3, otros=otros))


def _texto(documento: Documento) -> str:
    hojas = PdfReader(io.BytesIO(hacer(documento, EMISION))).pages
    return " ".join(" ".join(h.extract_text() for h in hojas).split())


def test_la_cedula_dice_lo_del_asunto(mundo: None) -> None:
    texto = _texto(_documento("cedula_registro", encargo="1"))
    for dicho in ("EST-2026-001 Fugas", "Se pierde agua", "$1,250.50", "Propuesto", "Historia"):
        assert dicho in texto


def test_la_relacion_lleva_solo_su_registro(mundo: None) -> None:
    assert "EST-2026-001" in _texto(_documento("relacion_registro", registro="estudio"))
    assert "Aún no hay ninguno" in _texto(_documento("relacion_registro", registro="politica"))


def test_un_curso_no_sale_por_el_permiso_de_los_demas(mundo: None) -> None:
    with pytest.raises(Problema):
        _documento("cedula_registro", encargo="2")
    relacion = _texto(_documento("relacion_registro", registro="curso"))
    assert "CUR-2026-001" not in relacion


def test_la_constancia_lleva_su_folio_y_avisa_si_nadie_firma(mundo: None) -> None:
    documento = _documento("constancia_curso", constancia="CUR-2026-001-001")
    texto = _texto(documento)
    assert "Eva Inventada" in texto and "CUR-2026-001-001" in texto and "8 horas" in texto
    assert documento.faltas
    with pytest.raises(Problema):
        _documento("constancia_curso", constancia="CUR-2026-001-999")
