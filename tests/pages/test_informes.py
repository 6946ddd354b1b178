"""Un capítulo del Informe en pantalla: escribirlo y entregarlo en la misma visita."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from db.actions.informe import DatosInforme, armar_indice, guardar_informe
from db.engine import reading, writing
from db.models.informe import CapituloInforme
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.conftest import actor
from tests.db import mundo
from tests.db.mundo import ANIO
from tests.pages.ayuda import abrir, textos

PLANEACION = actor(Rol.PLANEACION)


@pytest.fixture
def capitulo(base_sqlite: str, tmp_path: Path) -> int:
    """Un informe con su índice; el primer capítulo, sin escribir."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    with writing(PLANEACION) as session:
        datos = DatosInforme("Primer Informe", (ANIO, 1), (ANIO, 3))
        informe_id = guardar_informe(session, PLANEACION, informe_id=None, version=0, datos=datos)
        armar_indice(session, PLANEACION, informe_id=informe_id, vence=None, limite_palabras=None)
    return 1


def _tocar(at: AppTest, rotulo: str) -> None:
    next(b for b in at.main.button if b.label.startswith(rotulo)).click().run()
    assert not at.exception


def _escribir(at: AppTest, texto: str) -> None:
    if not at.main.text_area:
        at.session_state["escribir"] = True
        at.run()
    next(t for t in at.main.text_area if t.label.startswith("Texto")).input(texto).run()
    _tocar(at, "Guardar el texto")


def test_quien_guarda_el_texto_lo_entrega_en_la_misma_visita(capitulo: int) -> None:
    at = abrir("informes", Rol.PLANEACION, capitulo=str(capitulo))
    assert not at.exception
    for dicho in ("Se hizo lo dicho.", "Se hizo lo dicho y más."):
        _escribir(at, dicho)
    _tocar(at, "Entregar")
    assert "Otra persona" not in textos(at)
    with reading() as session:
        assert session.get_one(CapituloInforme, capitulo).estado.value == "entregado"
