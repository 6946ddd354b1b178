"""El dictamen y la reconducción de indicadores: encabezados, lados y firmas del Manual PbRM."""

import pytest
from sqlmodel import Session

from dashboard.reports.bloques import Ficha, Firmas, Tabla, Titulo, encabezado
from dashboard.reports.documento import Documento, Parametros
from dashboard.reports.preguntar import con
from dashboard.reports.registro import reporte_de
from db.engine import reading
from db.queries.dictamen import ficha
from db.queries.reconduccion import lista
from db.rules.problema import Problema

ANIO = 2026


def construir(session: Session, clave: str, solicitud: int) -> Documento:
    return reporte_de(clave).construir(con(session), Parametros(ANIO, otros={"solicitud": str(solicitud)}))


def test_los_dos_formatos_con_los_datos_de_la_demostracion(base_demo: str) -> None:
    with reading() as session:
        todas = lista(session, anio=ANIO)
        autorizada = next(s["id"] for s in todas if s["oficio"])
        dictamen = construir(session, "dictamen_reconduccion", autorizada)
        con_variables = next(
            s["id"]
            for s in todas
            if any(
                c["clase"] == "variable" for c in ficha(session, anio=ANIO, solicitud_id=s["id"])["cambios"]
            )  # type: ignore[index]
        )
        de_indicadores = construir(session, "reconduccion_indicadores", con_variables)
        with pytest.raises(Problema, match="no cambia indicadores"):
            construir(session, "reconduccion_indicadores", autorizada)
    titulos = [b.texto for b in dictamen.bloques if isinstance(b, Titulo)]
    assert titulos == [
        "Identificación del Proyecto en el que se cancela o reduce",
        "Identificación de Recursos a nivel de Proyecto que se cancelan o se reducen",
        "Metas de Actividad Programadas y alcanzadas del proyecto a cancelar o reducir",
        "Identificación del Proyecto en el que se asigna o amplía",
        "Identificación de Recursos a nivel de Proyecto que se amplían o se asignan",
        "Metas de Actividad Programadas y alcanzadas del proyecto que se crea o incrementa",
        "Justificación",
    ]
    ficha_ = next(b for b in dictamen.bloques if isinstance(b, Ficha))
    assert [c.rotulo for c in ficha_.campos] == ["Tipo de Movimiento:", "No. de Oficio:", "Fecha:"]
    metas = next(b for b in dictamen.bloques if isinstance(b, Tabla))
    assert [c.texto for fila in encabezado(metas) for c in fila] == [
        "Código",
        "Descripción",
        "Unidad de medida",
        "Cantidad Programada de la Meta de Actividad",
        "Calendarización trimestral modificada",
        "Inicial",
        "Avance",
        "Modificada",
        "1",
        "2",
        "3",
        "4",
    ]
    (firmas,) = [b for b in dictamen.bloques if isinstance(b, Firmas)]
    assert [f.papel for f in firmas.firmas] == ["Elaboró", "Vo. Bo.", "Autorizó"]
    assert not dictamen.faltas
    variables = next(b for b in de_indicadores.bloques if isinstance(b, Tabla))
    assert [c.texto for c in encabezado(variables)[0]][:5] == [
        "Nivel de la MIR",
        "Denominación del Indicador",
        "Variables del Indicador",
        "Unidad de medida",
        "Tipo Operación",
    ]
    assert variables.renglones[-1].celdas[4].texto == "Resultado del indicador:"
