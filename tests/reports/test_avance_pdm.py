"""El reporte del plan: su texto sale de las cifras, se corrige sin perder la fuente y dice qué falta."""

import pytest

from dashboard.reports import avance_pdm
from dashboard.reports.bloques import Parrafo, Tabla
from dashboard.reports.documento import Documento, Parametros
from dashboard.reports.preguntar import una_lectura
from db.actions.idempotencia import Conflicto
from db.actions.textos import corregir_texto
from db.engine import writing
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Rol, SinPermiso
from tests.conftest import actor
from tests.db import mundo
from tests.db.mundo import ANIO

PLANEACION = actor(Rol.PLANEACION)


@pytest.fixture
def plan(base: str) -> None:
    """Al trimestre se prometieron 10: una meta logró 5, otra 10 y la tercera 10."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        mundo.cerrar(session, 3)
        for meta, logrado in ((1, 5), (2, 10), (3, 10)):
            mundo.avance(session, meta, 3, logrado)


def hacer() -> Documento:
    with una_lectura() as preguntar:
        return avance_pdm.trimestral(preguntar, Parametros(ANIO, 3))


def texto(documento: Documento, ancla: str) -> str:
    return next(b.texto for b in documento.bloques if isinstance(b, Parrafo) and b.ancla == ancla)


def corregir(escrito: str, version: int = 0, quien: Actor = PLANEACION) -> None:
    with writing(quien) as session:
        corregir_texto(
            session,
            quien,
            clase="avance_pdm",
            anio=ANIO,
            mes=3,
            alcance="",
            seccion="presentacion",
            version=version,
            texto=escrito,
            ente_id=None,
        )


def test_lo_que_se_aparta_va_en_su_tabla_y_sin_razon_se_reclama(plan: None) -> None:
    documento = hacer()
    desviadas = [
        b for b in documento.bloques if isinstance(b, Tabla) and b.columnas == avance_pdm.DESVIACIONES
    ]
    filas = [f for t in desviadas for f in t.renglones]
    assert {f.celdas[-1].texto for f in filas} == {avance_pdm.SIN_RAZON}
    assert any(f.que.startswith("Metas que se apartan sin justificación") for f in documento.faltas)
    assert any("50.0" in f.celdas[3].texto for f in filas)


def test_el_texto_corregido_manda_y_su_cifra_ajena_se_reclama(plan: None) -> None:
    automatico = texto(hacer(), "presentacion")
    corregir("El plan va bien.")
    assert texto(hacer(), "presentacion") == "El plan va bien."
    corregir("El plan cumple 99.9 %.", version=1)
    documento = hacer()
    assert any("99.9%" in f.que for f in documento.faltas)
    corregir("", version=2)
    assert texto(hacer(), "presentacion") == automatico


def test_dos_a_la_vez_no_se_enciman_y_quien_no_emite_no_corrige(plan: None) -> None:
    corregir("Uno.")
    with pytest.raises(Conflicto):
        corregir("Dos.", version=0)
    with pytest.raises(SinPermiso):
        corregir("Tres.", version=1, quien=actor(Rol.CONTRALORIA))


def test_el_anual_dice_como_llego_cada_eje(plan: None) -> None:
    with una_lectura() as preguntar:
        documento = avance_pdm.anual(preguntar, Parametros(ANIO, 6))
    evolucion = next(
        b for b in documento.bloques if isinstance(b, Tabla) and b.titulo == "Cumplimiento por trimestre"
    )
    assert len(evolucion.columnas) == 3
    assert len(evolucion.renglones) == 2
